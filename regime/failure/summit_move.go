package failure

import (
	"slices"
	"strconv"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
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

// uninvite takes back an invitation that is being replaced. Those not invited again have the entry
// withdrawn, and what has not gone to them yet does not go.
func (c *Case) uninvite(d ledger.Duty, meant func(ledger.Recipient) bool) {
	invited := c.Audiences(regime.Contacts(regime.RoleInvited), ledger.Duty{})
	c.pen.WithdrawEntry(d, ledger.Without(c.Entered(d), invited), c.Summit.Convened)
	for i := range c.Notices {
		n := &c.Notices[i]
		for j := range n.To {
			if n.Entry == d.ID && meant(n.To[j]) {
				n.To[j].Supersede()
			}
		}
	}
}

// DutyHoldFurther is the kind of duty to hold a further summit.
const DutyHoldFurther regime.DutyKind = "HOLD_FURTHER_SUMMIT"

// FurtherSummit is a second or later one in an open case: it is numbered, and moves neither the stage nor
// the ring (R119).
type FurtherSummit struct {
	N       int            `json:"n"`
	By      regime.Party   `json:"by"`
	Reason  string         `json:"reason"`
	At      time.Time      `json:"at"`
	Place   string         `json:"place,omitempty"`
	Invited []regime.Party `json:"invited,omitempty"`
	Held    time.Time      `json:"held,omitzero"`
	Chair   regime.Party   `json:"chair,omitempty"`
	Present []regime.Party `json:"present,omitempty"`
	Record  string         `json:"record,omitempty"`
}

var furtherVerbs = []Verb{
	{Path: "summit further", Update: "ConveneFurtherSummit", Rules: "R11 R84 R119",
		New:     func() Act { return new(ConveneFurtherSummit) },
		Did:     "called a further risk summit, or moved it",
		Summary: "Call a further risk summit in an open case, or move the one that you called",
		Example: `summit further --case CASE --by "NHS England" --at "2016-12-14 10:00" --reason "two deaths on trolleys"`},
	{Path: "summit further-held", Update: "HoldFurtherSummit", Rules: "R119",
		New:     func() Act { return new(HoldFurtherSummit) },
		Did:     "recorded that the further summit was held",
		Summary: "Record that the further summit was held (who called it, or who supports the group)",
		Example: `summit further-held --case CASE --by "NHS England" --present CQC,TDA,CCG --record "nursing support agreed"`},
}

func (c *Case) furtherAwaited() *FurtherSummit {
	return ledger.Find(c.Further, func(f FurtherSummit) bool { return f.Held.IsZero() })
}

// ConveneFurtherSummit asks nobody's approval, as a trigger does not.
type ConveneFurtherSummit struct {
	At     time.Time      `json:"at" flag:"at" board:"for" when:"ahead" within:"summit" usage:"when it begins" need:"yes"`
	Reason string         `json:"reason" flag:"reason" usage:"what calls for it" need:"yes"`
	Place  string         `json:"place,omitempty" flag:"place" usage:"where, or how to join"`
	Also   []regime.Party `json:"also,omitempty" flag:"also" usage:"further parties that the circumstances call for"`
}

func (a *ConveneFurtherSummit) check(c *Case, m ledger.Moment) error {
	label := c.labels().Summit
	f := c.furtherAwaited()
	switch {
	case c.Summit.Ended.IsZero():
		return regime.Refusef("T3", "there was no %s yet that this could follow (%s): 'trigger', 'summit convene'.", label, c.stageWords())
	case !c.statutory(m):
		return regime.Refusef("R11", "%s is not a statutory organisation; a member can call a further %s.", c.Name(m.By.For), label)
	case f != nil && f.By != m.By.For:
		return regime.Refusef("R84", "a further %s is called for %s; %s, which called it, can move it.", label,
			calendar.Instant(f.At), c.Name(f.By))
	}
	return nil
}

func (a *ConveneFurtherSummit) do(c *Case, m ledger.Moment) string {
	c.takesPart(m.By.For)
	label, f := c.labels().Summit, c.furtherAwaited()
	moved := f != nil
	if !moved {
		c.Further = append(c.Further, FurtherSummit{N: len(c.Further) + 2, By: m.By.For})
		f = &c.Further[len(c.Further)-1]
	}
	f.At, f.Reason, f.Place = a.At, a.Reason, a.Place
	for _, p := range slices.Concat(c.relevant(), []regime.Party{c.Ring.Holder}, a.Also) {
		if p != "" && !slices.Contains(f.Invited, p) {
			f.Invited = append(f.Invited, p)
		}
	}
	number := strconv.Itoa(f.N)
	c.pen.Reschedule(DutyHoldFurther, number, a.At, m.Now)
	d := c.pen.OpenDuty(ledger.DutySpec{Kind: DutyHoldFurther, Owner: m.By.For, Subject: number, Start: m.Now, Due: a.At})
	said := c.Name(m.By.For) + " calls " + label + " " + number + " in this case, on " + calendar.Instant(a.At)
	if moved {
		said = "The further " + label + ", number " + number + ", is moved to " + calendar.Instant(a.At)
	}
	c.pen.Notify(ledger.Notice{Kind: regime.NoticeFurtherSummit, Duty: d.ID, To: ledger.And(nil, f.Invited...), Text: said,
		Asks: ledger.Asking("come to "+label+" "+number+" {on}", "")})
	return words.Sentence(said+"; invited "+c.names(f.Invited)+".", a.Reason, "")
}

// HoldFurtherSummit changes no judgement and no ring; those have their own acts.
type HoldFurtherSummit struct {
	Present []regime.Party `json:"present" flag:"present" usage:"the parties present" need:"yes"`
	Record  string         `json:"record" flag:"record" usage:"what was discussed and agreed" need:"yes"`
	At      time.Time      `json:"at,omitzero" flag:"at" when:"past" usage:"when it was held, if earlier than now"`
	Early   string         `json:"early,omitempty" flag:"early" usage:"why it was held before the time that it was called for"`
}

func (a *HoldFurtherSummit) check(c *Case, m ledger.Moment) error {
	f := c.furtherAwaited()
	if f == nil {
		return regime.Mistakef("no further %s has been called ('summit further').", c.labels().Summit)
	}
	if p := m.By.For; p != f.By && p != c.support() && p != c.region() && p != c.Ring.Holder {
		return regime.Refusef("R119", "%s, which called it, records it; so can the ring-holder or %s.", c.Name(f.By), c.Name(c.support()))
	}
	return c.CheckEarly("R119", "the further "+c.labels().Summit, "'summit further'", m.At, f.At, a.Early)
}

func (a *HoldFurtherSummit) do(c *Case, m ledger.Moment) string {
	f := c.furtherAwaited()
	f.Held, f.Chair, f.Present, f.Record = m.At, m.By.For, a.Present, a.Record
	number := strconv.Itoa(f.N)
	c.pen.Discharge(DutyHoldFurther, number, m)
	c.keepMoving(m.Now)
	return "Held " + c.labels().Summit + " " + number + ". Present: " + c.names(a.Present) + "." + ledger.Early(a.Early) + " " +
		words.Full(a.Record)
}
