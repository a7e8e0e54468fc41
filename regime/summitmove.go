package regime

// A meeting that is moved: a case alone, but for the words.

import (
	"slices"
	"time"

	"holdthering/regime/calendar"
)

// PastAnswer is an answer for a time at which the summit was to be.
type PastAnswer struct {
	At     time.Time `json:"at"` // that time, not when it was answered
	Answer Answer    `json:"answer"`
}

// mayMove: a summit that is convened is moved by who called it, by the chair, or by the offices
// that see to it that it comes about (R73, T3). Who else wants it moved asks them.
func (c *Case) mayMove(m Moment) error {
	s := c.Summit
	if s.At.IsZero() {
		return nil
	}
	var may []Party
	for _, p := range []Party{s.By, c.chair(), c.support(), c.region()} {
		if p != "" && !contains(may, p) {
			may = append(may, p)
		}
	}
	if contains(may, m.By.For) {
		return nil
	}
	return refuse("R84", "the %s is convened for %s; it can be moved, and others brought in, by %s. 'summit "+
		"suggest' asks for another party.", c.labels().Summit, calendar.Instant(s.At), c.names(may))
}

// keepAnswers carries over what was answered while the time stays the same. An answer for
// another time is kept as what it was.
func (s *Summit) keepAnswers(was Summit) {
	for i := range s.Invited {
		now := &s.Invited[i]
		for _, o := range was.Invited {
			switch {
			case o.Party != now.Party:
			case was.At.Equal(s.At):
				now.Answer, now.Before = o.Answer, o.Before
			case o.Answer != "":
				now.Before = append(slices.Clone(o.Before), PastAnswer{At: was.At, Answer: o.Answer})
			default:
				now.Before = o.Before
			}
		}
	}
}

// reconvened tells what has changed: all, that it is moved and from when to when; who is new,
// that it is invited; the others, that the place is another.
func (c *Case) reconvened(was Summit, m Moment) string {
	s, label := c.Summit, c.labels().Summit
	c.redate(DutyHoldSummit, "", s.At, m.Now)
	hold := c.owe(owed{kind: DutyHoldSummit, owner: c.support(), start: m.Now, due: s.At})
	all := c.audiences([]string{"invited"}, Duty{})
	if !was.At.Equal(s.At) {
		c.uninvite(*hold, func(Recipient) bool { return true })
		c.inviteTo(hold.ID, all, "The "+label+" is moved, from "+calendar.Instant(was.At)+" to "+
			calendar.Instant(s.At)+". What was answered for the old time is asked again. ", m)
		return "Moved the " + label + " from " + calendar.Instant(was.At) + " to " + calendar.Instant(s.At) +
			"; invited " + c.names(s.invited()) + "." + placeChanged(was.Place, s.Place) + c.notConsidered()
	}
	c.uninvite(*hold, func(r Recipient) bool { return !r.among(all) })
	before := slices.DeleteFunc(slices.Clone(all), func(r Recipient) bool { return !contains(was.invited(), r.Party) })
	if fresh := without(all, before); len(fresh) > 0 {
		c.inviteTo(hold.ID, fresh, "", m)
	}
	text := "The " + label + " of " + calendar.Instant(s.At) + " stays; invited " + c.names(s.invited()) + "."
	if s.Place != was.Place {
		c.notify(movedPlace("the "+label, s.At, before))
	}
	return text + placeChanged(was.Place, s.Place) + c.notConsidered()
}

func placeChanged(from, to string) string {
	switch {
	case from == to:
		return ""
	case from == "":
		return " Place: " + full(to)
	}
	return " Place: " + to + ", no longer " + full(from)
}

// movedPlace tells that a meeting is elsewhere. Where, stands in the case: a mail may be read
// by others.
func movedPlace(meeting string, at time.Time, to []Recipient) Notice {
	return Notice{Kind: "N49", By: at, To: to, Text: "The place of " + meeting + " of " +
		calendar.Instant(at) + " has changed; the time is the same, and what was answered stands. The new place " +
		"is in the record"}
}

// movedTime says from when to when a meeting is moved.
func movedTime(meeting string, from, to time.Time) string {
	return meeting + " is moved, from " + calendar.Instant(from) + " to " + calendar.Instant(to)
}

// beforeMorning: who would have come at that time would read of it too late in working hours.
func (l *Ledger) beforeMorning(at, now time.Time) bool {
	hours := l.host.profile().Hours
	return hours != nil && at.After(now) && !at.After(hours.morning(now))
}
