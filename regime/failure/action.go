package failure

import (
	"slices"
	"strconv"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// The kinds of duty that are owed here.
const (
	DutyAnswerAction   regime.DutyKind = "ANSWER_PROPOSED_ACTION"
	DutyDoAction       regime.DutyKind = "DO_ACTION"
	DutyDoUrgentAction regime.DutyKind = "DO_URGENT_ACTION"
)

// Aim is one of the three aims of the response (003:L852-854).
type Aim string

// The aims.
const (
	SafeguardPatients Aim = "safeguard-patients"
	ContinueServices  Aim = "continue-services"
	SecureImprovement Aim = "secure-improvement"
)

// Choices lists the aims.
func (Aim) Choices() []string {
	return []string{string(SafeguardPatients), string(ContinueServices), string(SecureImprovement)}
}

// ResponseAction is a proposal until its owner accepts it (R1); then it has a date (R37).
type ResponseAction struct {
	ledger.Action
	Aim    Aim  `json:"aim"`
	Urgent bool `json:"urgent,omitempty"`
	Staff  bool `json:"staff,omitempty"` // it supports staff (R39)
}

func (a ResponseAction) dutyKind() regime.DutyKind {
	if a.Urgent {
		return DutyDoUrgentAction
	}
	return DutyDoAction
}

var actionVerbs = []Verb{
	{Path: "action propose", Update: "ProposeAction", Rules: "R1 R36 R37 R68 T10",
		New:     func() Act { return new(ProposeAction) },
		Did:     "proposed an action",
		Summary: "Propose an action to the body that would own it",
		Example: `action propose --case CASE --by "NHS England" --owner Monitor --aim secure-improvement ` +
			`--what "Appoint a turnaround lead" --due 2013-10-01`},
	{Path: "action accept", Update: "AcceptAction", Rules: "R1 R37 T10",
		New:     func() Act { return new(AcceptAction) },
		Did:     "accepted an action",
		Summary: "Accept an action proposed to your body",
		Example: `action accept --case CASE --by Monitor --action A1`},
	{Path: "action decline", Update: "DeclineAction", Rules: "R1 R93 T10",
		New:     func() Act { return new(DeclineAction) },
		Did:     "declined an action",
		Summary: "Decline an action proposed to your body",
		Example: `action decline --case CASE --by Monitor --action A1 --reason "CQC has the better tool"`},
	{Path: "action done", Update: "CompleteAction", Rules: "R1 T10",
		New:     func() Act { return new(CompleteAction) },
		Did:     "said that an action is done",
		Summary: "Say that your body's action is done, with the evidence",
		Example: `action done --case CASE --by Monitor --action A1 --evidence "in post since Monday"`},
	{Path: "action redate", Update: "RedateAction", Rules: "R1 R37 T10",
		New:     func() Act { return new(RedateAction) },
		Did:     "moved the date of an action",
		Summary: "Move the date of your body's action, with the reason",
		Example: `action redate --case CASE --by Monitor --action A1 --due 2013-10-15 --reason "notice period"`},
	{Path: "action withdraw", Update: "WithdrawAction", Rules: "R1 2.4",
		New:     func() Act { return new(WithdrawAction) },
		Did:     "withdrew an action or a proposal",
		Summary: "Withdraw a proposal of yours, or your body's own action",
		Example: `action withdraw --case CASE --by Monitor --action A1 --reason "overtaken"`},
	{Path: "action holds", Update: "SayActionHolds", Rules: "R1 R91",
		New:     func() Act { return new(SayActionHolds) },
		Did:     "said whether what an action achieved still holds",
		Summary: "Say whether what your body's action achieved still holds, months after it was done",
		Example: `action holds --case CASE --by Monitor --action A1 --answer yes --evidence "rota of the last four weeks"`},
	{Path: "action transfer", Update: "TransferAction", Rules: "R1 2.4",
		New:     func() Act { return new(TransferAction) },
		Did:     "carried an action over into special measures",
		Summary: "Carry your body's action over into special measures",
		Example: `action transfer --case CASE --by Monitor --action A1 --reason "part of the action plan"`},
}

func (c *Case) action(id string) *ResponseAction {
	return ledger.Find(c.Actions, func(x ResponseAction) bool { return x.ID == id })
}

func (c *Case) proposerOf(id string) regime.Party {
	if a := c.action(id); a != nil {
		return a.Proposer
	}
	return ""
}

// ownAction refuses unless the owner acts on an action in one of the states.
func (c *Case) ownAction(m ledger.Moment, id string, states ...regime.ActionStatus) error {
	a := c.action(id)
	if a == nil {
		return regime.Mistakef("there is no action %q in case %s.", words.Clip(id, 20), c.Ref)
	}
	if err := a.CheckOwner(m.By.For, c.Name(a.Owner)); err != nil {
		return err
	}
	if slices.Contains(states, a.Status) {
		return nil
	}
	return regime.Refusef("T10", "%s.", a.NotNow())
}

func (c *Case) aimsWithoutAction() []string {
	var out []string
	for _, aim := range Aim("").Choices() {
		found := false
		for _, a := range c.Actions {
			found = found || string(a.Aim) == aim && (a.taken() || a.Status == regime.ActionProposed)
		}
		if !found {
			out = append(out, words.Plain(aim))
		}
	}
	return out
}

// staffSupported reports whether support for staff has been considered as an action.
func (c *Case) staffSupported() bool {
	for _, a := range c.Actions {
		if a.Staff && a.Status != regime.ActionDeclined {
			return true
		}
	}
	return false
}

// ProposeAction may be done by anyone, the provider too; a surveillance group owns none (R68).
type ProposeAction struct {
	Owner  regime.Party `json:"owner" flag:"owner" board:"to" usage:"the body that would do it" need:"yes"`
	Aim    Aim          `json:"aim" flag:"aim" board:"plain" usage:"which of the three aims it serves (R36)" need:"yes"`
	What   string       `json:"what" flag:"what" usage:"what is to be done" need:"yes"`
	Due    time.Time    `json:"due" flag:"due" board:"by" day:"end" when:"ahead" usage:"by when (R37)" need:"yes"`
	Urgent bool         `json:"urgent,omitempty" flag:"urgent" usage:"remind by the hour"`
	Staff  bool         `json:"staff,omitempty" flag:"supports-staff" usage:"it supports staff as part of the improvement (R39)"`
	// Important ones are asked after again; urgent ones are important (R91).
	Important bool `json:"important,omitempty" flag:"important" usage:"ask again, months after it is done, whether it still holds"`
}

func (a *ProposeAction) check(c *Case, _ ledger.Moment) error { return c.mayOwnAction(a.Owner) }

func (c *Case) mayOwnAction(owner regime.Party) error {
	if b := owner.Body(); b == regime.QSGLocal || b == regime.QSGRegional {
		return regime.Refusef("R68", "a %s has no powers and owns no action; propose it to a member.",
			c.labels().Group)
	}
	return nil
}

func (a *ProposeAction) do(c *Case, m ledger.Moment) string {
	id := c.propose(ResponseAction{Aim: a.Aim, Urgent: a.Urgent, Staff: a.Staff,
		Action: ledger.Action{What: a.What, Owner: a.Owner, Proposer: m.By.For, Due: a.Due,
			Important: a.Important || a.Urgent}}, m)
	return "Proposed action " + id + " to " + c.Name(a.Owner) + " (" + words.Plain(string(a.Aim)) + "): " +
		a.What + ". Due " + calendar.Instant(a.Due) + "."
}

// propose asks the owner of a new action whether it accepts it, and numbers it.
func (c *Case) propose(a ResponseAction, m ledger.Moment) string {
	a.ID, a.Status = "A"+strconv.Itoa(len(c.Actions)+1), regime.ActionProposed
	c.Actions = append(c.Actions, a)
	c.pen.Ask(regime.NoticeActionProposed, c.pen.OpenDuty(ledger.DutySpec{Kind: DutyAnswerAction, Owner: a.Owner, Subject: a.ID,
		Start: m.Now, Urgent: a.Urgent}))
	return a.ID
}

// AcceptAction makes it the owner's duty by its date.
type AcceptAction struct {
	Action string    `json:"action" flag:"action" number:"yes" usage:"the action's number, such as A1" need:"yes"`
	Due    time.Time `json:"due,omitzero" flag:"due" board:"by" day:"end" when:"ahead" usage:"another date than the proposed one"`
	At     time.Time `json:"at,omitzero" flag:"at" when:"past" usage:"when it was accepted, if earlier than now"`
}

func (a *AcceptAction) check(c *Case, m ledger.Moment) error {
	if err := c.ownAction(m, a.Action, regime.ActionProposed); err != nil {
		return err
	}
	due := c.action(a.Action).Due
	if !a.Due.IsZero() {
		due = a.Due
	}
	if !due.After(m.Now) {
		return regime.Refusef("R37", "%s has gone by; accept the action with a date of your own: --due.",
			calendar.Instant(due))
	}
	return nil
}

func (a *AcceptAction) do(c *Case, m ledger.Moment) string {
	act := c.action(a.Action)
	act.Status = regime.ActionAccepted
	if !a.Due.IsZero() {
		act.Due = a.Due
	}
	c.pen.Discharge(DutyAnswerAction, act.ID, m)
	c.pen.OpenDuty(ledger.DutySpec{Kind: act.dutyKind(), Owner: act.Owner, Subject: act.ID, Start: m.At,
		Due: act.Due})
	c.keepMoving(m.Now)
	return "Accepted action " + act.ID + ", due " + calendar.Instant(act.Due) + "."
}

// DeclineAction ends the proposal; the proposer is told.
type DeclineAction struct {
	Action string         `json:"action" flag:"action" number:"yes" usage:"the action's number" need:"yes"`
	Reason string         `json:"reason" flag:"reason" usage:"why" need:"yes"`
	Acts   []regime.Party `json:"acts,omitempty" flag:"acts" usage:"the bodies that act in place of yours; each is told, and owes its answer"`
	At     time.Time      `json:"at,omitzero" flag:"at" when:"past" usage:"when it was declined, if earlier than now"`
}

func (a *DeclineAction) check(c *Case, m ledger.Moment) error {
	if err := c.ownAction(m, a.Action, regime.ActionProposed); err != nil {
		return err
	}
	return c.checkNamed("acts", a.Acts, m)
}

func (a *DeclineAction) do(c *Case, m ledger.Moment) string {
	act := c.action(a.Action)
	act.Status, act.Why = regime.ActionDeclined, a.Reason
	c.pen.Discharge(DutyAnswerAction, act.ID, m)
	c.pen.Notify(ledger.Notice{Kind: regime.NoticeActionProposed, Text: c.Name(act.Owner) + " has declined action " + act.ID,
		To: []ledger.Recipient{{Party: act.Proposer, Level: regime.LevelDuty}}})
	return "Declined action " + act.ID + ": " + words.Full(a.Reason) + c.nameToAct(a.Acts, "which declines action "+act.ID, m)
}

// CompleteAction is the owner's word that it is done.
type CompleteAction struct {
	Action   string    `json:"action" flag:"action" number:"yes" usage:"the action's number" need:"yes"`
	Evidence string    `json:"evidence" flag:"evidence" usage:"what shows it" need:"yes"`
	At       time.Time `json:"at,omitzero" flag:"at" when:"past" usage:"when it was done, if earlier than now"`
}

func (a *CompleteAction) check(c *Case, m ledger.Moment) error {
	return c.ownAction(m, a.Action, regime.ActionAccepted)
}

func (a *CompleteAction) do(c *Case, m ledger.Moment) string {
	act := c.action(a.Action)
	act.Status, act.Evidence = regime.ActionDone, a.Evidence
	c.pen.Discharge(act.dutyKind(), act.ID, m)
	if act.Important {
		c.pen.OpenDuty(ledger.DutySpec{Kind: regime.DutyStillHolds, Owner: act.Owner, Subject: act.ID, Start: m.At})
	}
	c.keepMoving(m.Now)
	return act.Completed(m.At) + ": " + a.Evidence
}

// SayActionHolds is the owner's answer (R91). What does not hold any more is an open action again.
type SayActionHolds struct {
	Action   string       `json:"action" flag:"action" number:"yes" usage:"the action's number" need:"yes"`
	Answer   ledger.YesNo `json:"answer" flag:"answer" board:"plain" usage:"whether it still holds" need:"yes"`
	Evidence string       `json:"evidence" flag:"evidence" usage:"what shows it" need:"yes"`
	Due      time.Time    `json:"due,omitzero" flag:"due" day:"end" when:"ahead" usage:"where it does not: by when it is put right"`
}

func (a *SayActionHolds) check(c *Case, m ledger.Moment) error {
	if err := c.ownAction(m, a.Action, regime.ActionDone); err != nil {
		return err
	}
	return ledger.CheckStillHolds(a.Answer, a.Due)
}

func (a *SayActionHolds) do(c *Case, m ledger.Moment) string {
	act := c.action(a.Action)
	text := act.StillHolds(a.Answer, a.Evidence, a.Due, m)
	c.pen.Discharge(regime.DutyStillHolds, act.ID, m)
	if act.Status == regime.ActionAccepted {
		c.pen.OpenDuty(ledger.DutySpec{Kind: act.dutyKind(), Owner: act.Owner, Subject: act.ID, Start: m.Now, Due: act.Due})
		c.pen.Notify(ledger.Notice{Kind: regime.NoticeStillHolds, Text: "What action " + act.ID + " achieved does not hold any more; it is open again",
			To: c.Audience(ledger.DutyContacts([]regime.Party{act.Proposer}), regime.Audience{Role: regime.RoleMembers}, ledger.Duty{})})
	}
	c.keepMoving(m.Now)
	return text
}

// RedateAction keeps the date before and the reason.
type RedateAction struct {
	Action string    `json:"action" flag:"action" number:"yes" usage:"the action's number" need:"yes"`
	Due    time.Time `json:"due" flag:"due" board:"to" day:"end" when:"ahead" usage:"the new date" need:"yes"`
	Reason string    `json:"reason" flag:"reason" usage:"why" need:"yes"`
}

func (a *RedateAction) check(c *Case, m ledger.Moment) error {
	return c.ownAction(m, a.Action, regime.ActionAccepted)
}

func (a *RedateAction) do(c *Case, m ledger.Moment) string {
	act := c.action(a.Action)
	text := act.Redate(a.Due, a.Reason)
	c.pen.Reschedule(act.dutyKind(), act.ID, a.Due, m.Now)
	c.keepMoving(m.Now)
	return text
}

// WithdrawAction is the proposer's before acceptance, the owner's after.
type WithdrawAction struct {
	Action string `json:"action" flag:"action" number:"yes" usage:"the action's number" need:"yes"`
	Reason string `json:"reason" flag:"reason" usage:"why" need:"yes"`
}

func (a *WithdrawAction) check(c *Case, m ledger.Moment) error {
	if act := c.action(a.Action); act != nil && act.ProposedBy(m.By.For) {
		return nil
	}
	return c.ownAction(m, a.Action, regime.ActionAccepted)
}

func (a *WithdrawAction) do(c *Case, m ledger.Moment) string {
	text := "Withdrew action " + c.endAction(a.Action, regime.ActionWithdrawn, a.Reason, m) + ": " + a.Reason
	c.tellProposer(a.Action, "withdrawn", m)
	return text
}

// tellProposer: who asked for an action hears that its owner has ended it (R131).
func (c *Case) tellProposer(id, how string, m ledger.Moment) {
	if act := c.action(id); act.Proposer != m.By.For {
		c.pen.Notify(ledger.Notice{Kind: regime.NoticeActionProposed, To: ledger.DutyContacts([]regime.Party{act.Proposer}),
			Text: c.Name(m.By.For) + " has " + how + " action " + act.ID})
	}
}

// TransferAction hands the action to the special measures that follow (2.4).
type TransferAction struct {
	Action string `json:"action" flag:"action" number:"yes" usage:"the action's number" need:"yes"`
	Reason string `json:"reason" flag:"reason" usage:"where it is carried on" need:"yes"`
}

func (a *TransferAction) check(c *Case, m ledger.Moment) error {
	if err := c.ownAction(m, a.Action, regime.ActionAccepted); err != nil {
		return err
	}
	if e := c.episode(); e == nil || !e.InForce() {
		return regime.Refusef("2.4", "there are no %s in force to carry it over into.",
			c.labels().Measures)
	}
	return nil
}

func (a *TransferAction) do(c *Case, m ledger.Moment) string {
	text := "Transferred action " + c.endAction(a.Action, regime.ActionTransferred, a.Reason, m) +
		" to " + c.labels().Measures + ": " + a.Reason
	c.tellProposer(a.Action, "carried over to "+c.labels().Measures, m)
	return text
}

func (c *Case) endAction(id string, s regime.ActionStatus, why string, m ledger.Moment) string {
	act := c.action(id)
	act.Status, act.Why = s, why
	c.pen.EndDuty(DutyAnswerAction, id, ledger.EndWithdrawn, m)
	c.pen.EndDuty(act.dutyKind(), id, ledger.EndWithdrawn, m)
	c.keepMoving(m.Now)
	return id
}
