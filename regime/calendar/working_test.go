package calendar_test

import (
	"testing"

	"holdthering/regime/calendar"
)

func TestWorkingIsDecidedByTheDayInLondon(t *testing.T) {
	for _, c := range []struct {
		at   string
		want bool
	}{
		{"2013-09-13 23:59", true},      // Friday
		{"2013-09-14 00:00", false},     // Saturday
		{"2013-09-13T23:30:00Z", false}, // already Saturday in London
		{"2013-09-15T23:30:00Z", true},  // already Monday in London
		{"2013-08-26 12:00", false},     // summer bank holiday
		{"2013-08-05 12:00", true},      // a bank holiday in Scotland only
		{"2022-09-19 12:00", false},     // funeral of Elizabeth II
		{"2022-05-30 12:00", true},      // the spring holiday was moved
		{"2035-12-26 12:00", false},     // by rule, after the table
		{"2009-12-28 12:00", false},     // by rule, before it
	} {
		if got := calendar.Working(at(t, c.at)); got != c.want {
			t.Errorf("working at %s: %v, want %v", c.at, got, c.want)
		}
	}
}

func TestTheBankHolidaysOf2010To2028AreKnown(t *testing.T) {
	for year := 2000; year <= 2040; year++ {
		want := year >= 2010 && year <= 2028
		if got := calendar.WorkingDayKnown(year); got != want {
			t.Errorf("%d known: %v, want %v", year, got, want)
		}
	}
}

func TestAnInstantIsMovedIntoWorkingHours(t *testing.T) {
	for _, c := range []struct {
		at       string
		from, to int
		want     string
	}{
		{"2013-09-10 10:30", 9, 17, "2013-09-10 10:30"}, // within
		{"2013-09-10 09:00", 9, 17, "2013-09-10 09:00"}, // the first minute
		{"2013-09-10 16:59", 9, 17, "2013-09-10 16:59"}, // the last minute
		{"2013-09-10 17:00", 9, 17, "2013-09-11 09:00"}, // too late
		{"2013-09-10 06:30", 9, 17, "2013-09-10 09:00"}, // too early
		{"2013-09-13 18:00", 9, 17, "2013-09-16 09:00"}, // Friday evening
		{"2013-09-14 06:30", 9, 17, "2013-09-16 09:00"}, // Saturday morning
		{"2013-12-24 20:00", 9, 17, "2013-12-27 09:00"}, // Christmas
		{"2013-03-28 20:00", 9, 17, "2013-04-02 09:00"}, // Easter and the clocks
		{"2013-10-25 20:00", 9, 17, "2013-10-28 09:00"}, // the clocks go back
		{"2013-09-10 23:30", 0, 24, "2013-09-10 23:30"},
		{"2013-09-14 12:00", 0, 24, "2013-09-16 00:00"},
		{"2013-09-10 23:30", 17, 9, "2013-09-10 23:30"}, // no window: the whole day
		{"2013-09-10 23:30", 9, 9, "2013-09-10 23:30"},
		{"2013-09-14 12:00", -1, 9, "2013-09-16 00:00"},
		{"2013-09-10 12:00", 9, 25, "2013-09-10 12:00"},
	} {
		got := calendar.NextWorkingTime(at(t, c.at), c.from, c.to)
		if !got.Equal(at(t, c.want)) {
			t.Errorf("%s in working hours %d to %d: %s, want %s",
				c.at, c.from, c.to, calendar.Short(got), c.want)
		}
	}
}
