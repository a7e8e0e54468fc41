package regime

// When what is recorded happened (R85): shared by cases and groups.

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

// happened is the field that says when the act happened, where it differs from when it is
// recorded: --at with its time of day, or --on with its day. The same two names serve all acts.
func (f Field) happened() bool {
	return (f.When == Past || f.When == Ever) && (f.Flag == "at" || f.Flag == "on")
}

// happenedAt is when the act happened by its own word; now without one.
func happenedAt(act any, now time.Time) time.Time {
	v := reflect.ValueOf(act).Elem()
	for _, f := range Fields(act) {
		if f.happened() {
			if t := v.Field(f.Index).Interface().(time.Time); !t.IsZero() {
				return t
			}
		}
	}
	return now
}

// bound is what an act can only follow: the moment, and what it was as in "before ...".
type bound struct {
	at   time.Time
	what string
}

// checkTimes refuses a time that lies on the wrong side of the present, before what it must
// follow, or too far away to be meant. It tells the same of every act, by its tags.
func (l *Ledger) checkTimes(d deed, m Moment) error {
	v := reflect.ValueOf(d.act).Elem()
	for _, f := range Fields(d.act) {
		if f.Type != reflect.TypeFor[time.Time]() {
			continue
		}
		t := v.Field(f.Index).Interface().(time.Time)
		if t.IsZero() {
			continue
		}
		if err := f.checkSide(t, m.Now, l.host.profile().Reach); err != nil {
			return err
		}
		if f.When != Past && !f.happened() {
			continue
		}
		for _, b := range d.bounds(f, m) {
			if f.floor(b.at).After(t) {
				return mistake("--%s %s lies before %s, on %s.", f.Flag, calendar.Instant(t), b.what,
					calendar.Instant(b.at))
			}
		}
	}
	return nil
}

func (d deed) bounds(f Field, m Moment) []bound {
	var out []bound
	if f.When == Past {
		out = append(out, d.opened)
	}
	if d.follows != nil && f.happened() {
		if b := d.follows(m); !b.at.IsZero() {
			out = append(out, b)
		}
	}
	return out
}

// floor is the earliest that a time may be given as: a day stands for any time of it.
func (f Field) floor(t time.Time) time.Time {
	if f.Flag == "on" {
		return atHour(t, 0)
	}
	return t
}

func (f Field) checkSide(t, now time.Time, r *ReachRow) error {
	switch {
	case (f.When == Past || f.When == Ever) && t.After(now):
		return mistake("--%s %s lies in the future; what has happened is recorded once it has.",
			f.Flag, calendar.Instant(t))
	case f.When == Ahead && !t.After(now):
		return mistake("--%s %s lies in the past.", f.Flag, calendar.Instant(t))
	case r == nil || f.Within == "any":
		return nil
	case t.Before(r.Past.Before(now)):
		return mistake("--%s %s is more than %s ago: is the year right?", f.Flag, calendar.Instant(t),
			r.Past.Words())
	case t.After(r.within(f.Within).After(now)):
		return mistake("--%s %s is more than %s ahead: is the year right?", f.Flag, calendar.Instant(t),
			r.within(f.Within).Words())
	}
	return nil
}

// checkEarly refuses to record a meeting before the day that it was fixed for, unless it is
// said why: those who were invited come on that day.
func (l *Ledger) checkEarly(rule, what, move string, at, planned time.Time, why string) error {
	r := l.host.profile().Reach
	if r == nil || planned.IsZero() || why != "" || !at.Before(r.Early.Before(planned)) || sameDay(at, planned) {
		return nil
	}
	return refuse(rule, "%s is to be on %s, and those invited come then. Move it first (%s), or say "+
		"why it is held before its day: --early.", what, calendar.Instant(planned), move)
}

// early is what the chronology says of a meeting that was held before its day.
func early(why string) string {
	if why == "" {
		return ""
	}
	return " Before its day, because: " + full(why)
}
