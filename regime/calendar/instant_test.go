package calendar_test

import (
	"testing"
	"time"

	"holdthering/regime/calendar"
)

func TestAnInstantIsReadInEveryFormThatIsNamed(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"2013-10-25 10:00", "2013-10-25T10:00:00+01:00"},
		{"2013-10-25T10:00", "2013-10-25T10:00:00+01:00"},
		{"2013-10-25", "2013-10-25T00:00:00+01:00"},
		{"2013-12-25", "2013-12-25T00:00:00Z"},
		{" 2013-10-25 9:05\n", "2013-10-25T09:05:00+01:00"},
		{"2013-10-25T10:00:00Z", "2013-10-25T11:00:00+01:00"},
		{"2013-10-25T10:00:00+09:00", "2013-10-25T02:00:00+01:00"},
		{"2013-10-25T10:00:00.5Z", "2013-10-25T11:00:00+01:00"},
		{"2012-02-29", "2012-02-29T00:00:00Z"},
		{"2013-10-27 01:30", "2013-10-27T01:30:00+01:00"}, // comes twice: the first
		{"2013-10-27T01:30:00Z", "2013-10-27T01:30:00Z"},  // the second
		{"2013-10-27 02:00", "2013-10-27T02:00:00Z"},
		{"2013-03-31 00:59", "2013-03-31T00:59:00Z"},
		{"2013-03-31 02:00", "2013-03-31T02:00:00+01:00"},
		{"1990-01-01", "1990-01-01T00:00:00Z"},
		{"2199-12-31 23:59", "2199-12-31T23:59:00Z"},
		{"1989-12-31T20:00:00-05:00", "1990-01-01T01:00:00Z"}, // the year is that of London
	} {
		got, err := calendar.ParseInstant(c.in)
		if err != nil || got.Format(time.RFC3339) != c.want {
			t.Errorf("%q is %s, %v; want %s", c.in, got.Format(time.RFC3339), err, c.want)
		}
		if got.Location() != calendar.London {
			t.Errorf("%q is told in %v", c.in, got.Location())
		}
	}
}

func TestWhatIsNoInstantIsRefusedInOneSentence(t *testing.T) {
	notOne := " is not a date and time: write 2013-10-25 10:00 (UK time), 2013-10-25 " +
		"(from midnight) or 2013-10-25T10:00:00+01:00 (RFC 3339)"
	impossible := " has a month, day, hour or offset that does not exist"
	for _, c := range []struct{ in, want string }{
		{"", `""` + notOne},
		{"tomorrow", `"tomorrow"` + notOne},
		{"25/10/2013", `"25/10/2013"` + notOne},
		{"2013-10-25 10:00 BST", `"2013-10-25 10:00 BST"` + notOne},
		{"2013-10-25\x00", `"2013-10-25\x00"` + notOne},
		{"2013-02-30", `"2013-02-30"` + impossible},
		{"2013-02-29 10:00", `"2013-02-29 10:00"` + impossible},
		{"2013-13-01T10:00", `"2013-13-01T10:00"` + impossible},
		{"2013-10-25 24:00", `"2013-10-25 24:00"` + impossible},
		{"2013-10-25T10:60:00Z", `"2013-10-25T10:60:00Z"` + impossible},
		{"1989-12-31", "the year 1989 is not within 1990 to 2199"},
		{"2199-12-31T23:30:00-05:00", "the year 2200 is not within 1990 to 2199"},
	} {
		got, err := calendar.ParseInstant(c.in)
		if err == nil || err.Error() != c.want {
			t.Errorf("%q: got %v, error %v\nwant %s", c.in, got, err, c.want)
		}
	}
}

func TestALocalTimeThatTheClocksSkipIsRefused(t *testing.T) {
	for _, in := range []string{"2013-03-31 01:00", "2013-03-31T01:30", "2026-03-29 01:59"} {
		got, err := calendar.ParseInstant(in)
		if err == nil {
			t.Errorf("%q is taken as %v", in, got)
		}
	}
	_, err := calendar.ParseInstant("2013-03-31T01:30")
	want := "2013-03-31 01:30 does not exist in UK time: the clocks go forward over it; " +
		"did you mean 2013-03-31 02:30?"
	if err == nil || err.Error() != want {
		t.Errorf("got error %v\nwant %s", err, want)
	}
}
