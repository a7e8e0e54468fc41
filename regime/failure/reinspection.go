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
	DutyReinspectRemain   regime.DutyKind = "REINSPECTION_AFTER_REMAIN"
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
	Scope    Scope              `json:"scope,omitempty"` // of the rating
	Of       string             `json:"of,omitempty"`
}

// beside reports whether it was an inspection beside the one that was owed.
func (r Reinspection) beside() bool { return r.Timing == Focused || r.Timing == BeforeEntry }

// ReinspectionTiming says how the re-inspection lay to its due date; early counts (R59).
type ReinspectionTiming string

// The timings.
const (
	Early  ReinspectionTiming = "early"
	OnTime ReinspectionTiming = "on time"
	Late   ReinspectionTiming = "late"
	// NoDayDue: nothing said by when it was to be, so that it is neither on time nor late (R117).
	NoDayDue ReinspectionTiming = "no day was due"
	// Focused and BeforeEntry are inspections that are not the re-inspection.
	Focused     ReinspectionTiming = "focused, not the re-inspection"
	BeforeEntry ReinspectionTiming = "inspected before entry"
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
	return []string{"exit", "exit-with-support", "remain", "further-action", "cancel-registration", "none"}
}

var reinspectionDuties = []regime.DutyKind{DutyReinspect, DutyReinspectExtended, DutyReinspectRemain,
	DutyReinspectPrimary, DutyReinspectReport}

var reinspectionVerbs = []Verb{
	{Path: "reinspection hold", Update: "Reinspect", Rules: "R59 B5",
		New:     func() Act { return new(Reinspect) },
		Did:     "recorded an inspection or re-inspection",
		Summary: "Record that CQC has re-inspected: early, on time or late; or inspected beside that",
		Example: `reinspection hold --case CASE --by CQC --from 2014-07-01 --to 2014-07-03`},
	{Path: "reinspection report", Update: "ReportReinspection", Rules: "R60 B6 B7",
		New:     func() Act { return new(ReportReinspection) },
		Did:     "published the report of a re-inspection",
		Summary: "Publish the re-inspection's report with CQC's recommendation",
		Example: `reinspection report --case CASE --by CQC --rating requires-improvement ` +
			`--recommend remain --reason "not enough progress yet"`},
}

// unreported is the re-inspection whose report is awaited.
func (e *Episode) unreported() *Reinspection {
	return ledger.Find(e.Reinspections, func(r Reinspection) bool { return r.Reported.IsZero() && !r.beside() })
}

// awaited is the inspection that the next report is on: the number is its place, 0 the first that
// has none yet.
func (e *Episode) awaited(n int) *Reinspection {
	if n > 0 {
		if n > len(e.Reinspections) || !e.Reinspections[n-1].Reported.IsZero() {
			return nil
		}
		return &e.Reinspections[n-1]
	}
	return ledger.Find(e.Reinspections, func(r Reinspection) bool { return r.Reported.IsZero() })
}

// lastReport is the latest report with a recommendation.
func (e *Episode) lastReport() *Reinspection {
	var last *Reinspection
	for i := range e.Reinspections {
		r := &e.Reinspections[i]
		if !r.Reported.IsZero() && r.Advice != "none" && (last == nil || !r.Reported.Before(last.Reported)) {
			last = r
		}
	}
	return last
}

// advice is the latest report that no decision has followed yet.
func (e *Episode) advice() *Reinspection {
	r := e.lastReport()
	if r == nil || e.unreported() != nil {
		return nil
	}
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
	// One that began before the entry counts for the re-inspection only if CQC says so.
	Counts  bool `json:"counts,omitempty" flag:"counts" usage:"it began before the entry, and CQC counts it as the re-inspection"`
	Focused bool `json:"focused,omitempty" flag:"focused" usage:"a focused or other inspection, and not the re-inspection that is owed"`
}

func (a *Reinspect) check(c *Case, m ledger.Moment) error {
	if m.By.For.Body() != c.Inspector().Body() {
		return regime.Refusef("R59", c.says("{inspector} re-inspects; %s cannot."), c.Name(m.By.For))
	}
	since, what, err := c.inspectsSince()
	if err != nil {
		return err
	}
	before := a.From.Before(since) && c.inspectionAwaited() == nil
	switch {
	case !a.Focused && c.inspectionAwaited() == nil && c.episode().unreported() != nil && (!before || a.Counts):
		return regime.Refusef("R60", "the report on the last re-inspection comes first; one beside it is --focused.")
	case a.Counts && !before:
		return regime.Mistakef("--counts is for an inspection that began before %s; this one counts.", what)
	case a.From.After(m.Now):
		return regime.Mistakef("--from lies in the future; a re-inspection is recorded when it has been held.")
	case a.From.Before(since) && !before:
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
	return c.episode().Entered, "the entry into " + c.labels().Measures, nil
}

func (a *Reinspect) do(c *Case, m ledger.Moment) string {
	if c.inspectionAwaited() != nil {
		return c.inspected(a, m)
	}
	episode := c.episode()
	inspection := Reinspection{From: a.From, To: cmp.Or(a.To, a.From)}
	if kind := a.beside(episode); kind != "" {
		inspection.Timing = kind
		episode.Reinspections = append(episode.Reinspections, inspection)
		return "Inspected from " + calendar.Day(inspection.From) + " to " + calendar.Day(inspection.To) + ": " +
			string(kind) + ". The re-inspection is still owed."
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
	c.pen.OpenDuty(ledger.DutySpec{Kind: DutyReinspectReport, Owner: c.Inspector(), Start: m.Now})
	text := "Re-inspected from " + calendar.Day(inspection.From) + " to " + calendar.Day(inspection.To)
	if inspection.Due.IsZero() {
		return text + "; no day was due."
	}
	return text + ", " + string(inspection.Timing) + " (due by " + calendar.Instant(inspection.Due) + ")."
}

// beside says what kind of inspection it is that is not the re-inspection; empty: it is that.
func (a *Reinspect) beside(e *Episode) ReinspectionTiming {
	switch {
	case a.Focused:
		return Focused
	case a.From.Before(calendar.AtHour(e.Entered, 0)) && !a.Counts:
		return BeforeEntry
	}
	return ""
}

// timing: by the due day is on time; a whole month and more before it is early.
func timing(held, due time.Time) ReinspectionTiming {
	switch {
	case due.IsZero():
		return NoDayDue
	case !held.After(due) && aMonth.After(held).After(due):
		return OnTime
	case held.After(due):
		return Late
	}
	return Early
}

// ReportReinspection brings CQC's recommendation; the decider decides on it.
type ReportReinspection struct {
	Rating Rating             `json:"rating" flag:"rating" board:"plain" usage:"the overall rating" need:"yes"`
	Advice ReinspectionAdvice `json:"advice" flag:"recommend" board:"recommends" usage:"what CQC recommends" need:"yes"`
	Reason string             `json:"reason,omitempty" flag:"reason" usage:"why"`
	// Inspection is the number of the one reported on, in the order in which they were recorded.
	Inspection int       `json:"inspection,omitempty" flag:"inspection" usage:"which inspection, by its number; without it, the first that has no report"`
	Scope      Scope     `json:"scope,omitempty" flag:"scope" usage:"whether the rating is of the trust, one site or one service"`
	Of         string    `json:"of,omitempty" flag:"of" usage:"which site or service"`
	On         time.Time `json:"on,omitzero" flag:"on" when:"past" usage:"when the report was published, if earlier than now"`
}

func (a *ReportReinspection) check(c *Case, m ledger.Moment) error {
	if m.By.For.Body() != c.Inspector().Body() {
		return regime.Refusef("R60", c.says("{inspector} reports on its re-inspection and recommends; %s cannot."),
			c.Name(m.By.For))
	}
	if err := c.inForce(); err != nil {
		return err
	}
	r := c.episode().awaited(a.Inspection)
	switch {
	case r == nil:
		return regime.Refusef("R59", "no re-inspection is waiting for its report.")
	case a.Advice == "none" && !r.beside():
		return regime.Refusef("R60", "the report on the re-inspection recommends: exit, remain or a further step.")
	}
	return checkScope(a.Scope, a.Of)
}

func (a *ReportReinspection) do(c *Case, m ledger.Moment) string {
	r := c.episode().awaited(a.Inspection)
	r.Reported, r.Rating, r.Advice, r.Reason, r.Scope, r.Of = m.At, a.Rating, a.Advice, a.Reason, a.Scope, a.Of
	said := words.Sentence("Reported on "+r.name()+": "+words.Plain(string(a.Rating))+on(a.Scope, a.Of)+
		"; recommends: "+words.Plain(string(a.Advice))+".", a.Reason, "")
	if r.beside() && (a.Advice == "none" || a.Advice == "remain") {
		c.pen.Event(regime.NoticeReinspectionDecision, c.says("{inspector} has reported on ")+r.name()+"; the re-inspection is still owed",
			regime.RoleMembers, regime.RoleProvider)
		return said
	}
	if !r.beside() {
		c.pen.Discharge(DutyReinspectReport, "", m)
	}
	c.pen.Ask(regime.NoticeReinspectionDecision, c.pen.OpenDuty(ledger.DutySpec{Kind: DutyDecideOutcome,
		Owner: c.decider(), Start: m.At}))
	c.tellGovernors(c.says("{inspector} has reported on its re-inspection"))
	c.pen.Event(regime.NoticeReinspectionDecision, c.says("{inspector} has reported on its re-inspection; ")+c.Name(c.decider())+" decides",
		regime.RoleMembers, regime.RoleProvider)
	return said
}

// name says which inspection is meant.
func (r Reinspection) name() string {
	switch r.Timing {
	case Focused:
		return "a focused inspection"
	case BeforeEntry:
		return "the inspection before the entry"
	}
	return "the re-inspection"
}
