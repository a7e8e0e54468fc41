package calendar_test

import (
	"testing"
	"time"

	"holdthering/regime/calendar"
)

func TestAnInstantIsSaidInUKTimeWhateverItsZone(t *testing.T) {
	tokyo := time.FixedZone("JST", 9*3600)
	when := time.Date(2013, 9, 11, 0, 10, 59, 0, tokyo)
	for _, c := range []struct{ got, want string }{
		{calendar.Instant(when), "Tuesday 10 September 2013, 16:10 UK time"},
		{calendar.Short(when), "Tue 10 Sep 2013 16:10"},
		{calendar.Day(when), "10 September 2013"},
		{calendar.Instant(at(t, "2014-01-02 00:00")), "Thursday 2 January 2014, 00:00 UK time"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

func TestTheHourThatComesTwiceSaysWhichOfTheTwoIsMeant(t *testing.T) {
	for _, c := range []struct{ at, want string }{
		{"2013-10-27T00:30:00Z", "Sunday 27 October 2013, 01:30 UK time (BST)"},
		{"2013-10-27T01:30:00Z", "Sunday 27 October 2013, 01:30 UK time (GMT)"},
		{"2013-10-26T23:59:00Z", "Sunday 27 October 2013, 00:59 UK time"},
		{"2013-10-27T02:00:00Z", "Sunday 27 October 2013, 02:00 UK time"},
		{"2013-03-31T01:00:00Z", "Sunday 31 March 2013, 02:00 UK time"},
	} {
		if got := calendar.Instant(at(t, c.at)); got != c.want {
			t.Errorf("%s: got %q, want %q", c.at, got, c.want)
		}
	}
}

func TestADateIsExplainedByItsStartAndItsPeriod(t *testing.T) {
	for _, c := range []struct{ start, period, want string }{
		{"2013-09-10 16:10", "48h", "48 elapsed hours after Tuesday 10 September 2013, 16:10 UK time"},
		{"2013-07-16 11:00", "12mo", "12 calendar months after Tuesday 16 July 2013, 11:00 UK time"},
		{"2013-09-10 16:10", "-7d", "7 days before Tuesday 10 September 2013, 16:10 UK time"},
		{"2013-09-10 16:10", "2wd", "2 working days after Tuesday 10 September 2013, 16:10 UK time"},
		{"2013-12-25 16:10", "1wd", "1 working day after Wednesday 25 December 2013, 16:10 UK time, " +
			"counted from Friday 27 December 2013"},
		{"2013-09-14 16:10", "-1wd", "1 working day before Saturday 14 September 2013, 16:10 UK time, " +
			"counted from Friday 13 September 2013"},
	} {
		if got := calendar.Explain(at(t, c.start), calendar.MustPeriod(c.period)); got != c.want {
			t.Errorf("got  %q\nwant %q", got, c.want)
		}
	}
	got := calendar.Explain(at(t, "2013-09-10 16:10"), calendar.Period{})
	if want := "Tuesday 10 September 2013, 16:10 UK time"; got != want {
		t.Errorf("without a period: %q, want %q", got, want)
	}
}
