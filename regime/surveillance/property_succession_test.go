package surveillance

import (
	"strconv"
	"testing"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/ledger/ledgertest"
)

// Whatever a group has become, a succession loses no duty, no action and no mail, and doubles none.
func TestR123_InRandomGroupsASuccessionLosesNothingAndDoublesNothing(t *testing.T) {
	tried := 0
	for seed := range uint64(15) {
		w, now := randomGroups.Lived(seed, 40, 60)
		g := w.(*randomGroup).Group
		for _, m := range g.parties(func(p regime.Party) bool { return p.Unit() != "" }) {
			after, heir := ledgertest.CopyOf(t, g), ledgertest.HeirFor(m)
			req := ledger.Request{Key: "s" + strconv.FormatUint(seed, 10), By: ledger.Actor{For: g.support(), Person: "x", Channel: "x"}}
			if _, err := after.Perform(req, &RecordGroupSuccession{From: m, To: heir, Why: "a merger"}, now); err != nil {
				continue
			}
			tried++
			ledgertest.Succession{Before: &g.Ledger, After: &after.Ledger, ActionsBefore: actionsOf(g), ActionsAfter: actionsOf(after),
				Old: m}.Check(t)
			if after.IsMember(m) || !after.IsMember(heir) {
				t.Errorf("%s still sits there, or %s does not", m, heir)
			}
		}
	}
	if tried < 30 {
		t.Errorf("only %d successions", tried)
	}
}

func actionsOf(g *Group) (out []ledger.Action) {
	for _, a := range g.Actions {
		out = append(out, a.Action)
	}
	return out
}
