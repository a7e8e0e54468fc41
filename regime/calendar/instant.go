package calendar

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// The years that ParseInstant takes. The regime begins in 2013 and its evidence before; a
// year outside is a slip of the pen.
const (
	firstYear = 1990
	lastYear  = 2199
)

// longestInstant leaves room for RFC 3339 with nanoseconds and an offset.
const longestInstant = 40

var localForms = []string{"2006-01-02 15:04", "2006-01-02T15:04", "2006-01-02"}

// ParseInstant reads an instant that a person gave: "2013-10-25 10:00", "2013-10-25T10:00",
// "2013-10-25" (the midnight at which that day begins), all in UK time, or RFC 3339, which
// names its own offset. A local time that comes twice when the clocks go back means the
// first, in summer time; the second needs RFC 3339. One that the clocks skip is refused, as
// is a year outside 1990 to 2199. The error is one sentence for the person who wrote it.
func ParseInstant(s string) (time.Time, error) {
	text := strings.TrimSpace(s)
	if len(text) > longestInstant {
		return time.Time{}, notInstant(s)
	}
	t, err := time.ParseInLocation(time.RFC3339, text, time.UTC)
	if err == nil {
		return inRange(t.In(London))
	}
	impossible := outOfRange(err)
	for _, form := range localForms {
		r, err := time.ParseInLocation(form, text, time.UTC)
		if err == nil {
			return local(r)
		}
		impossible = impossible || outOfRange(err)
	}
	if impossible {
		return time.Time{}, fmt.Errorf("%s has a month, day, hour or offset that does not exist", quote(s))
	}
	return time.Time{}, notInstant(s)
}

func local(r time.Time) (time.Time, error) {
	t, exact := instantOf(r)
	if !exact {
		return time.Time{}, fmt.Errorf("%s does not exist in UK time: the clocks go forward over it; "+
			"did you mean %s?", r.Format("2006-01-02 15:04"), t.Format("2006-01-02 15:04"))
	}
	return inRange(t)
}

func inRange(t time.Time) (time.Time, error) {
	if y := t.Year(); y < firstYear || y > lastYear {
		return time.Time{}, fmt.Errorf("the year %d is not within %d to %d", y, firstYear, lastYear)
	}
	return t, nil
}

// outOfRange tells 30 February from what is no date at all.
func outOfRange(err error) bool {
	var wrong *time.ParseError
	return errors.As(err, &wrong) && strings.HasSuffix(wrong.Message, "out of range")
}

func notInstant(s string) error {
	return fmt.Errorf("%s is not a date and time: write 2013-10-25 10:00 (UK time), 2013-10-25 "+
		"(from midnight) or 2013-10-25T10:00:00+01:00 (RFC 3339)", quote(s))
}
