package failure

import (
	"strings"
	"testing"
	"time"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/regimetest"
	"holdthering/regime/words"
)

func TestWhatFallsDueNextIsToldWithHowMuchIsOverdue(t *testing.T) {
	s := open(t, kingsLynn, "2013-10-01 10:00")
	if got := s.c.NextWords(); got != "" {
		t.Fatalf("nothing is owed: %q", got)
	}
	owe := func(what, due string) *ledger.Duty {
		return s.c.pen.OpenDuty(ledger.DutySpec{Kind: regime.DutyMendDirectory, Owner: regimetest.Nhse, Subject: what, Start: s.now,
			Due: regimetest.At(due)})
	}
	owe("b", "2013-10-05 10:00")
	owe("a", "2013-10-04 10:00")
	owe("c", "2013-10-06 10:00")
	says := func(want string) {
		t.Helper()
		if got := s.c.NextWords(); !strings.Contains(got, want) || want == "" && got != "" ||
			strings.Contains(got, "overdue") != strings.Contains(want, "overdue") {
			t.Errorf("%q, want %q", got, want)
		}
	}
	says("for a and mend the directory by Friday 4 October 2013, 10:00")
	s.c.Duty(regime.DutyMendDirectory, "a").Overdue = true
	says("by Saturday 5 October 2013, 10:00 UK time; 1 duty overdue")
	s.c.Duty(regime.DutyMendDirectory, "b").Overdue = true
	says("by Sunday 6 October 2013, 10:00 UK time; 2 duties overdue")
	s.c.pen.EndDuty(regime.DutyMendDirectory, "c", ledger.EndDone, ledger.Moment{Now: s.now})
	says("nothing new; 2 duties overdue")
	s.c.pen.EndDuty(regime.DutyMendDirectory, "a", ledger.EndDone, ledger.Moment{Now: s.now})
	s.c.pen.EndDuty(regime.DutyMendDirectory, "b", ledger.EndDone, ledger.Moment{Now: s.now})
	says("")
}

func TestTheAlarmSaysForWhomAndForWhatItIs(t *testing.T) {
	s := judged(t, kingsLynn)
	if a, ok := s.c.NextDue(); !ok || a.Says != "NHS England (Q56): answer whether professional standards issues "+
		"have arisen, due Thu 12 Sep 2013 20:00" || !a.At.Equal(regimetest.At("2013-09-12 20:00")) {
		t.Errorf("%+v", a)
	}
	s = placed(t).at("2013-10-27 23:00") // the Monday's digest comes before all reminders
	if a, _ := s.c.NextDue(); a.Says != "the digest of the week" || a.Duty.ID != "" ||
		!a.At.Equal(regimetest.At("2013-10-28 08:00")) {
		t.Errorf("%+v", a)
	}
	if a, ok := open(t, kingsLynn, "2013-10-01 10:00").c.NextDue(); !ok || a.Says != "the law changes" || a.Duty.ID != "" {
		t.Errorf("nothing is owed, and the clock wakes %+v", a)
	}
}

func TestAMissedReportIsRecordedOnceAWeekAfterItsTimeAndNotBefore(t *testing.T) {
	s := placed(t)
	d := s.duty(DutyProgress, "1")
	missed := func() (n int) {
		for _, e := range s.c.Entries {
			n += words.Flag(strings.HasPrefix(e.Text, "Missed: ") && e.Verb == ledger.ByClock)
		}
		return n
	}
	for _, x := range []struct {
		after time.Duration
		want  int
	}{{0, 0}, {7*24*time.Hour - time.Minute, 0}, {7 * 24 * time.Hour, 1}, {20 * 24 * time.Hour, 1}} {
		s.until(d.Due.Add(x.after))
		if got := missed(); got != x.want {
			t.Errorf("%s after its time: %d entries", x.after, got)
		}
	}
}

// The first reminder of the meeting and the end of the time for agreement fall at one moment.
func TestT8_T6_TheFirstReminderOfTheMeetingGoesToWhoHoldsTheRingFromThatMoment(t *testing.T) {
	agreed := judged(t, kingsLynn).by("CCG", &ProposeRingHolder{Candidate: "MONITOR"}).
		by("MONITOR", &AcceptRing{})
	for holder, s := range map[string]*script{"MONITOR": agreed, string(regimetest.Nhse): judged(t, kingsLynn)} {
		got := s.at("2013-09-13 04:10").told("N15")
		if len(got) != 1 || got[0] != "Fri 13 Sep 2013 04:10: "+holder+" duty" {
			t.Errorf("%s holds the ring, and reminded is %v", holder, got)
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
		if got := c.c.holds("scheduled", c.duty(DutyFirstMeeting, "")); got != holds {
			t.Errorf("a meeting on %q: %v", when, got)
		}
	}
}
