package calendar

import "time"

// After is the instant that lies p after t; before it when p is backwards. The zero Period
// and zero days and months leave t as it is.
//
// Days, months and working days keep the local time. Where that time comes twice the first
// is meant, and where the clocks skip it, it is as much later as they skip: a start at
// 01:30 is due at 02:30 on the day that has no 01:30.
//
// Months are counted from t in one go: two months after 31 January is 31 March, though one
// month after it is 28 February.
//
// Working days: day 1 is the first working day after the day of t. If the day of t is not a
// working day, it counts as if t were at that time on the next working day (backwards: on
// the last one): one working day after a Saturday is Tuesday.
func (p Period) After(t time.Time) time.Time {
	switch p.unit {
	case minutes:
		return t.Add(time.Duration(p.n) * time.Minute).In(London)
	case hours:
		return t.Add(time.Duration(p.n) * time.Hour).In(London)
	case workingDays:
		if p.n == 0 && Working(t) {
			return t.In(London)
		}
		return nearest(addWorkingDays(reading(t), int(p.n)))
	}
	if p.n == 0 {
		return t.In(London)
	}
	if p.unit == months {
		return nearest(addMonths(reading(t), int(p.n)))
	}
	return nearest(reading(t).AddDate(0, 0, int(p.n)))
}

// Before is the instant that lies p before t. It undoes After but for the end of a month, a
// start on a non-working day, and the nights when the clocks change.
func (p Period) Before(t time.Time) time.Time {
	return Period{-p.n, p.unit}.After(t)
}

// LastDay is the end, in UK time, of the last of p's days, the first of which is the day of t: a
// period "beginning with the day". Of working days the first is the day of t, or the next working day
// where it is none. Minutes and hours are not days, and lie after t as they always do.
func (p Period) LastDay(t time.Time) time.Time {
	switch p.unit {
	case minutes, hours, "":
		return p.After(t)
	}
	first := reading(AtHour(t, 0))
	switch {
	case p.unit == workingDays:
		first = addWorkingDays(first, max(int(p.n)-1, 0))
	case p.unit == months:
		first = addMonths(first, int(p.n)).AddDate(0, 0, -1)
	default:
		first = first.AddDate(0, 0, max(int(p.n)-1, 0))
	}
	return EndOfDay(nearest(first))
}

func nearest(r time.Time) time.Time {
	t, _ := instantOf(r)
	return t
}

// addMonths clamps to the last day of the month, where AddDate would run into the next one.
func addMonths(r time.Time, n int) time.Time {
	first := r.AddDate(0, n, 1-r.Day())
	last := first.AddDate(0, 1, -1).Day()
	return first.AddDate(0, 0, min(r.Day(), last)-1)
}

func addWorkingDays(r time.Time, n int) time.Time {
	step := 1
	if n < 0 {
		step = -1
	}
	r = toWorkingDay(r, step)
	for ; n != 0; n -= step {
		r = toWorkingDay(r.AddDate(0, 0, step), step)
	}
	return r
}

// toWorkingDay walks from r, itself included, to the first working day in the direction of
// step. It ends: four days in a row, as at Easter, is the longest run of non-working days.
func toWorkingDay(r time.Time, step int) time.Time {
	for !workingDay(r) {
		r = r.AddDate(0, 0, step)
	}
	return r
}
