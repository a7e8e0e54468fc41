package regime

import (
	"slices"
	"time"

	"holdthering/regime/calendar"
)

// The levels of surveillance (regime 4.4; our choice). RiskSummitLevel is nobody's to set:
// it holds while a case about the provider is live.
const (
	RoutineLevel    SurveillanceLevel = "routine"
	EnhancedLevel   SurveillanceLevel = "enhanced"
	RiskSummitLevel SurveillanceLevel = "risk-summit"
)

// LevelName is what the group's profile calls a level: "intensive" of a live case, under ENGLAND_2022.
func (g *Group) LevelName(l SurveillanceLevel) string {
	if l == RiskSummitLevel {
		return g.labels().Level
	}
	return string(l)
}

func (l SurveillanceLevel) rank() int {
	switch l {
	case EnhancedLevel:
		return 1
	case RiskSummitLevel:
		return 2
	}
	return 0
}

// LevelChange is one line of a provider's history; a review that left the level as it was is
// one too.
type LevelChange struct {
	From     SurveillanceLevel `json:"from"`
	To       SurveillanceLevel `json:"to"`
	At       time.Time         `json:"at"`
	By       Party             `json:"by"`
	Reason   string            `json:"reason,omitempty"`
	Evidence string            `json:"evidence,omitempty"`
	Agreed   []Party           `json:"agreed,omitempty"`  // who agreed, where it was recorded
	Dissent  []Party           `json:"dissent,omitempty"` // who saw it otherwise
	Lead     Party             `json:"lead,omitempty"`    // looks to the review
	Review   time.Time         `json:"review,omitzero"`
	Case     string            `json:"case,omitempty"` // where the change came from a case
	Told     time.Time         `json:"told,omitzero"`  // when the provider was told
	ToldBy   Party             `json:"toldBy,omitempty"`
}

// Current is the latest change of level; without one the provider has been at the routine
// level since it came on the list.
func (w Watched) Current() LevelChange {
	if n := len(w.History); n > 0 {
		return w.History[n-1]
	}
	return LevelChange{From: w.Level, To: w.Level, At: w.Added}
}

// Trend compares the level with the one before: "up", "down" or "same".
func (w Watched) Trend() string {
	c := w.Current()
	switch a, b := c.From.rank(), c.To.rank(); {
	case b > a:
		return "up"
	case b < a:
		return "down"
	}
	return "same"
}

var levelVerbs = []GroupVerb{
	{Path: "group level", Update: "AgreeLevel", Rules: "R68 R74",
		New:     func() GroupAct { return new(AgreeLevel) },
		Summary: "Record the surveillance level that members have agreed for a provider",
		Example: `group level --group GROUP --by "NHS England" --provider RCX --level enhanced --reason "two inspections" --agreed CQC,CCG/07J`},
	{Path: "group told-provider", Update: "TellProvider", Rules: "A32",
		New:     func() GroupAct { return new(TellProvider) },
		Summary: "Record that your body has told the provider of its surveillance level",
		Example: `group told-provider --group GROUP --by CCG/07J --provider RCX`},
}

// AgreeLevel records a consensus, at a meeting or between meetings. It is how closely the
// members look together, and binds none of them (R68); who sees it otherwise is listed.
type AgreeLevel struct {
	Provider string            `json:"provider" flag:"provider" usage:"the provider's code" need:"yes"`
	Level    SurveillanceLevel `json:"level" flag:"level" usage:"the level; the present one again, if it was reviewed and stays" need:"yes"`
	Reason   string            `json:"reason" flag:"reason" usage:"why" need:"yes"`
	Evidence string            `json:"evidence,omitempty" flag:"evidence" usage:"what it rests on"`
	Agreed   []Party           `json:"agreed,omitempty" flag:"agreed" usage:"the members that agreed; without it, those at today's meeting"`
	Dissent  []Party           `json:"dissent,omitempty" flag:"dissent" usage:"members that see it otherwise"`
	Lead     Party             `json:"lead,omitempty" flag:"lead" usage:"the member that looks to the review"`
	Review   time.Time         `json:"review,omitzero" flag:"review" day:"end" when:"ahead" usage:"when the level is reviewed; without it, as the profile says, for an enhanced one"`
	At       time.Time         `json:"at,omitzero" flag:"at" when:"past" usage:"when it was agreed, if earlier than now"`
}

func (a *AgreeLevel) check(g *Group, m Moment) error {
	if err := g.memberOnly(m); err != nil {
		return err
	}
	w := g.provider(code(a.Provider))
	if w == nil {
		return mistake("provider %q is not on the group's list ('group watch').", clip(code(a.Provider), 20))
	}
	if w.Case != "" && w.Level == RiskSummitLevel {
		return mistake("case %s about provider %s is live, and its level with it; the case leaves a "+
			"level behind when it closes.", w.Case, w.Code)
	}
	for _, p := range append(append([]Party{a.Lead}, a.Agreed...), a.Dissent...) {
		if p != "" && !g.IsMember(p) {
			return refuse("R68", "members agree a level, for themselves; %s is none.", g.Name(p))
		}
	}
	return nil
}

func (a *AgreeLevel) do(g *Group, m Moment) string {
	w := g.provider(code(a.Provider))
	change := LevelChange{From: w.Level, To: a.Level, At: m.At, By: m.By.For, Reason: a.Reason,
		Evidence: a.Evidence, Agreed: a.Agreed, Dissent: a.Dissent, Lead: a.Lead, Review: a.Review}
	if n := g.sitting(m.At); n > 0 && len(change.Agreed) == 0 {
		change.Agreed = slices.DeleteFunc(slices.Clone(g.Meetings[n-1].Present), func(p Party) bool {
			return !g.IsMember(p) || slices.Contains(a.Dissent, p)
		})
	}
	text := "The level of provider " + w.Code + " stays " + g.LevelName(a.Level)
	if change.From != change.To {
		text = "The level of provider " + w.Code + " goes from " + g.LevelName(change.From) + " to " +
			g.LevelName(change.To)
	}
	change = g.setLevel(w, change, m)
	if len(change.Agreed) > 0 {
		text += ", agreed by " + g.names(change.Agreed)
	}
	if len(change.Dissent) > 0 {
		text += "; otherwise sees it " + g.names(change.Dissent)
	}
	if !change.Review.IsZero() {
		text += "; to be reviewed by " + calendar.Instant(change.Review)
	}
	return text + ". It binds no member (R68). " + a.Reason
}

// setLevel enters the change, with the duty to review what is not routine (N40).
func (g *Group) setLevel(w *Watched, change LevelChange, m Moment) LevelChange {
	how := EndDone
	if change.To == RiskSummitLevel {
		how = EndNotNeeded // the case looks to it now
	}
	g.endDuty(DutyLevelReview, w.Code, how, m)
	if change.To == RiskSummitLevel {
		change.Review = time.Time{}
	} else if change.To == EnhancedLevel || !change.Review.IsZero() {
		d := g.owe(owed{kind: DutyLevelReview, owner: firstSet(change.Lead, g.support()),
			subject: w.Code, start: change.At, due: change.Review})
		change.Review = d.Due
	}
	w.Level = change.To
	w.History = append(w.History, change)
	return change
}

// follows: one level follows another.
func (a *AgreeLevel) follows(g *Group, _ Moment) bound {
	w := g.provider(code(a.Provider))
	if n := len(w.History); n > 0 {
		return bound{w.History[n-1].At, "the last change of its level"}
	}
	return bound{w.Added, "the provider was put on the list"}
}

// TellProvider is a fact of the member that did it: a group tells nobody anything.
type TellProvider struct {
	Provider string    `json:"provider" flag:"provider" usage:"the provider's code" need:"yes"`
	At       time.Time `json:"at,omitzero" flag:"at" when:"past" usage:"when, if earlier than now"`
}

func (a *TellProvider) check(g *Group, m Moment) error {
	if err := g.memberOnly(m); err != nil {
		return err
	}
	w := g.provider(code(a.Provider))
	if w == nil || len(w.History) == 0 {
		return mistake("no level was recorded for provider %q.", clip(code(a.Provider), 20))
	}
	return nil
}

func (a *TellProvider) do(g *Group, m Moment) string {
	w := g.provider(code(a.Provider))
	c := &w.History[len(w.History)-1]
	c.Told, c.ToldBy = firstSet(a.At, m.Now), m.By.For
	return "Told provider " + w.Code + " that it is watched at the " + g.LevelName(w.Level) + " level."
}
