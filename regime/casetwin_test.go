package regime

// Cases only.

import (
	"slices"
	"testing"
	"time"
)

// twinCase is a random case in which sources are protected and views are sealed.
type twinCase struct{ *randomCase }

func (w twinCase) do(r Request, act any, now time.Time) (Receipt, error) {
	return w.Perform(r, act.(Act), now)
}

func (w twinCase) would(r Request, act any, now time.Time) error { return w.Check(r, act.(Act), now) }

func (w twinCase) raw() string { return asText(w.Case) }

func (w twinCase) trials(d *dice) (Party, any) {
	switch d.pick(6) {
	case 0:
		return w.chair(), &JudgeCollectively{Value: NoFailure}
	case 1:
		return d.anybody(), &AcknowledgeAlert{}
	}
	return d.likely(), d.act(verbs[d.pick(len(verbs))].New())
}

func (w twinCase) explained(now time.Time) map[string]string {
	out := map[string]string{"what is due": asText(w.Timetable(now, now.AddDate(0, 1, 0)))}
	p := w.Public()
	explain(out, p.Explained(), p.Why)
	return out
}

func (w twinCase) shown(now time.Time) map[string]string {
	out := map[string]string{"the public case": asText(w.Public()), "the board": w.Board(now)}
	return out
}

// another is the next of the kinds of source.
func another(s SourceKind) SourceKind {
	kinds := SourceKind("").Choices()
	return SourceKind(kinds[(slices.Index(kinds, string(s))+1)%len(kinds)])
}

var twinCases = twinned{kind: "cases", person: "an officer",
	world: func(d *dice) (twin, time.Time) {
		w, start := randomCases.world(d)
		return twinCase{w.(*randomCase)}, start
	},
	next: func(t twin, d *dice) (Party, any) {
		switch d.pick(6) {
		case 0:
			a := d.act(new(RecordConcern)).(*RecordConcern)
			a.Protect = a.Source != "whistleblower" || d.pick(2) == 0
			return d.likely(), a
		case 1:
			a := d.act(new(JudgeForOneself)).(*JudgeForOneself)
			a.Sealed = true
			return d.likely(), a
		}
		by, act := t.next(d)
		if a, ok := act.(*TriggerRiskSummit); ok {
			a.Protect = d.pick(3) > 0
		}
		return by, act
	},
	other: func(t twin, by Party, act any) (Party, any, bool) {
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
				if c := t.(twinCase); c.mayWantAction(c.Complete(by).Body()) {
					a.Wants = !a.Wants
				}
				return by, a, true
			}
		}
		return by, act, false
	},
	opens: func(t twin, act any) bool {
		switch act.(type) {
		case *OpenSealedViews, *JudgeCollectively:
			return t.(twinCase).sealedViews() > 0
		}
		return false
	},
}

func TestR14_R23_NobodyCanTellWhatACaseKeepsSealed(t *testing.T) { twinCases.tryAll(t, 200) }
