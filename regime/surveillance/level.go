package surveillance

import (
	"cmp"
	"slices"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// DutyLevelReview is the kind of duty that is owed here.
const DutyLevelReview regime.DutyKind = "LEVEL_REVIEW"

// LevelName is what the group's profile calls a level: "intensive" of a live case, under ENGLAND_2022.
func (g *Group) LevelName(l regime.SurveillanceLevel) string {
	if l == regime.RiskSummitLevel {
		return g.labels().Level
	}
	return string(l)
}

// LevelChange is one line of a provider's history; a review that left the level as it was is
// one too.
type LevelChange struct {
	From     regime.SurveillanceLevel `json:"from"`
	To       regime.SurveillanceLevel `json:"to"`
	At       time.Time                `json:"at"`
	By       regime.Party             `json:"by"`
	Reason   string                   `json:"reason,omitempty"`
	Evidence string                   `json:"evidence,omitempty"`
	Agreed   []regime.Party           `json:"agreed,omitempty"`  // who agreed, where it was recorded
	Dissent  []regime.Party           `json:"dissent,omitempty"` // who saw it otherwise
	Lead     regime.Party             `json:"lead,omitempty"`    // looks to the review
	Review   time.Time                `json:"review,omitzero"`
	Case     string                   `json:"case,omitempty"` // where the change came from a case
	Told     time.Time                `json:"told,omitzero"`  // when the provider was told
	ToldBy   regime.Party             `json:"toldBy,omitempty"`
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
	switch a, b := c.From.Rank(), c.To.Rank(); {
	case b > a:
		return "up"
	case b < a:
		return "down"
	}
	return "same"
}

var levelVerbs = []Verb{
	{Path: "group level", Update: "AgreeLevel", Rules: "R68 R74",
		New:     func() Act { return new(AgreeLevel) },
		Summary: "Record the surveillance level that members have agreed for a provider",
		Example: `group level --group GROUP --by "NHS England" --provider RCX --level enhanced --reason "two inspections" --agreed CQC,CCG/07J`},
	{Path: "group told-provider", Update: "TellProvider", Rules: "A32",
		New:     func() Act { return new(TellProvider) },
		Summary: "Record that your body has told the provider of its surveillance level",
		Example: `group told-provider --group GROUP --by CCG/07J --provider RCX`},
}

// AgreeLevel records a consensus, at a meeting or between meetings. It is how closely the
// members look together, and binds none of them (R68); who sees it otherwise is listed.
type AgreeLevel struct {
	Provider string                   `json:"provider" flag:"provider" usage:"the provider's code" need:"yes"`
	Level    regime.SurveillanceLevel `json:"level" flag:"level" usage:"the level; the present one again, if it was reviewed and stays" need:"yes"`
	Reason   string                   `json:"reason" flag:"reason" usage:"why" need:"yes"`
	Evidence string                   `json:"evidence,omitempty" flag:"evidence" usage:"what it rests on"`
	Agreed   []regime.Party           `json:"agreed,omitempty" flag:"agreed" usage:"the members that agreed; without it, those at today's meeting"`
	Dissent  []regime.Party           `json:"dissent,omitempty" flag:"dissent" usage:"members that disagree"`
	Lead     regime.Party             `json:"lead,omitempty" flag:"lead" usage:"the member that sees to the review"`
	Review   time.Time                `json:"review,omitzero" flag:"review" day:"end" when:"ahead" usage:"when the level is reviewed; without it, as the profile says, for an enhanced one"`
	At       time.Time                `json:"at,omitzero" flag:"at" when:"past" usage:"when it was agreed, if earlier than now"`
}

func (a *AgreeLevel) check(g *Group, m ledger.Moment) error {
	if err := g.memberOnly(m); err != nil {
		return err
	}
	w := g.provider(words.Code(a.Provider))
	if w == nil {
		return regime.Mistakef("provider %q is not on the group's list ('group watch').",
			words.Clip(words.Code(a.Provider), 20))
	}
	if w.Case != "" && w.Level == regime.RiskSummitLevel {
		return regime.Mistakef("case %s about provider %s is live, and its level with it; the case leaves a "+
			"level behind when it closes.", w.Case, w.Code)
	}
	for _, p := range append(append([]regime.Party{a.Lead}, a.Agreed...), a.Dissent...) {
		if p != "" && !g.IsMember(p) {
			return regime.Refusef("R68", "members agree a level, for themselves; %s is not one.", g.Name(p))
		}
	}
	return nil
}

func (a *AgreeLevel) do(g *Group, m ledger.Moment) string {
	w := g.provider(words.Code(a.Provider))
	change := LevelChange{From: w.Level, To: a.Level, At: m.At, By: m.By.For, Reason: a.Reason,
		Evidence: a.Evidence, Agreed: a.Agreed, Dissent: a.Dissent, Lead: a.Lead, Review: a.Review}
	if n := g.sitting(m.At); n > 0 && len(change.Agreed) == 0 {
		change.Agreed = slices.DeleteFunc(slices.Clone(g.meeting(n).Present), func(p regime.Party) bool {
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
func (g *Group) setLevel(w *Watched, change LevelChange, m ledger.Moment) LevelChange {
	how := ledger.EndDone
	if change.To == regime.RiskSummitLevel {
		how = ledger.EndNotNeeded // the case looks to it now
	}
	g.pen.EndDuty(DutyLevelReview, w.Code, how, m)
	if change.To == regime.RiskSummitLevel {
		change.Review = time.Time{}
	} else if change.To == regime.EnhancedLevel || !change.Review.IsZero() {
		d := g.pen.OpenDuty(ledger.DutySpec{Kind: DutyLevelReview, Owner: cmp.Or(change.Lead, g.support()),
			Subject: w.Code, Start: change.At, Due: change.Review})
		change.Review = d.Due
	}
	w.Level = change.To
	w.History = append(w.History, change)
	return change
}

// follows: one level follows another.
func (a *AgreeLevel) follows(g *Group, _ ledger.Moment) ledger.Bound {
	w := g.provider(words.Code(a.Provider))
	if n := len(w.History); n > 0 {
		return ledger.Since(w.History[n-1].At, "the last change of its level")
	}
	return ledger.Since(w.Added, "the provider was put on the list")
}

// TellProvider is a fact of the member that did it: the group itself tells the provider nothing.
type TellProvider struct {
	Provider string    `json:"provider" flag:"provider" usage:"the provider's code" need:"yes"`
	At       time.Time `json:"at,omitzero" flag:"at" when:"past" usage:"when, if earlier than now"`
}

func (a *TellProvider) check(g *Group, m ledger.Moment) error {
	if err := g.memberOnly(m); err != nil {
		return err
	}
	w := g.provider(words.Code(a.Provider))
	if w == nil || len(w.History) == 0 {
		return regime.Mistakef("no level was recorded for provider %q.", words.Clip(words.Code(a.Provider), 20))
	}
	return nil
}

func (a *TellProvider) do(g *Group, m ledger.Moment) string {
	w := g.provider(words.Code(a.Provider))
	c := &w.History[len(w.History)-1]
	c.Told, c.ToldBy = cmp.Or(a.At, m.Now), m.By.For
	return "Told provider " + w.Code + " that it is watched at the " + g.LevelName(w.Level) + " level."
}
