package failure

import (
	"slices"
	"strconv"
	"time"

	"holdthering/regime"
	"holdthering/regime/ledger"
)

// The kinds of duty that are owed here.
const (
	DutyDraftPlan  regime.DutyKind = "DRAFT_PUBLIC_PLAN"
	DutyAssentPlan regime.DutyKind = "ASSENT_TO_PUBLIC_PLAN"
)

// PublicPlan is one version of the plan for the public after a large-scale failure (004:L16).
// It is agreed when the provider, CQC and the decider have each assented to this version.
type PublicPlan struct {
	Version int          `json:"version"`
	By      ledger.Actor `json:"by"`
	At      time.Time    `json:"at"`
	// The five parts (R67; 004:L8-12).
	Support        string   `json:"support,omitempty"`
	Lead           string   `json:"lead,omitempty"`
	Experts        string   `json:"experts,omitempty"`
	Communications string   `json:"communications,omitempty"`
	Responsibility string   `json:"responsibility,omitempty"`
	Assents        []Assent `json:"assents,omitempty"`
}

// Assent is one body's own.
type Assent struct {
	By ledger.Actor `json:"by"`
	At time.Time    `json:"at"`
}

var publicVerbs = []Verb{
	{Path: "public answer", Update: "AnswerPublic", Rules: "R64",
		New:     func() Act { return new(AnswerPublic) },
		Did:     "answered whether the public needs advice and support",
		Summary: "Answer whether the public and those affected need advice and support (chair)",
		Example: `public answer --case CASE --by "NHS England" --answer no --reason "no recall of patients needed"`},
	{Path: "public warn", Update: "WarnPublic", Rules: "R3 R66",
		New:     func() Act { return new(WarnPublic) },
		Did:     "recorded a warning to the public",
		Summary: "Record that your body warns the public; it need not wait for anything",
		Example: `public warn --case CASE --by CQC --what "do not go there" --url https://cqc.example/w1`},
	{Path: "plan draft", Update: "DraftPlan", Rules: "R64 R65 R67",
		New:     func() Act { return new(DraftPlan) },
		Did:     "put a version of the plan for the public",
		Summary: "Put a version of the plan for the public; earlier assents fall away",
		Example: `plan draft --case CASE --by provider --support "telephone line" --lead "independent surgeon" ` +
			`--communications "letters first, then the press"`},
	{Path: "plan assent", Update: "AssentToPlan", Rules: "R65 A7",
		New:     func() Act { return new(AssentToPlan) },
		Did:     "assented to the plan for the public",
		Summary: "Assent to a version of the plan, for your own body",
		Example: `plan assent --case CASE --by Monitor --version 1`},
}

func (c *Case) plan() *PublicPlan {
	if len(c.Plans) == 0 {
		return nil
	}
	return &c.Plans[len(c.Plans)-1]
}

func (c *Case) planNeeded() bool {
	return c.Questions.Public != nil && c.Questions.Public.Answer == "yes"
}

// assenters are those whose assent the plan needs: the provider, CQC, and Monitor or TDA, whichever
// oversees it (A7). Others may join.
func (c *Case) assenters() []regime.Party {
	out := []regime.Party{c.Provider.Party(), c.Inspector()}
	if d := c.decider(); !slices.Contains(out, d) {
		out = append(out, d)
	}
	return out
}

func (p *PublicPlan) assented(by regime.Party) bool {
	return slices.ContainsFunc(p.Assents, func(a Assent) bool { return a.By.For == by })
}

// planAgreed reports whether the latest plan has every assent that it needs.
func (c *Case) planAgreed() bool {
	p := c.plan()
	if p == nil {
		return false
	}
	for _, a := range c.assenters() {
		if !p.assented(a) {
			return false
		}
	}
	return true
}

// planPart is one of the five parts, and what it is called.
type planPart struct {
	text *string
	name string
}

func (p *PublicPlan) parts() []planPart {
	return []planPart{
		{&p.Support, "advice, counselling and support"},
		{&p.Lead, "an independent expert to lead"},
		{&p.Experts, "recruiting experts to review cases"},
		{&p.Communications, "a communications strategy"},
		{&p.Responsibility, "lines of responsibility"},
	}
}

// publicSettle keeps what is owed in step with the answer, the latest version and the type
// of the provider: a first draft by the chair, then assent by each for itself.
func (c *Case) publicSettle(now time.Time) {
	if c.Stage == regime.Closed {
		return
	}
	c.planSettle(now)
	wanted := map[string]bool{}
	p := c.plan()
	switch {
	case !c.planNeeded():
	case p == nil:
		wanted[""] = true
		if c.Duty(DutyDraftPlan, "") == nil {
			c.pen.Ask(regime.NoticePublicInformation, c.pen.OpenDuty(ledger.DutySpec{Kind: DutyDraftPlan,
				Role: regime.RoleChair, Start: now}))
		}
	default:
		for _, a := range c.assenters() {
			subject := ofParty(strconv.Itoa(p.Version), a)
			if p.assented(a) {
				continue
			}
			wanted[subject] = true
			if c.Duty(DutyAssentPlan, subject) == nil {
				c.pen.Ask(regime.NoticePublicInformation, c.pen.OpenDuty(ledger.DutySpec{Kind: DutyAssentPlan,
					Owner: a, Subject: subject, Start: now}))
			}
		}
	}
	for _, d := range c.Duties {
		if (d.Kind == DutyDraftPlan || d.Kind == DutyAssentPlan) && d.Open() && !wanted[d.Subject] {
			c.pen.EndDuty(d.Kind, d.Subject, ledger.EndNotNeeded, ledger.Moment{Now: now})
		}
	}
}

// publicRegion is region H. That the question was considered questionsRegion sees to.
var publicRegion = region{
	name: "public information", settle: (*Case).publicSettle,
	open: (*Case).planInTheWay,
}
