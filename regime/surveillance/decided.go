package surveillance

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// The kinds of duty by which what a group decides reaches the party that it means.
const (
	DutySummitOrWhyNot regime.DutyKind = "TRIGGER_OR_WHY_NOT"
	DutyAnswerUrgent   regime.DutyKind = "ANSWER_URGENT_CONCERN"
	DutyReviewReport   regime.DutyKind = "GIVE_REVIEW_REPORT"
)

// follow is what an outcome brings about: the party that it means is asked, and answers for itself (R101).
func (g *Group) follow(row *Outcome, a *ConsiderProvider, m ledger.Moment) string {
	switch a.Outcome {
	case WatchEnhanced:
		return " The level is recorded by 'group level'."
	case TriggerSummit:
		return g.askForSummit(row, m)
	case EscalateToRegion, EscalateNationally:
		row.Escalated = m.At
		g.pen.Notify(ledger.Notice{Kind: regime.NoticeFromLocalGroup,
			To:   g.Audiences(regime.Contacts(regime.RoleRegion), ledger.Duty{}),
			Asks: ledger.Asking("look at one of the providers of "+g.PlaceName, ""),
			Text: "The " + g.row().Name + " of " + g.PlaceName + " asks for it"})
		return " " + g.Name(g.above()) + " is told."
	case AskForInformation:
		if row.Lead == "" {
			return g.askMembers(row)
		}
	}
	return g.askLead(row, a, m)
}

// asked is what an outcome asks of the member that it means, and in words of a mail.
var asked = map[GroupOutcome]string{
	AskForInformation: "tell the group what is asked about provider ",
	MemberActs:        "act within its own powers on provider ",
	SingleItemMeeting: "bring about a meeting of the group about one item, provider ",
	ResponsiveReview:  "have a responsive review made of provider ",
	AskToInspect:      "inspect, or say when or why not, provider ",
}

// meant is who an outcome means: CQC inspects; all else falls to the lead, and without one to who
// supports the group.
func (g *Group) meant(o GroupOutcome, lead regime.Party) regime.Party {
	if o == AskToInspect {
		return g.ResolveUnit(g.Inspector())
	}
	return cmp.Or(lead, g.support())
}

// askLead proposes the action that an outcome is to the party that it means, once: it is its own to accept or
// decline (R68, R101).
func (g *Group) askLead(row *Outcome, a *ConsiderProvider, m ledger.Moment) string {
	does, ok := asked[a.Outcome]
	if !ok {
		return ""
	}
	owner := g.meant(a.Outcome, row.Lead)
	for _, o := range g.Actions {
		if o.From == a.Outcome && o.Provider == row.Provider && o.Owner == owner && !o.Settled() {
			return " It is asked of " + g.Name(owner) + " already (" + o.ID + ")."
		}
	}
	what := words.Sentence(words.Capital(does)+row.Provider+".", a.Conclusion, "")
	due := a.Due
	if due.IsZero() {
		due = g.row().Asked.After(m.Now)
	}
	id := g.propose(Action{From: a.Outcome, Provider: row.Provider, Raised: m.Now, Action: ledger.Action{What: what,
		Owner: owner, Proposer: m.By.For, Due: due}}, m)
	if lead := row.Lead; lead != "" && lead != owner && lead != m.By.For {
		g.pen.Notify(ledger.Notice{Kind: regime.NoticeGroupDecided,
			To:   []ledger.Recipient{{Party: lead, Level: regime.LevelDuty}},
			Text: "Your body leads on one of the group's providers; " + g.Name(owner) + " has been asked to act (" + id + ")"})
	}
	if g.action(id).Status == regime.ActionAccepted {
		return " " + g.Name(owner) + " has taken it on (" + id + "), due " + calendar.Instant(due) + "."
	}
	return " Proposed to " + g.Name(owner) + " (" + id + "), due " + calendar.Instant(due) + "."
}

func (g *Group) nextAction() string { return "A" + strconv.Itoa(len(g.Actions)+g.Gone.Actions+1) }

// propose puts an action to its owner. What a body proposes to itself it has accepted; a review is
// accepted with its terms.
func (g *Group) propose(a Action, m ledger.Moment) string {
	a.ID, a.Status = g.nextAction(), regime.ActionProposed
	g.Actions = append(g.Actions, a)
	if a.Owner == m.By.For && !a.isReview() {
		g.accept(g.action(a.ID), m)
		return a.ID
	}
	g.pen.Ask(regime.NoticeActionProposed, g.pen.OpenDuty(ledger.DutySpec{Kind: DutyAnswerGroupAction,
		Owner: a.Owner, Subject: a.ID, Start: m.Now}))
	return a.ID
}

// askMembers asks everybody who sits in the group where nobody is named.
func (g *Group) askMembers(row *Outcome) string {
	g.pen.Notify(ledger.Notice{Kind: regime.NoticeGroupDecided,
		To: g.Audiences(regime.Contacts(regime.RoleMembers), ledger.Duty{}),
		Asks: ledger.Asking("tell the group what your body knows about the provider of outcome "+
			strconv.Itoa(len(g.Outcomes)), "group concern, group note"),
		Text: "The group asks its members for what they know about one of its providers"})
	return " All members are asked what they know about " + row.Provider + "."
}

// askForSummit asks the lead to trigger or to say why not, in hours (R101). It decides nothing for
// it, and keeps nobody else from triggering.
func (g *Group) askForSummit(row *Outcome, m ledger.Moment) string {
	summit := g.labels().Summit
	if w := g.provider(row.Provider); w != nil && g.throughCase(w) {
		return " Case " + w.Case + " about it is open."
	}
	owner := cmp.Or(row.Lead, g.support())
	d := g.pen.OpenDuty(ledger.DutySpec{Kind: DutySummitOrWhyNot, Owner: owner, Subject: row.Provider,
		Start: m.Now, Urgent: g.Together(row.Provider).Urgent})
	g.pen.Notify(ledger.Notice{Kind: regime.NoticeGroupDecided, Duty: d.ID, Urgent: true,
		To: g.Audiences(regime.Contacts(regime.RoleOwner), *d)})
	return " A statutory member triggers the " + summit + "; the group has no power to (R68). " +
		g.Name(g.OwnerOf(*d)) + " says by " + calendar.Instant(d.Due) + " that it is triggered, or why not."
}

// summitTriggered ends what is owed about a summit: there is one. Whom the case itself has not told of it is told here.
func (g *Group) summitTriggered(provider string, caseTells bool, m ledger.Moment) {
	how := ledger.EndDone
	if !caseTells {
		how = ledger.EndNotNeeded
	}
	g.pen.EndDuty(DutySummitOrWhyNot, provider, how, m)
}

var decidedVerbs = []Verb{
	{Path: "group no-summit", Update: "SayWhyNoSummit", Rules: "R68 R101",
		New:     func() Act { return new(SayWhyNoSummit) },
		Did:     "said why it triggers no {summit}",
		Summary: "Say why your body triggers no {summit} that the group has spoken of",
		Example: `group no-summit --group GROUP --by CQC --provider RCX --reason "an inspection begins on Monday"`},
	{Path: "group answer-concern", Update: "AnswerConcern", Rules: "R10 R102",
		New:     func() Act { return new(AnswerConcern) },
		Did:     "answered a concern",
		Summary: "Answer a concern: what your body does about it, or why nothing",
		Example: `group answer-concern --group GROUP --by CQC --concern C3 --answer "Two inspectors are on site today"`},
}

// SayWhyNoSummit answers for the body that was asked to trigger; every other may trigger all the
// same (R11).
type SayWhyNoSummit struct {
	Provider string    `json:"provider" flag:"provider" usage:"the provider's code" need:"yes"`
	Reason   string    `json:"reason" flag:"reason" usage:"why not" need:"yes"`
	At       time.Time `json:"at,omitzero" flag:"at" when:"past" usage:"when it was said, if earlier than now"`
}

func (a *SayWhyNoSummit) check(g *Group, m ledger.Moment) error {
	d := g.Duty(DutySummitOrWhyNot, words.Code(a.Provider))
	if d == nil {
		return regime.Mistakef("nobody owes an answer about %s for provider %q.", words.A(g.labels().Summit),
			words.Clip(words.Code(a.Provider), 20))
	}
	if owner := g.OwnerOf(*d); owner != m.By.For {
		return regime.Refusef("R101", "%s was asked and answers for itself; every statutory organisation can "+
			"trigger %s of its own ('trigger').", g.Name(owner), words.A(g.labels().Summit))
	}
	return nil
}

func (a *SayWhyNoSummit) do(g *Group, m ledger.Moment) string {
	c := words.Code(a.Provider)
	g.pen.Discharge(DutySummitOrWhyNot, c, m)
	for i := len(g.Outcomes) - 1; i >= 0; i-- {
		if o := &g.Outcomes[i]; o.Provider == c && o.Outcome == TriggerSummit {
			o.WhyNot, o.WhyNotBy = a.Reason, m.By.For
			break
		}
	}
	summit := g.labels().Summit
	g.pen.Event(regime.NoticeGroupDecided, g.Name(m.By.For)+" has said why it triggers no "+summit+" about one of the "+
		"group's providers; the reason stands with the group, and any statutory organisation can trigger one all the "+
		"same", regime.RoleMembers)
	return "Triggers no " + summit + " about provider " + c + ": " + a.Reason
}

// Answer is what a body says that it does about a concern.
type Answer struct {
	By   regime.Party `json:"by"`
	At   time.Time    `json:"at"`
	Says string       `json:"says"`
}

// AnswerConcern ends the chase of an urgent concern; several may answer one (R102).
type AnswerConcern struct {
	Concern string    `json:"concern" flag:"concern" number:"yes" usage:"the concern's number, such as C3" need:"yes"`
	Answer  string    `json:"answer" flag:"answer" usage:"what your body does about it, or why nothing" need:"yes"`
	At      time.Time `json:"at,omitzero" flag:"at" when:"past" usage:"when it was answered, if earlier than now"`
}

func (a *AnswerConcern) check(g *Group, _ ledger.Moment) error {
	if g.concern(words.Code(a.Concern)) == nil {
		return regime.Mistakef("there is no concern %q.", words.Clip(a.Concern, 20))
	}
	return nil
}

func (a *AnswerConcern) follows(g *Group, _ ledger.Moment) ledger.Bound {
	return ledger.Since(g.concern(words.Code(a.Concern)).At, "the concern was raised")
}

func (a *AnswerConcern) do(g *Group, m ledger.Moment) string {
	c := g.concern(words.Code(a.Concern))
	c.Answers = append(c.Answers, Answer{By: m.By.For, At: m.At, Says: a.Answer})
	g.pen.Discharge(DutyAnswerUrgent, c.ID, m)
	if c.Urgent {
		to := g.Audiences(regime.Contacts(regime.RoleMembers, regime.RoleRegion), ledger.Duty{})
		// Who fed it in openly, without a seat, is told as well; a voice has no mailbox (R14).
		if by := (ledger.Recipient{Party: c.By.For, Level: regime.LevelDuty}); c.FedIn && !slices.Contains(ledger.PartiesOf(to), c.By.For) {
			to = append(to, by)
		}
		g.pen.Notify(ledger.Notice{Kind: regime.NoticeUrgentConcern, To: to, Text: g.Name(m.By.For) + " has answered concern " +
			c.ID + ", by which patients may be at immediate risk; what it says stands with the group"})
	}
	return "Answered concern " + c.ID + " about provider " + c.Provider + ": " + a.Answer
}

// chase has an urgent concern answered by somebody (R102).
func (g *Group) chase(c Concern, m ledger.Moment) {
	g.pen.OpenDuty(ledger.DutySpec{Kind: DutyAnswerUrgent, Role: regime.RoleSupport, Subject: c.ID, Start: m.Now})
}

// endChases ends the chase of what is open no more, however it ended.
func (g *Group) endChases(now time.Time) {
	for _, d := range g.OpenOf(DutyAnswerUrgent) {
		if c := g.concern(d.Subject); c != nil && !c.Settled.IsZero() {
			g.pen.EndDuty(d.Kind, d.Subject, ledger.EndNotNeeded, ledger.Moment{Now: now})
		}
	}
}
