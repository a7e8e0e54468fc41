package surveillance

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
	{Path: "group withdraw-concern", Update: "WithdrawConcern", Rules: "R87",
		New:     func() Act { return new(WithdrawConcern) },
		Did:     "withdrew a concern",
		Summary: "Withdraw a concern that your own body raised",
		Example: `group withdraw-concern --group GROUP --by CCG/07K --concern C1 --reason "the rotas were filled in March"`},
	{Path: "group set-aside", Update: "SetConcernsAside", Rules: "R88 R92",
		New:     func() Act { return new(SetConcernsAside) },
		Did:     "recorded that a meeting gave concerns no further attention",
		Summary: "Record that a meeting gave concerns of others no further attention; who raised them is told",
		Example: `group set-aside --group GROUP --by "NHS England" --concerns C1,C3 --reason "the unit has closed"`},
	{Path: "group keep-open", Update: "KeepConcernOpen", Rules: "R88",
		New:     func() Act { return new(KeepConcernOpen) },
		Did:     "keeps a concern open",
		Summary: "Keep your body's concern open that others give no further attention",
		Example: `group keep-open --group GROUP --by CCG/07K --concern C1 --reason "the ward has only moved"`},
	{Path: "group agree", Update: "AgreeInGroup", Rules: "R89 R90 R92",
		New:     func() Act { return new(AgreeInGroup) },
		Did:     "agreed to what is put to rest",
		Summary: "Agree, for your body, to what is to be put to rest: a level, a record, a concern",
		Example: `group agree --group GROUP --by CQC --matter M1`},
	{Path: "group object", Update: "ObjectInGroup", Rules: "R89 R90 R92",
		New:     func() Act { return new(ObjectInGroup) },
		Did:     "objected, or corrected a draft record",
		Summary: "Object to what is to be put to rest, or correct a draft record; it is kept beside it and blocks nothing",
		Example: `group object --group GROUP --by Healthwatch --matter M1 --reason "patients still report long waits"`},
}

// EndOfConcern is how a concern came to need no more attention.
type EndOfConcern string

// The ends of a concern.
const (
	Withdrawn EndOfConcern = "WITHDRAWN" // by who raised it
	SetAside  EndOfConcern = "SET_ASIDE" // by a meeting, and who raised it did not keep it open
	InCase    EndOfConcern = "IN_CASE"   // a case came from it
)

// aboutOwnConcern is an act on a concern by who raised it; of one that was told in confidence, it is
// done in confidence too. Whose it is, is looked at last: whoever tries something that is refused for another reason gets
// the same answer for every body, and learns nothing of who told it (R14).
type aboutOwnConcern interface {
	concernID() string
	own(*Group, ledger.Moment) error
}

func (a *WithdrawConcern) own(g *Group, m ledger.Moment) error {
	return g.ownConcern("R87", a.concernID(), m, "can withdraw it")
}

func (a *KeepConcernOpen) own(g *Group, m ledger.Moment) error {
	return g.ownConcern("R88", a.concernID(), m, "can keep it open")
}

func (a *WithdrawConcern) concernID() string { return words.Code(a.Concern) }
func (a *KeepConcernOpen) concernID() string { return words.Code(a.Concern) }

// raised reports whether the body raised the concern, also in confidence.
func (g *Group) raised(c *Concern, p regime.Party) bool {
	if !c.Confidential {
		return g.Today(c.By.For) == p
	}
	return slices.ContainsFunc(g.Confided, func(s ProtectedSource) bool { return s.Concern == c.ID && g.Today(s.By.For) == p })
}

// ownConcern refuses to all but who raised it. A concern in confidence is refused to others in the same words.
func (g *Group) ownConcern(rule, id string, m ledger.Moment, does string) error {
	c := g.concern(id)
	if !g.raised(c, m.By.For) {
		return regime.Refusef(rule, "%s raised %s, and it alone %s.", g.Name(c.By.For), c.ID, does)
	}
	return nil
}

// raiser is how the body is told that raised a concern: as a member with all others, and where it spoke in
// confidence under its voice; see Behind.
func (g *Group) raiser(c *Concern) ledger.Recipient {
	return ledger.Recipient{Party: c.By.For, Level: regime.LevelDuty}
}

// WithdrawConcern is the raiser's alone (R87).
type WithdrawConcern struct {
	Concern string    `json:"concern" flag:"concern" number:"yes" usage:"its number, such as C1" need:"yes"`
	Reason  string    `json:"reason" flag:"reason" usage:"why it needs no more attention" need:"yes"`
	At      time.Time `json:"at,omitzero" flag:"at" when:"past" usage:"when, if earlier than now"`
}

func (a *WithdrawConcern) check(g *Group, m ledger.Moment) error {
	switch c := g.concern(a.concernID()); {
	case c == nil:
		return regime.Mistakef("there is no concern %q.", words.Clip(a.Concern, 20))
	case c.End == Withdrawn:
		return regime.Mistakef("%s has been withdrawn.", c.ID)
	}
	return nil
}

func (a *WithdrawConcern) do(g *Group, m ledger.Moment) string {
	c := g.concern(a.concernID())
	g.pen.Overtake(ledger.ToSetAside, c.ID, m)
	c.Settled, c.End = m.At, Withdrawn
	to := g.Audiences(regime.Contacts(regime.RoleMembers), ledger.Duty{})
	for _, p := range c.Told {
		if r := (ledger.Recipient{Party: p, Level: regime.LevelDuty}); !r.Among(to) {
			to = append(to, r)
		}
	}
	g.pen.Notify(ledger.Notice{Kind: regime.NoticeConcernRests, To: to,
		Text: g.Name(c.By.For) + " has withdrawn its concern " + c.ID})
	return "Withdrew concern " + c.ID + " about provider " + c.Provider + ": " + a.Reason
}

func (a *WithdrawConcern) follows(g *Group, _ ledger.Moment) ledger.Bound {
	return g.sinceRaised(a.concernID())
}

func (g *Group) sinceRaised(id string) ledger.Bound {
	if c := g.concern(id); c != nil {
		return ledger.Since(c.At, "the concern was raised")
	}
	return ledger.Bound{}
}

// SetConcernsAside records what a meeting agreed about concerns of others (R88). It takes effect when who
// raised them has had time to keep them open.
type SetConcernsAside struct {
	Concerns string         `json:"concerns" flag:"concerns" usage:"the concerns, such as 'C1, C3'" need:"yes"`
	Reason   string         `json:"reason" flag:"reason" usage:"why they need no further attention" need:"yes"`
	Evidence string         `json:"evidence,omitempty" flag:"evidence" usage:"what that rests on"`
	Dissent  []regime.Party `json:"dissent,omitempty" flag:"dissent" usage:"those at the meeting that see it otherwise"`
	At       time.Time      `json:"at,omitzero" flag:"at" when:"past" usage:"when the meeting agreed it, if earlier than now"`
}

func (a *SetConcernsAside) check(g *Group, m ledger.Moment) error {
	if err := g.memberOnly(m); err != nil {
		return err
	}
	n := g.sitting(m.At)
	if n == 0 {
		return regime.Refusef("R88", "a concern is given no further attention at a meeting, with those present named; "+
			"the group has not met on %s ('group hold'). Between meetings only who raised it can withdraw it.",
			calendar.Day(m.At))
	}
	if agreed := ledger.Dissenting(g.membersAt(n), a.Dissent); len(agreed) < g.profile().Agreement.Least {
		return regime.Refusef("R88", "at meeting %d only %s agreed; at least %d members do.", n, g.names(agreed),
			g.profile().Agreement.Least)
	}
	for _, id := range words.Codes(a.Concerns) {
		if err := a.checkOne(g, id, m); err != nil {
			return err
		}
	}
	return nil
}

func (a *SetConcernsAside) checkOne(g *Group, id string, m ledger.Moment) error {
	c := g.concern(id)
	switch {
	case c == nil:
		return regime.Mistakef("there is no concern %q.", words.Clip(id, 20))
	case !c.Settled.IsZero() || g.Pending(ledger.ToSetAside, c.ID) != nil:
		return regime.Mistakef("%s needs no further attention already, or is on the way to it.", c.ID)
	case c.At.After(m.At):
		return regime.Mistakef("%s was raised after that, on %s.", c.ID, calendar.Instant(c.At))
	case c.Urgent && !g.acknowledged(c):
		return regime.Refusef("R88", "%s is urgent, and nobody has acknowledged it yet ('group acknowledge').", c.ID)
	}
	return nil
}

// acknowledged reports whether a body that was alerted of an urgent concern has acknowledged it, other than
// who openly raised it.
func (g *Group) acknowledged(c *Concern) bool {
	return slices.ContainsFunc(g.Alerts, func(a ledger.Alert) bool {
		return a.Notice == regime.NoticeImmediateRisk && a.At.Equal(c.At) &&
			slices.ContainsFunc(a.Acknowledged, func(p regime.Party) bool { return p != c.By.For })
	})
}

// membersAt are the members that were at a meeting.
func (g *Group) membersAt(n int) []regime.Party {
	if n == 0 {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(g.meeting(n).Present), func(p regime.Party) bool { return !g.IsMember(p) })
}

func (a *SetConcernsAside) do(g *Group, m ledger.Moment) string {
	n := g.sitting(m.At)
	present := g.membersAt(n)
	agreed := ledger.Dissenting(present, a.Dissent)
	var said []string
	var until time.Time
	for _, id := range words.Codes(a.Concerns) {
		c := g.concern(id)
		rest := g.pen.Agree(ledger.Agreement{Kind: ledger.ToSetAside, Of: c.ID, By: m.By.For, At: m.At, Present: present,
			Agreed: agreed, Reason: a.Reason, Evidence: a.Evidence, Objections: ledger.SawOtherwise(a.Dissent, present, m)},
			func(rest ledger.Agreement) ledger.Notice { return g.tellSetAside(c, rest) })
		until = rest.Until
		said = append(said, c.ID+" of "+g.Name(c.By.For)+" about provider "+c.Provider+" ("+rest.ID+")")
	}
	return words.Sentence("No further attention to "+words.List(said)+", agreed at meeting "+strconv.Itoa(n)+" by "+g.names(agreed)+
		dissenting(g, a.Dissent)+". Open until "+calendar.Instant(until)+" for who raised it to keep it open.",
		a.Reason, "") + ledger.OnEvidence(a.Evidence)
}

func dissenting(g *Group, ps []regime.Party) string {
	if len(ps) == 0 {
		return ""
	}
	return "; otherwise sees it " + g.names(ps)
}

// tellSetAside tells the members, and who raised the concern, which alone is asked.
func (g *Group) tellSetAside(c *Concern, rest ledger.Agreement) ledger.Notice {
	to := []ledger.Recipient{g.raiser(c)}
	to = append(to, ledger.Without(g.Audiences(regime.Contacts(regime.RoleMembers), ledger.Duty{}), to)...)
	return ledger.Notice{Kind: regime.NoticeConcernRests, To: to,
		Asks: []ledger.Ask{{Of: []regime.Party{c.By.For}, How: "group keep-open, group withdraw-concern",
			Says: "say whether the concern of your body (" + c.ID + ") stays open"}},
		Text: "A meeting of the group gives concern " + c.ID + " of " + g.Name(c.By.For) + " no further attention (" +
			rest.ID + "). Who raised it can keep it open"}
}

// KeepConcernOpen is the raiser's alone, also after the concern was set aside (R88).
type KeepConcernOpen struct {
	Concern string `json:"concern" flag:"concern" number:"yes" usage:"its number, such as C1" need:"yes"`
	Reason  string `json:"reason" flag:"reason" usage:"why it stays open" need:"yes"`
}

func (a *KeepConcernOpen) check(g *Group, m ledger.Moment) error {
	switch c := g.concern(a.concernID()); {
	case c == nil:
		return regime.Mistakef("there is no concern %q.", words.Clip(a.Concern, 20))
	case c.Settled.IsZero() && g.Pending(ledger.ToSetAside, c.ID) == nil:
		return regime.Mistakef("%s is open.", c.ID)
	}
	return nil
}

func (a *KeepConcernOpen) do(g *Group, m ledger.Moment) string {
	c := g.concern(a.concernID())
	g.pen.KeepOpen(ledger.ToSetAside, c.ID, a.Reason, m)
	c.Settled, c.End = time.Time{}, ""
	g.pen.Event(regime.NoticeConcernRests, g.Name(c.By.For)+" keeps its concern "+c.ID+
		" open. It is on the agenda of the next meeting", regime.RoleMembers)
	return "Keeps concern " + c.ID + " about provider " + c.Provider + " open: " + a.Reason
}

// AgreeInGroup is the answer of a body that was asked.
type AgreeInGroup struct {
	Matter string `json:"matter" flag:"matter" number:"yes" usage:"what is agreed to, such as M1" need:"yes"`
}

func (a *AgreeInGroup) check(g *Group, m ledger.Moment) error {
	rest, err := g.CheckHeard(a.Matter)
	if err != nil {
		return err
	}
	return g.heard(rest, m)
}

// heard: the members, and those that were there, are asked.
func (g *Group) heard(rest *ledger.Agreement, m ledger.Moment) error {
	if g.IsMember(m.By.For) || slices.Contains(rest.Told, m.By.For) {
		return nil
	}
	return g.memberOnly(m)
}

func (a *AgreeInGroup) do(g *Group, m ledger.Moment) string { return g.pen.Assent(a.Matter, m) }

// ObjectInGroup blocks nothing (R92).
type ObjectInGroup struct {
	Matter string             `json:"matter" flag:"matter" number:"yes" usage:"what is objected to, such as M1" need:"yes"`
	Reason string             `json:"reason" flag:"reason" usage:"why; of a record, what is right" need:"yes"`
	As     ledger.ObjectionAs `json:"as,omitempty" flag:"as" board:"plain" usage:"of a record: whether it is a correction or a dissent"`
}

func (a *ObjectInGroup) check(g *Group, m ledger.Moment) error {
	rest, err := g.CheckHeard(a.Matter)
	if err != nil {
		return err
	}
	return g.heard(rest, m)
}

func (a *ObjectInGroup) do(g *Group, m ledger.Moment) string {
	return g.pen.Object(a.Matter, ledger.ObjectingTo(*g.Agreement(a.Matter), a.As), a.Reason, m)
}

// takeEffect is what follows when the time to object has ended.
func (g *Group) takeEffect(rest *ledger.Agreement, now time.Time) {
	m := ledger.Moment{Now: now, At: now}
	switch rest.Kind {
	case ledger.ToSetAside:
		c := g.concern(rest.Of)
		c.Settled, c.End = now, SetAside
		g.pen.EndAgreement(rest.ID, ledger.TookEffect, m)
		g.pen.EnterByClock(now, "Concern "+c.ID+" about provider "+c.Provider+" gets no further attention, "+
			g.AgreedWords(*rest)+" (R88).")
	case ledger.ToLower:
		g.lowered(rest, m)
	case ledger.ToFinalise:
		g.finalRecord(rest, m)
	}
}
