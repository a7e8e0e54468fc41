package failure

import (
	"slices"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
)

// PastAnswer is an answer for a time at which the summit was to be.
type PastAnswer struct {
	At     time.Time `json:"at"` // that time, not when it was answered
	Answer Answer    `json:"answer"`
}

// mayMove: a summit that is convened is moved by who called it, by the chair, or by the offices
// that see to it that it comes about (R73, T3). Who else wants it moved asks them.
func (c *Case) mayMove(m ledger.Moment) error {
	s := c.Summit
	if s.At.IsZero() {
		return nil
	}
	var may []regime.Party
	for _, p := range []regime.Party{s.By, c.chair(), c.support(), c.region()} {
		if p != "" && !slices.Contains(may, p) {
			may = append(may, p)
		}
	}
	if slices.Contains(may, m.By.For) {
		return nil
	}
	return regime.Refusef("R84", "the %s is convened for %s; it can be moved, and others brought in, by %s. 'summit "+
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

// reconvened tells what has changed. All are told of a new time, with the old one; those who are
// new are invited; the others are told of a new place.
func (c *Case) reconvened(was Summit, m ledger.Moment) string {
	s, label := c.Summit, c.labels().Summit
	c.pen.Reschedule(regime.DutyHoldSummit, "", s.At, m.Now)
	hold := c.pen.OpenDuty(ledger.DutySpec{Kind: regime.DutyHoldSummit, Owner: c.support(), Start: m.Now, Due: s.At})
	all := c.Audiences(regime.Contacts(regime.RoleInvited), ledger.Duty{})
	if !was.At.Equal(s.At) {
		c.uninvite(*hold, func(ledger.Recipient) bool { return true })
		c.inviteTo(hold.ID, all, "The "+label+" is moved, from "+calendar.Instant(was.At)+" to "+
			calendar.Instant(s.At)+". What was answered for the old time is asked again. ", m)
		return "Moved the " + label + " from " + calendar.Instant(was.At) + " to " + calendar.Instant(s.At) +
			"; invited " + c.names(s.invited()) + "." + ledger.PlaceChanged(was.Place, s.Place) + c.notConsidered()
	}
	c.uninvite(*hold, func(r ledger.Recipient) bool { return !r.Among(all) })
	before := slices.DeleteFunc(slices.Clone(all),
		func(r ledger.Recipient) bool { return !slices.Contains(was.invited(), r.Party) })
	if fresh := ledger.Without(all, before); len(fresh) > 0 {
		c.inviteTo(hold.ID, fresh, "", m)
	}
	text := "The " + label + " of " + calendar.Instant(s.At) + " stays; invited " + c.names(s.invited()) + "."
	if s.Place != was.Place {
		c.pen.Notify(ledger.MovedPlace("the "+label, s.At, before))
	}
	return text + ledger.PlaceChanged(was.Place, s.Place) + c.notConsidered()
}
