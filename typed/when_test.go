package typed_test

import (
	"strings"
	"testing"
	"time"

	"holdthering/typed"
)

// now is a Tuesday.
var now = time.Date(2013, 9, 10, 9, 30, 0, 0, time.UTC)

func TestATimeIsReadAsPeopleWriteIt(t *testing.T) {
	for text, want := range map[string]string{
		"tomorrow 14:00": "2013-09-11 14:00", "Tomorrow at 2pm": "2013-09-11 14:00", "today": "2013-09-10",
		"yesterday 9.30": "2013-09-09 09:30", "now": "2013-09-10 09:30", "2pm": "2013-09-10 14:00", "2 pm": "2013-09-10 14:00",
		"2.30 pm": "2013-09-10 14:30", "noon": "2013-09-10 12:00", "12am tomorrow": "2013-09-11 00:00",
		"3 March 9.30": "2014-03-03 09:30", "3rd March 2013": "2013-03-03", "March 3, 9:30am": "2014-03-03 09:30",
		"the 13th of September at 10:00": "2013-09-13 10:00", "Friday 13 September 2013, 14:00 UK time": "2013-09-13 14:00",
		"12/9/2013 10:00": "2013-09-12 10:00", "2013-09-12 2pm": "2013-09-12 14:00", "in 3 days": "2013-09-13",
		"in 2 weeks at 10:00": "2013-09-24 10:00", "in 2 hours": "2013-09-10 11:30", "45 minutes ago": "2013-09-10 08:45",
		"2 days ago": "2013-09-08",
		"Friday 2pm": "2013-09-13 14:00", "tue": "2013-09-10", "last tuesday": "2013-09-03", "this Friday": "2013-09-13",
	} {
		got, ok, err := typed.When(text, now, typed.After)
		if err != nil || !ok || got != want {
			t.Errorf("%q: %q, %v, %v; want %q", text, got, ok, err, want)
		}
	}
}

func TestADayLiesOnTheSideThatIsMeant(t *testing.T) {
	for _, row := range []struct {
		text         string
		before, near string
		after        string
	}{
		{"Friday", "2013-09-06", "2013-09-13", "2013-09-13"}, {"Tuesday", "2013-09-10", "2013-09-10", "2013-09-10"},
		{"3 March", "2013-03-03", "2014-03-03", "2014-03-03"}, {"1 September", "2013-09-01", "2013-09-01", "2014-09-01"},
		{"30 December", "2012-12-30", "2013-12-30", "2013-12-30"},
	} {
		for way, want := range map[typed.Way]string{typed.Before: row.before, typed.Nearest: row.near, typed.After: row.after} {
			if got, ok, err := typed.When(row.text, now, way); got != want || !ok || err != nil {
				t.Errorf("%q, %d: %q, %v, %v; want %q", row.text, way, got, ok, err, want)
			}
		}
	}
}

func TestWhatMayMeanTwoTimesIsAskedBack(t *testing.T) {
	for text, part := range map[string]string{
		"next Friday": "write the date", "midnight": "00:00", "30 February": "does not exist", "13pm": "does not exist",
		"Monday 13 September 2013": "is a Friday", "25:00": "does not exist", "3": "no whole date", "March": "no whole date",
		"tomorrow 3 March": "two days", "Monday 9": "write 09:00", "tomorrow 14": "write 14:00",
	} {
		got, ok, err := typed.When(text, now, typed.After)
		if !ok || err == nil || !strings.Contains(err.Error(), part) {
			t.Errorf("%q: %q, %v, %v", text, got, ok, err)
		}
	}
}

func TestOtherFormsAreLeftToOthers(t *testing.T) {
	for _, text := range []string{"", "2013-09-10T09:30:00Z", "soon", "Friday or so", "7d", "the second Tuesday"} {
		if got, ok, err := typed.When(text, now, typed.After); ok || err != nil {
			t.Errorf("%q: %q, %v", text, got, err)
		}
	}
}

func FuzzWhen(f *testing.F) {
	for _, s := range []string{"tomorrow 14:00", "Friday 2pm", "3 March 9.30", "in 2 hours", "3/9/2013"} {
		f.Add(s, 1)
	}
	f.Fuzz(func(t *testing.T, s string, way int) {
		got, ok, err := typed.When(s, now, typed.Way(way%3))
		if !ok || err != nil {
			return
		}
		for _, form := range []string{"2006-01-02", "2006-01-02 15:04"} {
			if _, err := time.Parse(form, got); err == nil {
				return
			}
		}
		t.Errorf("%q became %q", s, got)
	})
}
