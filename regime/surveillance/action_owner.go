package surveillance

import (
	"cmp"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// AcceptGroupAction makes it the owner's duty by its date.
type AcceptGroupAction struct {
	Action string    `json:"action" flag:"action" number:"yes" usage:"the action's number, such as A1" need:"yes"`
	Due    time.Time `json:"due,omitzero" flag:"due" board:"by" day:"end" when:"ahead" usage:"another date than the proposed one"`
	At     time.Time `json:"at,omitzero" flag:"at" when:"past" usage:"when it was accepted, if earlier than now"`
}

func (a *AcceptGroupAction) check(g *Group, m ledger.Moment) error {
	if err := g.ownAction(m, a.Action, regime.ActionProposed); err != nil {
		return err
	}
	if err := g.byReview(a.Action, "group review-terms"); err != nil {
		return err
	}
	due := cmp.Or(a.Due, g.action(words.Code(a.Action)).Due)
	if !due.After(m.Now) {
		return regime.Refusef("R37", "%s has gone by; accept the action with a date of your own: --due.",
			calendar.Instant(due))
	}
	return nil
}

func (a *AcceptGroupAction) do(g *Group, m ledger.Moment) string {
	act := g.action(words.Code(a.Action))
	act.Due = cmp.Or(a.Due, act.Due)
	g.accept(act, m)
	return "Accepted action " + act.ID + ", due " + calendar.Instant(act.Due) + "."
}

// DeclineGroupAction ends the proposal; the proposer is told.
type DeclineGroupAction struct {
	Action string    `json:"action" flag:"action" number:"yes" usage:"the action's number" need:"yes"`
	Reason string    `json:"reason" flag:"reason" usage:"why" need:"yes"`
	At     time.Time `json:"at,omitzero" flag:"at" when:"past" usage:"when it was declined, if earlier than now"`
}

func (a *DeclineGroupAction) check(g *Group, m ledger.Moment) error {
	return g.ownAction(m, a.Action, regime.ActionProposed)
}

func (a *DeclineGroupAction) do(g *Group, m ledger.Moment) string {
	act := g.action(words.Code(a.Action))
	g.endAction(act, regime.ActionDeclined, ledger.EndDone, m)
	act.Why = a.Reason
	g.pen.Notify(ledger.Notice{Kind: regime.NoticeActionProposed, Text: g.Name(act.Owner) + " has declined action " + act.ID +
		" of the group's log", To: []ledger.Recipient{{Party: act.Proposer, Level: regime.LevelDuty}}})
	return "Declined action " + act.ID + ": " + a.Reason
}

// CompleteGroupAction is the owner's word that it is done.
type CompleteGroupAction struct {
	Action   string    `json:"action" flag:"action" number:"yes" usage:"the action's number" need:"yes"`
	Evidence string    `json:"evidence" flag:"evidence" usage:"what shows it" need:"yes"`
	At       time.Time `json:"at,omitzero" flag:"at" when:"past" usage:"when it was done, if earlier than now"`
}

func (a *CompleteGroupAction) check(g *Group, m ledger.Moment) error {
	if err := g.ownAction(m, a.Action, regime.ActionAccepted); err != nil {
		return err
	}
	return g.byReview(a.Action, "group review-report")
}

func (a *CompleteGroupAction) do(g *Group, m ledger.Moment) string {
	act := g.action(words.Code(a.Action))
	act.Evidence = a.Evidence
	g.endAction(act, regime.ActionDone, ledger.EndDone, m)
	if act.Important {
		g.pen.OpenDuty(ledger.DutySpec{Kind: regime.DutyStillHolds, Owner: act.Owner, Subject: act.ID, Start: m.At})
	}
	return words.Sentence(act.Completed(m.At)+".", a.Evidence, "")
}

// SayGroupActionHolds is the owner's answer (R91). What does not hold any more is an open action again.
type SayGroupActionHolds struct {
	Action   string       `json:"action" flag:"action" number:"yes" usage:"the action's number" need:"yes"`
	Answer   ledger.YesNo `json:"answer" flag:"answer" board:"plain" usage:"whether it still holds" need:"yes"`
	Evidence string       `json:"evidence" flag:"evidence" usage:"what shows it" need:"yes"`
	Due      time.Time    `json:"due,omitzero" flag:"due" day:"end" when:"ahead" usage:"where it does not: by when it is put right"`
}

func (a *SayGroupActionHolds) check(g *Group, m ledger.Moment) error {
	if err := g.ownAction(m, a.Action, regime.ActionDone); err != nil {
		return err
	}
	return ledger.CheckStillHolds(a.Answer, a.Due)
}

func (a *SayGroupActionHolds) do(g *Group, m ledger.Moment) string {
	act := g.action(words.Code(a.Action))
	text := act.StillHolds(a.Answer, a.Evidence, a.Due, m)
	g.pen.Discharge(regime.DutyStillHolds, act.ID, m)
	if act.Status == regime.ActionAccepted {
		act.Closed = time.Time{}
		g.pen.OpenDuty(ledger.DutySpec{Kind: DutyDoGroupAction, Owner: act.Owner, Subject: act.ID, Start: m.Now, Due: act.Due})
		g.pen.Event(regime.NoticeStillHolds, "What action "+act.ID+" of the group's log achieved does not hold any more; it is open again",
			regime.RoleMembers)
	}
	return text
}

// askAfter takes on what a closed case had still to ask after. Who has no seat here is asked by who supports the group.
func (g *Group) askAfter(a *NoteCase, m ledger.Moment) string {
	var taken []string
	for _, h := range a.AskAfter {
		owner, what := h.Owner, "In case "+words.Code(a.Case)+", action "+h.ID+": "+h.What
		if !g.IsMember(owner) {
			owner, what = g.support(), what+" (done by "+g.Name(h.Owner)+", to be asked)"
		}
		act := Action{Provider: words.Code(a.Provider), Case: words.Code(a.Case), Raised: m.Now, Accepted: m.Now, Closed: m.Now,
			Action: ledger.Action{ID: g.nextAction(), What: what, Owner: owner, Proposer: m.By.For, Due: h.Due, Evidence: h.Evidence,
				Status: regime.ActionDone, Important: true}}
		g.Actions = append(g.Actions, act)
		g.pen.OpenDuty(ledger.DutySpec{Kind: regime.DutyStillHolds, Owner: owner, Subject: act.ID, Start: m.Now, Due: h.Due})
		taken = append(taken, act.ID+" (its "+h.ID+")")
	}
	if len(taken) == 0 {
		return ""
	}
	return " The group asks later whether what was done still holds: " + words.List(taken) + " (R91)."
}

// RedateGroupAction keeps the date before and the reason.
type RedateGroupAction struct {
	Action string    `json:"action" flag:"action" number:"yes" usage:"the action's number" need:"yes"`
	Due    time.Time `json:"due" flag:"due" board:"to" day:"end" when:"ahead" usage:"the new date" need:"yes"`
	Reason string    `json:"reason" flag:"reason" usage:"why" need:"yes"`
}

func (a *RedateGroupAction) check(g *Group, m ledger.Moment) error {
	return g.ownAction(m, a.Action, regime.ActionAccepted)
}

func (a *RedateGroupAction) do(g *Group, m ledger.Moment) string {
	act := g.action(words.Code(a.Action))
	text := act.Redate(a.Due, a.Reason)
	g.pen.Reschedule(DutyDoGroupAction, act.ID, a.Due, m.Now)
	g.pen.Reschedule(DutyReviewReport, act.ID, a.Due, m.Now)
	return text
}

// WithdrawGroupAction is the proposer's before acceptance, the owner's after.
type WithdrawGroupAction struct {
	Action string `json:"action" flag:"action" number:"yes" usage:"the action's number" need:"yes"`
	Reason string `json:"reason" flag:"reason" usage:"why" need:"yes"`
}

func (a *WithdrawGroupAction) check(g *Group, m ledger.Moment) error {
	if act := g.action(words.Code(a.Action)); act != nil && act.ProposedBy(m.By.For) {
		return nil
	}
	return g.ownAction(m, a.Action, regime.ActionAccepted)
}

func (a *WithdrawGroupAction) do(g *Group, m ledger.Moment) string {
	act := g.action(words.Code(a.Action))
	act.Why = a.Reason
	g.endAction(act, regime.ActionWithdrawn, ledger.EndWithdrawn, m)
	if act.Proposer != m.By.For { // who asked for it hears that its owner has ended it (R131)
		g.pen.Notify(ledger.Notice{Kind: regime.NoticeActionProposed, To: ledger.DutyContacts([]regime.Party{act.Proposer}),
			Text: g.Name(m.By.For) + " has withdrawn action " + act.ID + " of the group's log"})
	}
	return "Withdrew action " + act.ID + ": " + a.Reason
}

func (g *Group) endAction(a *Action, s regime.ActionStatus, how ledger.DutyEnd, m ledger.Moment) {
	a.Status, a.Closed = s, m.Now
	g.pen.EndDuty(DutyAnswerGroupAction, a.ID, how, m)
	g.pen.EndDuty(DutyDoGroupAction, a.ID, how, m)
	g.pen.EndDuty(DutyReviewReport, a.ID, how, m)
}
