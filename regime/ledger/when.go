package ledger

import (
	"reflect"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/words"
)

// Bound is what an act can only follow: the moment, and what it was as in "before ...".
type Bound struct {
	At   time.Time
	what string
}

// Since bounds what can only follow a moment; what says what that was: "the trigger".
func Since(at time.Time, what string) Bound { return Bound{at, what} }

// checkTimes refuses a time that lies on the wrong side of the present, before what it must
// follow, or too far away to be meant (R85). It tells the same of every act, by its tags.
func (l *Ledger) checkTimes(command Command, m Moment) error {
	act := reflect.ValueOf(command.Act).Elem()
	for _, field := range regime.Fields(command.Act) {
		if field.Type != reflect.TypeFor[time.Time]() {
			continue
		}
		given := act.Field(field.Index).Interface().(time.Time)
		if given.IsZero() {
			continue
		}
		if err := field.CheckSide(given, m.Now, l.subject.Profile().Reach); err != nil {
			return err
		}
		if field.When != regime.Past && !field.Happened() {
			continue
		}
		for _, bound := range command.bounds(field, m) {
			if field.Floor(bound.At).After(given) {
				return regime.Mistakef("--%s %s lies before %s, on %s.", field.Flag, calendar.Instant(given), bound.what,
					calendar.Instant(bound.At))
			}
		}
	}
	return nil
}

func (d Command) bounds(f regime.Field, m Moment) []Bound {
	var out []Bound
	if f.When == regime.Past {
		out = append(out, d.Opened)
	}
	if d.Follows != nil && f.Happened() {
		if b := d.Follows(m); !b.At.IsZero() {
			out = append(out, b)
		}
	}
	return out
}

// CheckEarly refuses to record a meeting before the day that it was fixed for, unless it is
// said why (R85): those who were invited come on that day.
func (l *Ledger) CheckEarly(rule, what, move string, at, planned time.Time, why string) error {
	r := l.subject.Profile().Reach
	if r == nil || planned.IsZero() || why != "" || !at.Before(r.Early.Before(planned)) || calendar.SameDay(at, planned) {
		return nil
	}
	return regime.Refusef(rule, "%s is to be on %s, and those invited come then. Move it first (%s), or say "+
		"why it is held before its day: --early.", what, calendar.Instant(planned), move)
}

// Early is what the chronology says of a meeting that was held before its day.
func Early(why string) string {
	if why == "" {
		return ""
	}
	return " Before its day, because: " + words.Full(why)
}
