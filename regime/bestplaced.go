package regime

import "time"

// BestPlaced is who can do most about a failure, as Monitor sees it (R47).
type BestPlaced string

// Choices lists the answers.
func (BestPlaced) Choices() []string {
	return []string{"itself", "jointly", "another-body", "others-already-act"}
}

// Consideration is Monitor's answer to the question who is best placed (002:L15).
type Consideration struct {
	Answer BestPlaced `json:"answer"`
	With   []Party    `json:"with,omitempty"`
	Reason string     `json:"reason"`
	By     Actor      `json:"by"`
	At     time.Time  `json:"at"`
}

var bestPlacedVerbs = []Verb{
	{Path: "placed consider", Rules: "R47", New: func() Act { return new(ConsiderBestPlaced) },
		Summary: "Record whether Monitor, a joint action or another body is best placed (Monitor)",
		Example: `placed consider --case CASE --by Monitor --answer jointly --with CQC ` +
			`--reason "licence conditions with CQC's warning notice"`},
}

// askWhoIsBestPlaced puts the question to Monitor once, when a summit has judged failure at a
// foundation trust. It is a prompt: no act, its own or another's, waits for the answer.
func (c *Case) askWhoIsBestPlaced(now time.Time) {
	if c.Collective == nil || c.Provider.Type != FoundationTrust || c.Stage == Closed {
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
		c.ask("N11", c.owe(owed{kind: DutyBestPlaced, owner: Party(Monitor), start: now}))
	}
}

// ConsiderBestPlaced may be recorded at any time, and again.
type ConsiderBestPlaced struct {
	Answer BestPlaced `json:"answer" flag:"answer" usage:"who is best placed" need:"yes"`
	With   []Party    `json:"with,omitempty" flag:"with" usage:"the other bodies meant"`
	Reason string     `json:"reason" flag:"reason" usage:"why" need:"yes"`
}

func (a *ConsiderBestPlaced) check(c *Case, m Moment) error {
	if m.By.For.Body() != Monitor {
		return refuse("R1", "Monitor considers this for itself; %s can give its own view by "+
			"'judgement own'.", c.Name(m.By.For))
	}
	return c.known(a.With)
}

func (a *ConsiderBestPlaced) do(c *Case, m Moment) string {
	c.BestPlaced = append(c.BestPlaced, Consideration{Answer: a.Answer, With: a.With,
		Reason: a.Reason, By: m.By, At: m.Now})
	c.discharge(DutyBestPlaced, "", m)
	text := "Considered who is best placed to act: " + words(string(a.Answer))
	if len(a.With) > 0 {
		text += " (" + c.names(a.With) + ")"
	}
	return text + ". " + a.Reason
}

// conflict is what is added to the news of a ring-holder that commissions the failing service
// itself (A10); else empty.
func (c *Case) conflict(p Party) string {
	if p.Body() != NHSCB || !c.providerRow().DirectlyCommissioned {
		return ""
	}
	return ". " + c.profile().BodyName(NHSCB) + " commissions this service itself: mind the " +
		"conflict of interest (A10)"
}
