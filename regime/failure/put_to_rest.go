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

var restVerbs = []Verb{
	{Path: "concern withdraw", Update: "WithdrawSharedConcern", Rules: "R87",
		New:     func() Act { return new(WithdrawConcern) },
		Did:     "withdrew a concern",
		Summary: "Withdraw a concern that your own body recorded",
		Example: `concern withdraw --case CASE --by CQC --concern K1 --reason "the register was wrong, not the nurse"`},
	{Path: "concern set-aside", Update: "SetSharedConcernsAside", Rules: "R88 R92",
		New:     func() Act { return new(SetConcernsAside) },
		Did:     "recorded that a meeting gave concerns no further attention",
		Summary: "Record that a meeting gave concerns of others no further attention; who recorded them is told",
		Example: `concern set-aside --case CASE --by "NHS England" --concerns K1,K2 --reason "the unit has closed"`},
	{Path: "concern keep-open", Update: "KeepSharedConcernOpen", Rules: "R88",
		New:     func() Act { return new(KeepConcernOpen) },
		Did:     "keeps a concern open",
		Summary: "Keep your body's concern open that others give no further attention",
		Example: `concern keep-open --case CASE --by CQC --concern K1 --reason "the ward has only moved"`},
	{Path: "case agree", Update: "AgreeInCase", Rules: "R89 R90 R92",
		New:     func() Act { return new(AgreeInCase) },
		Did:     "agreed to what is put to rest",
		Summary: "Agree, for your body, to what is to be put to rest: a level, a record, a concern, the case",
		Example: `case agree --case CASE --by CQC --matter M1`},
	{Path: "case object", Update: "ObjectToClosing", Rules: "N42 R89 R90 R92",
		New:     func() Act { return new(ObjectToClosing) },
		Did:     "objected, or corrected a draft record",
		Summary: "Object to the closing or to what else is to be put to rest, or correct a draft record; it blocks nothing",
		Example: `case object --case CASE --by Healthwatch --reason "patients still report long waits"`},
}

// EndOfConcern is how a concern came to need no more attention.
type EndOfConcern string

// The ends of a concern.
const (
	WithdrawnConcern EndOfConcern = "WITHDRAWN" // by who recorded it
	SetAsideConcern  EndOfConcern = "SET_ASIDE" // by a meeting, and who recorded it did not keep it open
)

// ownConcern refuses to all but the body that recorded it.
func (c *Case) ownConcern(rule, id string, m ledger.Moment, does string) error {
	n := c.concern(words.Code(id))
	if n == nil {
		return regime.Mistakef("there is no concern %q in case %s.", words.Clip(id, 20), c.Ref)
	}
	if who := c.Today(n.By.For); who != m.By.For {
		return regime.Refusef(rule, "%s recorded %s, and it alone %s.", c.Name(who), n.ID, does)
	}
	return nil
}

// toldOf are the members, and those that were told of a concern.
func (c *Case) toldOf(n *SharedConcern) []ledger.Recipient {
	to := ledger.DutyContacts([]regime.Party{n.By.For})
	to = append(to, ledger.Without(ledger.DutyContacts(n.Told), to)...)
	return append(to, ledger.Without(c.Audiences(regime.Contacts(regime.RoleMembers), ledger.Duty{}), to)...)
}

// WithdrawConcern is the recording body's alone (R87).
type WithdrawConcern struct {
	Concern string    `json:"concern" flag:"concern" number:"yes" usage:"its number, such as K1" need:"yes"`
	Reason  string    `json:"reason" flag:"reason" usage:"why it needs no more attention" need:"yes"`
	At      time.Time `json:"at,omitzero" flag:"at" when:"past" usage:"when, if earlier than now"`
}

func (a *WithdrawConcern) check(c *Case, m ledger.Moment) error {
	if err := c.ownConcern("R87", a.Concern, m, "can withdraw it"); err != nil {
		return err
	}
	if n := c.concern(words.Code(a.Concern)); n.End == WithdrawnConcern {
		return regime.Mistakef("%s has been withdrawn.", n.ID)
	}
	return nil
}

func (a *WithdrawConcern) do(c *Case, m ledger.Moment) string {
	n := c.concern(words.Code(a.Concern))
	c.pen.Overtake(ledger.ToSetAside, n.ID, m)
	n.End, n.Ended = WithdrawnConcern, m.At
	c.pen.EndDuty(DutyConsiderParties, n.ID, ledger.EndNotNeeded, m)
	c.pen.Notify(ledger.Notice{Kind: regime.NoticeConcernRests, To: c.toldOf(n),
		Text: c.Name(n.By.For) + " has withdrawn its concern " + n.ID})
	return "Withdrew concern " + n.ID + ": " + a.Reason
}

func (a *WithdrawConcern) follows(c *Case, _ ledger.Moment) ledger.Bound {
	if n := c.concern(words.Code(a.Concern)); n != nil {
		return ledger.Since(n.At, "the concern was recorded")
	}
	return ledger.Bound{}
}

// sitting is what met on a day, and the members that were there; empty where nothing did.
func (c *Case) sitting(on time.Time) (what string, present []regime.Party) {
	there := []regime.Party(nil)
	if s := c.Summit; !s.Ended.IsZero() && calendar.SameDay(s.Ended, on) || !s.Opened.IsZero() && s.Ended.IsZero() {
		what, there = "the "+c.labels().Summit, s.Attended
	}
	for _, n := range c.Meetings {
		if !n.Held.IsZero() && calendar.SameDay(n.Held, on) {
			what, there = "response meeting "+strconv.Itoa(n.N), n.there()
		}
	}
	for _, p := range there {
		if c.IsMember(p) && !slices.Contains(present, p) {
			present = append(present, p)
		}
	}
	return what, present
}

// there are the chair of a response meeting and those that came.
func (n ResponseMeeting) there() []regime.Party {
	return append([]regime.Party{n.Chair}, slices.DeleteFunc(slices.Clone(n.Present),
		func(p regime.Party) bool { return p == n.Chair })...)
}

// SetConcernsAside records what a meeting agreed about concerns of others (R88). It takes effect when who
// recorded them has had time to keep them open.
type SetConcernsAside struct {
	Concerns string         `json:"concerns" flag:"concerns" usage:"the concerns, such as 'K1, K3'" need:"yes"`
	Reason   string         `json:"reason" flag:"reason" usage:"why they need no further attention" need:"yes"`
	Evidence string         `json:"evidence,omitempty" flag:"evidence" usage:"what that rests on"`
	Dissent  []regime.Party `json:"dissent,omitempty" flag:"dissent" usage:"those at the meeting that see it otherwise"`
	At       time.Time      `json:"at,omitzero" flag:"at" when:"past" usage:"when the meeting agreed it, if earlier than now"`
}

func (a *SetConcernsAside) check(c *Case, m ledger.Moment) error {
	if err := c.memberOnly(m); err != nil {
		return err
	}
	what, present := c.sitting(m.At)
	if what == "" {
		return regime.Refusef("R88", "a concern is given no further attention at a meeting, with those present named; "+
			"none was held on %s. Else only who recorded it can withdraw it.", calendar.Day(m.At))
	}
	if agreed := ledger.Dissenting(present, a.Dissent); len(agreed) < c.profile().Agreement.Least {
		return regime.Refusef("R88", "at %s only %s agreed; at least %d members do.", what, c.names(agreed),
			c.profile().Agreement.Least)
	}
	for _, id := range words.Codes(a.Concerns) {
		if err := a.checkOne(c, id, m); err != nil {
			return err
		}
	}
	return nil
}

func (a *SetConcernsAside) checkOne(c *Case, id string, m ledger.Moment) error {
	n := c.concern(id)
	switch {
	case n == nil:
		return regime.Mistakef("there is no concern %q in case %s.", words.Clip(id, 20), c.Ref)
	case n.End != "" || c.Pending(ledger.ToSetAside, n.ID) != nil:
		return regime.Mistakef("%s needs no further attention already, or is on the way to it.", n.ID)
	case n.At.After(m.At):
		return regime.Mistakef("%s was recorded after that, on %s.", n.ID, calendar.Instant(n.At))
	case !c.acknowledged(n):
		return regime.Refusef("R88", "%s is urgent, and nobody has acknowledged it yet ('alert acknowledge').", n.ID)
	}
	return nil
}

// acknowledged reports whether a body that was alerted of a concern has acknowledged it, other than who recorded
// it; true of a concern that alerted nobody.
func (c *Case) acknowledged(n *SharedConcern) bool {
	row, _ := c.profile().Row(n.Kind)
	if row.Notice != regime.NoticeImmediateRisk {
		return true
	}
	return slices.ContainsFunc(c.Alerts, func(a ledger.Alert) bool {
		return a.Notice == row.Notice && a.At.Equal(n.At) &&
			slices.ContainsFunc(a.Acknowledged, func(p regime.Party) bool { return p != n.By.For })
	})
}

func (a *SetConcernsAside) do(c *Case, m ledger.Moment) string {
	what, present := c.sitting(m.At)
	agreed := ledger.Dissenting(present, a.Dissent)
	var said []string
	var until time.Time
	for _, id := range words.Codes(a.Concerns) {
		n := c.concern(id)
		rest := c.pen.Agree(ledger.Agreement{Kind: ledger.ToSetAside, Of: n.ID, By: m.By.For, At: m.At, Present: present,
			Agreed: agreed, Reason: a.Reason, Evidence: a.Evidence, Objections: ledger.SawOtherwise(a.Dissent, present, m)},
			func(rest ledger.Agreement) ledger.Notice { return c.tellSetAside(n, rest) })
		until = rest.Until
		said = append(said, n.ID+" of "+c.Name(n.By.For)+" ("+rest.ID+")")
	}
	text := "No further attention to " + words.List(said) + ", agreed at " + what + " by " + c.names(agreed)
	if len(a.Dissent) > 0 {
		text += "; otherwise sees it " + c.names(a.Dissent)
	}
	return words.Sentence(text+". Open until "+calendar.Instant(until)+" for who recorded it to keep it open.", a.Reason, "") +
		ledger.OnEvidence(a.Evidence)
}

func (c *Case) tellSetAside(n *SharedConcern, rest ledger.Agreement) ledger.Notice {
	return ledger.Notice{Kind: regime.NoticeConcernRests, To: c.toldOf(n),
		Asks: []ledger.Ask{{Of: []regime.Party{n.By.For}, How: "concern keep-open, concern withdraw",
			Says: "say whether the concern of your body (" + n.ID + ") stays open"}},
		Text: "A meeting gives concern " + n.ID + " of " + c.Name(n.By.For) + " no further attention (" + rest.ID +
			"). Who recorded it can keep it open"}
}

// KeepConcernOpen is the recording body's alone, also after the concern was set aside (R88).
type KeepConcernOpen struct {
	Concern string `json:"concern" flag:"concern" number:"yes" usage:"its number, such as K1" need:"yes"`
	Reason  string `json:"reason" flag:"reason" usage:"why it stays open" need:"yes"`
}

func (a *KeepConcernOpen) check(c *Case, m ledger.Moment) error {
	if err := c.ownConcern("R88", a.Concern, m, "can keep it open"); err != nil {
		return err
	}
	n := c.concern(words.Code(a.Concern))
	if n.End == "" && c.Pending(ledger.ToSetAside, n.ID) == nil {
		return regime.Mistakef("%s is open.", n.ID)
	}
	return nil
}

func (a *KeepConcernOpen) do(c *Case, m ledger.Moment) string {
	n := c.concern(words.Code(a.Concern))
	c.pen.KeepOpen(ledger.ToSetAside, n.ID, a.Reason, m)
	n.End, n.Ended = "", time.Time{}
	c.pen.Event(regime.NoticeConcernRests, c.Name(n.By.For)+" keeps its concern "+n.ID+" open", regime.RoleMembers)
	return "Keeps concern " + n.ID + " open: " + a.Reason
}

// AgreeInCase is the answer of a body that was asked.
type AgreeInCase struct {
	Matter string `json:"matter" flag:"matter" number:"yes" usage:"what is agreed to, such as M1" need:"yes"`
}

func (a *AgreeInCase) check(c *Case, m ledger.Moment) error {
	rest, err := c.CheckHeard(a.Matter)
	if err != nil {
		return err
	}
	return c.heard(rest, m)
}

// heard: the members, and those that were there, are asked.
func (c *Case) heard(rest *ledger.Agreement, m ledger.Moment) error {
	if slices.Contains(rest.Told, m.By.For) {
		return nil
	}
	return c.memberOnly(m)
}

func (a *AgreeInCase) do(c *Case, m ledger.Moment) string { return c.pen.Assent(a.Matter, m) }

// takeEffect is what follows when the time to object has ended.
func (c *Case) takeEffect(rest *ledger.Agreement, now time.Time) {
	m := ledger.Moment{Now: now, At: now}
	if rest.Kind == ledger.ToLower {
		c.lowered(rest, m)
		return
	}
	c.pen.EndAgreement(rest.ID, ledger.TookEffect, m)
	switch rest.Kind {
	case ledger.ToSetAside:
		n := c.concern(rest.Of)
		n.End, n.Ended = SetAsideConcern, now
		c.pen.EnterByClock(now, "Concern "+n.ID+" gets no further attention, "+c.AgreedWords(*rest)+" (R88).")
	case ledger.ToFinalise:
		c.finalRecord(rest, m)
	case ledger.ToClose:
		c.pen.EnterByClock(now, "The time to object to the closing has ended: "+c.AgreedWords(*rest)+".")
	}
}
