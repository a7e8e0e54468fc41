package directory

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// dayForms are those in which a spreadsheet or a person writes a day in England: the day before
// the month. With two digits for the year and hyphens it could be the year that comes first.
var dayForms = []string{
	"2006-1-2", "2006/1/2", "2006.1.2", "2/1/2006", "2/1/06", "2-1-2006", "2.1.2006",
	"2 January 2006", "2 Jan 2006", "2-Jan-2006", "2-January-2006", "2-Jan-06", "2 Jan 06",
	"2/Jan/2006", "2/Jan/06", "January 2 2006", "Jan 2 2006",
}

var (
	weekday = regexp.MustCompile(`(?i)^(mon|tues?|wed(nes)?|thu(rs)?|fri|sat(ur)?|sun)(day)?\.?,?\s+`)
	hour    = regexp.MustCompile(`(?i)[ T]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?( ?[ap]\.?m\.?)?$`)
	ordinal = regexp.MustCompile(`(?i)^(\d{1,2})(st|nd|rd|th)\b`)
	serial  = regexp.MustCompile(`^\d{5}(\.\d+)?$`)
	hyphens = strings.NewReplacer("\u2010", "-", "\u2011", "-", "\u2012", "-", "\u2013", "-", "\u2212", "-", ",", "")
)

// The years in which an absence can be meant, as of any other time.
const (
	firstYear = 1990
	lastYear  = 2099
)

// parseDay reads a day as a midnight in the zone.
func parseDay(text string, zone *time.Location) (time.Time, bool) {
	if t, err := time.Parse(time.RFC3339, text); err == nil {
		y, m, d := t.In(zone).Date()
		return time.Date(y, m, d, 0, 0, 0, 0, zone), within(y)
	}
	text = weekday.ReplaceAllString(strings.TrimSpace(text), "")
	text = ordinal.ReplaceAllString(hour.ReplaceAllString(hyphens.Replace(text), ""), "$1")
	if serial.MatchString(text) {
		// What a spreadsheet counts from the end of 1899, where a cell lost its form of a date.
		n, _ := strconv.Atoi(text[:5])
		day := time.Date(1899, time.December, 30+n, 0, 0, 0, 0, zone)
		return day, within(day.Year())
	}
	for _, form := range dayForms {
		if day, err := time.ParseInLocation(form, text, zone); err == nil {
			return day, within(day.Year())
		}
	}
	return time.Time{}, false
}

func within(year int) bool { return year >= firstYear && year <= lastYear }

var slashes = regexp.MustCompile(`^(\d{1,2})/(\d{1,2})/(\d{2}|\d{4})\b`)

// twoNumbers are those that stand before the year.
func twoNumbers(text string) (first, second int) {
	m := slashes.FindStringSubmatch(strings.TrimSpace(text))
	if m == nil {
		return 0, 0
	}
	first, _ = strconv.Atoi(m[1])
	second, _ = strconv.Atoi(m[2])
	return first, second
}

// monthFirst reports whether the date can only be one as Americans write it.
func monthFirst(text string) bool {
	first, second := twoNumbers(text)
	return second > 12 && second <= 31 && first >= 1 && first <= 12
}

// absence reads that of a row. Where the file has dates with the month first, one that could be
// either is not read as if its day came first.
func (b *book) absence(r row) (absence, bool, error) {
	if !b.monthFirst {
		return r.absence(b.zone)
	}
	var faults []error
	for _, column := range []string{"absent_from", "absent_to"} {
		_, err := r.day(column, b.zone)
		if first, second := twoNumbers(r.cell(column)); first != second && first <= 12 && second <= 12 {
			err = fmt.Errorf("%s is %q, and other dates of the file have the month first: write 2014-02-28",
				column, r.cell(column))
		}
		faults = append(faults, err)
	}
	if err := errors.Join(faults...); err != nil {
		return absence{}, false, err
	}
	return r.absence(b.zone)
}
