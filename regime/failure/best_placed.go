package failure

import (
	"slices"
	"time"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// DutyBestPlaced is the kind of duty that is owed here.
const DutyBestPlaced regime.DutyKind = "WHO_IS_BEST_PLACED"

// BestPlaced is who can do most about a failure, as the body that weighs it sees it (R47).
type BestPlaced string

// Choices lists the answers.
func (BestPlaced) Choices() []string {
	return []string{"itself", "jointly", "another-body", "others-already-act"}
}

// Consideration answers the question who is best placed (002:L15).
type Consideration struct {
	Answer BestPlaced     `json:"answer"`
	With   []regime.Party `json:"with,omitempty"`
	Reason string         `json:"reason"`
	By     ledger.Actor   `json:"by"`
	At     time.Time      `json:"at"`
}

var bestPlacedVerbs = []Verb{
	{Path: "placed consider", Update: "ConsiderBestPlaced", Rules: "R47 R93",
		New:     func() Act { return new(ConsiderBestPlaced) },
		Did:     "recorded who is best placed to act",
		Summary: "Record whether your body, a joint action or another is best placed (whoever weighs that by the law)",
		Example: `placed consider --case CASE --by Monitor --answer jointly --with CQC ` +
			`--reason "licence conditions with CQC's warning notice"`},
}

// askWhoIsBestPlaced puts the question once, when a summit has judged failure at a provider of
// a type for which it is asked. It is a prompt: no act, its own or another's, waits for the answer.
func (c *Case) askWhoIsBestPlaced(now time.Time) {
	if c.Collective == nil || c.Stage == regime.Closed ||
		!slices.Contains(c.profile().PartRow(regime.WeighsBestPlaced).ProviderTypes, c.Provider.Type) {
		return
	}
	if v := c.Collective.Value; v != ActualFailure && v != PotentialFailure {
		return
	}
	for _, d := range c.Duties {
		if d.Kind == DutyBestPlaced {
			return
		}
	}
	if len(c.BestPlaced) == 0 {
		who := c.ResolveUnit(regime.Party(c.holderOf(regime.WeighsBestPlaced)))
		c.pen.Ask(regime.NoticeJudgement, c.pen.OpenDuty(ledger.DutySpec{Kind: DutyBestPlaced, Owner: who,
			Start: now}))
	}
}

// ConsiderBestPlaced may be recorded at any time, and again.
type ConsiderBestPlaced struct {
	Answer BestPlaced     `json:"answer" flag:"answer" board:"plain" usage:"who is best placed" need:"yes"`
	With   []regime.Party `json:"with,omitempty" flag:"with" board:"with" usage:"the other bodies meant; each is told, and owes its answer"`
	Reason string         `json:"reason" flag:"reason" usage:"why" need:"yes"`
}

func (a *ConsiderBestPlaced) check(c *Case, m ledger.Moment) error {
	if b := c.holderOf(regime.WeighsBestPlaced); m.By.For.Body() != b {
		return regime.Refusef("R1", "%s considers this for itself; %s can give its own view by "+
			"'judgement own'.", c.profile().BodyName(b), c.Name(m.By.For))
	}
	if a.Answer != "itself" && len(a.With) == 0 {
		return regime.Mistakef("--with is missing: which bodies act. Who is not named does not know that it is meant.")
	}
	return c.checkNamed("with", a.With, m)
}

func (a *ConsiderBestPlaced) do(c *Case, m ledger.Moment) string {
	c.BestPlaced = append(c.BestPlaced, Consideration{Answer: a.Answer, With: a.With,
		Reason: a.Reason, By: m.By, At: m.Now})
	c.pen.Discharge(DutyBestPlaced, "", m)
	text := "Considered who is best placed to act: " + words.Plain(string(a.Answer))
	if len(a.With) > 0 {
		text += " (" + c.names(a.With) + ")"
	}
	named := slices.Clone(a.With)
	if a.Answer == "itself" || a.Answer == "jointly" {
		named = append(named, m.By.For)
	}
	return text + ". " + words.Full(a.Reason) + c.nameToAct(named, "in its answer who is best placed", m)
}

// conflict is what is added to the news of a ring-holder that commissions the failing service itself, or that is to
// decide on special measures too under a law that minds it (A10); else empty.
func (c *Case) conflict(p regime.Party) string {
	row, who := c.providerRow(), c.profile().BodyName(p.Body())
	switch {
	case p.Body() == c.holderOf(regime.DirectCommissioner) && row.DirectlyCommissioned:
		return ". " + who + " commissions this service itself: mind the conflict of interest (A10)"
	case c.profile().TwoRoles != nil && p.Body() == c.inPlaceOf(row.Decider):
		return ". " + who + " decides on " + c.labels().Measures + " too: mind the conflict between the two (A10)"
	}
	return ""
}
