package failure

import (
	"strings"
	"testing"
	"time"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/regimetest"
)

func TestWhatIsTypedTwiceWithinTheWindowIsTakenOnceAndAtItsEndAnew(t *testing.T) {
	s := open(t, kingsLynn, "2013-09-10 09:00")
	window := s.c.profile().RepeatWindow.After(s.now).Sub(s.now)
	for wait, repeated := range map[time.Duration]bool{window - 1: true, window: false} {
		c := s.copied()
		req := ledger.Request{By: ledger.Actor{For: "CQC", Person: "x", Channel: "test"}, Fingerprint: "p"}
		first, err := c.c.Perform(req, &AddNote{Text: "x"}, c.now)
		again, errAgain := c.c.Perform(req, &AddNote{Text: "x"}, c.now.Add(wait))
		if err != nil || errAgain != nil || again.Repeated != repeated ||
			(again.Entry.N == first.Entry.N) != repeated {
			t.Errorf("after %s: %+v %v %v", wait, again, err, errAgain)
		}
	}
}

// A reminder two hours before a meeting is left out where that of the day before has gone for
// this very meeting, as it lies now.
func TestAMeetingIsRemindedOfTwiceOnlyWhereTheFirstReminderWasOfAnotherTime(t *testing.T) {
	d := ledger.Duty{ID: "D1", Due: regimetest.At("2013-09-20 10:00")}
	for _, x := range []struct {
		n     ledger.Notice
		holds bool
	}{
		{ledger.Notice{Duty: "D1", Rung: 1, By: d.Due}, true}, {ledger.Notice{Duty: "D2", Rung: 1, By: d.Due}, false},
		{ledger.Notice{Duty: "D1", Rung: 2, By: d.Due}, false},
		{ledger.Notice{Duty: "D1", Rung: 1, By: d.Due.Add(1)}, false},
	} {
		s := open(t, kingsLynn, "2013-09-10 09:00")
		s.c.Notices = []ledger.Notice{x.n}
		if got := s.c.holds("reminded", d); got != x.holds {
			t.Errorf("%+v: %v", x.n, got)
		}
	}
	s := responding(t, kingsLynn)
	for when, holds := range map[string]bool{"": false, "2013-09-14 16:10": true,
		"2013-09-14 16:11": false} {
		c := s.copied()
		if when != "" {
			c.by(regimetest.Nhse, &ScheduleMeeting{At: regimetest.At(when)})
		}
		if got := c.c.holds("scheduled", c.duty(regime.DutyFirstMeeting, "")); got != holds {
			t.Errorf("a meeting on %q: %v", when, got)
		}
	}
}

func TestB8_AnOrderLeavesMeasuresThatWereDeclinedOrHaveEndedAlone(t *testing.T) {
	declined := open(t, kingsLynn, "2013-10-01 10:00").by("CQC", &RecommendMeasures{Reason: "x"}).
		by("MONITOR", &DecideMeasures{Outcome: Decline, Reason: "x"}).by("MONITOR", &OrderAdministration{})
	over := placed(t).at("2014-10-20 10:00").by("CQC", &Reinspect{From: regimetest.At("2014-10-19")}).
		by("CQC", &ReportReinspection{Rating: "good", Advice: "exit"}).
		by("MONITOR", &DecideMeasures{Outcome: Exit, Reason: "x"}).at("2014-10-21 10:00").
		by("MONITOR", &OrderAdministration{})
	for s, want := range map[*script]regime.MeasuresState{declined: regime.MeasuresDeclined, over: regime.MeasuresExited} {
		if e, ok := s.c.Episode(); !ok || e.State != want {
			t.Errorf("%+v", e)
		}
	}
	if e, ok := open(t, kingsLynn, "2013-10-01 10:00").c.Episode(); ok {
		t.Errorf("%+v", e)
	}
}

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
		if d := x.s.duty(regime.DutyAnswerBreach, ""); d.Open() != x.open {
			t.Errorf("%s: %+v", x.what, d)
		}
	}
	s := breach()
	if n := len(s.told("N33")); n != 1 || !s.duty(regime.DutyPassConcern, "").Open() {
		t.Errorf("told %d times", n)
	}
	s.by("CQC", &PassConcern{})
	before := len(s.c.Duties)
	if s.by("CQC", &JudgeBreach{Value: PotentialBreach}); s.duty(regime.DutyPassConcern, "").Open() || len(s.c.Duties) != before {
		t.Errorf("it is passed on once: %+v", s.c.Duties[before:])
	}
	if d := open(t, kingsLynn, "2014-11-03 09:00").by("CQC", &JudgeBreach{Value: BreachSignificant}).
		c.Duty(regime.DutyPassConcern, ""); d != nil {
		t.Errorf("of a trust nothing is passed on: %+v", d)
	}
}

func TestR56_R61_WhoDecidesForItselfIsNotSaidToLackARecommendation(t *testing.T) {
	for s, said := range map[*script]bool{
		open(t, kingsLynn, "2014-11-03 09:00").by("MONITOR", &DecideMeasures{Outcome: Place, Reason: "x"}): true,
		open(t, practice, "2014-11-03 09:00").by("CQC", &DecideMeasures{Outcome: Place, Reason: "x"}):      false,
	} {
		if text := s.c.Entries[len(s.c.Entries)-1].Text; strings.Contains(text, "without a recommendation (R56)") != said {
			t.Error(text)
		}
	}
}
