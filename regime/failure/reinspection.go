package failure

import (
	"cmp"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// The kinds of duty that are owed here.
const (
	DutyReinspectExtended regime.DutyKind = "REINSPECTION_AFTER_EXTENSION"
	DutyReinspectReport   regime.DutyKind = "REINSPECTION_REPORT"
	DutyDecideOutcome     regime.DutyKind = "DECIDE_ON_REINSPECTION"
)

// Reinspection is CQC's, with its report and recommendation.
type Reinspection struct {
	From     time.Time          `json:"from"`
	To       time.Time          `json:"to"`
	Due      time.Time          `json:"due"` // when it had to be
	Reported time.Time          `json:"reported,omitzero"`
	Rating   Rating             `json:"rating,omitempty"`
	Advice   ReinspectionAdvice `json:"advice,omitempty"`
	Reason   string             `json:"reason,omitempty"`
	Timing   ReinspectionTiming `json:"timing"`
}

// ReinspectionTiming says how the re-inspection lay to its due date; early counts (R59).
type ReinspectionTiming string

// The timings.
const (
	Early  ReinspectionTiming = "early"
	OnTime ReinspectionTiming = "on time"
	Late   ReinspectionTiming = "late"
)

// Rating is CQC's overall rating.
type Rating string

// Choices lists the ratings.
func (Rating) Choices() []string {
	return []string{"outstanding", "good", "requires-improvement", "inadequate", "not-rated"}
}

// ReinspectionAdvice is what CQC recommends to the decider after a re-inspection.
type ReinspectionAdvice string

// Choices lists the recommendations.
func (ReinspectionAdvice) Choices() []string {
	return []string{"exit", "exit-with-support", "remain", "further-action", "cancel-registration"}
}

var reinspectionDuties = []regime.DutyKind{DutyReinspect, DutyReinspectExtended, DutyReinspectPrimary,
	DutyReinspectReport}

var reinspectionVerbs = []Verb{
	{Path: "reinspection hold", Update: "Reinspect", Rules: "R59 B5",
		New:     func() Act { return new(Reinspect) },
		Summary: "Record that CQC has re-inspected: early, on time or late",
		Example: `reinspection hold --case CASE --by CQC --from 2014-07-01 --to 2014-07-03`},
	{Path: "reinspection report", Update: "ReportReinspection", Rules: "R60 B6 B7",
		New:     func() Act { return new(ReportReinspection) },
		Summary: "Publish the re-inspection's report with CQC's recommendation",
		Example: `reinspection report --case CASE --by CQC --rating requires-improvement ` +
			`--recommend remain --reason "not enough progress yet"`},
}

// unreported is the re-inspection whose report is awaited.
func (e *Episode) unreported() *Reinspection {
	if n := len(e.Reinspections); n > 0 && e.Reinspections[n-1].Reported.IsZero() {
		return &e.Reinspections[n-1]
	}
	return nil
}

// advice is the latest report that no decision has followed yet.
func (e *Episode) advice() *Reinspection {
	n := len(e.Reinspections)
	if n == 0 || e.Reinspections[n-1].Reported.IsZero() {
		return nil
	}
	r := &e.Reinspections[n-1]
	if k := len(e.Decisions); k > 0 && !e.Decisions[k-1].At.Before(r.Reported) {
		return nil
	}
	return r
}

// Reinspect is CQC's at any time while special measures are in force, after the time that a
// provider had to improve before them, and while its registration is at stake.
type Reinspect struct {
	From time.Time `json:"from" flag:"from" day:"start" when:"ever" usage:"first day of the inspection" need:"yes"`
	To   time.Time `json:"to,omitzero" flag:"to" day:"start" when:"ever" usage:"last day, if not the same"`
}

func (a *Reinspect) check(c *Case, m ledger.Moment) error {
	if m.By.For.Body() != regime.CQC {
		return regime.Refusef("R59", "CQC re-inspects; %s cannot.", c.Name(m.By.For))
	}
	since, what, err := c.inspectsSince()
	if err != nil {
		return err
	}
	switch {
	case a.From.After(m.Now):
		return regime.Mistakef("--from lies in the future; a re-inspection is recorded when it has been held.")
	case a.From.Before(since):
		return regime.Mistakef("--from lies before %s on %s.", what, calendar.Instant(since))
	case !a.To.IsZero() && (a.To.Before(a.From) || a.To.After(m.Now)):
		return regime.Mistakef("--to must lie between --from and now.")
	}
	return nil
}

// inspectsSince is since when an inspection counts, and what happened then.
func (c *Case) inspectsSince() (since time.Time, what string, err error) {
	if d := c.inspectionAwaited(); d != nil {
		return cmp.Or(d.Counted, d.Start), "what it follows,", nil
	}
	if err := c.inForce(); err != nil {
		return since, "", err
	}
	e := c.episode()
	if e.unreported() != nil {
		return since, "", regime.Refusef("R60", "the report on the last re-inspection comes first.")
	}
	return e.Entered, "the entry into " + c.labels().Measures, nil
}

func (a *Reinspect) do(c *Case, m ledger.Moment) string {
	if c.inspectionAwaited() != nil {
		return c.inspected(a, m)
	}
	episode := c.episode()
	inspection := Reinspection{From: a.From, To: a.To, Timing: OnTime}
	if inspection.To.IsZero() {
		inspection.To = inspection.From
	}
	for _, kind := range reinspectionDuties {
		for i := range c.Duties {
			if duty := &c.Duties[i]; duty.Kind == kind && duty.Open() {
				inspection.Due = duty.Due
				c.pen.Discharge(kind, duty.Subject, m)
			}
		}
	}
	inspection.Timing = timing(inspection.From, inspection.Due)
	episode.Reinspections = append(episode.Reinspections, inspection)
	c.pen.OpenDuty(ledger.DutySpec{Kind: DutyReinspectReport, Owner: regime.Party(regime.CQC), Start: m.Now})
	text := "Re-inspected from " + calendar.Day(inspection.From) + " to " + calendar.Day(inspection.To)
	if inspection.Due.IsZero() {
		return text + "."
	}
	return text + ", " + string(inspection.Timing) + " (due by " + calendar.Instant(inspection.Due) + ")."
}

// timing: by the due day is on time; a whole month and more before it is early.
func timing(held, due time.Time) ReinspectionTiming {
	switch {
	case due.IsZero() || !held.After(due) && aMonth.After(held).After(due):
		return OnTime
	case held.After(due):
		return Late
	}
	return Early
}

// ReportReinspection brings CQC's recommendation; the decider decides on it.
type ReportReinspection struct {
	Rating Rating             `json:"rating" flag:"rating" usage:"the overall rating" need:"yes"`
	Advice ReinspectionAdvice `json:"advice" flag:"recommend" usage:"what CQC recommends" need:"yes"`
	Reason string             `json:"reason,omitempty" flag:"reason" usage:"why"`
	On     time.Time          `json:"on,omitzero" flag:"on" when:"past" usage:"when the report was published, if earlier than now"`
}

func (a *ReportReinspection) check(c *Case, m ledger.Moment) error {
	if m.By.For.Body() != regime.CQC {
		return regime.Refusef("R60", "CQC reports on its re-inspection and recommends; %s cannot.",
			c.Name(m.By.For))
	}
	if err := c.inForce(); err != nil {
		return err
	}
	if c.episode().unreported() == nil {
		return regime.Refusef("R59", "no re-inspection is waiting for its report.")
	}
	return nil
}

func (a *ReportReinspection) do(c *Case, m ledger.Moment) string {
	r := c.episode().unreported()
	r.Reported, r.Rating, r.Advice, r.Reason = m.At, a.Rating, a.Advice, a.Reason
	c.pen.Discharge(DutyReinspectReport, "", m)
	c.pen.Ask(regime.NoticeReinspectionDecision, c.pen.OpenDuty(ledger.DutySpec{Kind: DutyDecideOutcome,
		Owner: c.decider(), Start: m.At}))
	c.tellGovernors("CQC has reported on its re-inspection")
	c.pen.Event(regime.NoticeReinspectionDecision, "CQC has reported on its re-inspection; "+c.Name(c.decider())+" decides",
		regime.RoleMembers, regime.RoleProvider)
	return words.Sentence("Reported on the re-inspection: "+words.Plain(string(a.Rating))+"; recommends: "+
		words.Plain(string(a.Advice))+".", a.Reason, "")
}
