package failure

import (
	"strconv"
	"testing"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/ledger/ledgertest"
)

// Whatever a case has become, a succession loses no duty, no action and no mail, and doubles none.
func TestR123_InRandomCasesASuccessionLosesNothingAndDoublesNothing(t *testing.T) {
	tried := 0
	for seed := range uint64(25) {
		w, now := randomCases.Lived(seed, 60, 40)
		c := w.(*randomCase).Case
		for _, m := range c.parties(func(p regime.Party) bool { return p.Unit() != "" && p.Body() != regime.ProviderBody }) {
			after, heir := ledgertest.CopyOf(t, c), ledgertest.HeirFor(m)
			req := ledger.Request{Key: "s" + strconv.FormatUint(seed, 10), By: ledger.Actor{For: after.support(), Person: "x", Channel: "x"}}
			if _, err := after.Perform(req, &RecordSuccession{From: m, To: heir, Why: "a merger"}, now); err != nil {
				continue
			}
			tried++
			ledgertest.Succession{Before: &c.Ledger, After: &after.Ledger, ActionsBefore: actionsOf(c), ActionsAfter: actionsOf(after),
				Old: m}.Check(t)
			if after.IsMember(m) || c.IsMember(m) && !after.IsMember(heir) {
				t.Errorf("seed %d: %s still sits there, or its heir does not", seed, m)
			}
		}
	}
	if tried < 50 {
		t.Errorf("only %d successions", tried)
	}
}

func actionsOf(c *Case) (out []ledger.Action) {
	for _, a := range c.Actions {
		out = append(out, a.Action)
	}
	return out
}
