package calendar

import (
	"fmt"
	"time"
	_ "time/tzdata" // a machine without zone files keeps UK time all the same
)

// London is UK time, loaded once. Where the machine has a zone file of its own it is read
// before the built-in copy; the tests hold either to the UK rule, year by year to 2199.
var London = mustLoad("Europe/London")

func mustLoad(name string) *time.Location {
	l, err := time.LoadLocation(name)
	if err != nil {
		panic(fmt.Sprintf("calendar: %v", err)) // only in a build without time/tzdata
	}
	return l
}

// reading is what a clock in London shows at t, held as if it were UTC: calendar arithmetic
// on it meets no clock change.
func reading(t time.Time) time.Time {
	l := t.In(London)
	_, offset := l.Zone()
	return l.Add(time.Duration(offset) * time.Second).UTC()
}

// instantOf is when a clock in London shows the reading r. A reading that comes twice
// (autumn) means the first, in summer time. One that never comes (spring) is moved on by
// the hour that is missing, and exact is false: 01:30 becomes 02:30.
func instantOf(r time.Time) (t time.Time, exact bool) {
	// Twelve hours to either side lie across a change of the clocks, if there is one.
	_, before := r.Add(-12 * time.Hour).In(London).Zone()
	_, after := r.Add(12 * time.Hour).In(London).Zone()
	earlier := r.Add(-time.Duration(before) * time.Second).In(London)
	if reading(earlier).Equal(r) {
		return earlier, true
	}
	later := r.Add(-time.Duration(after) * time.Second).In(London)
	if reading(later).Equal(r) {
		return later, true
	}
	return earlier, false
}

// repeated reports whether the clock shows at t what it shows again an hour later, or
// showed an hour before: the night in autumn when the clocks go back.
func repeated(t time.Time) bool {
	r := reading(t)
	return reading(t.Add(time.Hour)).Equal(r) || reading(t.Add(-time.Hour)).Equal(r)
}
