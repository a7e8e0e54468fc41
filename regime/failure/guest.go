package failure

import (
	"strconv"
	"strings"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// GuestParty is a party that no profile knows: a coroner, an ombudsman, a fire service (003:L842 "e.g."). It is told
// and asked at the contact that was given for it, and has no vote (R110).
type GuestParty struct {
	Party   regime.Party `json:"party"` // "GUEST/G1"
	Name    string       `json:"name"`
	Contact string       `json:"contact"` // an address: shown to who invites alone, and in no list, log or record
	Why     string       `json:"why"`
	By      ledger.Actor `json:"by"`
	At      time.Time    `json:"at"`
	Told    []GuestNews  `json:"told,omitempty"`
	Ended   time.Time    `json:"ended,omitzero"`
}

// GuestNews is what a guest was told, or asked.
type GuestNews struct {
	What   string       `json:"what"`
	By     ledger.Actor `json:"by"`
	At     time.Time    `json:"at"`
	Asks   bool         `json:"asks,omitempty"`
	Answer string       `json:"answer,omitempty"`
}

var guestVerbs = []Verb{
	{Path: "guest invite", Update: "InviteGuest", Rules: "R110 R15",
		New:     func() Act { return new(InviteGuest) },
		Did:     "invited a guest",
		Summary: "Invite a party that is no body of the regime, such as a coroner or a fire service (chair, support, ring-holder)",
		Example: `guest invite --case CASE --by "NHS England" --name "Fire and rescue service" ` +
			`--contact duty@fire.example --why "the escape routes of the ward"`},
	{Path: "guest tell", Update: "TellGuest", Rules: "R110",
		New:     func() Act { return new(TellGuest) },
		Did:     "told or asked a guest something",
		Summary: "Tell a guest something, or ask it with --due (chair, support, ring-holder)",
		Example: `guest tell --case CASE --by "NHS England" --guest GUEST/G1 --what "Was the ward inspected?" --due 2013-09-20`},
	{Path: "guest answer", Update: "AnswerAsGuest", Rules: "R110",
		New:     func() Act { return new(AnswerAsGuest) },
		Did:     "answered as a guest",
		Summary: "Answer as a guest: whether you take part, and what you were asked",
		Example: `guest answer --case CASE --by GUEST/G1 --text "We take part; the ward was inspected in May"`},
	{Path: "guest contact", Update: "MoveGuest", Rules: "R110",
		New:     func() Act { return new(MoveGuest) },
		Did:     "corrected a guest's contact",
		Summary: "Correct a guest's contact (chair, support, ring-holder)",
		Example: `guest contact --case CASE --by "NHS England" --guest GUEST/G1 --contact office@fire.example`},
	{Path: "guest end", Update: "EndGuest", Rules: "R110",
		New:     func() Act { return new(EndGuest) },
		Did:     "ended a guest's part",
		Summary: "End a guest's part: nothing more is sent to it (chair, support, ring-holder, or the guest itself)",
		Example: `guest end --case CASE --by "NHS England" --guest GUEST/G1 --reason "its part is done"`},
}

// DutyAnswerAsGuest is what a guest owes that was invited or asked.
const DutyAnswerAsGuest regime.DutyKind = "ANSWER_AS_GUEST"

func (c *Case) guest(p regime.Party) *GuestParty {
	return ledger.Find(c.Guests, func(x GuestParty) bool { return x.Party == p })
}

// GuestContact is where a guest is told; empty for every other party.
func (c *Case) GuestContact(p regime.Party) string {
	if g := c.guest(p); g != nil {
		return g.Contact
	}
	return ""
}

// Guest is a guest as its own page shows it; ok is false for every other party.
func (c *Case) Guest(p regime.Party) (g GuestParty, ok bool) {
	if x := c.guest(p); x != nil {
		return *x, true
	}
	return GuestParty{}, false
}

// knownGuest refuses a guest that nobody has invited.
func (c *Case) knownGuest(ps ...regime.Party) error {
	for _, p := range ps {
		if p.Body() == regime.Guest && c.guest(p) == nil {
			return regime.Mistakef("%s is no guest of case %s; 'guest invite' invites one.", p, c.Ref)
		}
	}
	return nil
}

func (c *Case) mayInvite(m ledger.Moment) error {
	if by := m.By.For; by == c.chair() || by == c.support() || by == c.region() || by != "" && by == c.Ring.Holder {
		return nil
	}
	return regime.Refusef("R110", "the chair, who supports the group and the ring-holder invite guests and speak to them; "+
		"%s can suggest one to %s.", c.Name(m.By.For), c.Name(c.chair()))
}

// ofGuest refuses what is about no guest, or one whose part has ended.
func (c *Case) ofGuest(p regime.Party) error {
	g := c.guest(p)
	switch {
	case p.Body() != regime.Guest || g == nil:
		return regime.Mistakef("%s is no guest of case %s.", c.Name(p), c.Ref)
	case !g.Ended.IsZero():
		return regime.Mistakef("the part of %s has ended.", g.Name)
	}
	return nil
}

// checkContact takes one bare address. Whether mail arrives there is seen when it goes.
func checkContact(s string) error {
	local, domain, one := strings.Cut(s, "@")
	plain := func(r rune) bool { return r <= ' ' || r > '~' || strings.ContainsRune("<>,;\"()", r) }
	if !one || local == "" || !strings.Contains(strings.Trim(domain, "."), ".") || strings.Contains(domain, "@") ||
		len(s) > 254 || strings.ContainsFunc(s, plain) {
		return regime.Mistakef("--contact: that is not one bare address such as duty@example.org.")
	}
	return nil
}

// InviteGuest is an act, since each instance is different and no list can be whole (003:L842).
type InviteGuest struct {
	Guest   string `json:"name" flag:"name" usage:"the organisation or office, not a person" need:"yes"`
	Contact string `json:"contact" flag:"contact" usage:"the address at which it is told" need:"yes"`
	Why     string `json:"why" flag:"why" usage:"why it is invited, without anyone's name" need:"yes"`
}

func (a *InviteGuest) check(c *Case, m ledger.Moment) error {
	if err := c.mayInvite(m); err != nil {
		return err
	}
	for _, g := range c.Guests {
		if g.Ended.IsZero() && strings.EqualFold(g.Name, a.Guest) {
			return regime.Mistakef("%s is a guest already, as %s.", g.Name, g.Party)
		}
	}
	return checkContact(a.Contact)
}

func (a *InviteGuest) do(c *Case, m ledger.Moment) string {
	g := GuestParty{Party: regime.PartyOf(regime.Guest, "G"+strconv.Itoa(len(c.Guests)+1)), Name: words.Clip(a.Guest, 200),
		Contact: a.Contact, Why: a.Why, By: m.By, At: m.Now}
	c.Guests = append(c.Guests, g)
	c.Units = append(c.Units, regime.UnitName{Party: g.Party, Name: g.Name})
	c.pen.Ask(regime.NoticeGuest, c.pen.OpenDuty(ledger.DutySpec{Kind: DutyAnswerAsGuest, Owner: g.Party, Subject: g.Party.Unit(),
		Start: m.Now}))
	return "Invited a guest, " + g.Name + " (" + string(g.Party) + "): " + words.Full(a.Why)
}

// TellGuest records what a guest is told. No mail says it: the guest reads it on its page, or is told it by
// who invites.
type TellGuest struct {
	Guest regime.Party `json:"guest" flag:"guest" usage:"the guest, such as GUEST/G1" need:"yes"`
	What  string       `json:"what" flag:"what" usage:"what it is told or asked, without anyone's name" need:"yes"`
	Due   time.Time    `json:"due,omitzero" flag:"due" day:"end" when:"ahead" usage:"by when its answer is asked for, if one is"`
}

func (a *TellGuest) check(c *Case, m ledger.Moment) error {
	if err := c.mayInvite(m); err != nil {
		return err
	}
	return c.ofGuest(a.Guest)
}

func (a *TellGuest) do(c *Case, m ledger.Moment) string {
	g := c.guest(a.Guest)
	asks := !a.Due.IsZero()
	g.Told = append(g.Told, GuestNews{What: a.What, By: m.By, At: m.Now, Asks: asks})
	if asks {
		c.pen.EndDuty(DutyAnswerAsGuest, g.Party.Unit(), ledger.EndWithdrawn, m) // one answer is owed, to what was asked last
		c.pen.Ask(regime.NoticeGuest, c.pen.OpenDuty(ledger.DutySpec{Kind: DutyAnswerAsGuest, Owner: g.Party,
			Subject: g.Party.Unit(), Start: m.Now, Due: a.Due}))
		return "Asked " + g.Name + " (" + string(g.Party) + "), by " + calendar.Instant(a.Due) + ": " + words.Full(a.What)
	}
	c.pen.Notify(ledger.Notice{Kind: regime.NoticeGuest, To: []ledger.Recipient{{Party: g.Party, Level: regime.LevelDuty}},
		Text: c.Name(m.By.For) + " has something for you in this case, which stands in no mail"})
	return "Told " + g.Name + " (" + string(g.Party) + "): " + words.Full(a.What)
}

// AnswerAsGuest is the guest's own word.
type AnswerAsGuest struct {
	Text string `json:"text" flag:"text" usage:"your answer, without anyone's name" need:"yes"`
}

func (a *AnswerAsGuest) check(c *Case, m ledger.Moment) error {
	if c.guest(m.By.For) == nil {
		return regime.Refusef("R110", "%s is no guest of this case; what it knows it says by 'note add'.", c.Name(m.By.For))
	}
	return c.ofGuest(m.By.For)
}

func (a *AnswerAsGuest) do(c *Case, m ledger.Moment) string {
	g := c.guest(m.By.For)
	for i := len(g.Told) - 1; i >= 0; i-- {
		if t := &g.Told[i]; t.Asks { // what it was told since asks nothing
			t.Answer = words.Join(t.Answer, words.Full(a.Text))
			break
		}
	}
	c.pen.Discharge(DutyAnswerAsGuest, g.Party.Unit(), m)
	c.pen.Event(regime.NoticeGuest, g.Name+" has answered as a guest", regime.RoleChair, regime.RoleSupport, regime.RoleRingHolder)
	return "Answered as a guest: " + words.Full(a.Text)
}

// MoveGuest corrects the contact; what the old one missed is sent again by 'note add --directory-mended'.
type MoveGuest struct {
	Guest   regime.Party `json:"guest" flag:"guest" usage:"the guest, such as GUEST/G1" need:"yes"`
	Contact string       `json:"contact" flag:"contact" usage:"the right address" need:"yes"`
}

func (a *MoveGuest) check(c *Case, m ledger.Moment) error {
	if err := c.mayInvite(m); err != nil {
		return err
	}
	if err := c.ofGuest(a.Guest); err != nil {
		return err
	}
	return checkContact(a.Contact)
}

func (a *MoveGuest) do(c *Case, _ ledger.Moment) string {
	g := c.guest(a.Guest)
	g.Contact = a.Contact
	return "Corrected the contact of " + g.Name + " (" + string(g.Party) + ")."
}

// EndGuest ends what the guest owes as a guest. Actions that it has taken on stay its own (R1).
type EndGuest struct {
	Guest  regime.Party `json:"guest" flag:"guest" usage:"the guest, such as GUEST/G1" need:"yes"`
	Reason string       `json:"reason" flag:"reason" usage:"why" need:"yes"`
}

func (a *EndGuest) check(c *Case, m ledger.Moment) error {
	if err := c.ofGuest(a.Guest); err != nil || m.By.For == a.Guest {
		return err
	}
	return c.mayInvite(m)
}

func (a *EndGuest) do(c *Case, m ledger.Moment) string {
	g := c.guest(a.Guest)
	g.Ended = m.Now
	c.pen.EndDuty(DutyAnswerAsGuest, g.Party.Unit(), ledger.EndWithdrawn, m)
	return "Ended the part of " + g.Name + " (" + string(g.Party) + "): " + words.Full(a.Reason)
}
