package regime

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// rung is a step of a ladder as the profile has it.
func rung(t *testing.T, at, every string, most int) Rung {
	t.Helper()
	r := Rung{At: at, Max: most}
	if every != "" {
		r.Every = period(every)
	}
	if err := r.parse(); err != nil {
		t.Fatal(err)
	}
	return r
}

func TestARungFallsByTheStartTheDueTimeOrAShareAndComesAgainAsOftenAsItSays(t *testing.T) {
	d := Duty{Start: at("2013-10-01 10:00"), Due: at("2013-10-03 10:00")}
	for _, x := range []struct {
		at, every string
		most      int
		falls     string // the first four times, by their day and hour
	}{
		{"-24h", "", 0, "2 10:00"}, {"0h", "", 0, "3 10:00"}, {"+2h", "", 0, "3 12:00"},
		{"start+12h", "", 0, "1 22:00"}, {"50%", "", 0, "2 10:00"}, {"1%", "", 0, "1 10:28"},
		{"100%", "", 0, "3 10:00"},
		{"+24h", "24h", 0, "4 10:00, 5 10:00, 6 10:00, 7 10:00"}, {"+24h", "24h", 2, "4 10:00, 5 10:00"},
		{"0h", "2h", 1, "3 10:00"}, {"+1d", "1wd", 3, "4 10:00, 7 10:00, 8 10:00"},
	} {
		r := rung(t, x.at, x.every, x.most)
		var falls []string
		for n := range 4 {
			if at, ok := rungTime(&r, &d, n); ok {
				falls = append(falls, at.In(d.Due.Location()).Format("2 15:04"))
			}
		}
		if got := strings.Join(falls, ", "); got != x.falls {
			t.Errorf("%s every %q, at most %d: %s, want %s", x.at, x.every, x.most, got, x.falls)
		}
	}
	for _, bad := range []string{"0%", "101%", "-1%", "half%", "x", ""} {
		if err := (&Rung{At: bad}).parse(); err == nil {
			t.Errorf("%q is a rung", bad)
		}
	}
}

func TestAReminderWhoseTimeHasGoneWhenTheDutyBeginsIsPassedOver(t *testing.T) {
	row := DutyRow{Ladder: []Rung{rung(t, "-24h", "", 0), rung(t, "-2h", "", 0),
		rung(t, "0h", "24h", 3), rung(t, "+24h", "", 0)}}
	d := Duty{Start: at("2013-10-01 10:00"), Due: at("2013-10-03 10:00")}
	for when, want := range map[string][]int{
		"2013-10-01 10:00": {0, 0, 0, 0}, "2013-10-02 09:59": {0, 0, 0, 0},
		"2013-10-02 10:00": {1, 0, 0, 0},
		"2013-10-03 08:00": {1, 1, 0, 0}, "2013-10-03 10:00": {1, 1, 1, 0},
		"2013-10-04 10:00": {1, 1, 2, 1},
		"2014-10-04 10:00": {1, 1, 3, 1},
	} {
		if got := passOver(row, d, at(when)); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", when, got, want)
		}
	}
}

// The clock wakes for the earliest of a duty's reminders, the end of its grace and the time
// after which it counts as missed, and for nothing that has been.
func TestTheClockWakesForWhatComesFirstAndForNothingThatHasBeen(t *testing.T) {
	ladder := []Rung{rung(t, "+24h", "", 0), rung(t, "-24h", "", 0)}
	due, grace := at("2013-10-03 10:00"), period("4h")
	for _, x := range []struct {
		fired           []int
		overdue, missed bool
		want            string
	}{
		{nil, false, false, "2013-10-02 10:00"},
		{[]int{0, 1}, false, false, "2013-10-03 14:00"},
		{[]int{0, 1}, true, false, "2013-10-04 10:00"},
		{[]int{1, 1}, true, false, "2013-10-10 10:00"},
		{[]int{1, 1}, false, true, "2013-10-03 14:00"},
		{[]int{1, 1}, true, true, ""},
	} {
		row := DutyRow{Ladder: ladder, MissedAfter: period("7d")}
		d := Duty{Start: at("2013-10-01 10:00"), Due: due, Grace: grace, Fired: x.fired,
			Overdue: x.overdue, Missed: x.missed}
		want := never
		if x.want != "" {
			want = at(x.want)
		}
		if got := wakes(&row, &d); !got.Equal(want) {
			t.Errorf("%+v: wakes %s", x, got)
		}
		if row = (DutyRow{Ladder: ladder}); x.overdue && len(x.fired) > 0 && x.fired[0] == 1 &&
			!wakes(&row, &d).Equal(never) {
			t.Errorf("%+v: wakes for what is never missed", x)
		}
	}
}

func TestWhatFallsDueNextIsToldWithHowMuchIsOverdue(t *testing.T) {
	s := open(t, kingsLynn, "2013-10-01 10:00")
	if got := s.c.NextWords(); got != "" {
		t.Fatalf("nothing is owed: %q", got)
	}
	owe := func(what, due string) *Duty {
		return s.c.owe(owed{kind: DutyMendDirectory, owner: nhse, subject: what, start: s.now,
			due: at(due)})
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
	s.c.duty(DutyMendDirectory, "a").Overdue = true
	says("by Saturday 5 October 2013, 10:00 UK time; 1 overdue")
	s.c.duty(DutyMendDirectory, "b").Overdue = true
	says("by Sunday 6 October 2013, 10:00 UK time; 2 overdue")
	s.c.endDuty(DutyMendDirectory, "c", EndDone, Moment{Now: s.now})
	says("nothing but what is overdue, 2")
	s.c.endDuty(DutyMendDirectory, "a", EndDone, Moment{Now: s.now})
	s.c.endDuty(DutyMendDirectory, "b", EndDone, Moment{Now: s.now})
	says("")
}

func TestTheAlarmSaysForWhomAndForWhatItIs(t *testing.T) {
	s := judged(t, kingsLynn)
	if a, ok := s.c.NextAlarm(); !ok || a.Says != "NHS England (Q56): answer whether professional standards issues "+
		"have arisen, due Thu 12 Sep 2013 20:00" || !a.At.Equal(at("2013-09-12 20:00")) {
		t.Errorf("%+v", a)
	}
	s = placed(t).at("2013-10-27 23:00") // the Monday's digest comes before all reminders
	if a, _ := s.c.NextAlarm(); a.Says != "the digest of the week" || a.Duty.ID != "" ||
		!a.At.Equal(at("2013-10-28 08:00")) {
		t.Errorf("%+v", a)
	}
	if a, ok := open(t, kingsLynn, "2013-10-01 10:00").c.NextAlarm(); ok {
		t.Errorf("nothing is owed, and the clock wakes %+v", a)
	}
}

func TestAMissedReportIsRecordedOnceAWeekAfterItsTimeAndNotBefore(t *testing.T) {
	s := placed(t)
	d := s.duty(DutyProgress, "1")
	missed := func() (n int) {
		for _, e := range s.c.Entries {
			n += flag(strings.HasPrefix(e.Text, "Missed: ") && e.Verb == ByClock)
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
	for holder, s := range map[string]*script{"MONITOR": agreed, string(nhse): judged(t, kingsLynn)} {
		got := s.at("2013-09-13 04:10").told("N15")
		if len(got) != 1 || got[0] != "Fri 13 Sep 2013 04:10: "+holder+" duty" {
			t.Errorf("%s holds the ring, and reminded is %v", holder, got)
		}
	}
}
