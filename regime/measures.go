package regime

import (
	"time"

	"holdthering/regime/calendar"
)

// MeasuresState is where one episode of special measures stands (regime 2.6, 2.7).
type MeasuresState string

// The states of an episode.
const (
	MeasuresRecommended  MeasuresState = "RECOMMENDED"
	MeasuresDeclined     MeasuresState = "DECLINED"
	MeasuresInForce      MeasuresState = "IN_FORCE"
	MeasuresExited       MeasuresState = "EXITED"
	MeasuresFurther      MeasuresState = "FURTHER_ACTION"
	MeasuresDeregistered MeasuresState = "REGISTRATION_PROCEEDINGS"
)

// Episode is one stay in special measures, from the first recommendation or decision to
// its end. Re-entry is a new episode of the same case.
type Episode struct {
	N               int                `json:"n"`
	State           MeasuresState      `json:"state"`
	Recommendations []MeasuresAdvice   `json:"recommendations,omitempty"`
	Decisions       []MeasuresDecision `json:"decisions,omitempty"`
	Entered         time.Time          `json:"entered,omitzero"` // date of the decision (regime 6.3)
	Appointments    []Appointment      `json:"appointments,omitempty"`
	Plans           []ActionPlan       `json:"plans,omitempty"`
	Publications    []ProgressReport   `json:"publications,omitempty"`
	Reinspections   []Reinspection     `json:"reinspections,omitempty"`
	Ended           time.Time          `json:"ended,omitzero"`
	WithSupport     bool               `json:"withSupport,omitempty"`
}

// InForce tells whether special measures apply; they never end by themselves (R59, R60).
func (e *Episode) InForce() bool { return e.State == MeasuresInForce }

// Extensions counts how often the stay was extended (B7).
func (e *Episode) Extensions() int {
	n := 0
	for _, d := range e.Decisions {
		if d.Outcome == Extend {
			n++
		}
	}
	return n
}

// MeasuresAdvice is CQC's recommendation to place a trust in special measures.
type MeasuresAdvice struct {
	By     Actor     `json:"by"`
	At     time.Time `json:"at"`
	Reason string    `json:"reason"`
}

// MeasuresDecision is one decision of the decider.
type MeasuresDecision struct {
	Outcome MeasuresOutcome `json:"outcome"`
	By      Actor           `json:"by"`
	At      time.Time       `json:"at"`
	Reason  string          `json:"reason,omitempty"`
	// OwnEvidence: no recommendation stood when it was decided (R56).
	OwnEvidence bool      `json:"ownEvidence,omitempty"`
	Announced   time.Time `json:"announced,omitzero"`
	Length      string    `json:"length,omitempty"` // of an extension
}

// MeasuresOutcome is what the decider may decide.
type MeasuresOutcome string

// The outcomes.
const (
	Place           MeasuresOutcome = "place"
	Decline         MeasuresOutcome = "decline"
	Extend          MeasuresOutcome = "extend"
	Exit            MeasuresOutcome = "exit"
	ExitWithSupport MeasuresOutcome = "exit-with-support"
	FurtherAction   MeasuresOutcome = "further-action"
	CancelOutcome   MeasuresOutcome = "cancel-registration"
)

// Choices lists the outcomes.
func (MeasuresOutcome) Choices() []string {
	return []string{string(Place), string(Decline), string(Extend), string(Exit),
		string(ExitWithSupport), string(FurtherAction), string(CancelOutcome)}
}

var measuresVerbs = []Verb{
	{Path: "measures recommend", Rules: "R54 B2", New: func() Act { return new(RecommendMeasures) },
		Summary: "Recommend special measures for a trust (CQC, through its Chief Inspector)",
		Example: `measures recommend --case CASE --by CQC --reason "inadequate; weak leadership"`},
	{Path: "measures decide", Rules: "R54 R55 R56 R57 R60 R61 R62 B3 B6 B7",
		New:     func() Act { return new(DecideMeasures) },
		Summary: "Decide on special measures: place, decline, extend, exit, go further (the decider)",
		Example: `measures decide --case CASE --by Monitor --outcome place --reason "breach of licence"`},
	{Path: "measures appoint", Rules: "B3", New: func() Act { return new(Appoint) },
		Summary: "Record an improvement director, partner trust or leadership review (the decider)",
		Example: `measures appoint --case CASE --by Monitor --role partner-trust --who "Guy's and St Thomas'"`},
	{Path: "measures plan", Rules: "R58 B4", New: func() Act { return new(PublishPlan) },
		Summary: "Publish the action plan, or a new version of it (the provider)",
		Example: `measures plan --case CASE --by provider --url https://trust.example/action-plan`},
	{Path: "progress publish", Rules: "R58 B4", New: func() Act { return new(PublishProgress) },
		Summary: "Publish the month's progress against the action plan (the provider)",
		Example: `progress publish --case CASE --by provider --url https://trust.example/progress/1`},
}

// episode is the latest episode, nil before the first.
func (c *Case) episode() *Episode {
	if len(c.Measures) == 0 {
		return nil
	}
	return &c.Measures[len(c.Measures)-1]
}

// Episode is the latest episode of special measures; ok is false when there was none.
func (c *Case) Episode() (Episode, bool) {
	if e := c.episode(); e != nil {
		return *e, true
	}
	return Episode{}, false
}

// pending is the episode that a recommendation or a decision to place belongs to: one that
// has not begun, or a new one after the last has ended.
func (c *Case) pending() *Episode {
	e := c.episode()
	if e == nil || !e.Ended.IsZero() {
		c.Measures = append(c.Measures, Episode{N: len(c.Measures) + 1})
		e = c.episode()
	}
	return e
}

// RecommendMeasures may be repeated after a refusal; it never places a trust by itself.
type RecommendMeasures struct {
	Reason string `json:"reason" flag:"reason" usage:"the poor care and the weak leadership found" need:"yes"`
}

func (a *RecommendMeasures) check(c *Case, m Moment) error {
	row := c.providerRow()
	if m.By.For.Body() != CQC {
		return refuse("R54", "CQC recommends %s; %s can tell the decider, %s, what it knows.",
			c.profile().Labels.Measures, c.Name(m.By.For), c.Name(c.decider()))
	}
	if row.SelfDecided {
		return refuse("R61", "for %s CQC decides itself: 'measures decide'.", row.Label)
	}
	if e := c.episode(); e != nil && e.InForce() {
		return refuse("R60", "the provider is in %s already.", c.profile().Labels.Measures)
	}
	return nil
}

func (a *RecommendMeasures) do(c *Case, m Moment) string {
	e := c.pending()
	e.State = MeasuresRecommended
	e.Recommendations = append(e.Recommendations,
		MeasuresAdvice{By: m.By, At: m.Now, Reason: a.Reason})
	d := c.owe(owed{kind: DutyAnswerRecommend, owner: c.decider(), start: m.Now})
	c.ask("N25", d)
	c.event("N26", "CQC has recommended "+c.profile().Labels.Measures+"; "+c.Name(c.decider())+
		" decides", "members", "provider")
	return "Recommended " + c.profile().Labels.Measures + ": " + a.Reason
}

// DecideMeasures is the decider's alone: Monitor for a foundation trust, TDA for an NHS
// trust, CQC for primary care and social care. With or without a recommendation, a summit or
// a ring-holder, at any stage (R3, R56).
type DecideMeasures struct {
	Outcome   MeasuresOutcome `json:"outcome" flag:"outcome" usage:"the decision" need:"yes"`
	Reason    string          `json:"reason" flag:"reason" usage:"why (R57)" need:"yes"`
	Announced time.Time       `json:"announced,omitzero" flag:"announced" usage:"when it is announced, if not now"`
	Length    calendar.Period `json:"length,omitzero" flag:"for" usage:"length of an extension, such as 6mo"`
}

func (a *DecideMeasures) check(c *Case, m Moment) error {
	if err := c.deciderOnly(m); err != nil {
		return err
	}
	e := c.episode()
	inForce := e != nil && e.InForce()
	label := c.profile().Labels.Measures
	switch a.Outcome {
	case Place:
		if inForce {
			return refuse("R60", "the provider is in %s already.", label)
		}
	case Decline:
		if e == nil || e.State != MeasuresRecommended {
			return refuse("R57", "no recommendation is waiting for an answer.")
		}
	case CancelOutcome:
		if !c.providerRow().SelfDecided {
			return refuse("R60", "for a trust the way on is 'further-action'.")
		}
		fallthrough
	default:
		if !inForce {
			return refuse("R60", "the provider is not in %s.", label)
		}
		return a.checkAfterReinspection(c, e)
	}
	return nil
}

// checkAfterReinspection: exit, extension and further action follow CQC's report on a
// re-inspection; there is no other way out (R60, R62).
func (a *DecideMeasures) checkAfterReinspection(c *Case, e *Episode) error {
	if e.advice() == nil {
		return refuse("R60", "this is decided on CQC's re-inspection and its recommendation, which "+
			"has not been reported since the last decision.")
	}
	if a.Outcome != Extend {
		return nil
	}
	if limit := c.duty(DutyPrimaryLimit, ""); limit != nil {
		if until := a.length(c).After(e.Entered); !until.Before(limit.Due) {
			return refuse("R62", "twelve months are the limit, until %s; after that registration is "+
				"at stake.", calendar.Instant(limit.Due))
		}
	}
	return nil
}

func (a *DecideMeasures) length(c *Case) calendar.Period {
	if !a.Length.IsZero() {
		return a.Length
	}
	return c.profile().ExtensionLimit
}

// deciderOnly names the one who decides for this type of provider (R54, R55, R61).
func (c *Case) deciderOnly(m Moment) error {
	row := c.providerRow()
	if m.By.For.Body() == row.Decider {
		return nil
	}
	rule := "R55"
	switch {
	case row.SelfDecided:
		rule = "R61"
	case m.By.For.Body() == CQC:
		rule = "R54"
	}
	return refuse(rule, "%s decides for %s; %s cannot.", c.profile().BodyName(row.Decider),
		row.Label, c.Name(m.By.For))
}

func (a *DecideMeasures) do(c *Case, m Moment) string {
	e := c.pendingFor(a.Outcome)
	d := MeasuresDecision{Outcome: a.Outcome, By: m.By, At: m.Now, Reason: a.Reason,
		Announced: a.Announced}
	label := c.profile().Labels.Measures
	var text string
	switch a.Outcome {
	case Place:
		d.OwnEvidence = e.State != MeasuresRecommended
		text = c.place(e, m, d.OwnEvidence)
	case Decline:
		e.State = MeasuresDeclined
		text = "Declined to place the provider in " + label + "."
	case Extend:
		d.Length = a.length(c).String()
		text = c.extend(e, a.length(c), m)
	default:
		text = c.endMeasures(e, a.Outcome, m)
	}
	e.Decisions = append(e.Decisions, d)
	c.discharge(DutyAnswerRecommend, "", m)
	c.discharge(DutyDecideOutcome, "", m)
	kind := NoticeKind("N26")
	if a.Outcome == Extend {
		kind = "N31"
	}
	c.event(kind, "A decision on "+label+" has been recorded: "+words(string(a.Outcome)),
		"members", "provider", "region")
	return text + " " + a.Reason
}

func (c *Case) pendingFor(o MeasuresOutcome) *Episode {
	if o == Place {
		return c.pending()
	}
	return c.episode()
}

// place starts the clocks of an episode: monthly progress, re-inspection, appointments.
func (c *Case) place(e *Episode, m Moment, ownEvidence bool) string {
	e.State, e.Entered = MeasuresInForce, m.Now
	if c.providerRow().SelfDecided {
		c.owe(owed{kind: DutyReinspectPrimary, owner: Party(CQC), start: m.Now})
		c.owe(owed{kind: DutyPrimaryLimit, owner: Party(CQC), start: m.Now})
	} else {
		c.owe(owed{kind: DutyReinspect, owner: Party(CQC), start: m.Now})
		c.oweProgress(e, 1)
		c.owe(owed{kind: DutyActionPlan, owner: c.Provider.Party(), start: m.Now})
		for _, k := range appointmentDuties {
			c.owe(owed{kind: k.duty, owner: c.decider(), start: m.Now})
		}
	}
	text := "Placed the provider in " + c.profile().Labels.Measures
	if ownEvidence && !c.providerRow().SelfDecided {
		text += " on its own evidence, without a recommendation (R56)"
	}
	return text + "."
}

// extend keeps special measures in force and dates the next re-inspection.
func (c *Case) extend(e *Episode, length calendar.Period, m Moment) string {
	c.lapse(m.Now, reinspectionDuties...)
	due := length.After(m.Now)
	c.owe(owed{kind: DutyReinspectExtended, owner: Party(CQC), subject: itoa(e.Extensions() + 1),
		start: m.Now, period: length})
	text := "Extended " + c.profile().Labels.Measures + " by " + length.Words() +
		"; the next re-inspection is due by " + calendar.Instant(due) + "."
	if due.After(c.profile().ExtensionLimit.After(m.Now)) {
		text += " Normally it is not more than " + c.profile().ExtensionLimit.Words() + " (B7)."
	}
	return text
}

func (c *Case) endMeasures(e *Episode, o MeasuresOutcome, m Moment) string {
	label := c.profile().Labels.Measures
	c.lapse(m.Now, append(episodeDuties(), reinspectionDuties...)...)
	e.Ended = m.Now
	switch o {
	case Exit, ExitWithSupport:
		e.State, e.WithSupport = MeasuresExited, o == ExitWithSupport
		if e.WithSupport {
			return "Took the provider out of " + label + ", with continued support."
		}
		return "Took the provider out of " + label + "."
	case CancelOutcome:
		e.State = MeasuresDeregistered
		return "Began proceedings to cancel the registration (R62)."
	default:
		e.State = MeasuresFurther
		return "Went further than " + label + "."
	}
}

// AppointmentRole is what belongs to the package of special measures (regime 6.2).
type AppointmentRole string

// Choices lists the roles.
func (AppointmentRole) Choices() []string {
	return []string{"improvement-director", "partner-trust", "leadership-review", "other"}
}

// Appointment is one element of the package.
type Appointment struct {
	Role AppointmentRole `json:"role"`
	Who  string          `json:"who"`
	At   time.Time       `json:"at"`
}

var appointmentDuties = []struct {
	role AppointmentRole
	duty DutyKind
}{
	{"improvement-director", DutyAppointDirector},
	{"partner-trust", DutyAppointPartner},
	{"leadership-review", DutyLeadershipReview},
}

func episodeDuties() []DutyKind {
	out := []DutyKind{DutyProgress, DutyActionPlan, DutyPrimaryLimit, DutyDecideOutcome}
	for _, k := range appointmentDuties {
		out = append(out, k.duty)
	}
	return out
}

// Appoint records an element of the package; the decider's to record.
type Appoint struct {
	Role AppointmentRole `json:"role" flag:"role" usage:"what is appointed" need:"yes"`
	Who  string          `json:"who" flag:"who" usage:"an organisation, or an office rather than a name" need:"yes"`
}

func (a *Appoint) check(c *Case, m Moment) error {
	if err := c.deciderOnly(m); err != nil {
		return err
	}
	return c.inForce()
}

func (c *Case) inForce() error {
	if e := c.episode(); e == nil || !e.InForce() {
		return refuse("R60", "the provider is not in %s.", c.profile().Labels.Measures)
	}
	return nil
}

func (a *Appoint) do(c *Case, m Moment) string {
	e := c.episode()
	e.Appointments = append(e.Appointments, Appointment{Role: a.Role, Who: a.Who, At: m.Now})
	for _, k := range appointmentDuties {
		if k.role == a.Role {
			c.discharge(k.duty, "", m)
		}
	}
	return "Recorded for the package: " + words(string(a.Role)) + ", " + a.Who + "."
}
