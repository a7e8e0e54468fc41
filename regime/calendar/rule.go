package calendar

import "time"

// regularHoliday reports whether r is a bank holiday by the rule in force since 1978
// (Banking and Financial Dealings Act 1971 and the yearly proclamations): 1 January, Good
// Friday, Easter Monday, the first and last Monday in May, the last Monday in August, 25 and
// 26 December, and the next free weekday for one that falls on a week-end. It answers for
// weekdays only: the week-end is no working day in any case.
func regularHoliday(r time.Time) bool {
	_, month, day := r.Date()
	monday := r.Weekday() == time.Monday
	switch month {
	case time.January:
		return day == 1 || monday && day <= 3
	case time.March, time.April:
		return easterHoliday(r)
	case time.May:
		return monday && (day <= 7 || day > 31-7)
	case time.August:
		return monday && day > 31-7
	case time.December:
		return christmasHoliday(r)
	}
	return false
}

// Easter Monday is 26 April at the latest, so that it never meets the May holidays.
func easterHoliday(r time.Time) bool {
	easter := easterSunday(r.Year())
	day := r.YearDay()
	return day == easter.YearDay()-2 || day == easter.YearDay()+1
}

// Both holidays that fall on a week-end move on by two days: past the week-end, and past
// each other.
func christmasHoliday(r time.Time) bool {
	switch r.Day() {
	case 25, 26:
		return true
	case 27, 28:
		moved := r.AddDate(0, 0, -2).Weekday()
		return moved == time.Saturday || moved == time.Sunday
	}
	return false
}

// easterSunday is Easter of the Gregorian calendar, by the algorithm of Meeus, Jones and
// Butcher ("Nature", 20 April 1876).
func easterSunday(year int) time.Time {
	golden := year % 19
	century, inCentury := year/100, year%100
	leaps := century / 4
	skipped := (century - (century+8)/25 + 1) / 3 // correction of the moon's calendar
	epact := (19*golden + century - leaps - skipped + 15) % 30
	toSunday := (32 + 2*(century%4) + 2*(inCentury/4) - epact - inCentury%4) % 7
	late := (golden + 11*epact + 22*toSunday) / 451
	n := epact + toSunday - 7*late + 114
	return time.Date(year, time.Month(n/31), n%31+1, 0, 0, 0, 0, time.UTC)
}
