package failure

import (
	"slices"
	"time"

	"holdthering/regime"
	"holdthering/regime/ledger"
)

// Episode is one stay in special measures, from the first recommendation or decision to
// its end. Re-entry is a new episode of the same case.
type Episode struct {
	N               int                  `json:"n"`
	State           regime.MeasuresState `json:"state"`
	Recommendations []MeasuresAdvice     `json:"recommendations,omitempty"`
	Decisions       []MeasuresDecision   `json:"decisions,omitempty"`
	Entered         time.Time            `json:"entered,omitzero"` // date of the decision (regime 6.3)
	// Report that found the care inadequate was published then, where that counts (A24).
	Report        time.Time        `json:"report,omitzero"`
	Scope         Scope            `json:"scope,omitempty"` // what the measures are on; empty: all of the provider
	Of            string           `json:"of,omitempty"`    // which site or service
	Appointments  []Appointment    `json:"appointments,omitempty"`
	Plans         []ActionPlan     `json:"plans,omitempty"`
	Publications  []ProgressReport `json:"publications,omitempty"`
	Reinspections []Reinspection   `json:"reinspections,omitempty"`
	Criteria      []ExitCriterion  `json:"criteria,omitempty"`
	Ended         time.Time        `json:"ended,omitzero"`
	WithSupport   bool             `json:"withSupport,omitempty"`
}

// InForce reports whether special measures apply; they never end by themselves (R59, R60). Further
// action goes beside them (R106), unless an order of administration ended them.
func (e *Episode) InForce() bool {
	return e.State == regime.MeasuresInForce || e.State == regime.MeasuresFurther && e.Ended.IsZero()
}

// Extensions counts how often the stay was extended (B7).
func (e *Episode) Extensions() int { return e.decided(Extend) }

func (e *Episode) decided(o MeasuresOutcome) int {
	n := 0
	for _, d := range e.Decisions {
		if d.Outcome == o {
			n++
		}
	}
	return n
}

// MeasuresAdvice is CQC's recommendation to place a trust in special measures.
type MeasuresAdvice struct {
	By     ledger.Actor `json:"by"`
	At     time.Time    `json:"at"`
	Reason string       `json:"reason"`
}

// MeasuresDecision is one decision of the decider.
type MeasuresDecision struct {
	Outcome MeasuresOutcome `json:"outcome"`
	By      ledger.Actor    `json:"by"`
	At      time.Time       `json:"at"`
	Reason  string          `json:"reason,omitempty"`
	// OwnEvidence: no recommendation stood when it was decided (R56).
	OwnEvidence bool      `json:"ownEvidence,omitempty"`
	Announced   time.Time `json:"announced,omitzero"`
	Length      string    `json:"length,omitempty"` // of an extension
	// RestsOn is what an exit rests on; Published is where a decision that nobody had asked for is.
	RestsOn   string `json:"restsOn,omitempty"`
	Published string `json:"published,omitempty"`
}

// Scope is how much of a provider a rating or a decision is about.
type Scope string

// Choices lists the scopes.
func (Scope) Choices() []string { return []string{"trust", "site", "service"} }

// checkScope: a site or a service is named.
func checkScope(s Scope, of string) error {
	if s == "" || s == "trust" || of != "" {
		return nil
	}
	return regime.Mistakef("--scope %s: say which one: --of.", s)
}

// on says what a rating or a decision is about, where that is not all of the provider.
func on(s Scope, of string) string {
	if s == "" || s == "trust" {
		return ""
	}
	return " for the " + string(s) + " " + of
}

// MeasuresOutcome is what the decider may decide.
type MeasuresOutcome string

// The outcomes.
const (
	Place           MeasuresOutcome = "place"
	Decline         MeasuresOutcome = "decline"
	Extend          MeasuresOutcome = "extend"
	Remain          MeasuresOutcome = "remain"
	Exit            MeasuresOutcome = "exit"
	ExitWithSupport MeasuresOutcome = "exit-with-support"
	FurtherAction   MeasuresOutcome = "further-action"
	CancelOutcome   MeasuresOutcome = "cancel-registration"
	ProviderCeased  MeasuresOutcome = "provider-ceased"
)

// Choices lists the outcomes.
func (MeasuresOutcome) Choices() []string {
	return []string{string(Place), string(Decline), string(Extend), string(Remain), string(Exit),
		string(ExitWithSupport), string(FurtherAction), string(CancelOutcome), string(ProviderCeased)}
}

var measuresVerbs = []Verb{
	{Path: "measures recommend", Update: "RecommendMeasures", Rules: "R54 B2",
		New:     func() Act { return new(RecommendMeasures) },
		Did:     "recommended special measures",
		Summary: "Recommend special measures for a trust (CQC, through its Chief Inspector)",
		Example: `measures recommend --case CASE --by CQC --reason "inadequate; weak leadership"`},
	{Path: "measures decide", Update: "DecideMeasures", Rules: "R54 R55 R56 R57 R60 R61 R62 R113 R117 R118 B3 B6 B7",
		New:     func() Act { return new(DecideMeasures) },
		Did:     "decided on special measures",
		Summary: "Decide on special measures: place, decline, extend, let stay, exit, go further (the decider)",
		Example: `measures decide --case CASE --by Monitor --outcome place --reason "breach of licence"`},
	{Path: "measures appoint", Update: "Appoint", Rules: "B3",
		New:     func() Act { return new(Appoint) },
		Did:     "recorded an appointment",
		Summary: "Record an improvement director, partner trust or leadership review, also before special measures (the decider)",
		Example: `measures appoint --case CASE --by Monitor --as partner-trust --who "Guy's and St Thomas'"`},
	{Path: "measures plan", Update: "PublishPlan", Rules: "R58 B4",
		New:     func() Act { return new(PublishPlan) },
		Did:     "published an action plan",
		Summary: "Publish the action plan, or a new version of it (the provider)",
		Example: `measures plan --case CASE --by provider --url https://trust.example/action-plan`},
	{Path: "progress publish", Update: "PublishProgress", Rules: "R58 B4",
		New:     func() Act { return new(PublishProgress) },
		Did:     "published a month's progress",
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

// The kinds of duty that are owed here.
const (
	DutyActionPlan   regime.DutyKind = "ACTION_PLAN"
	DutyReinspect    regime.DutyKind = "REINSPECTION"
	DutyExitCriteria regime.DutyKind = "AGREE_EXIT_CRITERIA"
)

// place starts the clocks of an episode: monthly progress, re-inspection, appointments.
func (c *Case) place(e *Episode, m ledger.Moment, report time.Time) string {
	ownEvidence := e.State != regime.MeasuresRecommended
	e.State, e.Entered, e.Report = regime.MeasuresInForce, m.At, report
	led := c.Duty(DutyDecideEntry, "") != nil
	if led && report.IsZero() {
		e.Report = c.Ratings[len(c.Ratings)-1].Published
	}
	c.pen.Discharge(DutyDecideEntry, "", m)
	c.pen.Lapse(m.Now, ratingDuties...)
	c.startMeasuresClocks(e, m.At, m.Now)
	c.askAboutPublic(m.At)
	text := "Placed the provider in " + c.labels().Measures + on(e.Scope, e.Of)
	if ownEvidence && !c.providerRow().SelfDecided {
		text += " on its own evidence, without a recommendation (R56)"
	}
	return text + "." + c.timeToImprove(e, led)
}

// startMeasuresClocks opens what is owed by the provider's type, counted from entry; from is
// since when it is. Months that have gone by before it is known that they are owed are not.
func (c *Case) startMeasuresClocks(e *Episode, from, now time.Time) {
	if c.providerRow().SelfDecided {
		c.openCareReinspection(e)
		return
	}
	if c.providerRow().ExitCriteria {
		c.pen.OpenDuty(ledger.DutySpec{Kind: DutyExitCriteria, Owner: c.decider(), Start: from})
	} else {
		c.pen.OpenDuty(ledger.DutySpec{Kind: DutyReinspect, Owner: c.Inspector(), Start: e.Entered})
	}
	month := 1
	for !aMonth.Times(int64(month)).After(e.Entered).After(now) {
		month++
	}
	c.openProgress(e, month)
	c.pen.OpenDuty(ledger.DutySpec{Kind: DutyActionPlan, Owner: c.Provider.Party(), Start: from})
	e.Appointments, c.Appointed = append(e.Appointments, c.Appointed...), nil
	for _, k := range appointmentDuties {
		if slices.ContainsFunc(e.Appointments, func(a Appointment) bool { return a.Role == k.role }) {
			continue
		}
		c.pen.OpenDuty(ledger.DutySpec{Kind: k.duty, Owner: c.decider(), Start: from})
	}
}

// The kinds of duty that are owed here.
const (
	DutyReinspectPrimary regime.DutyKind = "REINSPECTION_PRIMARY_CARE"
	DutyPrimaryLimit     regime.DutyKind = "PRIMARY_CARE_LIMIT"
	DutyInspectFurther   regime.DutyKind = "INSPECTION_DURING_PROCEEDINGS"
)

// openCareReinspection opens what CQC owes in special measures that it decides on itself (R61).
func (c *Case) openCareReinspection(e *Episode) {
	start := e.Entered
	row, _ := c.profile().CareMeasuresFor(c.Provider.Type, e.Entered)
	if row.FromReport && !e.Report.IsZero() {
		start = e.Report
	}
	c.pen.OpenDuty(ledger.DutySpec{Kind: DutyReinspectPrimary, Owner: c.Inspector(), Start: start,
		Period: row.Reinspect})
	c.pen.OpenDuty(ledger.DutySpec{Kind: DutyPrimaryLimit, Owner: c.Inspector(), Start: e.Entered})
}

// timeToImprove is a remark, never a refusal: the worst cases enter at once. It is left out where a
// rating leads there, or would at once.
func (c *Case) timeToImprove(e *Episode, led bool) string {
	row, _ := c.profile().CareMeasuresFor(c.Provider.Type, e.Entered)
	if row.Improve.IsZero() || row.AtOnce || led {
		return ""
	}
	return " Normally a provider has " + row.Improve.Words() + " to improve first; the worst enter at once (A24)."
}

// usersToNotify is added to the news of an entry where the provider has to tell its users.
func (c *Case) usersToNotify(o MeasuresOutcome, now time.Time) string {
	if row, _ := c.profile().CareMeasuresFor(c.Provider.Type, now); o != Place || !row.TellUsers {
		return ""
	}
	return ". The provider is to tell those who use its service"
}

// openProceedings opens the further inspection while CQC moves to cancel a registration.
func (c *Case) openProceedings(now time.Time) {
	if row, _ := c.profile().CareMeasuresFor(c.Provider.Type, now); !row.Proceedings.IsZero() {
		c.pen.OpenDuty(ledger.DutySpec{Kind: DutyInspectFurther, Owner: c.Inspector(), Start: now,
			Period: row.Proceedings})
	}
}
