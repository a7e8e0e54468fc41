package regime

import (
	"strings"
	"time"

	"holdthering/regime/calendar"
)

// Summit is the risk summit: convened, held, perhaps adjourned, ended.
type Summit struct {
	Convened   time.Time `json:"convened,omitzero"`
	At         time.Time `json:"at,omitzero"` // when it is to begin
	Place      string    `json:"place,omitempty"`
	Invited    []Invitee `json:"invited,omitempty"`
	LeftOut    []LeftOut `json:"leftOut,omitempty"`
	Chair      Party     `json:"chair,omitempty"`
	Opened     time.Time `json:"opened,omitzero"`
	Adjourned  bool      `json:"adjourned,omitempty"`
	Attended   []Party   `json:"attended,omitempty"`
	ProviderIn bool      `json:"providerIn,omitempty"`
	Ended      time.Time `json:"ended,omitzero"`
	Record     string    `json:"record,omitempty"`
	Signed     time.Time `json:"signed,omitzero"`
}

// Invitee is a party invited to the summit and what it answered.
type Invitee struct {
	Party  Party  `json:"party"`
	Why    string `json:"why,omitempty"` // for a party brought in by the circumstances (R15)
	Answer Answer `json:"answer,omitempty"`
}

// LeftOut is a party that was considered and not invited, with the reason (R15).
type LeftOut struct {
	Party Party  `json:"party"`
	Why   string `json:"why"`
}

// Answer is what an invited party says.
type Answer string

// Choices lists the answers.
func (Answer) Choices() []string { return []string{"attending", "sending-deputy", "not-attending"} }

func (s Summit) invited() []Party {
	var out []Party
	for _, i := range s.Invited {
		out = append(out, i.Party)
	}
	return out
}

func (s Summit) unanswered() []Party {
	var out []Party
	for _, i := range s.Invited {
		if i.Answer == "" {
			out = append(out, i.Party)
		}
	}
	return out
}

var summitVerbs = []Verb{
	{Path: "trigger", Rules: "R11 R12 R13 T1 T2", New: func() Act { return new(TriggerRiskSummit) },
		Summary: "Trigger a risk summit: opens the case and alerts every member",
		Example: `trigger --provider RCX --by "NHS England" --source qsg-sharing ` +
			`--concern "Two inspections found unsafe staffing on the wards"`},
	{Path: "summit convene", Rules: "R15 R16 R17 T3", New: func() Act { return new(ConveneSummit) },
		Summary: "Convene the summit: fix its time and invite those relevant to the provider",
		Example: `summit convene --case CASE --by "NHS England" --at "2013-09-12 10:00" --also GMC ` +
			`--why "trainees' reports on supervision"`},
	{Path: "summit reply", Rules: "R16 R17", New: func() Act { return new(ReplyToInvitation) },
		Summary: "Answer the invitation, for your own body",
		Example: `summit reply --case CASE --by Monitor --answer attending`},
	{Path: "summit open", Rules: "R17 T3", New: func() Act { return new(OpenSummit) },
		Summary: "Open the summit, or resume it after an adjournment",
		Example: `summit open --case CASE --by "NHS England" --attending CQC,Monitor,CCG`},
	{Path: "summit adjourn", Rules: "T3", New: func() Act { return new(AdjournSummit) },
		Summary: "Adjourn the summit until it is opened again",
		Example: `summit adjourn --case CASE --by "NHS England" --until "2013-09-13 09:00"`},
	{Path: "summit end", Rules: "T4 R18", New: func() Act { return new(EndSummit) },
		Summary: "End the summit; the judgements fall due",
		Example: `summit end --case CASE --by "NHS England" --record "Six high-level risks agreed"`},
}

// ConveneSummit fixes when and with whom; again, until the summit opens. The members
// relevant to this provider are invited without being named (R15).
type ConveneSummit struct {
	At      time.Time `json:"at" flag:"at" usage:"when the summit begins" need:"yes"`
	Place   string    `json:"place,omitempty" flag:"place" usage:"where, or how to join"`
	Also    []Party   `json:"also,omitempty" flag:"also" usage:"further parties that the circumstances ask for"`
	Why     string    `json:"why,omitempty" flag:"why" usage:"why these further parties are invited (R15)"`
	LeftOut []Party   `json:"leftOut,omitempty" flag:"left-out" usage:"parties considered and not invited"`
	WhyNot  string    `json:"whyNot,omitempty" flag:"why-not" usage:"why those are not invited (R15)"`
}

func (a *ConveneSummit) check(c *Case, m Moment) error {
	if c.Stage != Convening {
		return refuse("T3", "there is no summit to convene: %s.", c.Stage.Words())
	}
	if !c.IsMember(m.By.For) {
		return refuse("R15", "%s is not a member of a group concerned.", c.Name(m.By.For))
	}
	if len(a.Also) > 0 && a.Why == "" || len(a.LeftOut) > 0 && a.WhyNot == "" {
		return refuse("R15", "a party is brought in or left out with a reason: say --why or --why-not.")
	}
	if !a.At.After(m.Now) {
		return mistake("--at %s lies in the past.", calendar.Instant(a.At))
	}
	for _, p := range append(a.Also, a.LeftOut...) {
		if !c.profile().Knows(p.Body()) {
			return mistake("%q is no body of profile %s.", p, c.Profile)
		}
	}
	return nil
}

func (a *ConveneSummit) do(c *Case, m Moment) string {
	s := &c.Summit
	moved := !s.Convened.IsZero()
	s.Convened, s.At, s.Place = m.Now, a.At, a.Place
	answers := s.Invited
	s.Invited = nil
	for _, p := range c.relevant() {
		s.Invited = append(s.Invited, Invitee{Party: p})
	}
	for _, p := range a.Also {
		s.invite(p, a.Why)
		if p.Body() != ProviderBody && !c.IsMember(p) {
			c.Members = append(c.Members, Member{Party: p, Extra: true})
		}
	}
	s.keepAnswers(answers, !moved)
	for _, p := range a.LeftOut {
		s.LeftOut = append(s.LeftOut, LeftOut{Party: p, Why: a.WhyNot})
	}
	c.discharge(DutyConvene, "", m)
	if moved {
		c.redate(DutyHoldSummit, "", a.At, m.Now)
	}
	c.owe(owed{kind: DutyHoldSummit, owner: c.support(), start: m.Now, due: a.At})
	label := c.profile().Labels.Summit
	c.notify(Notice{Kind: "N3", To: c.audiences([]string{"invited"}, Duty{}), By: a.At,
		Text: "You are invited to the " + label + " of " + calendar.Instant(a.At) +
			". Please answer for your body, and bring what it knows, has done and plans"})
	return "Convened the " + label + " for " + calendar.Instant(a.At) + "; invited " +
		c.names(s.invited()) + "."
}

func (s *Summit) invite(p Party, why string) {
	for _, i := range s.Invited {
		if i.Party == p {
			return
		}
	}
	s.Invited = append(s.Invited, Invitee{Party: p, Why: why})
}

// keepAnswers carries over what was answered, unless the date has moved.
func (s *Summit) keepAnswers(old []Invitee, sameDate bool) {
	if !sameDate {
		return
	}
	for i := range s.Invited {
		for _, o := range old {
			if o.Party == s.Invited[i].Party {
				s.Invited[i].Answer = o.Answer
			}
		}
	}
}

// relevant are the members of the bodies that the guard matrix has for this provider's type;
// of the commissioning groups, the lead one. A member who triggered is relevant too.
func (c *Case) relevant() []Party {
	row := c.providerRow()
	return c.parties(func(p Party) bool {
		if c.Trigger != nil && p == c.Trigger.By.For {
			return true
		}
		for _, b := range row.Relevant {
			if p.Body() == b && (b != CCG || p.Unit() == c.Provider.LeadCCG) {
				return true
			}
		}
		return false
	})
}

// ReplyToInvitation is each invited party's answer for itself. National bodies' absence is
// normal and invalidates nothing (R16, R17).
type ReplyToInvitation struct {
	Answer Answer `json:"answer" flag:"answer" usage:"whether your body attends" need:"yes"`
}

func (a *ReplyToInvitation) check(c *Case, m Moment) error {
	if c.Stage != Convening {
		return refuse("T3", "no summit is waiting for answers: %s.", c.Stage.Words())
	}
	for _, i := range c.Summit.Invited {
		if i.Party == m.By.For {
			return nil
		}
	}
	return refuse("R15", "%s has not been invited to the summit.", c.Name(m.By.For))
}

func (a *ReplyToInvitation) do(c *Case, m Moment) string {
	for i := range c.Summit.Invited {
		if c.Summit.Invited[i].Party == m.By.For {
			c.Summit.Invited[i].Answer = a.Answer
		}
	}
	return "Answered the invitation: " + strings.ReplaceAll(string(a.Answer), "-", " ") + "."
}

// OpenSummit opens or resumes the summit with whoever has come: there is no quorum (R17).
// It may open before its time, and without having been convened.
type OpenSummit struct {
	Chair     Party   `json:"chair,omitempty" flag:"chair" usage:"who chairs; without it, the body that opens"`
	Attending []Party `json:"attending" flag:"attending" usage:"the parties that have come" need:"yes"`
	Provider  bool    `json:"provider,omitempty" flag:"with-provider" usage:"the provider takes part"`
}

func (a *OpenSummit) check(c *Case, m Moment) error {
	if c.Stage != Convening && !(c.Stage == InSession && c.Summit.Adjourned) {
		return refuse("T3", "no summit is waiting to be opened: %s.", c.Stage.Words())
	}
	chair := a.chair(m)
	if !c.IsMember(chair) || !c.IsMember(m.By.For) {
		return refuse("R15", "the chair and whoever opens the summit are members; %s is not.",
			c.names([]Party{chair}))
	}
	for _, p := range a.Attending {
		if p == c.Provider.Party() {
			return mistake("the provider takes part by --with-provider; it is no member (R8).")
		}
		if !c.profile().Knows(p.Body()) {
			return mistake("%q is no body of profile %s.", p, c.Profile)
		}
	}
	return nil
}

func (a *OpenSummit) chair(m Moment) Party {
	if a.Chair != "" {
		return a.Chair
	}
	return m.By.For
}

func (a *OpenSummit) do(c *Case, m Moment) string {
	s := &c.Summit
	resumed := s.Adjourned
	if s.Opened.IsZero() {
		s.Opened = m.Now
	}
	s.Chair, s.Adjourned = a.chair(m), false
	s.ProviderIn = s.ProviderIn || a.Provider
	for _, p := range append([]Party{s.Chair}, a.Attending...) {
		s.attend(p)
	}
	c.discharge(DutyConvene, "", m)
	c.discharge(DutyHoldSummit, "", m)
	c.enterStage(InSession, m.Now)
	verb := "Opened"
	if resumed {
		verb = "Resumed"
	}
	text := verb + " the " + c.profile().Labels.Summit + "; " + c.Name(s.Chair) +
		" chairs. Present: " + c.names(s.Attended) + "."
	if absent := c.keyAbsent(); len(absent) > 0 {
		text += " Absent, which invalidates nothing (R17): " + c.names(absent) + "."
	}
	return text
}

func (s *Summit) attend(p Party) {
	for _, q := range s.Attended {
		if p == q {
			return
		}
	}
	s.Attended = append(s.Attended, p)
}

// keyAbsent lists those whose absence is worth a remark (R17).
func (c *Case) keyAbsent() []Party {
	var out []Party
	for _, r := range []string{"cqc", "performance-manager"} {
		for _, p := range c.roleParties(r, Duty{}) {
			if !c.Summit.attended(p) {
				out = append(out, p)
			}
		}
	}
	return out
}

func (s Summit) attended(p Party) bool {
	for _, q := range s.Attended {
		if p == q {
			return true
		}
	}
	return false
}

// AdjournSummit interrupts the summit until it is opened again.
type AdjournSummit struct {
	Until time.Time `json:"until" flag:"until" usage:"when it goes on" need:"yes"`
}

func (a *AdjournSummit) check(c *Case, m Moment) error {
	if err := c.chairOnly(m, "adjourns the summit"); err != nil {
		return err
	}
	if !a.Until.After(m.Now) {
		return mistake("--until lies in the past.")
	}
	return nil
}

func (a *AdjournSummit) do(c *Case, m Moment) string {
	c.Summit.Adjourned = true
	c.owe(owed{kind: DutyHoldSummit, owner: c.support(), start: m.Now, due: a.Until})
	return "Adjourned the summit until " + calendar.Instant(a.Until) + "."
}

// EndSummit ends the meeting; CQC's judgement and the collective one fall due (T4).
type EndSummit struct {
	Record string `json:"record,omitempty" flag:"record" usage:"what was discussed and agreed"`
}

func (a *EndSummit) check(c *Case, m Moment) error { return c.chairOnly(m, "ends the summit") }

func (a *EndSummit) do(c *Case, m Moment) string {
	s := &c.Summit
	s.Ended, s.Record, s.Adjourned = m.Now, a.Record, false
	c.lapse(m.Now, DutyHoldSummit)
	if c.Collective == nil {
		c.enterStage(Judging, m.Now)
		c.ask("N11", c.owe(owed{kind: DutyCollective, role: "chair", start: m.Now}))
	}
	if len(c.Regulatory) == 0 {
		c.ask("N11", c.owe(owed{kind: DutyRegulatory, owner: Party(CQC), start: m.Now}))
	}
	c.owe(owed{kind: DutyOutcomeLetter, role: "chair", start: m.Now})
	if c.Questions.Standards == nil {
		c.ask("N6", c.owe(owed{kind: DutyStandards, role: "chair", start: m.Now}))
	}
	if a.Record == "" {
		return "Ended the summit."
	}
	return "Ended the summit. " + a.Record
}

// chairOnly refuses unless the summit is in session and its chair acts.
func (c *Case) chairOnly(m Moment, does string) error {
	if c.Stage != InSession || c.Summit.Adjourned && does != "ends the summit" {
		return refuse("T4", "no summit is in session: %s.", c.Stage.Words())
	}
	if m.By.For != c.Summit.Chair {
		return refuse("R1", "only the chair, %s, %s.", c.Name(c.Summit.Chair), does)
	}
	return nil
}

// chair is who chairs the discussion in progress: of the summit, then the ring-holder. The
// chair's duties move with the chair (A23).
func (c *Case) chair() Party {
	if c.Ring.Holder != "" {
		return c.Ring.Holder
	}
	if c.Summit.Chair != "" {
		return c.Summit.Chair
	}
	return c.support()
}
