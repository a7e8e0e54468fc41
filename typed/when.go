package typed

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Way says on which side of now a day lies of which only the name or the date without its year is said.
type Way int

// The ways.
const (
	Nearest Way = iota
	Before      // what has happened
	After       // what is to come
)

// When reads a time as people write it, such as "tomorrow 14:00", "Friday 2pm" or "3 March 9.30", and writes it as
// 2013-09-13 14:00, or without the hour where none is said. It is not ok where the words are not of that kind: other
// forms are for others to read. What may mean two days is an error. UK order: 3/9/2013 is in September.
//
// Libraries that read such words take what they half understand, and a deadline that was guessed is worse than one that
// is asked for again; so this takes few forms, and each whole.
func When(text string, now time.Time, way Way) (written string, ok bool, err error) {
	r := whenReader{now: now, way: way, words: strings.Fields(fillers.Replace(" " + strings.ToLower(text) + " "))}
	if len(r.words) == 0 {
		return "", false, nil
	}
	for len(r.words) > 0 && err == nil {
		n, wrong := r.next()
		if n == 0 && wrong == nil {
			return "", false, nil
		}
		r.words, err = r.words[n:], wrong
	}
	if err == nil {
		err = r.settle()
	}
	if err != nil {
		return "", true, fmt.Errorf("%q %w", clip(text), err)
	}
	if !r.clock {
		return r.day.Format(time.DateOnly), true, nil
	}
	return fmt.Sprintf("%s %02d:%02d", r.day.Format(time.DateOnly), r.hour, r.minute), true, nil
}

var fillers = strings.NewReplacer(",", " ", " at ", " ", " on ", " ", " the ", " ", " of ", " ", "o'clock", " ",
	" uk time ", " ", " a.m. ", " am ", " p.m. ", " pm ", " hrs ", " ")

// whenReader takes words off the front.
type whenReader struct {
	now   time.Time
	way   Way
	words []string

	day          time.Time // midnight; zero until it is known
	weekday      string    // as it was said, beside a date or alone
	side         Way       // of the weekday: "last"
	date         int       // of the month
	month        time.Month
	year         int
	hour, minute int
	clock        bool
}

var (
	dayNumber = regexp.MustCompile(`^(\d{1,2})(st|nd|rd|th)?$`)
	slashed   = regexp.MustCompile(`^(\d{1,2})[/.](\d{1,2})[/.](\d{4})$`)
	clockTime = regexp.MustCompile(`^(\d{1,2})[:.](\d\d)(am|pm)?$`)
	wholeHour = regexp.MustCompile(`^(\d{1,2})(am|pm)$`)
	fourDigit = regexp.MustCompile(`^\d{4}$`)
)

// next understands the first word, or the first few, and says how many; 0: they are none of ours.
func (r *whenReader) next() (int, error) {
	w := r.words[0]
	if n, err := r.relative(w); n > 0 || err != nil {
		return n, err
	}
	if m := clockTime.FindStringSubmatch(w); m != nil && !r.clock {
		return 1 + r.halfBehind(m[3]), r.setClock(m[1], m[2], m[3]+r.half(1))
	}
	if m := wholeHour.FindStringSubmatch(w); m != nil && !r.clock {
		return 1, r.setClock(m[1], "0", m[2])
	}
	if m := dayNumber.FindStringSubmatch(w); m != nil {
		if half := r.half(1); half != "" && m[2] == "" && !r.clock {
			return 2, r.setClock(m[1], "0", half)
		}
		if r.date == 0 {
			r.date, _ = strconv.Atoi(m[1])
			return 1, nil
		}
	}
	if m := slashed.FindStringSubmatch(w); m != nil && r.date == 0 {
		month, _ := strconv.Atoi(m[2])
		r.date, _ = strconv.Atoi(m[1])
		r.year, _ = strconv.Atoi(m[3])
		r.month = time.Month(month)
		return 1, nil
	}
	if d, err := time.ParseInLocation(time.DateOnly, w, r.now.Location()); err == nil && r.day.IsZero() {
		r.day = d
		return 1, nil
	}
	if m, ok := monthCalled(w); ok && r.month == 0 {
		r.month = m
		return 1, nil
	}
	if fourDigit.MatchString(w) && r.month != 0 && r.year == 0 {
		r.year, _ = strconv.Atoi(w)
		return 1, nil
	}
	return 0, nil
}

// relative understands what is counted from now, and the days of the week.
func (r *whenReader) relative(w string) (int, error) {
	today := time.Date(r.now.Year(), r.now.Month(), r.now.Day(), 0, 0, 0, 0, r.now.Location())
	day := func(days int) (int, error) {
		r.day = today.AddDate(0, 0, days)
		return 1, nil
	}
	switch {
	case w == "today":
		return day(0)
	case w == "tomorrow":
		return day(1)
	case w == "yesterday":
		return day(-1)
	case w == "now":
		r.clock, r.hour, r.minute = true, r.now.Hour(), r.now.Minute()
		return day(0)
	case (w == "noon" || w == "midday") && !r.clock:
		r.clock, r.hour = true, 12
		return 1, nil
	case w == "midnight":
		return 0, fmt.Errorf("may mean the midnight with which a day begins or ends: write 00:00 or 23:59")
	case w == "next":
		return 0, fmt.Errorf("may mean this week or the one after: write the date, such as %s", today.AddDate(0, 0, 7).Format("2 January"))
	case w == "last" || w == "this":
		if len(r.words) > 1 && weekdayCalled(r.words[1]) != "" {
			r.weekday = weekdayCalled(r.words[1])
			if r.side = After; w == "last" {
				r.side = Before
			}
			return 2, nil
		}
	case weekdayCalled(w) != "" && r.weekday == "":
		r.weekday = weekdayCalled(w)
		return 1, nil
	}
	return r.counted(w, today)
}

// counted understands "in 3 days" and "2 hours ago".
func (r *whenReader) counted(w string, today time.Time) (int, error) {
	sign, at := 1, 0
	if w == "in" {
		at = 1
	}
	if len(r.words) < at+2 {
		return 0, nil
	}
	n, err := strconv.Atoi(r.words[at])
	unit := strings.TrimSuffix(r.words[at+1], "s")
	used := at + 2
	if at == 0 {
		if len(r.words) < 3 || r.words[2] != "ago" {
			return 0, nil
		}
		sign, used = -1, 3
	}
	if err != nil || n > 1000 {
		return 0, nil
	}
	switch unit {
	case "minute", "hour":
		length := time.Minute
		if unit == "hour" {
			length = time.Hour
		}
		at := r.now.Add(time.Duration(sign*n) * length)
		r.day = time.Date(at.Year(), at.Month(), at.Day(), 0, 0, 0, 0, at.Location())
		r.clock, r.hour, r.minute = true, at.Hour(), at.Minute()
	case "day":
		r.day = today.AddDate(0, 0, sign*n)
	case "week":
		r.day = today.AddDate(0, 0, 7*sign*n)
	default:
		return 0, nil
	}
	return used, nil
}

// half is "am" or "pm" where the word at a place is one.
func (r *whenReader) half(at int) string {
	if len(r.words) > at && (r.words[at] == "am" || r.words[at] == "pm") {
		return r.words[at]
	}
	return ""
}

func (r *whenReader) halfBehind(joined string) int {
	if joined == "" && r.half(1) != "" {
		return 1
	}
	return 0
}

func (r *whenReader) setClock(hour, minute, half string) error {
	r.clock = true
	r.hour, _ = strconv.Atoi(hour)
	r.minute, _ = strconv.Atoi(minute)
	switch {
	case half != "" && (r.hour < 1 || r.hour > 12), r.hour > 23, r.minute > 59:
		return fmt.Errorf("has an hour that does not exist")
	case half == "pm" && r.hour < 12:
		r.hour += 12
	case half == "am" && r.hour == 12:
		r.hour = 0
	}
	return nil
}

// settle works out the day from all that was said.
func (r *whenReader) settle() error {
	today := time.Date(r.now.Year(), r.now.Month(), r.now.Day(), 0, 0, 0, 0, r.now.Location())
	switch {
	case r.date != 0 && r.month == 0 && (r.weekday != "" || !r.day.IsZero()) && r.date < 24 && !r.clock:
		return fmt.Errorf("may mean %d o'clock: write %02[1]d:00", r.date)
	case (r.date != 0) != (r.month != 0):
		return fmt.Errorf("says no whole date: write 3 March, or 2013-03-03")
	case r.date != 0 && !r.day.IsZero():
		return fmt.Errorf("says two days")
	case r.date != 0:
		if err := r.settleDate(today); err != nil {
			return err
		}
	case r.day.IsZero() && r.weekday != "":
		r.day = r.dayOfWeek(today)
	case r.day.IsZero():
		r.day = today
	}
	if r.weekday != "" && r.day.Weekday().String() != r.weekday {
		return fmt.Errorf("is wrong in itself: %s is a %s", r.day.Format("2 January 2006"), r.day.Weekday())
	}
	return nil
}

// settleDate supplies the year.
func (r *whenReader) settleDate(today time.Time) error {
	in := func(year int) time.Time { return time.Date(year, r.month, r.date, 0, 0, 0, 0, today.Location()) }
	year := r.year
	if year == 0 {
		year = today.Year()
		here := in(year)
		switch r.way {
		case Before:
			if here.After(today) {
				year--
			}
		case After:
			if here.Before(today) {
				year++
			}
		case Nearest:
			const half = 183 * 24 * time.Hour
			if here.Sub(today) > half {
				year--
			} else if today.Sub(here) > half {
				year++
			}
		}
	}
	r.day = in(year)
	if r.day.Day() != r.date || r.day.Month() != r.month {
		return fmt.Errorf("has a day or month that does not exist")
	}
	return nil
}

// dayOfWeek is the nearest on the side that is meant; today's own name means today.
func (r *whenReader) dayOfWeek(today time.Time) time.Time {
	side := r.side
	if side == Nearest {
		side = r.way
	}
	step, from := 1, 0
	if side == Before {
		step = -1
	}
	if r.side == Before {
		from = 1 // "last Friday" on a Friday is a week ago
	}
	for i := from; ; i++ {
		if d := today.AddDate(0, 0, step*i); d.Weekday().String() == r.weekday {
			return d
		}
	}
}

func weekdayCalled(word string) string {
	for d := time.Sunday; d <= time.Saturday; d++ {
		if name := strings.ToLower(d.String()); word == name || len(word) >= 3 && len(word) <= 5 && strings.HasPrefix(name, word) {
			return d.String()
		}
	}
	return ""
}

func monthCalled(word string) (time.Month, bool) {
	word = strings.TrimSuffix(word, ".")
	for m := time.January; m <= time.December; m++ {
		if name := strings.ToLower(m.String()); word == name || len(word) >= 3 && len(word) <= 4 && strings.HasPrefix(name, word) {
			return m, true
		}
	}
	return 0, false
}
