package surveillance

import (
	"strconv"
	"testing"
	"time"

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
				Old: m, Heir: heir}.Check(t)
			if after.IsMember(m) || !after.IsMember(heir) {
				t.Errorf("%s still sits there, or %s does not", m, heir)
			}
		}
	}
	if tried < 30 {
		t.Errorf("only %d successions", tried)
	}
}

// The same where a body is split, for the group that is of the one part and for the group that is of the other, and where
// two become one: a new one, or one of them.
func TestR123_InRandomGroupsASplitAndAMergerLoseNothingAndDoubleNothing(t *testing.T) {
	split, merged := 0, 0
	for seed := range uint64(15) {
		w, now := randomGroups.Lived(seed, 40, 60)
		g := w.(*randomGroup).Group
		units := g.parties(func(p regime.Party) bool { return p.Unit() != "" })
		for _, m := range units {
			parts := ledgertest.Parts(m)
			for i, part := range parts {
				if after := g.succeeded(t, now, m, part); after != nil {
					split++
					if other := parts[1-i]; after.IsMember(other) || len(after.Ledger.PassesOn(other)) > 0 || after.Ledger.Gone(part) {
						t.Errorf("seed %d: %s is split, and the group of %s knows %s", seed, m, part, other)
					}
				}
			}
		}
		for _, two := range ledgertest.Pairs(units) {
			for _, heir := range []regime.Party{ledgertest.HeirFor(two[0]), two[1]} {
				after := g.succeeded(t, now, two[0], heir)
				if after != nil && heir != two[1] {
					after = after.succeeded(t, now, two[1], heir)
				}
				if after == nil {
					continue
				}
				merged++
				if sits := len(after.parties(func(p regime.Party) bool { return p == heir })); sits != 1 || after.IsMember(two[0]) {
					t.Errorf("seed %d: %s is merged of %v, and sits there %d times", seed, heir, two, sits)
				}
			}
		}
	}
	if split < 60 || merged < 5 {
		t.Errorf("only %d parts of a split and %d mergers", split, merged)
	}
}

// succeeded is a copy of the group after one has taken the seat of another, looked at; nil where that is refused.
func (g *Group) succeeded(t *testing.T, now time.Time, old, heir regime.Party) *Group {
	t.Helper()
	after := ledgertest.CopyOf(t, g)
	req := ledger.Request{Key: string(old + heir), By: ledger.Actor{For: after.support(), Person: "x", Channel: "x"}}
	if _, err := after.Perform(req, &RecordGroupSuccession{From: old, To: heir, Why: "an order"}, now); err != nil {
		return nil
	}
	ledgertest.Succession{Before: &g.Ledger, After: &after.Ledger, ActionsBefore: actionsOf(g), ActionsAfter: actionsOf(after),
		Old: old, Heir: heir}.Check(t)
	return after
}

func actionsOf(g *Group) (out []ledger.Action) {
	for _, a := range g.Actions {
		out = append(out, a.Action)
	}
	return out
}
