package failure

import (
	"slices"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// That the plan for the public is carried out (R99): its five parts become owned, dated actions; it is
// published, and a line is open for those affected (004:L8-12).

// The kinds of duty that are owed here.
const (
	DutyAssignPlanPart regime.DutyKind = "ASSIGN_PLAN_PART"
	DutyPublishPlan    regime.DutyKind = "PUBLISH_PUBLIC_PLAN"
	DutyOpenLine       regime.DutyKind = "OPEN_PUBLIC_LINE"
)

// PlanPart is one of the five parts of the plan, its publication, or the open line.
type PlanPart string

// The two that are done by themselves.
const (
	Publication PlanPart = "publication"
	OpenLine    PlanPart = "line"
)

var planParts = []PlanPart{"support", "lead", "experts", "communications", "responsibility"}

// Choices lists the parts.
func (PlanPart) Choices() []string {
	var out []string
	for _, p := range append(slices.Clone(planParts), Publication, OpenLine) {
		out = append(out, string(p))
	}
	return out
}

// PlanStep is what became of a part: an action, where it is published or how the line is reached, or why
// it is not needed. A later one takes the place of an earlier.
type PlanStep struct {
	Part   PlanPart     `json:"part"`
	Action string       `json:"action,omitempty"`
	How    string       `json:"how,omitempty"`
	None   string       `json:"none,omitempty"`
	By     ledger.Actor `json:"by"`
	At     time.Time    `json:"at"`
}

var planStepVerbs = []Verb{
	{Path: "plan assign", Update: "AssignPlanPart", Rules: "R1 R99",
		New:     func() Act { return new(AssignPlanPart) },
		Did:     "proposed who carries out a part of the plan for the public",
		Summary: "Propose who carries out a part of the agreed plan by when, or say why it is not needed",
		Example: `plan assign --case CASE --by "NHS England" --part experts --owner CQC --due 2015-03-01`},
	{Path: "plan publish", Update: "PublishPublicPlan", Rules: "R99",
		New:     func() Act { return new(PublishPublicPlan) },
		Did:     "recorded where the plan for the public is published",
		Summary: "Record where the agreed plan for the public is published",
		Example: `plan publish --case CASE --by provider --url https://trust.example/plan-for-the-public`},
	{Path: "plan line", Update: "OpenPublicLine", Rules: "R99",
		New:     func() Act { return new(OpenPublicLine) },
		Did:     "recorded that a line is open for those affected",
		Summary: "Record that a line is open for those affected, and how it is reached",
		Example: `plan line --case CASE --by provider --how "telephone 01553 555 0100, each day from 8 to 20"`},
}

func (c *Case) planStep(part PlanPart) *PlanStep {
	for i := len(c.PlanSteps) - 1; i >= 0; i-- {
		if c.PlanSteps[i].Part == part {
			return &c.PlanSteps[i]
		}
	}
	return nil
}

// planOpen reports whether nothing has become of a part yet. An action that was declined or withdrawn
// leaves it open again.
func (c *Case) planOpen(part PlanPart) bool {
	s := c.planStep(part)
	if s == nil || s.Action == "" {
		return s == nil
	}
	a := c.action(s.Action)
	return a.Status == regime.ActionDeclined || a.Status == regime.ActionWithdrawn
}

// planDuty is what the chair owes for a part of the agreed plan.
func planDuty(part PlanPart) (regime.DutyKind, string) {
	switch part {
	case Publication:
		return DutyPublishPlan, ""
	case OpenLine:
		return DutyOpenLine, ""
	}
	return DutyAssignPlanPart, string(part)
}

// planSettle keeps what is owed in step with the agreed plan.
func (c *Case) planSettle(now time.Time) {
	agreed := c.planNeeded() && c.planAgreed()
	for _, name := range PlanPart("").Choices() {
		kind, subject := planDuty(PlanPart(name))
		owed := c.Duty(kind, subject) != nil
		switch open := agreed && c.planOpen(PlanPart(name)); {
		case open && !owed:
			c.pen.OpenDuty(ledger.DutySpec{Kind: kind, Role: regime.RoleChair, Subject: subject, Start: now, Urgent: c.immediateRisk()})
		case !open && owed:
			c.pen.EndDuty(kind, subject, ledger.EndNotNeeded, ledger.Moment{Now: now})
		}
	}
}

// planInTheWay lists what a case does not close over in silence.
func (c *Case) planInTheWay() []string {
	if !c.planNeeded() {
		return nil
	}
	if !c.planAgreed() {
		return []string{"the plan for the public is not agreed ('plan draft', 'plan assent'), and the answer that it is needed stands " +
			"('public answer')"}
	}
	var out []string
	for _, name := range PlanPart("").Choices() {
		if c.planOpen(PlanPart(name)) {
			kind, _ := planDuty(PlanPart(name))
			row, _ := c.profile().Duty(kind)
			out = append(out, "nothing has become of the plan for the public: "+name+" ('"+row.How+"')")
		}
	}
	return out
}

func (c *Case) planStepCheck(m ledger.Moment) error {
	if err := c.planParty(m); err != nil {
		return err
	}
	if !c.planNeeded() || !c.planAgreed() {
		return regime.Refusef("R99", "the plan for the public is agreed first: each of %s assents for itself. A warning waits "+
			"for nothing ('public warn').", c.names(c.assenters()))
	}
	return nil
}

// step enters what became of a part, and ends what was owed for it.
func (c *Case) step(s PlanStep, m ledger.Moment) {
	s.By, s.At = m.By, m.At
	c.PlanSteps = append(c.PlanSteps, s)
	kind, subject := planDuty(s.Part)
	c.pen.Discharge(kind, subject, m)
}

// AssignPlanPart proposes a part to who would carry it out, who accepts for itself (R1).
type AssignPlanPart struct {
	Part  PlanPart     `json:"part" flag:"part" board:"plain" usage:"which part" need:"yes"`
	Owner regime.Party `json:"owner,omitempty" flag:"owner" board:"plain" usage:"the body that would carry it out"`
	Due   time.Time    `json:"due,omitzero" flag:"due" day:"end" when:"ahead" usage:"by when"`
	None  string       `json:"none,omitempty" flag:"none" usage:"in place of owner and date: why it is not needed"`
}

func (a *AssignPlanPart) check(c *Case, m ledger.Moment) error {
	if err := c.planStepCheck(m); err != nil {
		return err
	}
	switch byItself := a.Part == Publication || a.Part == OpenLine; {
	case a.None != "" && (a.Owner != "" || !a.Due.IsZero()):
		return regime.Mistakef("--none stands in place of --owner and --due.")
	case a.None != "":
		if m.By.For != c.chair() {
			return regime.Refusef("R99", "%s, in the chair, says that a part is not needed.", c.Name(c.chair()))
		}
		return nil
	case byItself:
		return regime.Mistakef("that is recorded when it is done: 'plan publish', 'plan line'; --none says why it is not needed.")
	case a.Owner == "" || a.Due.IsZero():
		return regime.Mistakef("--owner and --due say who carries it out, and by when; or --none, why it is not needed.")
	case !c.planOpen(a.Part):
		return regime.Mistakef("that part has been assigned, or is not needed.")
	}
	return c.mayOwnAction(a.Owner)
}

func (a *AssignPlanPart) do(c *Case, m ledger.Moment) string {
	if a.None != "" {
		c.step(PlanStep{Part: a.Part, None: a.None}, m)
		return "The plan for the public: " + string(a.Part) + " is not needed. " + words.Full(a.None)
	}
	at := slices.Index(planParts, a.Part)
	part := c.plan().parts()[at]
	what := "The plan for the public, " + part.name
	if *part.text != "" {
		what += ": " + *part.text
	}
	id := c.propose(ResponseAction{Aim: SafeguardPatients, Action: ledger.Action{What: what, Owner: a.Owner, Proposer: m.By.For,
		Due: a.Due, Important: true}}, m)
	c.step(PlanStep{Part: a.Part, Action: id}, m)
	return "Proposed action " + id + " to " + c.Name(a.Owner) + ": " + words.Full(what) + " Due " + calendar.Instant(a.Due) + "."
}

// PublishPublicPlan is any of those who agree the plan.
type PublishPublicPlan struct {
	URL string    `json:"url" flag:"url" usage:"where it is published" need:"yes"`
	At  time.Time `json:"at,omitzero" flag:"at" when:"past" usage:"when it was published, if earlier than now"`
}

func (a *PublishPublicPlan) check(c *Case, m ledger.Moment) error { return c.planStepCheck(m) }

func (a *PublishPublicPlan) do(c *Case, m ledger.Moment) string {
	c.step(PlanStep{Part: Publication, How: a.URL}, m)
	c.pen.Event(regime.NoticePublicInformation, "The plan for the public is published; the case shows where", regime.RoleMembers,
		regime.RoleProvider)
	return "Published the plan for the public: " + a.URL
}

// OpenPublicLine is any of those who agree the plan.
type OpenPublicLine struct {
	How string    `json:"how" flag:"how" usage:"how it is reached and when" need:"yes"`
	At  time.Time `json:"at,omitzero" flag:"at" when:"past" usage:"since when it is open, if earlier than now"`
}

func (a *OpenPublicLine) check(c *Case, m ledger.Moment) error { return c.planStepCheck(m) }

func (a *OpenPublicLine) do(c *Case, m ledger.Moment) string {
	c.step(PlanStep{Part: OpenLine, How: a.How}, m)
	c.pen.Event(regime.NoticePublicInformation, "A line is open for those affected; the case shows how it is reached", regime.RoleMembers,
		regime.RoleProvider)
	return "A line is open for those affected: " + a.How
}

// follows: the plan is agreed before anything becomes of it.
func (a *PublishPublicPlan) follows(c *Case, _ ledger.Moment) ledger.Bound { return c.sincePlan() }
func (a *OpenPublicLine) follows(c *Case, _ ledger.Moment) ledger.Bound    { return c.sincePlan() }

func (c *Case) sincePlan() ledger.Bound {
	at := c.plan().At
	for _, a := range c.plan().Assents {
		at = calendar.Latest(at, a.At)
	}
	return ledger.Since(at, "the plan was agreed")
}

// regulatorActs reports whether CQC has found a failure as part of its own action (004:L16): then the question
// of the public can be answered, by CQC too, and a plan made, with no summit.
func (c *Case) regulatorActs() bool {
	return len(c.Warnings) > 0 || c.breachStands() ||
		slices.ContainsFunc(c.OwnActs, func(u IndividualAction) bool {
			_, row := c.used(u.ID)
			return u.By.For.Body() == c.Inspector().Body() && row.Enforces && intervenes(u, row)
		})
}

// foundByAction puts the question where CQC acts on a significant failure, or stops a service, and nobody has
// been called together.
func (c *Case) foundByAction(row regime.PowerRow, m ledger.Moment) {
	n := len(c.Regulatory)
	significant := n > 0 && c.Regulatory[n-1].Value == BreachSignificant
	if row.Enforces && (significant || row.Continuity) && c.Trigger == nil && c.Stage != regime.Closed {
		c.askAboutPublic(m.Now)
	}
}
