package failure

import (
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// DutyOrderAdministration is the kind of duty that is owed here.
const DutyOrderAdministration regime.DutyKind = "ORDER_ADMINISTRATION"

// RequireAdministration is the one real direction in the regime: when CQC requires it,
// Monitor must make the order. It is CQC's power, and no authority of a ring-holder (R2).
type RequireAdministration struct {
	Reason    string    `json:"reason" flag:"reason" usage:"the serious failure in quality" need:"yes"`
	Consulted string    `json:"consulted,omitempty" flag:"consulted" usage:"who CQC consulted: Secretary of State and Monitor, then the trust and those it serves"`
	On        time.Time `json:"on,omitzero" flag:"on" when:"ever" usage:"the day, if earlier than now"`
}

func (a *RequireAdministration) check(c *Case, m ledger.Moment) error {
	if _, err := c.mayUse(m.By.For, "P-CQC-9"); err != nil {
		return err
	}
	if c.providerRow().AdministrationBy == "" {
		return regime.Refusef("B8", "there is no trust special administration for %s.", c.providerRow().Label)
	}
	if s := c.Administration; s != nil && s.Order != nil {
		return regime.Refusef("B8", "trust special administration was ordered on %s.", calendar.Instant(s.Order.On))
	}
	if s := c.Administration; s != nil && s.Required != nil {
		return regime.Mistakef(c.says("{inspector} has already required it, on %s."), calendar.Instant(s.Required.On))
	}
	return nil
}

func (a *RequireAdministration) do(c *Case, m ledger.Moment) string {
	row, _ := c.profile().Power("P-CQC-9")
	if c.Administration == nil {
		c.Administration = new(Administration)
	}
	c.Administration.Consulted = a.Consulted
	c.Administration.Required = &AdministrationStep{On: m.At, By: m.By, Note: a.Reason}
	must := regime.Party(c.inPlaceOf(c.providerRow().AdministrationBy))
	c.pen.Ask(regime.NoticeAdministration, c.pen.OpenDuty(ledger.DutySpec{Kind: DutyOrderAdministration,
		Owner: must, Start: m.At}))
	c.notifyPower(powerNotice{row: row, by: m.By.For, now: m.Now, text: c.Name(m.By.For) + " has required " +
		c.Name(must) + " to order trust special administration"})
	c.regulated(row, m)
	text := "Required " + c.Name(must) + " to order trust special administration; it must (R2)."
	if a.Consulted == "" {
		text += c.says(" (Not said: who {inspector} consulted before.)")
	}
	return words.Sentence(text, words.Join(a.Reason, a.Consulted), "")
}

// OrderAdministration suspends the board, of a foundation trust the governors too, and ends
// special measures. It waits for nothing else in the case.
type OrderAdministration struct {
	Reason string    `json:"reason,omitempty" flag:"reason" usage:"why"`
	On     time.Time `json:"on,omitzero" flag:"on" day:"start" when:"ever" usage:"the day of the order, if earlier than now"`
}

func (a *OrderAdministration) check(c *Case, m ledger.Moment) error {
	if err := c.mayOrder(m); err != nil {
		return err
	}
	if s := c.Administration; s != nil && s.Order != nil {
		return regime.Refusef("B8", "trust special administration was ordered on %s.", calendar.Instant(s.Order.On))
	}
	return c.approved()
}

func (a *OrderAdministration) do(c *Case, m ledger.Moment) string {
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
	c.pen.Discharge(DutyOrderAdministration, "", m)
	c.openMilestone()
	c.pen.Event(regime.NoticeAdministration, "Trust special administration has been ordered by "+c.Name(m.By.For), regime.RoleMembers,
		regime.RoleInspector, regime.RoleCommissioners, regime.RoleProvider, regime.RoleSupport, regime.RoleRegion)
	suspended := "The board is suspended."
	if c.Provider.Type == regime.FoundationTrust {
		suspended = "The board and the governors are suspended."
	}
	return words.Sentence("Ordered trust special administration.", words.Join(suspended, c.administered(m),
		a.Reason), "")
}

// RecordAdministrationStep records the milestones in their order. CQC's statement on quality
// may come at any time before the draft report; without it the report is taken with a remark.
type RecordAdministrationStep struct {
	Step AdministrationStepKind `json:"step" flag:"step" board:"plain" usage:"the milestone reached" need:"yes"`
	On   time.Time              `json:"on,omitzero" flag:"on" day:"start" when:"ever" usage:"when, if earlier than now"`
	Note string                 `json:"note,omitempty" flag:"note" usage:"a remark, without anyone's name"`
}

func (a *RecordAdministrationStep) on(m ledger.Moment) time.Time {
	if a.On.IsZero() {
		return m.Now
	}
	return a.On
}

func (a *RecordAdministrationStep) check(c *Case, m ledger.Moment) error {
	if !c.Administration.underWay() {
		return regime.Refusef("B8", "the provider is not in trust special administration.")
	}
	if who := c.recorder(a.Step); m.By.For.Body() != who {
		return regime.Refusef("R1", "%s records that; %s cannot on its behalf.", c.profile().BodyName(who),
			c.Name(m.By.For))
	}
	if on := a.on(m); on.After(m.Now) || on.Before(calendar.AtHour(c.Administration.since(), 0)) {
		return regime.Mistakef("--on must lie between the last step, %s, and now.",
			calendar.Instant(c.Administration.since()))
	}
	if a.Step == QualityStatement {
		if c.Administration.done(QualityStatement) || c.Administration.done(DraftReport) {
			return regime.Mistakef("the statement belongs before the draft report, once.")
		}
		return nil
	}
	if k, _ := c.awaited(); k.step != a.Step {
		return regime.Mistakef("the next milestone is %q.", k.step)
	}
	return nil
}

func (c *Case) recorder(k AdministrationStepKind) regime.Body {
	if k == QualityStatement {
		return c.Inspector().Body()
	}
	return c.milestoneOwner(k).Body()
}

func (a *RecordAdministrationStep) do(c *Case, m ledger.Moment) string {
	s := c.Administration
	text := "Trust special administration: " + words.Plain(string(a.Step)) + " on " + calendar.Day(a.on(m)) + "."
	step := AdministrationStep{Step: a.Step, On: a.on(m), By: m.By, Note: a.Note}
	if a.Step == QualityStatement {
		s.Steps = append(s.Steps, step)
		return words.Sentence(text, a.Note, "")
	}
	k, _ := c.awaited()
	s.Steps = append(s.Steps, step)
	c.pen.Discharge(k.duty, "", m)
	switch {
	case a.Step == Appointed:
		s.Effective = step.On
	case a.Step == DraftReport && !s.done(QualityStatement):
		text += c.says(" (Not recorded: {inspector}'s statement on the quality objective.)")
	}
	c.openMilestone()
	c.pen.Event(regime.NoticeAdministration, "Trust special administration: "+words.Plain(string(a.Step)), regime.RoleMembers, regime.RoleInspector,
		regime.RoleCommissioners, regime.RoleProvider)
	return words.Sentence(text, a.Note, "")
}

// ExtendAdministration is for the body that decides on the milestone. What has run out is extended no
// more; a milestone that is still to come may have its extension beforehand.
type ExtendAdministration struct {
	Step   AdministrationStepKind `json:"step,omitempty" flag:"step" board:"plain" usage:"the milestone; without it, the next"`
	Longer calendar.Period        `json:"longer" flag:"longer" board:"by" usage:"by how much, in working days, such as 30wd" need:"yes"`
	Reason string                 `json:"reason" flag:"reason" usage:"why" need:"yes"`
	On     time.Time              `json:"on,omitzero" flag:"on" day:"start" when:"ever" usage:"the day of the extension, if earlier than now"`
}

// of is the milestone that is meant; ok is false where it has been reached or is none.
func (a *ExtendAdministration) of(c *Case) (milestone, bool) {
	next, _ := c.awaited()
	if a.Step == "" || a.Step == next.step {
		return next, true
	}
	for _, k := range c.milestones() {
		if k.step == a.Step {
			return k, !c.Administration.done(k.step)
		}
	}
	return milestone{}, false
}

func (a *ExtendAdministration) check(c *Case, m ledger.Moment) error {
	if !c.Administration.underWay() {
		return regime.Refusef("B8", "the provider is not in trust special administration.")
	}
	k, ok := a.of(c)
	if !ok {
		return regime.Mistakef("%q is no milestone that is still to come.", a.Step)
	}
	if who := c.milestoneOwner(k.step); m.By.For.Body() != who.Body() {
		return regime.Refusef("R120", "%s may extend that; %s cannot.", c.Name(who), c.Name(m.By.For))
	}
	if _, ok := a.Longer.Plus(aWorkingDay); !ok || !a.Longer.After(m.Now).After(m.Now) {
		return regime.Mistakef("--longer %s: the periods of trust special administration are in working days, such as 30wd.",
			a.Longer)
	}
	if d := c.Duty(k.duty, ""); d != nil && m.At.After(d.Due) {
		return regime.Refusef("R120", "the time ended on %s; what has run out is extended no more.", calendar.Instant(d.Due))
	}
	return nil
}

var aWorkingDay = calendar.MustPeriod("1wd")

func (a *ExtendAdministration) do(c *Case, m ledger.Moment) string {
	k, _ := a.of(c)
	s := c.Administration
	s.Extensions = append(s.Extensions, AdministrationExtension{Step: k.step, Longer: a.Longer, On: m.At, By: m.By, Reason: a.Reason})
	text := "Extended the time for the " + words.Plain(string(k.step)) + " by " + a.Longer.Words()
	if d := c.pen.Extend(k.duty, "", a.Longer, m.Now); d != nil {
		text += "; it ends on " + calendar.Instant(d.Due)
	}
	if row, _ := c.profile().Duty(k.duty); row.Extension == nil {
		text += " (the text that lets this milestone be extended is not confirmed here)"
	}
	c.pen.Event(regime.NoticeAdministration, "Trust special administration: more time for the "+words.Plain(string(k.step)),
		regime.RoleMembers, regime.RoleInspector, regime.RoleCommissioners, regime.RoleProvider)
	return text + ". " + words.Full(a.Reason)
}
