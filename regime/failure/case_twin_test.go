package failure

import (
	"slices"
	"testing"
	"time"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/ledger/ledgertest"
	"holdthering/regime/regimetest"
)

// twinCase is a random case in which sources are protected and views are sealed.
type twinCase struct{ *randomCase }

func (w twinCase) Do(r ledger.Request, act any, now time.Time) (ledger.Receipt, error) {
	return w.Perform(r, act.(Act), now)
}

func (w twinCase) Would(r ledger.Request, act any, now time.Time) error {
	return w.Check(r, act.(Act), now)
}

func (w twinCase) Raw() string { return regimetest.AsText(w.Case) }

func (w twinCase) Trials(d *ledgertest.Dice) (regime.Party, any) {
	switch d.Pick(8) {
	case 2:
		return d.Likely(), resends(w.Case, d)
	case 3:
		return d.Anybody(), &WithdrawTrigger{Reason: "a mistake"}
	case 0:
		return w.chair(), &JudgeCollectively{Value: NoFailure}
	case 1:
		return d.Anybody(), &AcknowledgeAlert{}
	}
	return d.Likely(), d.Act(verbs[d.Pick(len(verbs))].New())
}

func (w twinCase) Explained(now time.Time) map[string]string {
	out := map[string]string{"what is due": regimetest.AsText(w.Timetable(now, now.AddDate(0, 1, 0)))}
	p := w.Public()
	ledgertest.Explain(out, p.Explained(), p.Why)
	return out
}

func (w twinCase) Shown(now time.Time) map[string]string {
	out := map[string]string{"the public case": regimetest.AsText(w.Public()), "the board": w.Board(now)}
	return out
}

// resends has a mail sent again, or all.
func resends(c *Case, d *ledgertest.Dice) *ResendMail {
	a := &ResendMail{Notice: "all"}
	if n := len(c.Notices); n > 0 && d.Pick(2) == 0 {
		a.Notice = c.Notices[d.Pick(n)].ID
	}
	return a
}

// another is the next of the kinds of source.
func another(s regime.SourceKind) regime.SourceKind {
	kinds := regime.SourceKind("").Choices()
	return regime.SourceKind(kinds[(slices.Index(kinds, string(s))+1)%len(kinds)])
}

var twinCases = ledgertest.Twinned{Kind: "cases", Person: "an officer",
	World: func(d *ledgertest.Dice) (ledgertest.Twin, time.Time) {
		w, start := randomCases.World(d)
		return twinCase{w.(*randomCase)}, start
	},
	Next: func(t ledgertest.Twin, d *ledgertest.Dice) (regime.Party, any) {
		switch d.Pick(8) {
		case 2:
			return d.Likely(), resends(t.(twinCase).Case, d)
		case 0:
			a := d.Act(new(RecordConcern)).(*RecordConcern)
			a.Protect = a.Source != "whistleblower" || d.Pick(2) == 0
			return d.Likely(), a
		case 1:
			a := d.Act(new(JudgeForOneself)).(*JudgeForOneself)
			a.Sealed = true
			return d.Likely(), a
		}
		by, act := t.Next(d)
		if a, ok := act.(*TriggerRiskSummit); ok {
			a.Protect = d.Pick(3) > 0
		}
		return by, act
	},
	Other: func(t ledgertest.Twin, by regime.Party, act any) (regime.Party, any, bool) {
		switch a := act.(type) {
		case *TriggerRiskSummit:
			if a.Protect {
				a.Source = another(a.Source)
				return by, a, true
			}
		case *RecordConcern:
			if a.Protect || a.Source == "whistleblower" {
				a.Protect, a.Source, a.SourceNote = true, another(a.Source), "a much longer note than the other one had"
				return by, a, true
			}
		case *JudgeForOneself:
			if a.Sealed {
				a.View, a.Intends, a.Dissent = "seen otherwise", "something else", !a.Dissent
				if c := t.(twinCase); c.mayWantAction(c.ResolveUnit(by).Body()) {
					a.Wants = !a.Wants
				}
				return by, a, true
			}
		}
		return by, act, false
	},
	Opens: func(t ledgertest.Twin, act any) bool {
		switch act.(type) {
		case *OpenSealedViews, *JudgeCollectively:
			return t.(twinCase).sealedViews() > 0
		}
		return false
	},
}

func TestR14_R23_NobodyCanTellWhatACaseKeepsSealed(t *testing.T) { twinCases.TryAll(t, 200) }
