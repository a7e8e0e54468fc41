package calendar

import "time"

// Working reports whether the day of t, in UK time, is a working day in England and Wales:
// neither a Saturday, a Sunday nor a bank holiday. The hour does not matter.
func Working(t time.Time) bool { return workingDay(reading(t)) }

// WorkingDayKnown reports whether the bank holidays of the year are in the table. For other
// years they are worked out by rule, without one-off holidays, which are proclaimed only a
// year or so ahead; a working-day deadline in such a year should be shown as provisional.
func WorkingDayKnown(year int) bool {
	return Holidays.First <= year && year <= Holidays.Last
}

// NextWorkingTime moves t into working hours: t itself when it is on a working day from
// fromHour o'clock and before toHour o'clock, else fromHour on that day or the next working
// day, whichever comes first after t. Hours are of the UK clock, 0 to 24; a pair that makes
// no window within the day stands for the whole day.
func NextWorkingTime(t time.Time, fromHour, toHour int) time.Time {
	if fromHour < 0 || toHour > 24 || fromHour >= toHour {
		fromHour, toHour = 0, 24
	}
	r := reading(t)
	today := workingDay(r)
	if today && fromHour <= r.Hour() && r.Hour() < toHour {
		return t.In(London)
	}
	day := r.Truncate(24 * time.Hour)
	if !today || r.Hour() >= toHour {
		day = toWorkingDay(day.AddDate(0, 0, 1), 1)
	}
	return nearest(day.Add(time.Duration(fromHour) * time.Hour))
}

func workingDay(r time.Time) bool {
	switch r.Weekday() {
	case time.Saturday, time.Sunday:
		return false
	}
	return !bankHoliday(r)
}
