package failure

import (
	"strconv"
	"testing"
	"time"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/ledger/ledgertest"
	"holdthering/regime/words"
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
				Old: m, Heir: heir}.Check(t)
			if after.IsMember(m) || c.IsMember(m) && !after.IsMember(heir) {
				t.Errorf("seed %d: %s still sits there, or its heir does not", seed, m)
			}
		}
	}
	if tried < 50 {
		t.Errorf("only %d successions", tried)
	}
}

// The same where a body is split, for the case that lies in the one part and for the case that lies in the other, and where
// two become one: a new one, or one of them.
func TestR123_InRandomCasesASplitAndAMergerLoseNothingAndDoubleNothing(t *testing.T) {
	split, merged := 0, 0
	for seed := range uint64(8) {
		w, now := randomCases.Lived(seed, 60, 40)
		c := w.(*randomCase).Case
		units := c.parties(func(p regime.Party) bool { return p.Unit() != "" && p.Body() != regime.ProviderBody })
		for _, m := range units {
			parts := ledgertest.Parts(m)
			for i, part := range parts {
				if after := c.succeeded(t, now, m, part); after != nil {
					split++
					if other := parts[1-i]; after.takesPartNow(other) || after.Ledger.Gone(part) {
						t.Errorf("seed %d: %s is split, and the case of %s knows %s", seed, m, part, other)
					}
				}
			}
		}
		for _, two := range ledgertest.Pairs(units) {
			for _, heir := range []regime.Party{ledgertest.HeirFor(two[0]), two[1]} {
				after := c.succeeded(t, now, two[0], heir)
				if after != nil && heir != two[1] {
					after = after.succeeded(t, now, two[1], heir)
				}
				if after == nil {
					continue
				}
				merged++
				sits := len(after.parties(func(p regime.Party) bool { return p == heir }))
				if was := c.IsMember(two[0]) || c.IsMember(two[1]); sits != words.Flag(was) || after.IsMember(two[0]) {
					t.Errorf("seed %d: %s is merged of %v, and sits there %d times", seed, heir, two, sits)
				}
			}
		}
	}
	if split < 50 || merged < 10 {
		t.Errorf("only %d parts of a split and %d mergers", split, merged)
	}
}

// succeeded is a copy of the case after one has taken the place of another, looked at; nil where that is refused.
func (c *Case) succeeded(t *testing.T, now time.Time, old, heir regime.Party) *Case {
	t.Helper()
	after := ledgertest.CopyOf(t, c)
	req := ledger.Request{Key: string(old + heir), By: ledger.Actor{For: after.support(), Person: "x", Channel: "x"}}
	if _, err := after.Perform(req, &RecordSuccession{From: old, To: heir, Why: "an order"}, now); err != nil {
		return nil
	}
	ledgertest.Succession{Before: &c.Ledger, After: &after.Ledger, ActionsBefore: actionsOf(c), ActionsAfter: actionsOf(after),
		Old: old, Heir: heir}.Check(t)
	return after
}

func actionsOf(c *Case) (out []ledger.Action) {
	for _, a := range c.Actions {
		out = append(out, a.Action)
	}
	return out
}
