package calendar

import "time"

// OneDay is a calendar day.
var OneDay = MustPeriod("1d")

var nextOrSameWorkingDay = MustPeriod("0wd")

// OnWorkingDay is t, or the same UK time on the next working day.
func OnWorkingDay(t time.Time) time.Time { return nextOrSameWorkingDay.After(t) }

// AtHour is the day of t at a full hour of UK time.
func AtHour(t time.Time, hour int) time.Time {
	y, m, d := t.In(London).Date()
	return time.Date(y, m, d, hour, 0, 0, 0, London)
}

// EndOfDay is the last second of the UK day of t.
func EndOfDay(t time.Time) time.Time { return AtHour(t, 24).Add(-time.Second) }

// AtTimeOf is the day of t at the UK time of day of o.
func AtTimeOf(t, o time.Time) time.Time {
	y, m, d := t.In(London).Date()
	o = o.In(London)
	return time.Date(y, m, d, o.Hour(), o.Minute(), 0, 0, London)
}

// SameDay reports whether both lie on one day in the UK.
func SameDay(a, b time.Time) bool {
	ay, am, ad := a.In(London).Date()
	by, bm, bd := b.In(London).Date()
	return ad == bd && am == bm && ay == by
}

// Latest is the later of two moments.
func Latest(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// MustInstant reads an instant that is known to be right, as ParseInstant does.
func MustInstant(s string) time.Time {
	t, err := ParseInstant(s)
	if err != nil {
		panic(err)
	}
	return t
}
