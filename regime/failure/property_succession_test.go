package failure

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

// lived is a case after a random course, and its time.
func lived(t *testing.T, seed uint64) (*Case, time.Time) {
	t.Helper()
	d := &ledgertest.Dice{Rand: rand.New(rand.NewPCG(seed, 1))}
	w, now := randomCases.World(d)
	for range 60 {
		now = now.Add(time.Duration(d.Pick(40)) * time.Hour)
		d.Now = now
		w.Tick(now)
		by, act := w.Next(d)
		_ = w.Try(by, act, now) // what a rule refuses is not done
	}
	return w.(*randomCase).Case, now
}

func copyOf(t *testing.T, c *Case) *Case {
	t.Helper()
	raw, err := json.Marshal(c)
	out := new(Case)
	if err == nil {
		err = json.Unmarshal(raw, out)
	}
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// heirFor is another of the same kind that takes no part yet.
func heirFor(p regime.Party) regime.Party { return regime.PartyOf(p.Body(), "EX-HEIR") }

// Whatever a case has become, a succession loses no duty, no action and no mail, and doubles none.
func TestR123_InRandomCasesASuccessionLosesNothingAndDoublesNothing(t *testing.T) {
	tried := 0
	for seed := range uint64(25) {
		c, now := lived(t, seed)
		for _, m := range c.parties(func(p regime.Party) bool { return p.Unit() != "" && p.Body() != regime.ProviderBody }) {
			after := copyOf(t, c)
			act := &RecordSuccession{From: m, To: heirFor(m), Why: "a merger"}
			req := ledger.Request{Key: "s" + strconv.FormatUint(seed, 10), By: ledger.Actor{For: after.support(), Person: "x", Channel: "x"}}
			if _, err := after.Perform(req, act, now); err != nil {
				continue
			}
			tried++
			checkDuties(t, c, after, m)
			checkActions(t, c, after, m)
			checkMails(t, c, after, m)
			if len(after.PassesOn(m)) > 0 || after.IsMember(m) || c.IsMember(m) && !after.IsMember(heirFor(m)) {
				t.Errorf("seed %d: %s still has %v", seed, m, after.PassesOn(m))
			}
		}
	}
	if tried < 50 {
		t.Errorf("only %d successions", tried)
	}
}

func checkDuties(t *testing.T, before, after *Case, old regime.Party) {
	t.Helper()
	now := after.OpenDuties()
	for i, d := range now {
		if slices.ContainsFunc(now[:i], func(o ledger.Duty) bool {
			return o.Kind == d.Kind && o.Subject == d.Subject && after.OwnerOf(o) == after.OwnerOf(d) && d.Subject == "" && d.Role == ""
		}) {
			t.Errorf("owed twice: %+v", d)
		}
	}
	for _, d := range before.OpenDuties() {
		kept := slices.ContainsFunc(now, func(o ledger.Duty) bool {
			return o.Kind == d.Kind && !o.Due.After(d.Due) && (o.ID == d.ID && o.Due.Equal(d.Due) || o.ID != d.ID)
		})
		if !kept {
			t.Errorf("%s succeeded: %s of %s, due %s, is lost", old, d.Kind, before.OwnerOf(d), d.Due)
		}
	}
}

func checkActions(t *testing.T, before, after *Case, old regime.Party) {
	t.Helper()
	if len(before.Actions) != len(after.Actions) {
		t.Fatalf("%d actions, before %d", len(after.Actions), len(before.Actions))
	}
	for i := range before.Actions {
		b, a := &before.Actions[i], &after.Actions[i]
		if a.Status != b.Status || !a.Due.Equal(b.Due) || !b.Settled() && a.Owner == old {
			t.Errorf("%s: %+v, before %+v", old, a, b)
		}
	}
}

func checkMails(t *testing.T, before, after *Case, old regime.Party) {
	t.Helper()
	if len(after.Notices) < len(before.Notices) {
		t.Fatalf("%d notices, before %d", len(after.Notices), len(before.Notices))
	}
	news := 0
	for i, n := range after.Notices {
		var seen []ledger.Recipient
		for _, r := range n.To {
			if r.Among(seen) {
				t.Errorf("%s goes twice to %s", n.ID, r.Party)
			}
			seen = append(seen, r)
			if r.Party == old && r.State == "" && !n.Settled {
				t.Errorf("%s is still to go to %s", n.ID, old)
			}
		}
		if i < len(before.Notices) {
			checkTold(t, before.Notices[i], n, old)
		} else if n.Kind == regime.NoticeLawChanged {
			news++
		}
	}
	if news != 1 {
		t.Errorf("the members are told %d times", news)
	}
}

// checkTold: who was to be told is, and for the old body its heir.
func checkTold(t *testing.T, before, after ledger.Notice, old regime.Party) {
	t.Helper()
	for _, r := range before.To {
		want := r
		if !r.Among(after.To) && r.Party == old {
			want.Party = heirFor(old)
		}
		if !want.Among(after.To) {
			t.Errorf("%s: %s is not told any more", before.ID, r.Party)
		}
	}
}
