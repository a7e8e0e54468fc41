package surveillance

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
	"holdthering/regime/ledger/ledgertest"
)

// Whatever a member tries in whatever a group has become, by every verb that there is: nothing is refused that would be
// taken if the rows which no text confirms said otherwise. For that the rows of parts, seats and levels are also taken as if
// none were confirmed, and in every second group a level is one body's to set.
func TestR125_NoActOfAGroupIsRefusedForARowThatIsUnconfirmed(t *testing.T) {
	tried, remarked := map[string]int{}, map[string]int{}
	for seed := range uint64(40 + len(Verbs())) {
		d := &ledgertest.Dice{Rand: rand.New(rand.NewPCG(seed, 7))}
		world, now := randomGroups.World(d)
		w := world.(*randomGroup)
		for move := range 40 {
			now = now.Add(time.Duration(d.Pick(40)) * time.Hour)
			d.Now = now
			w.Tick(now)
			by, act := w.Next(d)
			switch member := w.Members[d.Pick(len(w.Members))].Party; {
			case move%2 == 0: // each verb in its turn
				by, act = d.Likely(), d.Act(Verbs()[(int(seed)+move/2)%len(Verbs())].New())
			case move%5 == 0 && len(w.Watched) > 0: // a level that nothing but its row keeps a member from setting
				by, act = member, &AgreeLevel{Provider: w.Watched[0].Code, Level: regime.EnhancedLevel, Reason: "words", Evidence: "words"}
			case move%5 == 1: // what who supports the group does
				by, act = member, &SetGroupInterval{Interval: calendar.MustPeriod("2mo"), Reason: "words"}
			}
			path := VerbOf(act.(Act)).Path
			tried[path]++
			remarked[path] += w.refusedByRow(t, by, act.(Act), now, seed%2 == 0)
			_ = w.Try(by, act, now) // what a rule refuses is not done
		}
	}
	all := 0
	for _, v := range Verbs() {
		all += remarked[v.Path]
		if tried[v.Path] == 0 {
			t.Errorf("%s was never tried", v.Path)
		}
	}
	if all < 20 || remarked["group level"] == 0 || remarked["group join"] == 0 {
		t.Errorf("these acts were remarked on and not refused: %v", remarked)
	}
}

// refusedByRow tries an act in copies of the group; see ledgertest.RefusedByRow.
func (w *randomGroup) refusedByRow(t *testing.T, by regime.Party, act Act, now time.Time, alone bool) int {
	t.Helper()
	by = w.ResolveUnit(by)
	verdict := func(open, favours bool) error {
		defer w.openRows(by.Body(), open, favours, alone)()
		_, err := w.clone().Perform(ledger.Request{Sure: true, By: ledgertest.ByEither(by, "an officer", w.LastEntry)}, act, now)
		return err
	}
	return ledgertest.RefusedByRow(t, VerbOf(act).Path+" by "+string(by)+" under "+w.Profile, verdict)
}

// openRows has the rows of the law say for a moment that no text confirms them, and those of which none does that the body
// may: what it is part of, how it comes to a group, what level it sets. Where a level is one body's to set, the inspector sets it.
func (w *randomGroup) openRows(by regime.Body, open, favours, alone bool) (undo func()) {
	p := w.profile()
	parts, levels, seats := p.Parts, p.Levels, p.Seats
	p.Parts, p.Levels, p.Seats = slices.Clone(parts), slices.Clone(levels), slices.Clone(seats)
	commissions := p.Fills(by, regime.RegionalOffice) || p.Fills(by, regime.Commissioners)
	for i := range p.Parts {
		r := &p.Parts[i]
		if r.Part == w.supportPart() {
			r.Basis = ledgertest.Opened(r.Basis, open)
		}
		if favours && r.Basis.Open() && commissions && w.IsMember(w.ResolveUnit(regime.Party(by))) {
			r.Bodies = append([]regime.Body{by}, r.Bodies...)
		}
	}
	for i := range p.Levels {
		r := &p.Levels[i]
		if alone {
			r.SetBy = []regime.Body{p.Part(regime.Inspects)}
		}
		if r.Basis = ledgertest.Opened(r.Basis, open); favours && r.Basis.Open() && r.SetBy != nil {
			r.SetBy = append([]regime.Body{by}, r.SetBy...)
		}
	}
	for i := range p.Seats {
		r := &p.Seats[i]
		if r.Basis = ledgertest.Opened(r.Basis, open); favours && r.Basis.Open() && r.Body == by {
			r.Local, r.Regional = regime.SeatUsual, regime.SeatUsual
		}
	}
	return func() { p.Parts, p.Levels, p.Seats = parts, levels, seats }
}
