package regime

import (
	"time"

	"holdthering/regime/calendar"
)

// RequireAdministration is the one real direction in the regime: when CQC requires it,
// Monitor must make the order. It is CQC's power, and no authority of a ring-holder (R2).
type RequireAdministration struct {
	Reason    string    `json:"reason" flag:"reason" usage:"the serious failure in quality" need:"yes"`
	Consulted string    `json:"consulted,omitempty" flag:"consulted" usage:"whom CQC consulted: Secretary of State and Monitor, then the trust and those it serves"`
	On        time.Time `json:"on,omitzero" flag:"on" when:"ever" usage:"the day, if earlier than now"`
}

func (a *RequireAdministration) check(c *Case, m Moment) error {
	if _, err := c.mayUse(m.By.For, "P-CQC-9"); err != nil {
		return err
	}
	if s := c.Administration; s != nil && s.Order != nil {
		return refuse("B8", "trust special administration was ordered on %s.", calendar.Instant(s.Order.On))
	}
	if s := c.Administration; s != nil && s.Required != nil {
		return mistake("CQC has required it already, on %s.", calendar.Instant(s.Required.On))
	}
	return nil
}

func (a *RequireAdministration) do(c *Case, m Moment) string {
	row, _ := c.profile().Power("P-CQC-9")
	c.Administration = &Administration{Consulted: a.Consulted,
		Required: &AdministrationStep{On: m.At, By: m.By, Note: a.Reason}}
	must := Party(c.providerRow().AdministrationBy)
	c.ask("N34", c.owe(owed{kind: DutyOrderAdministration, owner: must, start: m.At}))
	c.tellOfPower(powerTold{row: row, by: m.By.For, now: m.Now, text: c.Name(m.By.For) + " has required " +
		c.Name(must) + " to order trust special administration"})
	c.regulated(row, m)
	text := "Required " + c.Name(must) + " to order trust special administration; it must (R2)."
	if a.Consulted == "" {
		text += " (Not said: whom CQC consulted before.)"
	}
	return sentence(text, join(a.Reason, a.Consulted), "")
}

// OrderAdministration suspends the board, of a foundation trust the governors too, and ends
// special measures. It waits for nothing else in the case.
type OrderAdministration struct {
	Reason string    `json:"reason,omitempty" flag:"reason" usage:"why"`
	On     time.Time `json:"on,omitzero" flag:"on" day:"start" when:"ever" usage:"the day of the order, if earlier than now"`
}

func (a *OrderAdministration) check(c *Case, m Moment) error {
	if err := c.mayOrder(m); err != nil {
		return err
	}
	if s := c.Administration; s != nil && s.Order != nil {
		return refuse("B8", "trust special administration was ordered on %s.", calendar.Instant(s.Order.On))
	}
	return nil
}

func (a *OrderAdministration) do(c *Case, m Moment) string {
	s := c.Administration
	if s == nil {
		s = new(Administration)
		c.Administration = s
	}
	on := a.On
	if on.IsZero() {
		on = m.Now
	}
	s.Order = &AdministrationStep{On: on, By: m.By, Note: a.Reason}
	c.discharge(DutyOrderAdministration, "", m)
	c.oweMilestone()
	c.event("N34", "Trust special administration has been ordered by "+c.Name(m.By.For), "members",
		"cqc", "commissioners", "provider", "support", "region")
	suspended := "The board is suspended."
	if c.Provider.Type == FoundationTrust {
		suspended = "The board and the governors are suspended."
	}
	return sentence("Ordered trust special administration.", join(suspended, c.administered(m), a.Reason), "")
}

// RecordAdministrationStep records the milestones in their order. CQC's statement on quality
// may come at any time before the draft report; without it the report is taken with a remark.
type RecordAdministrationStep struct {
	Step AdministrationStepKind `json:"step" flag:"step" usage:"the milestone reached" need:"yes"`
	On   time.Time              `json:"on,omitzero" flag:"on" day:"start" when:"ever" usage:"when, if earlier than now"`
	Note string                 `json:"note,omitempty" flag:"note" usage:"a remark, without anybody's name"`
}

func (a *RecordAdministrationStep) on(m Moment) time.Time {
	if a.On.IsZero() {
		return m.Now
	}
	return a.On
}

func (a *RecordAdministrationStep) check(c *Case, m Moment) error {
	if !c.Administration.underWay() {
		return refuse("B8", "the provider is not in trust special administration.")
	}
	if who := c.recorder(a.Step); m.By.For.Body() != who {
		return refuse("R1", "%s records that; %s cannot on its behalf.", c.profile().BodyName(who),
			c.Name(m.By.For))
	}
	if on := a.on(m); on.After(m.Now) || on.Before(c.Administration.since()) {
		return mistake("--on must lie between the last step, %s, and now.",
			calendar.Instant(c.Administration.since()))
	}
	if a.Step == QualityStatement {
		if c.Administration.done(QualityStatement) || c.Administration.done(DraftReport) {
			return mistake("the statement belongs before the draft report, once.")
		}
		return nil
	}
	if k, _ := c.awaited(); k.step != a.Step {
		return mistake("the next milestone is %q.", k.step)
	}
	return nil
}

func (c *Case) recorder(k AdministrationStepKind) Body {
	if k == QualityStatement {
		return CQC
	}
	return c.milestoneOwner(k).Body()
}

func (a *RecordAdministrationStep) do(c *Case, m Moment) string {
	s := c.Administration
	text := "Trust special administration: " + words(string(a.Step)) + " on " + calendar.Day(a.on(m)) + "."
	step := AdministrationStep{Step: a.Step, On: a.on(m), By: m.By, Note: a.Note}
	if a.Step == QualityStatement {
		s.Steps = append(s.Steps, step)
		return sentence(text, a.Note, "")
	}
	k, _ := c.awaited()
	s.Steps = append(s.Steps, step)
	c.discharge(k.duty, "", m)
	if a.Step == OutcomeDecided {
		c.discharge(DutyWholeAdministration, "", m)
	}
	switch {
	case a.Step == Appointed:
		s.Effective = step.On
	case a.Step == DraftReport && !s.done(QualityStatement):
		text += " (Not recorded: CQC's statement on the quality objective.)"
	}
	c.oweMilestone()
	c.event("N34", "Trust special administration: "+words(string(a.Step)), "members", "cqc",
		"commissioners", "provider")
	return sentence(text, a.Note, "")
}
