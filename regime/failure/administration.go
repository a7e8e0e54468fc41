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
	DutyAppointAdministrator regime.DutyKind = "APPOINT_ADMINISTRATOR"
	DutyDraftReport          regime.DutyKind = "ADMINISTRATION_DRAFT_REPORT"
	DutyDraftReportLater     regime.DutyKind = "ADMINISTRATION_DRAFT_REPORT_LONGER"
	DutyBeginConsultation    regime.DutyKind = "ADMINISTRATION_CONSULTATION_BEGINS"
	DutyEndConsultation      regime.DutyKind = "ADMINISTRATION_CONSULTATION"
	DutyFinalReport          regime.DutyKind = "ADMINISTRATION_FINAL_REPORT"
	DutyDecideAdministration regime.DutyKind = "ADMINISTRATION_DECISION"
	DutyCheckAdministration  regime.DutyKind = "ADMINISTRATION_CHECK"
)

// Administration is trust special administration (regime 6.5), the end of the escalation.
type Administration struct {
	// Required: CQC's requirement, which binds the body that orders it (P-CQC-9).
	Required  *AdministrationStep `json:"required,omitempty"`
	Consulted string              `json:"consulted,omitempty"`
	Approved  *AdministrationStep `json:"approved,omitempty"` // by who has to, under the law of the day
	Order     *AdministrationStep `json:"order,omitempty"`
	// Effective is when the appointment of the administrator takes effect.
	Effective time.Time            `json:"effective,omitzero"`
	Steps     []AdministrationStep `json:"steps,omitempty"`
	// Extensions are kept with the milestone that they give more time to.
	Extensions []AdministrationExtension `json:"extensions,omitempty"`
	Ended      time.Time                 `json:"ended,omitzero"`
}

// AdministrationExtension gives a milestone more time, before its time has run out.
type AdministrationExtension struct {
	Step   AdministrationStepKind `json:"step"`
	Longer calendar.Period        `json:"longer"`
	On     time.Time              `json:"on"`
	By     ledger.Actor           `json:"by"`
	Reason string                 `json:"reason,omitempty"`
}

// AdministrationStep is something done in its course.
type AdministrationStep struct {
	Step AdministrationStepKind `json:"step,omitempty"`
	On   time.Time              `json:"on"`
	By   ledger.Actor           `json:"by"`
	Note string                 `json:"note,omitempty"`
}

// AdministrationStepKind is a milestone.
type AdministrationStepKind string

// The milestones.
const (
	Appointed         AdministrationStepKind = "appointed"
	QualityStatement  AdministrationStepKind = "quality-statement"
	DraftReport       AdministrationStepKind = "draft-report"
	ConsultationBegun AdministrationStepKind = "consultation-begun"
	ConsultationEnded AdministrationStepKind = "consultation-ended"
	FinalReport       AdministrationStepKind = "final-report"
	OutcomeDecided    AdministrationStepKind = "decided"
	OutcomeChecked    AdministrationStepKind = "checked"
)

// Choices lists the milestones.
func (AdministrationStepKind) Choices() []string {
	return []string{string(Appointed), string(QualityStatement), string(DraftReport),
		string(ConsultationBegun), string(ConsultationEnded), string(FinalReport), string(OutcomeDecided), string(OutcomeChecked)}
}

var administrationVerbs = []Verb{
	{Path: "administration require", Update: "RequireAdministration", Rules: "R2 R4 B8",
		New:     func() Act { return new(RequireAdministration) },
		Did:     "required trust special administration",
		Summary: "Require that trust special administration is ordered; whoever orders it must ({inspector})",
		Example: `administration require --case CASE --by CQC --reason "serious failure; no other way left" ` +
			`--consulted "Secretary of State and Monitor, then the trust and its commissioners"`},
	{Path: "administration order", Update: "OrderAdministration", Rules: "R2 B8",
		New:     func() Act { return new(OrderAdministration) },
		Did:     "ordered trust special administration",
		Summary: "Order trust special administration (whoever the law names for the provider's type)",
		Example: `administration order --case CASE --by Monitor --reason "required by CQC"`},
	{Path: "administration step", Update: "RecordAdministrationStep", Rules: "B8 A27",
		New:     func() Act { return new(RecordAdministrationStep) },
		Did:     "recorded a milestone of trust special administration",
		Summary: "Record a milestone of trust special administration; the next falls due",
		Example: `administration step --case CASE --by Monitor --step draft-report --on 2015-03-20`},
	{Path: "administration extend", Update: "ExtendAdministration", Rules: "R120 B8",
		New:     func() Act { return new(ExtendAdministration) },
		Did:     "gave a milestone of trust special administration more time",
		Summary: "Give a milestone of trust special administration more time, before its time is up (who decides)",
		Example: `administration extend --case CASE --by Monitor --step draft-report --for 30wd --reason "two trusts to be heard"`},
}

// milestone is a step of the track with the duty that it discharges.
type milestone struct {
	step AdministrationStepKind
	duty regime.DutyKind
}

// milestones in their order. The report's duty depends on the day of appointment (A27); what
// another body decides the Secretary of State checks.
func (c *Case) milestones() []milestone {
	report := DutyDraftReport
	if c.profile().Changed(regime.LongerReports, c.Administration.Effective) {
		report = DutyDraftReportLater
	}
	out := []milestone{
		{Appointed, DutyAppointAdministrator},
		{DraftReport, report},
		{ConsultationBegun, DutyBeginConsultation},
		{ConsultationEnded, DutyEndConsultation},
		{FinalReport, DutyFinalReport},
		{OutcomeDecided, DutyDecideAdministration},
	}
	if c.Administration.Order.By.For.Body() != c.holderOf(regime.ChecksAdministration) {
		out = append(out, milestone{OutcomeChecked, DutyCheckAdministration})
	}
	return out
}

func (a *Administration) underWay() bool { return a != nil && a.Order != nil && a.Ended.IsZero() }

// done finds a step that has been recorded.
func (a *Administration) done(k AdministrationStepKind) bool {
	for _, s := range a.Steps {
		if s.Step == k {
			return true
		}
	}
	return false
}

// since is when the latest step of the track was taken.
func (a *Administration) since() time.Time {
	for i := len(a.Steps) - 1; i >= 0; i-- {
		if a.Steps[i].Step != QualityStatement {
			return a.Steps[i].On
		}
	}
	return a.Order.On
}

// awaited is the next milestone; ok is false when all have been reached.
func (c *Case) awaited() (milestone, bool) {
	for _, k := range c.milestones() {
		if !c.Administration.done(k.step) {
			return k, true
		}
	}
	return milestone{}, false
}

// milestoneOwner is the body that made the order, or the Secretary of State where he checks what
// another body decided.
func (c *Case) milestoneOwner(k AdministrationStepKind) regime.Party {
	if k == OutcomeChecked {
		return regime.Party(c.holderOf(regime.ChecksAdministration))
	}
	return c.Administration.Order.By.For
}

// openMilestone dates the next step from the last one.
func (c *Case) openMilestone() {
	a := c.Administration
	k, ok := c.awaited()
	if !ok {
		a.Ended = a.since()
		return
	}
	row, _ := c.profile().Duty(k.duty)
	length := row.Period
	for _, x := range a.Extensions {
		if sum, ok := length.Plus(x.Longer); ok && x.Step == k.step {
			length = sum
		}
	}
	c.pen.OpenDuty(ledger.DutySpec{Kind: k.duty, Owner: c.milestoneOwner(k.step), Start: a.since(), Period: length})
}

// mayOrder refuses a body that does not order administration for this type of provider.
func (c *Case) mayOrder(m ledger.Moment) error {
	row := c.providerRow()
	switch {
	case row.AdministrationBy == "":
		return regime.Refusef("B8", "there is no trust special administration for %s.", row.Label)
	case m.By.For.Body() != c.inPlaceOf(row.AdministrationBy) && !c.unproven:
		return regime.Refusef("B8", "%s orders it for %s; %s cannot.%s", c.profile().BodyName(c.inPlaceOf(row.AdministrationBy)),
			row.Label, c.Name(m.By.For), c.ifWrongType(m.By.For))
	}
	return nil
}

// administered ends special measures, which go no further than this.
func (c *Case) administered(m ledger.Moment) string {
	e := c.episode()
	if e == nil || !e.Ended.IsZero() || e.State == regime.MeasuresDeclined {
		return ""
	}
	c.pen.Lapse(m.Now, DutyAnswerRecommend)
	text := c.endMeasures(e, FurtherAction, m)
	e.Decisions = append(e.Decisions, MeasuresDecision{Outcome: FurtherAction, By: m.By, At: m.Now,
		Reason: "trust special administration"})
	return text
}

// enforcementWords say for the board what is in force beside the track.
func (c *Case) enforcementWords() []string {
	var out []string
	for _, u := range c.OwnActs {
		if row, _ := c.profile().Power(u.Power); u.Stands(row) {
			out = append(out, string(u.Power)+" of "+c.Name(u.By.For)+" in force")
		}
	}
	for i := range c.Warnings {
		if w := &c.Warnings[i]; w.open() {
			out = append(out, "warning notice "+w.ID+" until "+calendar.Day(w.latest()))
		}
	}
	if c.Administration.underWay() {
		out = append(out, "trust special administration since "+calendar.Day(c.Administration.Order.On))
	}
	return out
}

var approvalVerbs = []Verb{
	{Path: "administration approve", Update: "ApproveAdministration", Rules: "R124 B8",
		New:     func() Act { return new(ApproveAdministration) },
		Did:     "approved trust special administration",
		Summary: "Approve that trust special administration is ordered (whoever approves it by the law)",
		Example: `administration approve --case CASE --by "Secretary of State" --reason "in the interests of the health service"`},
}

// ApproveAdministration is what an order needs that CQC has not required.
type ApproveAdministration struct {
	Reason string    `json:"reason,omitempty" flag:"reason" usage:"why"`
	On     time.Time `json:"on,omitzero" flag:"on" day:"start" when:"ever" usage:"the day of the approval, if earlier than now"`
}

func (a *ApproveAdministration) check(c *Case, m ledger.Moment) error {
	by := c.providerRow().AdministrationApprovedBy
	switch s := c.Administration; {
	case by == "" || by == c.inPlaceOf(c.providerRow().AdministrationBy): // who orders approves nothing of its own
		return regime.Refusef("R124", "nobody has to approve an order for %s under the law of %s.", c.providerRow().Label,
			calendar.Day(m.Now))
	case m.By.For.Body() != by && !c.unproven:
		return regime.Refusef("R124", "%s approves it; %s cannot.", c.profile().BodyName(by), c.Name(m.By.For))
	case s != nil && s.Order != nil:
		return regime.Refusef("B8", "trust special administration was ordered on %s.", calendar.Instant(s.Order.On))
	case s != nil && s.Approved != nil:
		return regime.Mistakef("it was approved on %s.", calendar.Instant(s.Approved.On))
	}
	return nil
}

func (a *ApproveAdministration) do(c *Case, m ledger.Moment) string {
	if c.Administration == nil {
		c.Administration = new(Administration)
	}
	c.Administration.Approved = &AdministrationStep{On: m.At, By: m.By, Note: a.Reason}
	text := "The order of trust special administration is approved"
	c.pen.Event(regime.NoticeAdministration, text+" by "+c.Name(m.By.For), regime.RoleMembers, regime.RoleProvider)
	return words.Sentence(text+".", a.Reason, "")
}

// approved refuses an order that neither CQC has required nor the Secretary of State approved, where
// the law of the day asks for one of them.
func (c *Case) approved() error {
	by, s := c.providerRow().AdministrationApprovedBy, c.Administration
	if c.unproven || by == "" || by == c.inPlaceOf(c.providerRow().AdministrationBy) || s != nil && (s.Required != nil || s.Approved != nil) {
		return nil
	}
	return regime.Refusef("R124", c.says("the order needs the approval of the %s ('administration approve'), since {inspector} has not ")+
		"required it.", c.profile().BodyName(by))
}
