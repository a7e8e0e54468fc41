package calendar

import (
	"slices"
	"time"
)

// HolidayTable says which bank holidays this program knows, so that a date worked out with
// one table can be told from a date worked out with the next.
type HolidayTable struct {
	Version string // changes with every change of a date below
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

// One row a year, no year left out.
var holidayYears = []holidayYear{
	{2010, []int{101, 402, 405, 503, 531, 830, 1227, 1228}},
	{2011, []int{103, 422, 425, 429, 502, 530, 829, 1226, 1227}}, // 29 April: royal wedding
	// June: Diamond Jubilee, spring holiday moved.
	{2012, []int{102, 406, 409, 507, 604, 605, 827, 1225, 1226}},
	{2013, []int{101, 329, 401, 506, 527, 826, 1225, 1226}},
	{2014, []int{101, 418, 421, 505, 526, 825, 1225, 1226}},
	{2015, []int{101, 403, 406, 504, 525, 831, 1225, 1228}},
	{2016, []int{101, 325, 328, 502, 530, 829, 1226, 1227}},
	{2017, []int{102, 414, 417, 501, 529, 828, 1225, 1226}},
	{2018, []int{101, 330, 402, 507, 528, 827, 1225, 1226}},
	{2019, []int{101, 419, 422, 506, 527, 826, 1225, 1226}},
	{2020, []int{101, 410, 413, 508, 525, 831, 1225, 1228}}, // 8 May: VE Day, early May holiday moved
	{2021, []int{101, 402, 405, 503, 531, 830, 1227, 1228}},
	// June: Platinum Jubilee, spring holiday moved; 19 September: funeral of Elizabeth II.
	{2022, []int{103, 415, 418, 502, 602, 603, 829, 919, 1226, 1227}},
	{2023, []int{102, 407, 410, 501, 508, 529, 828, 1225, 1226}}, // 8 May: coronation
	{2024, []int{101, 329, 401, 506, 527, 826, 1225, 1226}},
	{2025, []int{101, 418, 421, 505, 526, 825, 1225, 1226}},
	{2026, []int{101, 403, 406, 504, 525, 831, 1225, 1228}},
	{2027, []int{101, 326, 329, 503, 531, 830, 1227, 1228}},
	{2028, []int{103, 414, 417, 501, 529, 828, 1225, 1226}},
}

func bankHoliday(r time.Time) bool {
	year, month, day := r.Date()
	if !WorkingDayKnown(year) {
		return regularHoliday(r)
	}
	return slices.Contains(holidayYears[year-Holidays.First].days, int(month)*100+day)
}
