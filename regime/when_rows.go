package regime

import (
	"reflect"
	"time"

	"holdthering/regime/calendar"
)

// When says how a time that an act takes lies to the present. It is the tag `when` of the
// field, and every field that holds a time has one; `within` names how far away it may lie.
type When string

// The ways in which a time lies to the present.
const (
	// Past has happened, in the case or group: not before that was opened.
	Past When = "past"
	// Ever has happened, maybe before the case was opened.
	Ever When = "ever"
	// Ahead is still to come.
	Ahead When = "ahead"
	// Either may be one or the other.
	Either When = "either"
)

// ReachRow is how far from the present a time may lie. What is further away is a slip, such
// as another year.
type ReachRow struct {
	Past    calendar.Period `json:"past"`    // back, of what has happened
	Summit  calendar.Period `json:"summit"`  // ahead, of a summit: it is rapid
	Meeting calendar.Period `json:"meeting"` // ahead, of any other meeting
	Due     calendar.Period `json:"due"`     // ahead, of what somebody is to do
	// Early is how long before its time a meeting may begin without a word on why.
	Early  calendar.Period `json:"early"`
	Source string          `json:"source"`
	Basis  Basis           `json:"basis"`
}

func (r *ReachRow) within(name string) calendar.Period {
	switch name {
	case "summit":
		return r.Summit
	case "meeting":
		return r.Meeting
	}
	return r.Due
}

// Happened is the field that says when the act happened, where it differs from when it is
// recorded: --at with its time of day, or --on with its day. The same two names serve all acts.
func (f Field) Happened() bool {
	return (f.When == Past || f.When == Ever) && (f.Flag == "at" || f.Flag == "on")
}

// HappenedAt is when the act happened by its own word; now without one (R85).
func HappenedAt(act any, now time.Time) time.Time {
	v := reflect.ValueOf(act).Elem()
	for _, f := range Fields(act) {
		if f.Happened() {
			if t := v.Field(f.Index).Interface().(time.Time); !t.IsZero() {
				return t
			}
		}
	}
	return now
}

// Floor is the earliest that a time may be given as: a day stands for any time of it.
func (f Field) Floor(t time.Time) time.Time {
	if f.Flag == "on" {
		return calendar.AtHour(t, 0)
	}
	return t
}

// CheckSide refuses a time on the wrong side of the present, and one too far away to be meant (R85).
func (f Field) CheckSide(t, now time.Time, r *ReachRow) error {
	switch {
	case (f.When == Past || f.When == Ever) && t.After(now):
		return Mistakef("--%s %s lies in the future; what has happened is recorded once it has.",
			f.Flag, calendar.Instant(t))
	case f.When == Ahead && !t.After(now):
		return Mistakef("--%s %s lies in the past.", f.Flag, calendar.Instant(t))
	case r == nil || f.Within == "any":
		return nil
	case t.Before(r.Past.Before(now)):
		return Mistakef("--%s %s is more than %s ago: is the year right?", f.Flag, calendar.Instant(t),
			r.Past.Words())
	case t.After(r.within(f.Within).After(now)):
		return Mistakef("--%s %s is more than %s ahead: is the year right?", f.Flag, calendar.Instant(t),
			r.within(f.Within).Words())
	}
	return nil
}
