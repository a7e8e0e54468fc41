package surveillance

import (
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// The kinds of duty that are owed here.
const (
	DutyAnswerGroupAction regime.DutyKind = "ANSWER_GROUP_ACTION"
	DutyDoGroupAction     regime.DutyKind = "DO_GROUP_ACTION"
)

// Action is a row of the group's action log. It is proposed to a member and owned by
// it; the group owns none (R68).
type Action struct {
	ledger.Action
	From     GroupOutcome `json:"from,omitempty"`   // the outcome by which the group asked for it
	Review   *Review      `json:"review,omitempty"` // set once a responsive review is taken on
	Provider string       `json:"provider,omitempty"`
	Case     string       `json:"case,omitempty"`
	Raised   time.Time    `json:"raised"`
	Accepted time.Time    `json:"accepted,omitzero"`
	Closed   time.Time    `json:"closed,omitzero"`
}

var groupActionVerbs = []Verb{
	{Path: "group action-propose", Update: "ProposeGroupAction", Rules: "R1 R68 R76",
		New:     func() Act { return new(ProposeGroupAction) },
		Did:     "proposed an action",
		Summary: "Propose an action to the member that would own it",
		Example: `group action-propose --group GROUP --by "NHS England" --owner CQC --provider RCX --what "Say when it inspects next" --due 2013-11-01`},
	{Path: "group action-accept", Update: "AcceptGroupAction", Rules: "R1 R68",
		New:     func() Act { return new(AcceptGroupAction) },
		Did:     "accepted an action",
		Summary: "Accept an action proposed to your body",
		Example: `group action-accept --group GROUP --by CQC --action A1`},
	{Path: "group action-decline", Update: "DeclineGroupAction", Rules: "R1 R68",
		New:     func() Act { return new(DeclineGroupAction) },
		Did:     "declined an action",
		Summary: "Decline an action proposed to your body",
		Example: `group action-decline --group GROUP --by CQC --action A1 --reason "planned for spring"`},
	{Path: "group action-done", Update: "CompleteGroupAction", Rules: "R1 R68",
		New:     func() Act { return new(CompleteGroupAction) },
		Did:     "said that an action is done",
		Summary: "Say that your body's action is done",
		Example: `group action-done --group GROUP --by CQC --action A1 --evidence "inspection in May"`},
	{Path: "group action-holds", Update: "SayGroupActionHolds", Rules: "R1 R91",
		New:     func() Act { return new(SayGroupActionHolds) },
		Did:     "said whether what an action achieved still holds",
		Summary: "Say whether what your body's action achieved still holds, months after it was done",
		Example: `group action-holds --group GROUP --by CQC --action A1 --answer yes --evidence "rota of the last four weeks"`},
	{Path: "group action-redate", Update: "RedateGroupAction", Rules: "R1 R68",
		New:     func() Act { return new(RedateGroupAction) },
		Did:     "moved the date of an action",
		Summary: "Move the date of your body's action, with the reason",
		Example: `group action-redate --group GROUP --by CQC --action A1 --due 2013-12-01 --reason "inspectors elsewhere"`},
	{Path: "group action-withdraw", Update: "WithdrawGroupAction", Rules: "R1 R68",
		New:     func() Act { return new(WithdrawGroupAction) },
		Did:     "withdrew an action or a proposal",
		Summary: "Withdraw a proposal of yours, or your body's own action",
		Example: `group action-withdraw --group GROUP --by CQC --action A1 --reason "overtaken"`},
}

func (g *Group) action(id string) *Action {
	return ledger.Find(g.Actions, func(x Action) bool { return x.ID == id })
}

// ownAction refuses unless the owner acts on an action in that state.
func (g *Group) ownAction(m ledger.Moment, id string, want regime.ActionStatus) error {
	a := g.action(words.Code(id))
	if a == nil && hasLeft(words.Code(id), "A", len(g.Actions)+g.Gone.Actions) {
		return regime.Mistakef("action %s is closed; the group's log has it.", words.Code(id))
	}
	if a == nil {
		return regime.Mistakef("there is no action %q in the group's log.", words.Clip(id, 20))
	}
	if err := a.CheckOwner(m.By.For, g.Name(a.Owner)); err != nil {
		return err
	}
	if a.Status != want {
		return regime.Mistakef("%s.", a.NotNow())
	}
	return nil
}

// ProposeGroupAction puts an action to a member. What a member proposes to itself it has
// accepted.
type ProposeGroupAction struct {
	Owner    regime.Party `json:"owner" flag:"owner" board:"to" usage:"the member that would do it" need:"yes"`
	What     string       `json:"what" flag:"what" usage:"what is to be done" need:"yes"`
	Due      time.Time    `json:"due" flag:"due" board:"by" day:"end" when:"ahead" usage:"by when" need:"yes"`
	Provider string       `json:"provider,omitempty" flag:"provider" usage:"code of the provider concerned"`
	Case     string       `json:"case,omitempty" flag:"case" usage:"reference of the case concerned"`
	// Important ones are asked after again (R91).
	Important bool `json:"important,omitempty" flag:"important" usage:"ask again, months after it is done, whether it still holds"`
}

func (a *ProposeGroupAction) check(g *Group, m ledger.Moment) error {
	if err := g.memberOnly(m); err != nil {
		return err
	}
	if b := a.Owner.Body(); b == regime.QSGLocal || b == regime.QSGRegional {
		return regime.Refusef("R68", "a %s has no powers and owns no action; propose it to a member.",
			g.labels().Group)
	}
	if !g.IsMember(a.Owner) {
		return regime.Refusef("R68", "members own the group's actions; %s is not one. Ask it directly, or as a "+
			"member within your own powers.", g.Name(a.Owner))
	}
	if a.Provider != "" {
		if err := checkCode(a.Provider); err != nil {
			return err
		}
	}
	return nil
}

func (a *ProposeGroupAction) do(g *Group, m ledger.Moment) string {
	id := g.propose(Action{Provider: words.Code(a.Provider), Case: words.Code(a.Case), Raised: m.Now,
		Action: ledger.Action{What: a.What, Owner: a.Owner, Proposer: m.By.For, Due: a.Due,
			Important: a.Important}}, m)
	text := "Proposed action " + id + " to " + g.Name(a.Owner)
	if a.Owner == m.By.For {
		text = "Took on action " + id
	}
	return text + ": " + a.What + ". Due " + calendar.Instant(a.Due) + "."
}

func (g *Group) accept(a *Action, m ledger.Moment) {
	a.Status, a.Accepted = regime.ActionAccepted, m.Now
	g.pen.Discharge(DutyAnswerGroupAction, a.ID, m)
	g.pen.OpenDuty(ledger.DutySpec{Kind: DutyDoGroupAction, Owner: a.Owner, Subject: a.ID, Start: m.Now, Due: a.Due})
}
