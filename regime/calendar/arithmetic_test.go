package calendar_test

import (
	"testing"
	"time"

	"holdthering/regime/calendar"
)

// at reads an instant of a test, written as Short writes it; the zone follows where the
// clock shows it twice.
func at(t *testing.T, s string) time.Time {
	t.Helper()
	got, err := calendar.ParseInstant(s)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

type afterCase struct{ start, period, want string }

func checkAfter(t *testing.T, cases []afterCase) {
	t.Helper()
	for _, c := range cases {
		got := calendar.MustPeriod(c.period).After(at(t, c.start))
		if s := got.Format("Mon 2006-01-02 15:04 MST"); s != c.want {
			t.Errorf("%s after %s is %s, want %s", c.period, c.start, s, c.want)
		}
		if got.Location() != calendar.London {
			t.Errorf("%s after %s is told in %v", c.period, c.start, got.Location())
		}
	}
}

func TestHoursAndMinutesAreElapsedTime(t *testing.T) {
	checkAfter(t, []afterCase{
		{"2013-09-10 16:10", "48h", "Thu 2013-09-12 16:10 BST"},
		{"2013-09-13 16:10", "48h", "Sun 2013-09-15 16:10 BST"},  // over a week-end
		{"2013-12-24 16:10", "24h", "Wed 2013-12-25 16:10 GMT"},  // into Christmas
		{"2013-03-30 12:00", "24h", "Sun 2013-03-31 13:00 BST"},  // the clocks go forward
		{"2013-10-26 12:00", "24h", "Sun 2013-10-27 11:00 GMT"},  // the clocks go back
		{"2013-10-27 00:30", "1h", "Sun 2013-10-27 01:30 BST"},   // the first 01:30
		{"2013-10-27 00:30", "2h", "Sun 2013-10-27 01:30 GMT"},   // the second
		{"2013-03-31 00:45", "30m", "Sun 2013-03-31 02:15 BST"},  // past the gap
		{"2013-04-01 12:00", "-48h", "Sat 2013-03-30 11:00 GMT"}, // backwards
		{"2012-02-28 12:00", "24h", "Wed 2012-02-29 12:00 GMT"},
	})
}

func TestDaysKeepTheLocalTime(t *testing.T) {
	checkAfter(t, []afterCase{
		{"2013-03-30 12:00", "1d", "Sun 2013-03-31 12:00 BST"},
		{"2013-10-26 12:00", "1d", "Sun 2013-10-27 12:00 GMT"},
		{"2013-10-28 12:00", "-2d", "Sat 2013-10-26 12:00 BST"},
		{"2013-12-25 23:59", "7d", "Wed 2014-01-01 23:59 GMT"},
		{"2012-02-28 09:00", "1d", "Wed 2012-02-29 09:00 GMT"},
		{"2013-02-28 09:00", "1d", "Fri 2013-03-01 09:00 GMT"},
		{"2013-09-10 16:10", "0d", "Tue 2013-09-10 16:10 BST"},
	})
}

func TestALocalTimeThatTheClocksSkipIsAnHourLater(t *testing.T) {
	checkAfter(t, []afterCase{
		{"2013-03-30 01:30", "1d", "Sun 2013-03-31 02:30 BST"},
		{"2013-02-28 01:00", "1mo", "Thu 2013-03-28 01:00 GMT"},
		{"2013-01-31 01:00", "2mo", "Sun 2013-03-31 02:00 BST"},
		{"2013-04-01 01:59", "-1d", "Sun 2013-03-31 02:59 BST"},
	})
}

func TestALocalTimeThatComesTwiceIsTheFirst(t *testing.T) {
	checkAfter(t, []afterCase{
		{"2013-10-26 01:30", "1d", "Sun 2013-10-27 01:30 BST"},
		{"2013-09-27 01:00", "1mo", "Sun 2013-10-27 01:00 BST"},
		{"2013-10-28 01:59", "-1d", "Sun 2013-10-27 01:59 BST"},
		{"2013-10-27T01:30:00Z", "0d", "Sun 2013-10-27 01:30 GMT"}, // nothing to look for
		{"2013-10-27T01:30:00Z", "0mo", "Sun 2013-10-27 01:30 GMT"},
	})
}

func TestMonthsAreCalendarMonthsClampedToTheLastDay(t *testing.T) {
	checkAfter(t, []afterCase{
		{"2014-01-31 10:00", "1mo", "Fri 2014-02-28 10:00 GMT"},
		{"2012-01-31 10:00", "1mo", "Wed 2012-02-29 10:00 GMT"},
		{"2014-01-31 10:00", "2mo", "Mon 2014-03-31 10:00 BST"}, // not chained: not the 28th
		{"2014-01-31 10:00", "3mo", "Wed 2014-04-30 10:00 BST"},
		{"2013-07-16 10:00", "12mo", "Wed 2014-07-16 10:00 BST"},
		{"2012-02-29 10:00", "12mo", "Thu 2013-02-28 10:00 GMT"},
		{"2012-02-29 10:00", "48mo", "Mon 2016-02-29 10:00 GMT"},
		{"2013-10-31 10:00", "1mo", "Sat 2013-11-30 10:00 GMT"}, // over the change of the clocks
		{"2013-12-31 10:00", "2mo", "Fri 2014-02-28 10:00 GMT"}, // over the year
		{"2013-03-31 10:00", "-1mo", "Thu 2013-02-28 10:00 GMT"},
		{"2014-01-15 10:00", "-13mo", "Sat 2012-12-15 10:00 GMT"},
		{"2100-02-28 10:00", "12mo", "Mon 2101-02-28 10:00 GMT"}, // 2100 has no 29 February
		{"2099-02-28 23:30", "1200mo", "Thu 2199-02-28 23:30 GMT"},
	})
}

func TestAMonthBeginsAtMidnightOfLondonNotOfUTC(t *testing.T) {
	checkAfter(t, []afterCase{
		{"2013-06-30T23:30:00Z", "1mo", "Thu 2013-08-01 00:30 BST"}, // 1 July in London
	})
}

func TestWorkingDaysSkipWeekEndsAndBankHolidays(t *testing.T) {
	checkAfter(t, []afterCase{
		{"2013-09-10 16:10", "2wd", "Thu 2013-09-12 16:10 BST"},
		{"2013-09-13 16:10", "1wd", "Mon 2013-09-16 16:10 BST"},
		{"2013-12-24 16:10", "1wd", "Fri 2013-12-27 16:10 GMT"}, // Christmas
		{"2013-12-24 16:10", "2wd", "Mon 2013-12-30 16:10 GMT"},
		{"2013-12-31 16:10", "1wd", "Thu 2014-01-02 16:10 GMT"},
		{"2013-03-28 09:00", "1wd", "Tue 2013-04-02 09:00 BST"}, // Easter and the clocks
		{"2011-04-21 09:00", "1wd", "Tue 2011-04-26 09:00 BST"},
		{"2011-04-28 09:00", "1wd", "Tue 2011-05-03 09:00 BST"}, // royal wedding, early May
		{"2012-06-01 09:00", "1wd", "Wed 2012-06-06 09:00 BST"}, // Diamond Jubilee
		{"2012-05-25 09:00", "1wd", "Mon 2012-05-28 09:00 BST"}, // spring holiday moved
		{"2020-05-01 09:00", "1wd", "Mon 2020-05-04 09:00 BST"}, // early May holiday moved
		{"2020-05-07 09:00", "1wd", "Mon 2020-05-11 09:00 BST"},
		{"2022-06-01 09:00", "1wd", "Mon 2022-06-06 09:00 BST"},
		{"2022-09-16 09:00", "1wd", "Tue 2022-09-20 09:00 BST"},
		{"2023-05-05 09:00", "1wd", "Tue 2023-05-09 09:00 BST"},
		{"2021-12-24 09:00", "1wd", "Wed 2021-12-29 09:00 GMT"}, // two substitute days
		{"2013-10-25 09:00", "1wd", "Mon 2013-10-28 09:00 GMT"},
		{"2013-09-16 09:00", "20wd", "Mon 2013-10-14 09:00 BST"},
		{"2013-09-10 16:10", "0wd", "Tue 2013-09-10 16:10 BST"},
		{"2029-12-24 09:00", "1wd", "Thu 2029-12-27 09:00 GMT"}, // by rule: past the table
	})
}

func TestWorkingDaysCountBackwards(t *testing.T) {
	checkAfter(t, []afterCase{
		{"2013-09-16 09:00", "-1wd", "Fri 2013-09-13 09:00 BST"},
		{"2013-12-27 09:00", "-1wd", "Tue 2013-12-24 09:00 GMT"},
		{"2013-09-14 09:00", "-1wd", "Thu 2013-09-12 09:00 BST"}, // Saturday counts from Friday
	})
}

func TestAStartOnANonWorkingDayCountsFromTheNextWorkingDay(t *testing.T) {
	checkAfter(t, []afterCase{
		{"2013-09-14 16:10", "1wd", "Tue 2013-09-17 16:10 BST"}, // Saturday
		{"2013-09-15 16:10", "1wd", "Tue 2013-09-17 16:10 BST"}, // Sunday
		{"2013-09-14 16:10", "0wd", "Mon 2013-09-16 16:10 BST"},
		{"2013-12-25 16:10", "2wd", "Tue 2013-12-31 16:10 GMT"}, // from Friday 27
	})
}

func TestNoPeriodLeavesTheInstant(t *testing.T) {
	start := at(t, "2013-09-14 16:10")
	if got := (calendar.Period{}).After(start); !got.Equal(start) {
		t.Errorf("got %v, want %v", got, start)
	}
}

func TestBeforeIsAfterBackwards(t *testing.T) {
	due := at(t, "2013-09-16 12:00")
	got := calendar.MustPeriod("3d").Before(due)
	if want := at(t, "2013-09-13 12:00"); !got.Equal(want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if got := calendar.MustPeriod("-3d").Before(due); !got.Equal(at(t, "2013-09-19 12:00")) {
		t.Errorf("before a backwards period is %v", got)
	}
}
