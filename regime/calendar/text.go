package calendar

import (
	"fmt"
	"strings"
	"time"
)

// Instant says an instant in full: "Tuesday 10 September 2013, 16:10 UK time". Seconds are
// cut off. In the hour that comes twice when the clocks go back it adds which of the two is
// meant: "01:30 UK time (GMT)".
func Instant(t time.Time) string {
	l := t.In(London)
	if repeated(l) {
		return l.Format("Monday 2 January 2006, 15:04 UK time (MST)")
	}
	return l.Format("Monday 2 January 2006, 15:04 UK time")
}

// Short is Instant for a table or a list: "Tue 10 Sep 2013 16:10", in UK time.
func Short(t time.Time) string { return t.In(London).Format("Mon 2 Jan 2006 15:04") }

// Day is the day of an instant, in UK time: "10 September 2013".
func Day(t time.Time) string { return t.In(London).Format("2 January 2006") }

// Explain says how a date came about: "48 elapsed hours after Tuesday 10 September 2013,
// 16:10 UK time". Working days from a start on another day name the day they count from.
func Explain(start time.Time, p Period) string {
	if p.IsZero() {
		return Instant(start)
	}
	said := p.Words()
	if p.n >= 0 { // backwards, the words end in "before"
		said += " after"
	}
	said += " " + Instant(start)
	if p.unit == workingDays && !Working(start) {
		step := 1
		if p.n < 0 {
			step = -1
		}
		from := toWorkingDay(reading(start), step)
		said += ", counted from " + from.Format("Monday 2 January 2006")
	}
	return said
}

// quote shows what somebody wrote within an error: cut short, and with what does not print
// spelt out, so that the sentence stays one line whatever was pasted.
func quote(s string) string {
	const most = 40
	if len(s) <= most {
		return fmt.Sprintf("%q", s)
	}
	return fmt.Sprintf("%q", strings.ToValidUTF8(s[:most], "")+"…")
}
