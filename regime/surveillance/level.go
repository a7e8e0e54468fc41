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
func (g *Group) LevelName(l regime.SurveillanceLevel) string { return g.profile().LevelName(l) }

// Rank orders the levels of the group's profile.
func (g *Group) Rank(l regime.SurveillanceLevel) int { return g.profile().Rank(l) }

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
	Present  []regime.Party           `json:"present,omitempty"` // at the meeting of the day, where that was not recorded
	Dissent  []regime.Party           `json:"dissent,omitempty"` // who saw it otherwise
	Lead     regime.Party             `json:"lead,omitempty"`    // looks to the review
	Review   time.Time                `json:"review,omitzero"`
	Case     string                   `json:"case,omitempty"` // where the change came from a case
	// Agreement is what a lower level rests on: "M1".
	Agreement string       `json:"agreement,omitempty"`
	Down      string       `json:"down,omitempty"` // what must be shown to come down from it
	Told      time.Time    `json:"told,omitzero"`  // when the provider was told
	ToldBy    regime.Party `json:"toldBy,omitempty"`
}

// Current is the latest change of level; without one the provider has been at the routine
// level since it came on the list.
func (w Watched) Current() LevelChange {
	if n := len(w.History); n > 0 {
		return w.History[n-1]
	}
	return LevelChange{From: w.Level, To: w.Level, At: w.Added}
}

// Trend compares a level with the one before: "up", "down" or "same".
func (g *Group) Trend(c LevelChange) string {
	switch a, b := g.Rank(c.From), g.Rank(c.To); {
	case b > a:
		return "up"
	case b < a:
		return "down"
	}
	return "same"
}

var levelVerbs = []Verb{
	{Path: "group level", Update: "AgreeLevel", Rules: "R68 R74 R89 R139",
		New:     func() Act { return new(AgreeLevel) },
		Did:     "recorded a level of surveillance",
		Summary: "Record the surveillance level that members have agreed for a provider, or that a body sets whose part it is; a lower one on evidence",
		Example: `group level --group GROUP --by "NHS England" --provider RCX --level enhanced --reason "two inspections" --agreed CQC,CCG/07J`},
	{Path: "group told-provider", Update: "TellProvider", Rules: "A32",
		New:     func() Act { return new(TellProvider) },
		Did:     "recorded that a provider has been told of its level",
		Summary: "Record that your body has told the provider of its surveillance level",
		Example: `group told-provider --group GROUP --by CCG/07J --provider RCX`},
}

// AgreeLevel records a consensus, at a meeting or between meetings. It is how closely the
// members look together, and binds none of them (R68); who sees it otherwise is listed. A higher level
// holds at once. A lower one takes effect when all members were told and had days to object, if
// enough of those who were there, or were asked and have answered, agree (R89).
type AgreeLevel struct {
	Provider string                   `json:"provider" flag:"provider" board:"provider" usage:"the provider's code" need:"yes"`
	Level    regime.SurveillanceLevel `json:"level" flag:"level" board:"plain" usage:"the level; the present one again, if it was reviewed and stays" need:"yes"`
	Service  string                   `json:"service,omitempty" flag:"service" usage:"the one service of the provider whose level it is, where the profile has levels of services"`
	Reason   string                   `json:"reason" flag:"reason" usage:"why" need:"yes"`
	Evidence string                   `json:"evidence,omitempty" flag:"evidence" usage:"what it rests on; a lower level needs it"`
	Down     string                   `json:"down,omitempty" flag:"to-come-down" usage:"what must be shown to come down from it again; without it what the profile says"`
	Agreed   []regime.Party           `json:"agreed,omitempty" flag:"agreed" usage:"the members that agreed; without it, who was at today's meeting is recorded as that. To a lower level each agrees itself that was not there"`
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
	if err := g.profile().CheckLevel(a.Level, a.Service); err != nil {
		return err
	}
	from := w.levelOf(a.Service, g)
	if _, err := g.profile().MaySetLevel(m.By.For.Body(), from, a.Level); err != nil {
		return err
	}
	if w.Case != "" && a.Service == "" && g.level(w.Level).Live {
		return regime.Mistakef("case %s about provider %s is live, and its level with it; the case leaves a "+
			"level behind when it closes.", w.Case, w.Code)
	}
	for _, p := range append(append([]regime.Party{a.Lead}, a.Agreed...), a.Dissent...) {
		if p != "" && !g.IsMember(p) {
			return regime.Refusef("R68", "members agree a level, for themselves; %s is not one.", g.Name(p))
		}
	}
	if g.Rank(a.Level) >= g.Rank(from) {
		return nil
	}
	if a.Evidence == "" {
		return regime.Refusef("R89", "a level goes down on evidence: say what shows it (--evidence).%s", g.toComeDown(w, a.Service))
	}
	if rest := g.Pending(ledger.ToLower, w.Code); rest != nil {
		return regime.Mistakef("%s is to lower it already, until %s; agree to that, or object.", rest.ID,
			calendar.Instant(rest.Until))
	}
	return nil
}

func (a *AgreeLevel) do(g *Group, m ledger.Moment) string {
	w := g.provider(words.Code(a.Provider))
	change := LevelChange{From: w.levelOf(a.Service, g), To: a.Level, At: m.At, By: m.By.For, Reason: a.Reason,
		Evidence: a.Evidence, Agreed: a.Agreed, Dissent: a.Dissent, Lead: a.Lead, Review: a.Review, Down: a.Down}
	if _, alone := g.profile().SetAlone(change.From, change.To); alone || a.Service != "" {
		return g.setAlone(w, a.Service, change, m)
	}
	if g.Rank(a.Level) < g.Rank(w.Level) {
		return g.lower(w, change, m)
	}
	if len(change.Agreed) == 0 {
		change.Present = ledger.Dissenting(g.membersAt(g.sitting(m.At)), a.Dissent)
	}
	text := "The level of provider " + w.Code + " stays " + g.LevelName(a.Level)
	if change.From != change.To {
		text = "The level of provider " + w.Code + " goes from " + g.LevelName(change.From) + " to " +
			g.LevelName(change.To)
	}
	g.pen.Overtake(ledger.ToLower, w.Code, m)
	change = g.setLevel(w, change, m)
	if len(change.Agreed) > 0 {
		text += ", agreed by " + g.names(change.Agreed)
	} else if len(change.Present) > 0 {
		text += ", at the meeting of " + g.names(change.Present)
	}
	text += dissenting(g, change.Dissent)
	if !change.Review.IsZero() {
		text += "; to be reviewed by " + calendar.Instant(change.Review)
	}
	return text + ". It binds no member (R68). " + a.Reason
}

// lower begins the time in which members agree or object to a lower level. Who was at the meeting of the day
// has agreed; who proposes it has; all others answer for themselves.
func (g *Group) lower(w *Watched, change LevelChange, m ledger.Moment) string {
	present := g.membersAt(g.sitting(m.At))
	agreed := ledger.Dissenting(present, change.Dissent)
	if !slices.Contains(agreed, m.By.For) {
		agreed = append(agreed, m.By.For)
	}
	rest := g.pen.Agree(ledger.Agreement{Kind: ledger.ToLower, Of: w.Code, By: m.By.For, At: m.At, Present: present,
		Agreed: agreed, Reason: change.Reason, Evidence: change.Evidence, Objections: ledger.SawOtherwise(change.Dissent, present, m)},
		g.tellLowering)
	change.Agreement = rest.ID
	w.Lowering = &change
	text := "The level of provider " + w.Code + " is to go from " + g.LevelName(change.From) + " to " +
		g.LevelName(change.To) + " (" + rest.ID + "), " + g.AgreedWords(rest)
	if asked := rest.NotYetAgreed(change.Agreed); len(asked) > 0 {
		text += "; asked, and to answer for themselves: " + g.names(asked)
	}
	return text + ". It takes effect on " + calendar.Instant(rest.Until) + ", when all members have had time to object (R89). " +
		words.Full(change.Reason) + ledger.OnEvidence(change.Evidence)
}

// tellLowering tells all members before it takes effect. It names no provider: a mail never does.
func (g *Group) tellLowering(rest ledger.Agreement) ledger.Notice {
	members := g.parties(nil)
	return ledger.Notice{Kind: regime.NoticeLowering, To: g.Audiences(regime.Contacts(regime.RoleMembers), ledger.Duty{}),
		Asks: []ledger.Ask{{Of: rest.NotYetAgreed(members), How: "group agree, group object",
			Says: "agree, or object, to the lower level (" + rest.ID + ")"}},
		Text: "The surveillance level of one of the providers that the group watches is to go down (" + rest.ID +
			"). The evidence stands with the group"}
}

// lowered is what follows when the time to object has ended: the lower level, if enough agree.
func (g *Group) lowered(rest *ledger.Agreement, m ledger.Moment) {
	w := g.provider(rest.Of)
	agreed := g.AgreedWords(*rest)
	if w == nil || w.Lowering == nil { // it is not watched any more
		g.pen.EndAgreement(rest.ID, ledger.Overtaken, m)
		return
	}
	change := *w.Lowering
	w.Lowering = nil
	text, about := "", rest.ID
	if g.Enough(*rest) {
		change.At, change.Agreed, change.Dissent = m.Now, rest.Agreed, ledger.Against(*rest)
		if !change.Review.After(m.Now) {
			change.Review = time.Time{}
		}
		g.pen.EndAgreement(rest.ID, ledger.TookEffect, m)
		g.setLevel(w, change, m)
		text = "The level of provider " + w.Code + " goes from " + g.LevelName(change.From) + " to " +
			g.LevelName(change.To) + " (" + about + "), " + agreed
		about = "A lower surveillance level has taken effect (" + about + "), " + agreed
	} else {
		g.pen.EndAgreement(rest.ID, ledger.NotAgreed, m)
		text = "The level of provider " + w.Code + " stays " + g.LevelName(w.Level) + ": too few agree to a lower one (" +
			about + "), " + agreed
		about = "A lower surveillance level was not agreed by enough members (" + about + "); the level stays"
	}
	g.pen.EnterByClock(m.Now, text+".")
	g.pen.Event(regime.NoticeLowering, about, regime.RoleMembers)
}

// setLevel enters the change, with the duty to review what is not routine (N40).
func (g *Group) setLevel(w *Watched, change LevelChange, m ledger.Moment) LevelChange {
	change = g.askReview(w.Code, change, m)
	w.Level, w.Lowering = change.To, nil
	w.History = append(w.History, change)
	return change
}

// askReview has the level of a provider, or of a service of it, looked at again.
func (g *Group) askReview(of string, change LevelChange, m ledger.Moment) LevelChange {
	how := ledger.EndDone
	row := g.level(change.To)
	if row.Live {
		how = ledger.EndNotNeeded // the case looks to it now
	}
	g.pen.EndDuty(DutyLevelReview, of, how, m)
	if row.Live {
		change.Review = time.Time{}
	} else if row.Reviewed || !change.Review.IsZero() {
		d := g.pen.OpenDuty(ledger.DutySpec{Kind: DutyLevelReview, Owner: cmp.Or(change.Lead, g.support()),
			Subject: of, Start: change.At, Due: change.Review})
		change.Review = d.Due
	}
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
	Provider string    `json:"provider" flag:"provider" board:"provider" usage:"the provider's code" need:"yes"`
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
