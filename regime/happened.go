package regime

import (
	"fmt"
	"reflect"
	"time"

	"holdthering/regime/calendar"
)

// Shared by cases and groups: times that an act names and that are hardly meant.

// The tag `when` of a field of an act that is a time.
const (
	whenPast  = "past"  // what has happened, in the case or group
	whenEver  = "ever"  // what has happened, perhaps before the case or group began
	whenAhead = "ahead" // what is planned
)

// farOff is from how many months on a time is asked about: a year that was typed wrongly is off
// by some ten months at least, and what is planned lies closer. Our choice.
const farOff = 9

// moreAhead is how much the clock of who types may be before the case's.
const moreAhead = 5 * time.Minute

// doubtful asks back about a time of the act that is hardly meant. now is the case's own clock,
// so that in a demonstration of 2013 a time of 2013 is none.
func doubtful(act any, opened, now time.Time) error {
	v := reflect.ValueOf(act).Elem()
	for _, f := range Fields(act) {
		at, is := v.Field(f.Index).Interface().(time.Time)
		if !is || at.IsZero() {
			continue
		}
		if err := f.doubt(at, opened, now); err != nil {
			return err
		}
	}
	return nil
}

func (f Field) doubt(at, opened, now time.Time) error {
	last := at
	if f.Day != "" {
		last = at.AddDate(0, 0, 1) // of a day without its hour any part may be meant
	}
	past := f.When == whenPast || f.When == whenEver
	switch {
	case past && at.After(now.Add(moreAhead)):
		return mistake("--%s is %s, which lies in the future: what has not happened cannot be recorded as if it had.",
			f.Flag, calendar.Instant(at))
	case f.When == whenAhead && last.Before(now):
		return mistake("--%s is %s, which is over.", f.Flag, calendar.Instant(at))
	case at.After(now.AddDate(0, farOff, 0)):
		return f.ask(at, "more than nine months ahead")
	case last.Before(now.AddDate(0, -farOff, 0)):
		return f.ask(at, "more than nine months ago")
	case f.When == whenPast && last.Before(opened):
		return f.ask(at, "before the "+calendar.Instant(opened)+" at which this was opened")
	}
	return nil
}

func (f Field) ask(at time.Time, why string) error {
	return &Mistake{Doubt: true, Reason: fmt.Sprintf("--%s is %s, %s. Is that meant? Then add --%s.", f.Flag,
		calendar.Instant(at), why, SureFlag)}
}

// SureFlag is what a person adds to an act that was asked back about.
const SureFlag = "yes"
