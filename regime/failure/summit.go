package failure

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
)

// Summit is the risk summit: convened, held, perhaps adjourned, ended.
type Summit struct {
	Convened   time.Time      `json:"convened,omitzero"`
	At         time.Time      `json:"at,omitzero"` // when it is to begin
	Place      string         `json:"place,omitempty"`
	Invited    []Invitee      `json:"invited,omitempty"`
	LeftOut    []LeftOut      `json:"leftOut,omitempty"`
	By         regime.Party   `json:"by,omitempty" passes:"on"` // who called it
	Chair      regime.Party   `json:"chair,omitempty" passes:"on"`
	Opened     time.Time      `json:"opened,omitzero"`
	Adjourned  bool           `json:"adjourned,omitempty"`
	Attended   []regime.Party `json:"attended,omitempty"`
	ProviderIn bool           `json:"providerIn,omitempty"`
	Ended      time.Time      `json:"ended,omitzero"`
	Record     string         `json:"record,omitempty"`
	Signed     time.Time      `json:"signed,omitzero"`
	// Draft is under what number those who were there can correct the record, until it is Final.
	Draft string    `json:"draft,omitempty"`
	Final time.Time `json:"final,omitzero"`
	// Suggested are parties that somebody would have brought in (R15).
	Suggested []Suggestion `json:"suggested,omitempty"`
	// Pages are the pack that all read before the summit; PackReady is when they were told.
	Pages     []PackPage `json:"pages,omitempty"`
	PackReady time.Time  `json:"packReady,omitzero"`
}

// Invitee is a party invited to the summit and what it answered.
type Invitee struct {
	Party  regime.Party `json:"party" passes:"on"`
	Why    string       `json:"why,omitempty"` // for a party brought in by the circumstances (R15)
	Answer Answer       `json:"answer,omitempty"`
	// Before are its answers for the times at which the summit was to be before it was moved.
	Before []PastAnswer `json:"before,omitempty"`
}

// LeftOut is a party that was considered and not invited, with the reason (R15).
type LeftOut struct {
	Party regime.Party `json:"party"`
	Why   string       `json:"why"`
}

// Answer is what an invited party says.
type Answer string

// Mailable: whether a body comes tells nothing of what the meeting is about.
func (Answer) Mailable() {}

// Choices lists the answers.
func (Answer) Choices() []string { return []string{"attending", "sending-deputy", "not-attending"} }

// Settled reports whether its record is signed.
func (s Summit) Settled() bool { return !s.Signed.IsZero() }

func (s Summit) invited() []regime.Party {
	var out []regime.Party
	for _, i := range s.Invited {
		out = append(out, i.Party)
	}
	return out
}

func (s Summit) unanswered() []regime.Party {
	var out []regime.Party
	for _, i := range s.Invited {
		if i.Answer == "" {
			out = append(out, i.Party)
		}
	}
	return out
}

var summitVerbs = []Verb{
	{Path: "summit convene", Update: "ConveneSummit", Rules: "R15 R16 R17 R84 T3", New: func() Act { return new(ConveneSummit) },
		Did:     "convened the summit",
		Summary: "Convene the summit: fix its time and invite those relevant to the provider",
		Example: `summit convene --case CASE --by "NHS England" --at "2013-09-12 10:00" --also GMC ` +
			`--why "trainees' reports on supervision"`},
	{Path: "summit reply", Update: "ReplyToInvitation", Rules: "R16 R17",
		New:     func() Act { return new(ReplyToInvitation) },
		Did:     "answered the invitation to the summit",
		Summary: "Answer the invitation, for your own body",
		Example: `summit reply --case CASE --by Monitor --answer attending`},
	{Path: "summit pack", Update: "GivePage", Rules: "R10 R15",
		New:     func() Act { return new(GivePage) },
		Did:     "gave a page for the summit's pack",
		Summary: "Give your body's page for the pack that all read before the summit",
		Example: `summit pack --case CASE --by Monitor --page "Two breaches of licence open"`},
	{Path: "summit pack-ready", Update: "SendSummitPack", Rules: "R73",
		New:     func() Act { return new(SendSummitPack) },
		Did:     "sent the summit's pack",
		Summary: "Say that the pack is ready with the pages that have come",
		Example: `summit pack-ready --case CASE --by "NHS England"`},
	{Path: "summit open", Update: "OpenSummit", Rules: "R17 T3",
		New:     func() Act { return new(OpenSummit) },
		Did:     "opened the summit",
		Summary: "Open the summit, or resume it after an adjournment",
		Example: `summit open --case CASE --by "NHS England" --attending CQC,Monitor,CCG`},
	{Path: "summit adjourn", Update: "AdjournSummit", Rules: "T3",
		New:     func() Act { return new(AdjournSummit) },
		Did:     "adjourned the summit",
		Summary: "Adjourn the summit until it is opened again",
		Example: `summit adjourn --case CASE --by "NHS England" --until "2013-09-13 09:00"`},
	{Path: "summit end", Update: "EndSummit", Rules: "T4 R18",
		New:     func() Act { return new(EndSummit) },
		Did:     "ended the summit",
		Summary: "End the summit; the judgements fall due",
		Example: `summit end --case CASE --by "NHS England" --record "Six high-level risks agreed"`},
	{Path: "summit record", Update: "RecordSummit", Rules: "R90", New: func() Act { return new(RecordSummit) },
		Did:     "gave the draft record of the summit",
		Summary: "Give the draft record of the summit; those who were there can correct it (chair)",
		Example: `summit record --case CASE --by "NHS England" --record "Six high-level risks agreed"`},
	{Path: "summit sign", Update: "SignSummit", Rules: "R18 R40 R41 R90",
		New:     func() Act { return new(SignSummit) },
		Did:     "signed the record of the summit",
		Summary: "Sign the record of the summit, which is final when its days for corrections are over (chair)",
		Example: `summit sign --case CASE --by "NHS England"`},
}

// ConveneSummit fixes when the summit is and who is invited. Until it opens the act may be done
// again, to move it or to bring others in (R84). The members relevant to this provider are invited
// without being named (R15).
type ConveneSummit struct {
	At      time.Time      `json:"at" flag:"at" board:"for" when:"ahead" within:"summit" usage:"when the summit begins" need:"yes"`
	Place   string         `json:"place,omitempty" flag:"place" usage:"where, or how to join"`
	Also    []regime.Party `json:"also,omitempty" flag:"also" usage:"further parties that the circumstances call for"`
	Why     string         `json:"why,omitempty" flag:"why" usage:"why these further parties are invited (R15)"`
	LeftOut []regime.Party `json:"leftOut,omitempty" flag:"left-out" usage:"parties considered and not invited"`
	WhyNot  string         `json:"whyNot,omitempty" flag:"why-not" usage:"why those are not invited (R15)"`
}

func (a *ConveneSummit) check(c *Case, m ledger.Moment) error {
	if c.Stage != regime.Convening {
		return regime.Refusef("T3", "there is no summit to convene: %s.", c.stageWords())
	}
	if !c.atTable(m.By.For) {
		return regime.Refusef("R15", "%s is not a member of a group concerned.", c.Name(m.By.For))
	}
	if len(a.Also) > 0 && a.Why == "" || len(a.LeftOut) > 0 && a.WhyNot == "" {
		return regime.Refusef("R15", "a party is brought in or left out with a reason: say --why or --why-not.")
	}
	return c.mayMove(m)
}

func (a *ConveneSummit) do(c *Case, m ledger.Moment) string {
	c.takesPart(m.By.For)
	was := c.Summit
	s := &c.Summit
	s.At, s.Place, s.By = a.At, cmp.Or(a.Place, was.Place), cmp.Or(was.By, m.By.For)
	s.Convened = m.Now
	s.Invited = nil
	for _, p := range c.relevant() {
		s.Invited = append(s.Invited, Invitee{Party: p})
	}
	if by := c.Trigger.By.For; c.another(by) {
		s.invite(by, "it triggered the summit")
	}
	for _, i := range was.Invited { // who was brought in before still is, unless now left out
		if i.Why != "" && !slices.Contains(a.LeftOut, i.Party) {
			s.invite(i.Party, i.Why)
		}
	}
	for _, p := range a.Also {
		c.bringIn(p, a.Why, m)
	}
	s.keepAnswers(was)
	for _, p := range a.LeftOut {
		c.leaveOut(p, a.WhyNot, m)
	}
	if was.At.IsZero() {
		return c.invited(m)
	}
	return c.reconvened(was, m)
}

// invited invites to a summit that is convened for the first time.
func (c *Case) invited(m ledger.Moment) string {
	s, label := c.Summit, c.labels().Summit
	c.pen.Discharge(DutyConvene, "", m)
	hold := c.pen.OpenDuty(ledger.DutySpec{Kind: regime.DutyHoldSummit, Owner: c.support(), Start: m.Now, Due: s.At})
	c.inviteTo(hold.ID, c.Audiences(regime.Contacts(regime.RoleInvited), ledger.Duty{}), "", m)
	return "Convened the " + label + " for " + calendar.Instant(s.At) + "; invited " +
		c.names(s.invited()) + "." + c.notConsidered()
}

// inviteTo sends the invitation; before is what it says first.
func (c *Case) inviteTo(entry string, to []ledger.Recipient, before string, m ledger.Moment) {
	at := c.Summit.At
	c.pen.Notify(ledger.Notice{Kind: regime.NoticeAnswerInvitation, To: to, By: at, Entry: entry, Asks: c.askToSummit(), Text: before +
		"You are invited to the " + c.labels().Summit + " on " + calendar.Instant(at) +
		". Bring what your body knows, has done and plans" + c.askForPack(at, m)})
}

func (c *Case) askToSummit() []ledger.Ask {
	return ledger.Asking("say whether your body will come to the "+c.labels().Summit, "summit reply, summit pack")
}

func (s *Summit) invite(p regime.Party, why string) {
	for _, i := range s.Invited {
		if i.Party == p {
			return
		}
	}
	s.Invited = append(s.Invited, Invitee{Party: p, Why: why})
}

// relevant are the members of the bodies that the guard matrix has for this provider's type;
// of the commissioning groups, the lead one. A member who triggered is relevant too.
func (c *Case) relevant() []regime.Party {
	row, lead := c.providerRow(), c.holderOf(regime.LeadCommissioner)
	return c.parties(func(p regime.Party) bool {
		if c.Trigger != nil && p == c.Trigger.By.For {
			return true
		}
		for _, b := range row.Relevant {
			if p.Body() == b && (b != lead || p.Unit() == c.Provider.LeadCCG) && c.forItsPeople(p) {
				return true
			}
		}
		return false
	})
}

// forItsPeople leaves out the units of a body that are for other people than the provider serves, where the case
// names those that are for its own (R107).
func (c *Case) forItsPeople(p regime.Party) bool {
	ps := c.servedBy(p.Body())
	return len(ps) == 0 || slices.Contains(ps, p) || slices.ContainsFunc(ps, c.wide)
}

// ReplyToInvitation is each invited party's answer for itself. National bodies' absence is
// normal and invalidates nothing (R16, R17).
type ReplyToInvitation struct {
	Answer Answer `json:"answer" flag:"answer" board:"plain" usage:"whether your body attends" need:"yes"`
}

func (a *ReplyToInvitation) check(c *Case, m ledger.Moment) error {
	if c.Stage != regime.Convening {
		return regime.Refusef("T3", "no summit is waiting for answers: %s.", c.stageWords())
	}
	for _, i := range c.Summit.Invited {
		if i.Party == m.By.For {
			return nil
		}
	}
	return regime.Refusef("R15", "%s has not been invited to the summit.", c.Name(m.By.For))
}

func (a *ReplyToInvitation) do(c *Case, m ledger.Moment) string {
	for i := range c.Summit.Invited {
		if c.Summit.Invited[i].Party == m.By.For {
			c.Summit.Invited[i].Answer = a.Answer
		}
	}
	return "Answered the invitation: " + strings.ReplaceAll(string(a.Answer), "-", " ") + "."
}
