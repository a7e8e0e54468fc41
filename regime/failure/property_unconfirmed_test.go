package failure

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/ledger/ledgertest"
)

// Whatever a member tries in whatever a case has become, by every verb that there is: nothing is refused that would be
// taken if the rows which no text confirms said otherwise. For that the rows of powers and levels, and of who supports a
// case, are also taken as if none were confirmed.
func TestR125_NoActIsRefusedForARowThatIsUnconfirmed(t *testing.T) {
	tried, remarked := map[string]int{}, 0
	for seed := range uint64(60 + len(Verbs())) {
		d := &ledgertest.Dice{Rand: rand.New(rand.NewPCG(seed, 7))}
		world, now := randomCases.World(d)
		w := world.(*randomCase)
		for move := range 50 {
			now = now.Add(time.Duration(d.Pick(40)) * time.Hour)
			d.Now = now
			w.Tick(now)
			by, act := w.Next(d)
			switch powers := w.profile().Powers; {
			case move%2 == 0: // each verb in its turn
				by, act = d.Likely(), d.Act(Verbs()[(int(seed)+move/2)%len(Verbs())].New())
			case move%5 == 0: // a power by who has it, whatever the provider's type
				row := powers[d.Pick(len(powers))]
				by, act = w.chair(), &UsePower{Power: row.ID, Reason: "words"}
				if len(row.Owners) > 0 {
					by = regime.Party(row.Owners[0])
				}
			}
			tried[VerbOf(act.(Act)).Path]++
			remarked += w.refusedByRow(t, by, act.(Act), now)
			_ = w.Try(by, act, now)
		}
	}
	for _, v := range Verbs() {
		if tried[v.Path] == 0 {
			t.Errorf("%s was never tried", v.Path)
		}
	}
	if remarked < 20 {
		t.Errorf("only %d acts were remarked on and not refused", remarked)
	}
}

// refusedByRow tries an act in copies of the case; see ledgertest.RefusedByRow.
func (w *randomCase) refusedByRow(t *testing.T, by regime.Party, act Act, now time.Time) int {
	t.Helper()
	if by = w.ResolveUnit(by); !w.IsMember(by) {
		return 0
	}
	verdict := func(open, favours bool) error {
		defer w.openRows(by.Body(), open, favours)()
		k := w.clone()
		_, err := k.Perform(ledger.Request{Sure: true, By: ledgertest.ByEither(by, "an officer", w.LastEntry)}, act, now)
		return err
	}
	return ledgertest.RefusedByRow(t, VerbOf(act).Path+" by "+string(by)+" under "+w.Profile, verdict)
}

// openRows has the rows of the law say for a moment that no text confirms them, and those of which none does that the
// body may: of which types its powers are, who sets a level, who supports the case.
func (w *randomCase) openRows(by regime.Body, open, favours bool) (undo func()) {
	p := w.profile()
	powers, parts, levels := p.Powers, p.Parts, p.Levels
	p.Powers, p.Parts, p.Levels = slices.Clone(powers), slices.Clone(parts), slices.Clone(levels)
	commissions := p.Fills(by, regime.RegionalOffice) || p.Fills(by, regime.Commissioners)
	for i := range p.Powers {
		r := &p.Powers[i]
		if r.Standing = ledgertest.Opened(r.Standing, open); favours && r.Standing.Open() {
			r.ProviderTypes = nil
		}
	}
	for i := range p.Parts {
		r := &p.Parts[i]
		if r.Part == regime.SupportsGroup {
			r.Basis = ledgertest.Opened(r.Basis, open)
		}
		if favours && r.Basis.Open() && commissions {
			r.Bodies = append([]regime.Body{by}, r.Bodies...)
		}
	}
	for i := range p.Levels {
		r := &p.Levels[i]
		if r.Basis = ledgertest.Opened(r.Basis, open); favours && r.Basis.Open() {
			r.SetBy = nil
		}
	}
	return func() { p.Powers, p.Parts, p.Levels = powers, parts, levels }
}
