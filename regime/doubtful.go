package regime

import (
	"fmt"
	"reflect"
	"time"

	"holdthering/regime/calendar"
)

// Times that an act names and that are hardly meant.

// farOff is from how many months on a time is asked about: a year that was typed wrongly is off
// by some ten months at least, and what is planned lies closer. Our choice.
const farOff = 9

// Doubtful asks back about a time of the act that is hardly meant. now is the case's own clock,
// so that in a demonstration of 2013 a time of 2013 is none (R85).
func Doubtful(act any, now time.Time) error {
	v := reflect.ValueOf(act).Elem()
	for _, f := range Fields(act) {
		at, is := v.Field(f.Index).Interface().(time.Time)
		switch {
		case !is || at.IsZero():
		case at.After(now.AddDate(0, farOff, 0)):
			return f.ask(at, "more than nine months ahead")
		case at.AddDate(0, 0, 1).Before(now.AddDate(0, -farOff, 0)):
			return f.ask(at, "more than nine months ago")
		}
	}
	return nil
}

func (f Field) ask(at time.Time, why string) error {
	return &Mistake{Doubt: true, Reason: fmt.Sprintf("--%s is %s, %s. Is that meant? Then add --%s.", f.Flag,
		calendar.Instant(at), why, SureFlag)}
}

// SureFlag is what a person adds to an act that was asked back about.
const SureFlag = "yes"
