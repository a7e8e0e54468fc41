package failure

import (
	"testing"

	"holdthering/regime"
	"holdthering/regime/regimetest"
)

func TestR24_ABreachIsAnsweredByEnforcementAndNotByARefusalToEnforce(t *testing.T) {
	breach := func() *script {
		return open(t, practice, "2014-11-03 09:00").by("CQC", &JudgeBreach{Value: BreachSignificant})
	}
	for _, x := range []struct {
		what string
		s    *script
		open bool
	}{
		{"nothing done", breach(), true}, {"no breach after all", breach().
			by("CQC", &JudgeBreach{Value: NoMaterialBreach}), false},
		{"placed in special measures", breach().by("CQC", &DecideMeasures{Outcome: Place, Reason: "x"}),
			false},
		{"a power that enforces", breach().by("CQC", &UsePower{Power: "P-CQC-6"}), false},
		{"another's power", breach().by(regimetest.Nhse, &UsePower{Power: "P-ANY-1"}), true},
		{"declined", open(t, kingsLynn, "2014-11-03 09:00").by("CQC", &RecommendMeasures{Reason: "x"}).
			by("CQC", &CorrectProvider{Type: regime.GPPractice, Reason: "x"}).
			by("CQC", &JudgeBreach{Value: BreachSignificant}).
			by("CQC", &DecideMeasures{Outcome: Decline, Reason: "x"}), true},
	} {
		if d := x.s.duty(DutyAnswerBreach, ""); d.Open() != x.open {
			t.Errorf("%s: %+v", x.what, d)
		}
	}
	s := breach()
	if n := len(s.told("N33")); n != 1 || !s.duty(DutyPassConcern, "").Open() {
		t.Errorf("told %d times", n)
	}
	s.by("CQC", &PassConcern{})
	before := len(s.c.Duties)
	if s.by("CQC", &JudgeBreach{Value: PotentialBreach}); s.duty(DutyPassConcern, "").Open() || len(s.c.Duties) != before {
		t.Errorf("it is passed on once: %+v", s.c.Duties[before:])
	}
	if d := open(t, kingsLynn, "2014-11-03 09:00").by("CQC", &JudgeBreach{Value: BreachSignificant}).
		c.Duty(DutyPassConcern, ""); d != nil {
		t.Errorf("of a trust nothing is passed on: %+v", d)
	}
}
