package calendar

import (
	"fmt"
	"strconv"
	"strings"
)

// unit is what a period counts; its value is the suffix in the period's text form.
type unit string

const (
	minutes      unit = "m"
	hours        unit = "h"
	calendarDays unit = "d"
	months       unit = "mo"
	workingDays  unit = "wd"
)

// unitRow says how a unit reads, and where a hundred years end: a longer period is a slip of
// the pen, and this bound keeps every result within what a time can hold in JSON.
type unitRow struct {
	unit unit
	word string
	most int64
}

var units = []unitRow{
	{minutes, "elapsed minute", 100 * 366 * 24 * 60},
	{hours, "elapsed hour", 100 * 366 * 24},
	{calendarDays, "day", 100 * 366},
	{months, "calendar month", 100 * 12},
	{workingDays, "working day", 100 * 262},
}

func (u unit) row() (unitRow, bool) {
	for _, r := range units {
		if r.unit == u {
			return r, true
		}
	}
	return unitRow{}, false
}

// Period is a length of time, possibly backwards. Its value is comparable and its text form
// is what JSON holds. The zero Period means that none is set; it is not the same as "0h".
type Period struct {
	n    int64
	unit unit
}

// ParsePeriod reads a whole number and a unit, with a minus in front for backwards:
//
//	30m, 48h  elapsed minutes and hours: week-ends and clock changes make no difference
//	7d        calendar days: the same local time, so a day may have 23 or 25 hours
//	12mo      calendar months: the same day and local time, or the month's last day
//	2wd       working days: the same local time, week-ends and bank holidays skipped
//
// The error is one sentence for the person who wrote it.
func ParsePeriod(s string) (Period, error) {
	digits, backwards := strings.CutPrefix(strings.TrimSpace(s), "-")
	suffix := strings.TrimLeft(digits, "0123456789")
	number := digits[:len(digits)-len(suffix)]
	row, known := unit(suffix).row()
	if number == "" || !known {
		return Period{}, fmt.Errorf("%s is not a period: write 30m or 48h (elapsed minutes, hours), "+
			"7d (days), 12mo (calendar months) or 2wd (working days), with - in front for before",
			quote(s))
	}
	n, err := strconv.ParseInt(number, 10, 64)
	if err != nil || n > row.most {
		return Period{}, fmt.Errorf("%s is longer than a hundred years: at most %d%s can be given",
			quote(s), row.most, row.unit)
	}
	if backwards {
		n = -n
	}
	return Period{n, row.unit}, nil
}

// MustPeriod is ParsePeriod for a period written in the program; it panics on a wrong one.
func MustPeriod(s string) Period {
	p, err := ParsePeriod(s)
	if err != nil {
		panic("calendar: " + err.Error())
	}
	return p
}

// IsZero reports that no period is set. "0h" is set, and means at once.
func (p Period) IsZero() bool { return p == Period{} }

// String is the form that ParsePeriod reads; empty for the zero Period.
func (p Period) String() string {
	if p.IsZero() {
		return ""
	}
	return fmt.Sprintf("%d%s", p.n, p.unit)
}

// MarshalText is String; the zero Period is the empty text.
func (p Period) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText reads what MarshalText writes: empty text is the zero Period, and any other
// is as for ParsePeriod.
func (p *Period) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*p = Period{}
		return nil
	}
	parsed, err := ParsePeriod(string(text))
	if err != nil {
		return err
	}
	*p = parsed
	return nil
}

// Words says the period to a person, and what is counted: "48 elapsed hours", "1 calendar
// month", "2 working days", "7 days"; backwards "7 days before".
func (p Period) Words() string {
	row, set := p.unit.row()
	if !set {
		return "no period"
	}
	n, plural, tail := p.n, "s", ""
	if n < 0 {
		n, tail = -n, " before"
	}
	if n == 1 {
		plural = ""
	}
	return fmt.Sprintf("%d %s%s%s", n, row.word, plural, tail)
}

// Plus is both periods as one; ok is false where they count different things.
func (p Period) Plus(q Period) (sum Period, ok bool) {
	row, set := p.unit.row()
	if !set || p.unit != q.unit {
		return Period{}, false
	}
	return Period{max(-row.most, min(p.n+q.n, row.most)), p.unit}, true
}

// Times is k periods counted as one, for what recurs: the third monthly report is due
// Times(3) after the start, not a month after the second, which may have been clamped.
// It stops at a hundred years.
func (p Period) Times(k int64) Period {
	row, set := p.unit.row()
	if !set {
		return Period{}
	}
	k = max(-row.most, min(k, row.most))
	return Period{max(-row.most, min(p.n*k, row.most)), p.unit}
}
