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

// GroupOutcome is what a group can do about a provider: each is a word for what its members
// then do, within their own powers (R68; regime 4.4).
type GroupOutcome string

// The outcomes that reach somebody (R101).
const (
	AskForInformation  GroupOutcome = "ask-for-information"
	MemberActs         GroupOutcome = "member-acts"
	WatchEnhanced      GroupOutcome = "enhanced-surveillance"
	SingleItemMeeting  GroupOutcome = "single-item-meeting"
	ResponsiveReview   GroupOutcome = "responsive-review"
	AskToInspect       GroupOutcome = "ask-cqc-to-inspect"
	TriggerSummit      GroupOutcome = "trigger-risk-summit"
	EscalateToRegion   GroupOutcome = "escalate-to-region"
	EscalateNationally GroupOutcome = "escalate-nationally"
)

// Choices lists the outcomes, the mildest first.
func (GroupOutcome) Choices() []string {
	return []string{"note-and-watch", string(AskForInformation), string(MemberActs), string(WatchEnhanced),
		string(SingleItemMeeting), string(ResponsiveReview), string(AskToInspect), string(TriggerSummit),
		string(EscalateToRegion), string(EscalateNationally)}
}

// Outcome is a row of the outcome and surveillance log: one provider, as
// considered at one meeting or between meetings.
type Outcome struct {
	N          int                      `json:"n"`
	Meeting    int                      `json:"meeting,omitempty"` // 0: between meetings
	At         time.Time                `json:"at"`
	Provider   string                   `json:"provider"`
	Concerns   []string                 `json:"concerns,omitempty"` // open at the time
	Bodies     []regime.Party           `json:"bodies,omitempty"`   // whose concerns they are
	Level      regime.SurveillanceLevel `json:"level,omitempty"`
	Conclusion string                   `json:"conclusion,omitempty"`
	Outcome    GroupOutcome             `json:"outcome,omitempty"`
	Lead       regime.Party             `json:"lead,omitempty"`
	By         regime.Party             `json:"by"`
	Escalated  time.Time                `json:"escalated,omitzero"`
	// WhyNot is why no summit was triggered, by who was asked to.
	WhyNot   string       `json:"whyNot,omitempty"`
	WhyNotBy regime.Party `json:"whyNotBy,omitempty"`
}

var considerVerbs = []Verb{
	{Path: "group consider", Update: "ConsiderProvider", Rules: "R68 R74 R76 R101",
		New:     func() Act { return new(ConsiderProvider) },
		Did:     "recorded what the group made of a provider",
		Summary: "Record what the group made of a provider, at a meeting or between meetings",
		Example: `group consider --group GROUP --by "NHS England" --provider RCX --outcome ask-cqc-to-inspect --conclusion "three bodies see the same"`},
}

// ConsiderProvider records a conversation. It decides nothing for any member (R68): the party that the outcome
// means is asked, and accepts or declines for itself (R101), and what another raised stays open (R88).
type ConsiderProvider struct {
	Provider   string       `json:"provider" flag:"provider" board:"provider" usage:"the provider's code" need:"yes"`
	Conclusion string       `json:"conclusion,omitempty" flag:"conclusion" usage:"what was concluded together"`
	Outcome    GroupOutcome `json:"outcome,omitempty" flag:"outcome" board:"plain" usage:"what follows"`
	Lead       regime.Party `json:"lead,omitempty" flag:"lead" usage:"the member that leads on this provider"`
	Due        time.Time    `json:"due,omitzero" flag:"due" day:"end" when:"ahead" usage:"by when the party that the outcome means is asked to do it"`
	At         time.Time    `json:"at,omitzero" flag:"at" when:"past" usage:"when the group considered it, if earlier than now"`
}

func (a *ConsiderProvider) check(g *Group, m ledger.Moment) error {
	if err := g.memberOnly(m); err != nil {
		return err
	}
	c := words.Code(a.Provider)
	if !g.mayConsider(c) {
		return regime.Mistakef("the group has no provider %q on its list and no open concern about it.",
			words.Clip(c, 20))
	}
	if a.Lead != "" && !g.IsMember(a.Lead) {
		return regime.Refusef("R68", "a member leads on a provider; %s is not one.", g.Name(a.Lead))
	}
	return nil
}

func (a *ConsiderProvider) do(g *Group, m ledger.Moment) string {
	c := words.Code(a.Provider)
	row := g.consider(c, g.sitting(m.At), m)
	row.Conclusion = cmp.Or(a.Conclusion, row.Conclusion)
	row.Outcome, row.Lead = cmp.Or(a.Outcome, row.Outcome), cmp.Or(a.Lead, row.Lead)
	text := "Considered provider " + c + "."
	if a.Outcome != "" {
		text = "Considered provider " + c + ": " + words.Plain(string(a.Outcome)) + "."
	}
	return words.Sentence(text, a.Conclusion, "") + g.follow(row, a, m)
}

// mayConsider: a provider on the list, or one that the group was told of all the same (R75).
func (g *Group) mayConsider(code string) bool {
	t := g.Together(code)
	return g.provider(code) != nil || len(t.Concerns)+len(t.Elsewhere) > 0
}

// sitting is the number of the meeting that is held today, 0 when the group has not met.
func (g *Group) sitting(now time.Time) int {
	if last, ok := g.LastMeeting(); ok && calendar.SameDay(last.Held, now) {
		return last.N
	}
	return 0
}

// consider enters a provider as considered: one row for each provider and meeting.
func (g *Group) consider(provider string, meeting int, m ledger.Moment) *Outcome {
	g.covered(provider, ledger.Moment{Now: m.At, By: m.By})
	if meeting > 0 {
		held := g.meeting(meeting)
		if !slices.Contains(held.Considered, provider) {
			held.Considered = append(held.Considered, provider)
		}
	}
	together := g.Together(provider)
	row := Outcome{N: len(g.Outcomes) + g.Gone.Outcomes + 1, Meeting: meeting, At: m.At, Provider: provider, Bodies: together.Bodies,
		By: m.By.For}
	for _, o := range together.Concerns {
		row.Concerns = append(row.Concerns, o.ID)
		g.concern(o.ID).Discussed = meeting
	}
	if watched := g.provider(provider); watched != nil {
		row.Level = watched.Level
	}
	for i := len(g.Outcomes) - 1; i >= 0 && meeting > 0; i-- {
		o := &g.Outcomes[i]
		if o.Meeting == meeting && o.Provider == provider && (o.By == m.By.For || o.Conclusion == "" && o.Outcome == "") {
			o.By = m.By.For // what another has recorded of the meeting stays beside it (R131)
			return o
		}
	}
	g.Outcomes = append(g.Outcomes, row)
	return &g.Outcomes[len(g.Outcomes)-1]
}
