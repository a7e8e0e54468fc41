package ledger

import (
	"slices"
	"strings"
	"testing"

	"holdthering/regime"
	"holdthering/regime/regimetest"
)

// rung is a step of a ladder as the profile has it.
func rung(t *testing.T, at, every string, most int) regime.Rung {
	t.Helper()
	r := regime.Rung{At: at, Max: most}
	if every != "" {
		r.Every = regimetest.Period(every)
	}
	if err := r.Parse(); err != nil {
		t.Fatal(err)
	}
	return r
}

func TestARungFallsByTheStartTheDueTimeOrAShareAndComesAgainAsOftenAsItSays(t *testing.T) {
	d := Duty{Start: regimetest.At("2013-10-01 10:00"), Due: regimetest.At("2013-10-03 10:00")}
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
			if at, ok := r.Falls(d.Start, d.Due, n); ok {
				falls = append(falls, at.In(d.Due.Location()).Format("2 15:04"))
			}
		}
		if got := strings.Join(falls, ", "); got != x.falls {
			t.Errorf("%s every %q, at most %d: %s, want %s", x.at, x.every, x.most, got, x.falls)
		}
	}
	for _, bad := range []string{"0%", "101%", "-1%", "half%", "x", ""} {
		if err := (&regime.Rung{At: bad}).Parse(); err == nil {
			t.Errorf("%q is a rung", bad)
		}
	}
}

func TestAReminderWhoseTimeHasGoneWhenTheDutyBeginsIsPassedOver(t *testing.T) {
	row := regime.DutyRow{Ladder: []regime.Rung{rung(t, "-24h", "", 0), rung(t, "-2h", "", 0),
		rung(t, "0h", "24h", 3), rung(t, "+24h", "", 0)}}
	d := Duty{Start: regimetest.At("2013-10-01 10:00"), Due: regimetest.At("2013-10-03 10:00")}
	for when, want := range map[string][]int{
		"2013-10-01 10:00": {0, 0, 0, 0}, "2013-10-02 09:59": {0, 0, 0, 0},
		"2013-10-02 10:00": {1, 0, 0, 0},
		"2013-10-03 08:00": {1, 1, 0, 0}, "2013-10-03 10:00": {1, 1, 1, 0},
		"2013-10-04 10:00": {1, 1, 2, 1},
		"2014-10-04 10:00": {1, 1, 3, 1},
	} {
		if got := skipPastRungs(row, d, regimetest.At(when)); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", when, got, want)
		}
	}
}

// The clock wakes for the earliest of a duty's reminders, the end of its grace and the time
// after which it counts as missed, and for nothing that has been.
func TestTheClockWakesForWhatComesFirstAndForNothingThatHasBeen(t *testing.T) {
	ladder := []regime.Rung{rung(t, "+24h", "", 0), rung(t, "-24h", "", 0)}
	due, grace := regimetest.At("2013-10-03 10:00"), regimetest.Period("4h")
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
		row := regime.DutyRow{Ladder: ladder, MissedAfter: regimetest.Period("7d")}
		d := Duty{Start: regimetest.At("2013-10-01 10:00"), Due: due, Grace: grace, RungsSent: x.fired,
			Overdue: x.overdue, Missed: x.missed}
		want := never
		if x.want != "" {
			want = regimetest.At(x.want)
		}
		if got := nextCheckOf(&row, &d); !got.Equal(want) {
			t.Errorf("%+v: wakes %s", x, got)
		}
		if row = (regime.DutyRow{Ladder: ladder}); x.overdue && len(x.fired) > 0 && x.fired[0] == 1 &&
			!nextCheckOf(&row, &d).Equal(never) {
			t.Errorf("%+v: wakes for what is never missed", x)
		}
	}
}
