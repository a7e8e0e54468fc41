package failure

import (
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// The kinds of duty that are owed here.
const (
	DutyRegulatory    regime.DutyKind = "REGULATORY_JUDGEMENT"
	DutyCollective    regime.DutyKind = "COLLECTIVE_JUDGEMENT"
	DutyStandards     regime.DutyKind = "PROFESSIONAL_STANDARDS_QUESTION"
	DutyOutcomeLetter regime.DutyKind = "OUTCOME_LETTER"
	DutySummitRecord  regime.DutyKind = "SUMMIT_RECORD"
)

// OpenSummit opens or resumes the summit with the parties that have come: there is no quorum (R17).
// It may open without having been convened, and before its time if the reason is given.
type OpenSummit struct {
	Chair     regime.Party   `json:"chair,omitempty" flag:"chair" usage:"who chairs; without it, the body that opens"`
	Attending []regime.Party `json:"attending" flag:"present" was:"attending" usage:"the parties that have come" need:"yes"`
	Provider  bool           `json:"provider,omitempty" flag:"with-provider" usage:"the provider takes part"`
	At        time.Time      `json:"at,omitzero" flag:"at" when:"past" usage:"when it began, if earlier than now"`
	Early     string         `json:"early,omitempty" flag:"early" usage:"why it begins before the time that it was convened for"`
}

func (a *OpenSummit) check(c *Case, m ledger.Moment) error {
	if c.Stage != regime.Convening && !(c.Stage == regime.InSession && c.Summit.Adjourned) {
		return regime.Refusef("T3", "no summit is waiting to be opened: %s.", c.stageWords())
	}
	for _, p := range []regime.Party{m.By.For, a.chair(m)} {
		if !c.atTable(p) {
			return regime.Refusef("R15", "the summit is chaired and opened by members; %s is not one.", c.Name(p))
		}
	}
	for _, p := range a.Attending {
		if p == c.Provider.Party() {
			return regime.Mistakef("the provider takes part by --with-provider; it is no member (R8).")
		}
	}
	return c.CheckEarly("T3", "the "+c.labels().Summit, "'summit convene'", m.At, c.summitFixed(), a.Early)
}

// summitFixed is when those invited come: to the summit, or after an adjournment again.
func (c *Case) summitFixed() time.Time {
	if d := c.Duty(regime.DutyHoldSummit, ""); d != nil {
		return d.Due
	}
	return time.Time{}
}

func (a *OpenSummit) chair(m ledger.Moment) regime.Party {
	if a.Chair != "" {
		return a.Chair
	}
	return m.By.For
}

func (a *OpenSummit) do(c *Case, m ledger.Moment) string {
	s := &c.Summit
	c.takesPart(m.By.For)
	c.takesPart(a.chair(m))
	resumed := s.Adjourned
	if s.Opened.IsZero() {
		s.Opened = m.At
	}
	s.Chair, s.Adjourned = a.chair(m), false
	s.ProviderIn = s.ProviderIn || a.Provider
	for _, p := range append([]regime.Party{s.Chair}, a.Attending...) {
		s.attend(p)
		c.pen.Acknowledge(ledger.Moment{Now: m.Now, By: ledger.Actor{For: p}}) // who is here has heard of it
	}
	c.pen.Lapse(m.Now, DutyGatherPack)
	c.pen.Discharge(DutyConvene, "", m)
	c.pen.Discharge(regime.DutyHoldSummit, "", m)
	c.enterStage(regime.InSession, m.At)
	verb := "Opened"
	if resumed {
		verb = "Resumed"
	}
	text := verb + " the " + c.labels().Summit + "; " + c.Name(s.Chair) +
		" chairs. Present: " + c.names(s.Attended) + "." + ledger.Early(a.Early)
	if absent := c.keyAbsent(); len(absent) > 0 {
		text += " Absent, which invalidates nothing (R17): " + c.names(absent) + "."
	}
	return text
}

func (s *Summit) attend(p regime.Party) {
	for _, q := range s.Attended {
		if p == q {
			return
		}
	}
	s.Attended = append(s.Attended, p)
}

// keyAbsent lists those whose absence is worth a remark (R17).
func (c *Case) keyAbsent() []regime.Party {
	var out []regime.Party
	for _, r := range []regime.Role{regime.RoleInspector, regime.RolePerformanceManager} {
		for _, p := range c.roleParties(r, ledger.Duty{}) {
			if !c.Summit.attended(p) {
				out = append(out, p)
			}
		}
	}
	return out
}

func (s Summit) attended(p regime.Party) bool {
	for _, q := range s.Attended {
		if p == q {
			return true
		}
	}
	return false
}

// AdjournSummit interrupts the summit until it is opened again.
type AdjournSummit struct {
	Until time.Time `json:"until" flag:"until" when:"ahead" within:"summit" usage:"when it goes on" need:"yes"`
	At    time.Time `json:"at,omitzero" flag:"at" when:"past" usage:"when it was adjourned, if earlier than now"`
}

func (a *AdjournSummit) check(c *Case, m ledger.Moment) error {
	if err := c.chairOnly(m, "adjourns the summit"); err != nil {
		return err
	}
	return nil
}

func (a *AdjournSummit) do(c *Case, m ledger.Moment) string {
	c.Summit.Adjourned = true
	c.pen.OpenDuty(ledger.DutySpec{Kind: regime.DutyHoldSummit, Owner: c.support(), Start: m.At, Due: a.Until})
	return "Adjourned the " + c.labels().Summit + " until " + calendar.Instant(a.Until) + "."
}

// EndSummit ends the meeting; CQC's judgement and the collective one fall due (T4).
type EndSummit struct {
	Record string    `json:"record,omitempty" flag:"record" usage:"what was discussed and agreed"`
	At     time.Time `json:"at,omitzero" flag:"at" when:"past" usage:"when it ended, if earlier than now"`
}

func (a *EndSummit) check(c *Case, m ledger.Moment) error { return c.chairOnly(m, "ends the summit") }

func (a *EndSummit) do(c *Case, m ledger.Moment) string { return c.endSummit(a.Record, m) }

// endSummit is what follows from the end of the summit, by its own act or with the judgement.
func (c *Case) endSummit(record string, m ledger.Moment) string {
	s := &c.Summit
	s.Ended, s.Adjourned = m.At, false
	// A summit that is over need not be acknowledged.
	c.pen.Lapse(m.Now, regime.DutyHoldSummit, DutyAcknowledgeTrigger)
	if c.Collective == nil {
		c.enterStage(regime.Judging, m.At)
		c.pen.Ask(regime.NoticeJudgement, c.pen.OpenDuty(ledger.DutySpec{Kind: DutyCollective,
			Role: regime.RoleChair, Start: m.At, Urgent: c.immediateRisk()}))
	}
	if len(c.Regulatory) == 0 {
		c.pen.Ask(regime.NoticeJudgement, c.pen.OpenDuty(ledger.DutySpec{Kind: DutyRegulatory,
			Owner: c.Inspector(), Start: m.At, Urgent: c.immediateRisk()}))
	}
	c.pen.OpenDuty(ledger.DutySpec{Kind: DutyOutcomeLetter, Role: regime.RoleChair, Start: m.At})
	if c.Questions.Standards == nil {
		c.pen.Ask(regime.NoticeStandardsQuestion, c.pen.OpenDuty(ledger.DutySpec{Kind: DutyStandards,
			Role: regime.RoleChair, Start: m.At}))
	}
	if record == "" {
		c.pen.OpenDuty(ledger.DutySpec{Kind: DutySummitRecord, Role: regime.RoleChair, Start: m.At})
		return "Ended the " + c.labels().Summit + "."
	}
	return "Ended the " + c.labels().Summit + ". " + words.Full(record) + c.draftOfSummit(record, m)
}

// chairOnly refuses unless the summit is in session and its chair acts.
func (c *Case) chairOnly(m ledger.Moment, does string) error {
	if c.Stage != regime.InSession || c.Summit.Adjourned && does != "ends the summit" {
		return regime.Refusef("T4", "no summit is in session: %s.", c.stageWords())
	}
	if m.By.For != c.Summit.Chair {
		return regime.Refusef("R1", "only the chair, %s, %s.", c.Name(c.Summit.Chair), does)
	}
	return nil
}

// chair is who chairs the discussion in progress: of the summit, then the ring-holder. The
// chair's duties move with the chair (A23).
func (c *Case) chair() regime.Party {
	if c.Ring.Holder != "" {
		return c.Ring.Holder
	}
	if c.Summit.Chair != "" {
		return c.Summit.Chair
	}
	return c.support()
}
