package calendar

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"time"
)

// HolidayTable says which bank holidays this program knows, so that a date worked out with
// one table can be told from a date worked out with the next.
type HolidayTable struct {
	Version string // changes with every change of a date in bank-holidays.json
	First   int    // the first year in the table
	Last    int    // the last year in the table
}

// Holidays are the bank holidays of England and Wales in this build, as published by the
// government (www.gov.uk/bank-holidays and the proclamations in the London Gazette).
var Holidays = HolidayTable{
	Version: "england-and-wales-2010-2028.1",
	First:   holidayYears[0].year,
	Last:    holidayYears[len(holidayYears)-1].year,
}

// A day is month*100 + day, as 1226 for Boxing Day. Substitute days stand in for the
// holidays that fall on a week-end, which need no entry of their own.
type holidayYear struct {
	year int
	days []int
}

// published has the form of www.gov.uk/bank-holidays.json, so that a newer one can take its place.
//
//go:embed bank-holidays.json
var published []byte

var holidayYears = shippedHolidays()

func shippedHolidays() []holidayYear {
	years, err := parseHolidays(published)
	if err != nil {
		panic(err) // a test reads the file
	}
	return years
}

// division is what the government publishes for one part of the country.
const division = "england-and-wales"

// parseHolidays reads the holidays of England and Wales: one row a year, no year left out, since a
// year that is missing would have its one-off holidays silently taken for working days.
func parseHolidays(text []byte) ([]holidayYear, error) {
	var file map[string]struct {
		Events []struct {
			Date string `json:"date"`
		} `json:"events"`
	}
	if err := json.Unmarshal(text, &file); err != nil {
		return nil, fmt.Errorf("bank holidays: %w", err)
	}
	var years []holidayYear
	var last time.Time
	for _, e := range file[division].Events {
		day, err := time.Parse(time.DateOnly, e.Date)
		if err != nil {
			return nil, fmt.Errorf("bank holidays: %q is no date such as 2026-12-25", e.Date)
		}
		if !day.After(last) {
			return nil, fmt.Errorf("bank holidays: %s is not later than the one before it", e.Date)
		}
		last = day
		year, month, date := day.Date()
		switch n := len(years); {
		case n > 0 && years[n-1].year == year:
		case n > 0 && years[n-1].year+1 != year:
			return nil, fmt.Errorf("bank holidays: there are none between %d and %d", years[n-1].year, year)
		default:
			years = append(years, holidayYear{year: year})
		}
		years[len(years)-1].days = append(years[len(years)-1].days, int(month)*100+date)
	}
	if len(years) == 0 {
		return nil, fmt.Errorf("bank holidays: there are none under %q", division)
	}
	return years, nil
}

// fewest is how many bank holidays every year has had since 1978.
const fewest = 8

// ReplaceHolidays lets whole years of a site's own file, in the form of www.gov.uk/bank-holidays.json, take
// the place of those that are shipped, or follow them. A program does so once, as it starts, before it
// works out any date; programs that work on one case use the same file. The error says what is wrong with
// the file; nothing has changed then.
func ReplaceHolidays(text []byte) error {
	years, err := parseHolidays(text)
	if err != nil {
		return err
	}
	for _, y := range years {
		if len(y.days) < fewest {
			return fmt.Errorf("bank holidays: %d has %d of them, and a year has %d at least", y.year, len(y.days), fewest)
		}
	}
	first, last := years[0].year, years[len(years)-1].year
	if first > Holidays.Last+1 || last < Holidays.First-1 {
		return fmt.Errorf("bank holidays: %d to %d leaves out years between it and %d to %d, which are known",
			first, last, Holidays.First, Holidays.Last)
	}
	all := slices.DeleteFunc(slices.Clone(holidayYears), func(y holidayYear) bool { return first <= y.year && y.year <= last })
	all = append(all, years...)
	slices.SortFunc(all, func(a, b holidayYear) int { return a.year - b.year })
	sum := sha256.Sum256(text)
	holidayYears = all
	Holidays = HolidayTable{
		Version: Holidays.Version + "+" + hex.EncodeToString(sum[:4]), First: all[0].year, Last: all[len(all)-1].year,
	}
	return nil
}

func bankHoliday(r time.Time) bool {
	year, month, day := r.Date()
	if !WorkingDayKnown(year) {
		return regularHoliday(r)
	}
	return slices.Contains(holidayYears[year-Holidays.First].days, int(month)*100+day)
}
