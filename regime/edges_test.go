package regime

import (
	"slices"
	"strings"
	"testing"
	"time"
)

func TestWhatIsTypedTwiceWithinTheWindowIsTakenOnceAndAtItsEndAnew(t *testing.T) {
	s := open(t, kingsLynn, "2013-09-10 09:00")
	window := s.c.profile().RepeatWindow.After(s.now).Sub(s.now)
	for wait, repeated := range map[time.Duration]bool{window - 1: true, window: false} {
		c := s.copied()
		req := Request{By: Actor{For: "CQC", Person: "x", Channel: "test"}, Print: "p"}
		first, err := c.c.Perform(req, &AddNote{Text: "x"}, c.now)
		again, errAgain := c.c.Perform(req, &AddNote{Text: "x"}, c.now.Add(wait))
		if err != nil || errAgain != nil || again.Repeated != repeated ||
			(again.Entry.N == first.Entry.N) != repeated {
			t.Errorf("after %s: %+v %v %v", wait, again, err, errAgain)
		}
	}
}

func TestAListOfCodesIsReadHoweverItIsTyped(t *testing.T) {
	if got := codes("rcx,RGP;c1\tC2\nall  RCX"); !slices.Equal(got,
		[]string{"RCX", "RGP", "C1", "C2", "ALL"}) {
		t.Errorf("%q", got)
	}
}

// A reminder two hours before a meeting is left out where that of the day before has gone for
// this very meeting, as it lies now.
func TestAMeetingIsRemindedOfTwiceOnlyWhereTheFirstReminderWasOfAnotherTime(t *testing.T) {
	d := Duty{ID: "D1", Due: at("2013-09-20 10:00")}
	for _, x := range []struct {
		n     Notice
		holds bool
	}{
		{Notice{Duty: "D1", Rung: 1, By: d.Due}, true}, {Notice{Duty: "D2", Rung: 1, By: d.Due}, false},
		{Notice{Duty: "D1", Rung: 2, By: d.Due}, false},
		{Notice{Duty: "D1", Rung: 1, By: d.Due.Add(1)}, false},
	} {
		s := open(t, kingsLynn, "2013-09-10 09:00")
		s.c.Notices = []Notice{x.n}
		if got := s.c.holds("reminded", d); got != x.holds {
			t.Errorf("%+v: %v", x.n, got)
		}
	}
	s := responding(t, kingsLynn)
	for when, holds := range map[string]bool{"": false, "2013-09-14 16:10": true,
		"2013-09-14 16:11": false} {
		c := s.copied()
		if when != "" {
			c.by(nhse, &ScheduleMeeting{At: at(when)})
		}
		if got := c.c.holds("scheduled", c.duty(DutyFirstMeeting, "")); got != holds {
			t.Errorf("a meeting on %q: %v", when, got)
		}
	}
}

func TestB8_AnOrderLeavesMeasuresThatWereDeclinedOrHaveEndedAlone(t *testing.T) {
	declined := open(t, kingsLynn, "2013-10-01 10:00").by("CQC", &RecommendMeasures{Reason: "x"}).
		by("MONITOR", &DecideMeasures{Outcome: Decline, Reason: "x"}).by("MONITOR", &OrderAdministration{})
	over := placed(t).at("2014-10-20 10:00").by("CQC", &Reinspect{From: at("2014-10-19")}).
		by("CQC", &ReportReinspection{Rating: "good", Advice: "exit"}).
		by("MONITOR", &DecideMeasures{Outcome: Exit, Reason: "x"}).at("2014-10-21 10:00").
		by("MONITOR", &OrderAdministration{})
	for s, want := range map[*script]MeasuresState{declined: MeasuresDeclined, over: MeasuresExited} {
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
		{"another's power", breach().by(nhse, &UsePower{Power: "P-ANY-1"}), true},
		{"declined", open(t, kingsLynn, "2014-11-03 09:00").by("CQC", &RecommendMeasures{Reason: "x"}).
			by("CQC", &CorrectProvider{Type: GPPractice, Reason: "x"}).
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
		c.duty(DutyPassConcern, ""); d != nil {
		t.Errorf("of a trust nothing is passed on: %+v", d)
	}
}

func TestR74_TurnsAreTakenByDistrictOrTypeAndSayWhy(t *testing.T) {
	o := eastAnglia
	o.Rotation = ByDistrict
	o.Watched = append(slices.Clone(o.Watched), Watched{Code: "RZZ", Name: "Nowhere", Type: NHSTrust})
	s := group(t, "2013-04-01 09:00", o)
	why := func() map[string]string {
		out := map[string]string{}
		for _, turn := range s.g.turns(nil, s.now) {
			out[turn.Watched.Code] = turn.Why
		}
		return out
	}
	if got := why()["RCX"]; got != "turn of Norfolk" {
		t.Errorf("%q", got)
	}
	if got := s.g.turnOf(*s.g.provider("RZZ")); got != "the type: an NHS trust" {
		t.Errorf("%q", got)
	}
	s.until(s.g.Coverage.After(s.now))
	for code, reason := range why() {
		if !strings.HasPrefix(reason, "not considered within") {
			t.Errorf("%s: %s", code, reason)
		}
	}
}
