package failure

import (
	"encoding/json"
	"slices"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
)

// Schema is the number of the present shape of Case; a newer program reads every older one.
const Schema = 1

// Case is the whole truth of one failure case as plain data: the coordination track with
// every region beside it. It is carried from run to run, answers queries, and every rule
// is judged against it.
type Case struct {
	Schema   int             `json:"schema"`
	Ref      string          `json:"ref"` // opaque
	Profile  string          `json:"profile"`
	Provider regime.Provider `json:"provider"`
	// Demonstration: the case plays a scenario; its clock is not the world's.
	Demonstration bool   `json:"demonstration,omitempty"`
	Reopens       string `json:"reopens,omitempty"` // reference of the closed case before it

	Stage      regime.Stage `json:"stage"`
	StageSince time.Time    `json:"stageSince"`
	Opened     time.Time    `json:"opened"`

	Members []Member `json:"members"`
	// Serves are the units for the people that the provider serves: their councils, Healthwatch, safeguarding teams and
	// boards, and police, by name where they are known, else the seat of an area (R107).
	Serves []regime.Party `json:"serves,omitempty"`
	// Units names the units among the members that a profile cannot know (CCGs, area teams).
	Units []regime.UnitName `json:"units,omitempty"`

	Trigger    *TriggerRecord        `json:"trigger,omitempty"`
	Withdrawn  []WithdrawnTrigger    `json:"withdrawn,omitempty"` // triggers that were mistakes
	Summit     Summit                `json:"summit"`
	Regulatory []RegulatoryJudgement `json:"regulatory,omitempty"`
	OwnViews   []MemberJudgement     `json:"ownViews,omitempty"`
	Collective *CollectiveJudgement  `json:"collective,omitempty"`
	// EarlierCollective are the versions before it; TakenUp is when a case that was stood down went on.
	EarlierCollective []CollectiveJudgement `json:"earlierCollective,omitempty"`
	TakenUp           []TakenUp             `json:"takenUp,omitempty"`
	// Named are the bodies that others named as the ones who act; Acting is what bodies say for themselves.
	Named           []NamedToAct      `json:"named,omitempty"`
	Acting          []ActingAnswer    `json:"acting,omitempty"`
	Ring            Ring              `json:"ring"`
	Meetings        []ResponseMeeting `json:"meetings,omitempty"`
	MeetingRequests []MeetingRequest  `json:"meetingRequests,omitempty"`
	Actions         []ResponseAction  `json:"actions,omitempty"`
	Measures        []Episode         `json:"measures,omitempty"`
	Ratings         []PublishedRating `json:"ratings,omitempty"`
	Questions       Questions         `json:"questions"`
	Closing         Closing           `json:"closing"`

	Safeguarding []SafeguardingFlag   `json:"safeguarding,omitempty"`
	Deaths       []Death              `json:"deaths,omitempty"`
	Guests       []GuestParty         `json:"guests,omitempty"`
	Referrals    []Referral           `json:"referrals,omitempty"`
	Impacts      []ImpactRequest      `json:"impacts,omitempty"`
	Differences  []Difference         `json:"differences,omitempty"`
	Plans        []PublicPlan         `json:"publicPlans,omitempty"`
	PlanSteps    []PlanStep           `json:"planSteps,omitempty"`
	Warned       []PublicWarning      `json:"publicWarnings,omitempty"`
	Concerns     []SharedConcern      `json:"concerns,omitempty"`
	Requests     []InformationRequest `json:"informationRequests,omitempty"`
	Talks        []ledger.Talk        `json:"talks,omitempty"`

	OwnActs        []IndividualAction `json:"ownActs,omitempty"`
	Contracts      []Contract         `json:"contracts,omitempty"`
	Provision      []OtherProvision   `json:"provision,omitempty"`
	Intentions     []PowerIntention   `json:"intentions,omitempty"`
	BreachAnswers  []BreachAnswer     `json:"breachAnswers,omitempty"`
	BestPlaced     []Consideration    `json:"bestPlaced,omitempty"`
	Warnings       []WarningNotice    `json:"warnings,omitempty"`
	Administration *Administration    `json:"administration,omitempty"`
	// Appointed is what was appointed with no special measures in force.
	Appointed []Appointment `json:"appointed,omitempty"`
	// Gone is the end of the provider itself (R113).
	Gone    *ProviderEnd    `json:"gone,omitempty"`
	Reviews []Review        `json:"reviews,omitempty"`
	Further []FurtherSummit `json:"furtherSummits,omitempty"`
	Links   []CaseLink      `json:"links,omitempty"`

	ledger.Ledger
	pen *ledger.Pen // the only way to change the ledger

	// standIn supports the case while an act of its is judged; see judged.
	standIn regime.Party
	// unproven: an act is judged as if any body that decides elsewhere decided here; see judged.
	unproven bool
}

// Opening is what a case starts from.
type Opening struct {
	Ref           string            `json:"ref"`
	Profile       string            `json:"profile"`
	Provider      regime.Provider   `json:"provider"`
	Members       []regime.Party    `json:"members"` // of every group in whose area it serves patients (R12)
	Serves        []regime.Party    `json:"serves,omitempty"`
	Units         []regime.UnitName `json:"units,omitempty"`
	Demonstration bool              `json:"demonstration,omitempty"`
	Reopens       string            `json:"reopens,omitempty"`
}

// Open begins a case under surveillance: nothing is alleged yet, and no notice goes.
func Open(o Opening, now time.Time) (*Case, error) {
	p, ok := regime.ProfileOn(o.Profile, now)
	if !ok {
		return nil, regime.Mistakef("there is no profile %q; there are %s.", o.Profile, regime.ProfileNames())
	}
	if err := o.check(p); err != nil {
		return nil, err
	}
	c := &Case{
		Schema: Schema, Ref: o.Ref, Profile: o.Profile, Provider: o.Provider,
		Demonstration: o.Demonstration, Reopens: o.Reopens, Units: o.Units, Serves: o.Serves,
		Stage: regime.UnderSurveillance, StageSince: now, Opened: now,
	}
	if p.Covers(now) {
		c.Law = now
	}
	c.takeUpPen()
	for _, m := range o.Members {
		c.addMember(m)
	}
	return c, nil
}

func (o Opening) check(p *regime.Profile) error {
	if o.Ref == "" || o.Provider.Code == "" || o.Provider.Name == "" {
		return regime.Mistakef("a case needs a reference and a provider with code and name.")
	}
	for _, s := range []string{o.Ref, o.Provider.Code, o.Provider.Name, o.Provider.Town} {
		if err := regime.CheckText("the provider", s); err != nil {
			return err
		}
	}
	if _, ok := p.ProviderRow(o.Provider.Type); !ok {
		return regime.Mistakef("profile %[2]s has no provider type %[1]q.", o.Provider.Type, p.Name)
	}
	for _, m := range slices.Concat(o.Members, o.Serves) {
		if !p.Knows(m.Body()) {
			return p.UnknownBody(m)
		}
	}
	return nil
}

// UnmarshalJSON reads a case back, of this shape or an older one.
func (c *Case) UnmarshalJSON(raw []byte) error {
	type plain Case
	if err := json.Unmarshal(raw, (*plain)(c)); err != nil {
		return err
	}
	c.takeUpPen()
	return nil
}

func (c *Case) reference() string { return c.Ref }

func (c *Case) profile() *regime.Profile {
	p, _ := regime.ProfileOn(c.Profile, c.Law)
	return p
}

// LawNow is the profile as the case reads it.
func (c *Case) LawNow() *regime.Profile { return c.profile() }

// labels calls the support regime what it is called for the provider's type.
func (c *Case) labels() regime.Labels {
	l := c.profile().Labels
	if m := c.providerRow().Measures; m != "" {
		l.Measures = m
	}
	return l
}

func (c *Case) providerRow() regime.ProviderRow {
	r, _ := c.profile().ProviderRow(c.Provider.Type)
	return r
}

// stageWords is the stage in the words of the case's profile.
func (c *Case) stageWords() string { return c.labels().Stage(c.Stage) }

func (c *Case) enterStage(s regime.Stage, now time.Time) {
	c.Stage, c.StageSince = s, calendar.Latest(c.StageSince, now)
}

// settle draws the conclusions that need no act, region by region.
func (c *Case) settle(now time.Time) {
	for _, r := range regions {
		r.settle(c, now)
	}
	c.pen.HeardAll(func(rest *ledger.Agreement) { c.takeEffect(rest, now) })
	c.pen.Flush(now)
	if c.Stage == regime.Closed { // each body acts alone, and nobody sees to it that an alert is acknowledged
		c.pen.Lapse(now, regime.DutyAcknowledgeRisk)
	}
}

// region is one of the orthogonal parts of a case (regime 2.1). A region is a file of its
// own; it touches the others only through duties, guards and notices.
type region struct {
	name string
	// settle draws the conclusions of what has happened; it is called after every act and
	// every tick of the clock and must be idempotent.
	settle func(c *Case, now time.Time)
	// open lists, as sentences, what of this region still stands in the way of closing.
	open func(c *Case) []string
}

// regions in the order of regime 2.1.
var regions = []region{
	coordinationRegion, enforcementRegion, measuresRegion, questionsRegion,
	safeguardingRegion, standardsRegion, publicRegion,
}
