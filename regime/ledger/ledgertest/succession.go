package ledgertest

import (
	"encoding/json"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"holdthering/regime"
	"holdthering/regime/ledger"
)

// Lived is a random world after so many moves, with at most longest hours between two of them, and its time.
func (c Course) Lived(seed uint64, moves, longest int) (World, time.Time) {
	d := &Dice{Rand: rand.New(rand.NewPCG(seed, 1))}
	w, now := c.World(d)
	for range moves {
		now = now.Add(time.Duration(d.Pick(longest)) * time.Hour)
		d.Now = now
		w.Tick(now)
		by, act := w.Next(d)
		_ = w.Try(by, act, now) // what a rule refuses is not done
	}
	return w, now
}

// CopyOf is a case or group as it is read back.
func CopyOf[T any](t *testing.T, of *T) *T {
	t.Helper()
	raw, err := json.Marshal(of)
	out := new(T)
	if err == nil {
		err = json.Unmarshal(raw, out)
	}
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// HeirFor is another of the same kind that takes no part yet.
func HeirFor(p regime.Party) regime.Party { return regime.PartyOf(p.Body(), "EX-HEIR") }

// Succession is a ledger before and after another has taken the places of a party.
type Succession struct {
	Before, After               *ledger.Ledger
	ActionsBefore, ActionsAfter []ledger.Action
	Old, Heir                   regime.Party
}

// Parts are the two into which a party is split.
func Parts(p regime.Party) [2]regime.Party {
	return [2]regime.Party{regime.PartyOf(p.Body(), "EX-PART1"), regime.PartyOf(p.Body(), "EX-PART2")}
}

// Pairs are the parties of one kind, two by two: any of them may merge.
func Pairs(all []regime.Party) [][2]regime.Party {
	var out [][2]regime.Party
	for i, p := range all {
		for _, q := range all[:i] {
			if p.Body() == q.Body() {
				out = append(out, [2]regime.Party{q, p})
			}
		}
	}
	return out
}

// Check: no duty, no action and no mail is lost, none is doubled, and everybody is told once.
func (s Succession) Check(t *testing.T) {
	t.Helper()
	s.duties(t)
	s.actions(t)
	s.mails(t)
	if left := s.After.PassesOn(s.Old); len(left) > 0 {
		t.Errorf("%s still has %v", s.Old, left)
	}
}

func (s Succession) duties(t *testing.T) {
	t.Helper()
	now := s.After.OpenDuties()
	for i, d := range now {
		if slices.ContainsFunc(now[:i], func(o ledger.Duty) bool {
			return o.Kind == d.Kind && o.Subject == d.Subject && s.After.OwnerOf(o) == s.After.OwnerOf(d) && d.Subject == "" && d.Role == ""
		}) {
			t.Errorf("owed twice: %+v", d)
		}
	}
	for _, d := range s.Before.OpenDuties() {
		kept := slices.ContainsFunc(now, func(o ledger.Duty) bool {
			return o.Kind == d.Kind && !o.Due.After(d.Due) && (o.ID == d.ID && o.Due.Equal(d.Due) || o.ID != d.ID)
		})
		if !kept {
			t.Errorf("%s succeeded: %s of %s, due %s, is lost", s.Old, d.Kind, s.Before.OwnerOf(d), d.Due)
		}
	}
}

func (s Succession) actions(t *testing.T) {
	t.Helper()
	if len(s.ActionsBefore) != len(s.ActionsAfter) {
		t.Fatalf("%d actions, before %d", len(s.ActionsAfter), len(s.ActionsBefore))
	}
	for i := range s.ActionsBefore {
		b, a := &s.ActionsBefore[i], &s.ActionsAfter[i]
		if a.Status != b.Status || !a.Due.Equal(b.Due) || !b.Settled() && a.Owner == s.Old {
			t.Errorf("%s: %+v, before %+v", s.Old, a, b)
		}
	}
}

func (s Succession) mails(t *testing.T) {
	t.Helper()
	if len(s.After.Notices) < len(s.Before.Notices) {
		t.Fatalf("%d notices, before %d", len(s.After.Notices), len(s.Before.Notices))
	}
	news := 0
	for i, n := range s.After.Notices {
		var seen []ledger.Recipient
		for _, r := range n.To {
			if r.Among(seen) {
				t.Errorf("%s goes twice to %s", n.ID, r.Party)
			}
			seen = append(seen, r)
			if r.Party == s.Old && r.State == "" && !n.Settled {
				t.Errorf("%s is still to go to %s", n.ID, s.Old)
			}
		}
		if i < len(s.Before.Notices) {
			s.told(t, s.Before.Notices[i], n)
		} else if n.Kind == regime.NoticeLawChanged {
			news++
		}
	}
	if news != 1 {
		t.Errorf("the members are told %d times", news)
	}
}

// told: who was to be told is, and for the old body its heir.
func (s Succession) told(t *testing.T, before, after ledger.Notice) {
	t.Helper()
	for _, r := range before.To {
		want := r
		if !r.Among(after.To) && r.Party == s.Old {
			want.Party = s.Heir
		}
		if !want.Among(after.To) {
			t.Errorf("%s: %s is not told any more", before.ID, r.Party)
		}
	}
}
