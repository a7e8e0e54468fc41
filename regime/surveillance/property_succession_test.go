package surveillance

import (
	"encoding/json"
	"math/rand/v2"
	"slices"
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
		d := &ledgertest.Dice{Rand: rand.New(rand.NewPCG(seed, 1))}
		w, now := randomGroups.World(d)
		for range 40 {
			now = now.Add(time.Duration(d.Pick(60)) * time.Hour)
			d.Now = now
			w.Tick(now)
			by, act := w.Next(d)
			_ = w.Try(by, act, now) // what a rule refuses is not done
		}
		g := w.(*randomGroup).Group
		for _, m := range g.parties(func(p regime.Party) bool { return p.Unit() != "" }) {
			raw, err := json.Marshal(g)
			after := new(Group)
			if err == nil {
				err = json.Unmarshal(raw, after)
			}
			if err != nil {
				t.Fatal(err)
			}
			heir := regime.PartyOf(m.Body(), "EX-HEIR")
			req := ledger.Request{Key: "s" + strconv.FormatUint(seed, 10), By: ledger.Actor{For: g.support(), Person: "x", Channel: "x"}}
			if _, err := after.Perform(req, &RecordGroupSuccession{From: m, To: heir, Why: "a merger"}, now); err != nil {
				continue
			}
			tried++
			checkSucceeded(t, g, after, m, heir)
		}
	}
	if tried < 30 {
		t.Errorf("only %d successions", tried)
	}
}

func checkSucceeded(t *testing.T, before, after *Group, old, heir regime.Party) {
	t.Helper()
	if after.IsMember(old) || !after.IsMember(heir) || len(after.PassesOn(old)) > 0 {
		t.Errorf("%s still sits there, or %s does not", old, heir)
	}
	now := after.OpenDuties()
	for _, d := range before.OpenDuties() {
		if !slices.ContainsFunc(now, func(o ledger.Duty) bool {
			return o.Kind == d.Kind && (o.ID == d.ID && o.Due.Equal(d.Due) || o.ID != d.ID && !o.Due.After(d.Due))
		}) {
			t.Errorf("%s: %s is lost", old, d.Kind)
		}
	}
	for i := range before.Actions {
		b, a := &before.Actions[i], &after.Actions[i]
		if a.Status != b.Status || !a.Due.Equal(b.Due) || !b.Settled() && a.Owner == old {
			t.Errorf("%+v, before %+v", a, b)
		}
	}
	for i, n := range before.Notices {
		for _, r := range n.To {
			if want := r; !want.Among(after.Notices[i].To) {
				if want.Party = heir; r.Party != old || !want.Among(after.Notices[i].To) {
					t.Errorf("%s: %s is not told any more", n.ID, r.Party)
				}
			}
		}
	}
	news := 0
	for _, n := range after.Notices[len(before.Notices):] {
		if n.Kind == regime.NoticeLawChanged {
			news++
		}
	}
	if news != 1 {
		t.Errorf("the members are told %d times", news)
	}
}
