package failure

import (
	"slices"
	"time"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// WithdrawnTrigger is a trigger that was a mistake, with the summit that had been convened.
type WithdrawnTrigger struct {
	Trigger TriggerRecord `json:"trigger"`
	Summit  Summit        `json:"summit"`
	By      ledger.Actor  `json:"by"`
	At      time.Time     `json:"at"`
	Reason  string        `json:"reason"`
}

var withdrawalVerbs = []Verb{
	{Path: "trigger withdraw", Update: "WithdrawTrigger", Rules: "R83", New: func() Act { return new(WithdrawTrigger) },
		Summary: "Withdraw a trigger that was a mistake: all who were alerted are told, no summit is held",
		Example: `trigger withdraw --case CASE --by "NHS England" --reason "the wrong hospital of that name"`},
}

// WithdrawTrigger is for the triggering body alone, until the summit has opened: from then on the
// judgement says what there was to it. It holds nothing up: the provider is under surveillance as
// before, and any body can trigger again (R83).
type WithdrawTrigger struct {
	Reason string    `json:"reason" flag:"reason" usage:"why it was a mistake" need:"yes"`
	At     time.Time `json:"at,omitzero" flag:"at" when:"past" usage:"when it was withdrawn, if earlier than now"`
}

func (a *WithdrawTrigger) check(c *Case, m ledger.Moment) error {
	switch {
	case c.Trigger == nil:
		return regime.Refusef("R83", "no %s has been triggered: %s.", c.labels().Summit, c.stageWords())
	case c.Stage != regime.Convening:
		return regime.Refusef("R83", "the %s has met; what there was to the trigger is for the judgement to say (%s).",
			c.labels().Summit, c.stageWords())
	case m.By.For != c.Trigger.By.For:
		return regime.Refusef("R83", "%s triggered, and it alone can say that it was a mistake.",
			c.Name(c.Trigger.By.For))
	}
	return nil
}

func (a *WithdrawTrigger) follows(c *Case, _ ledger.Moment) ledger.Bound { return c.sinceTrigger() }

func (a *WithdrawTrigger) do(c *Case, m ledger.Moment) string {
	label := c.labels().Summit
	to := c.alertedOfTrigger()
	c.Withdrawn = append(c.Withdrawn, WithdrawnTrigger{Trigger: *c.Trigger, Summit: c.Summit, By: m.By, At: m.At,
		Reason: a.Reason})
	c.pen.Lapse(m.Now, DutyConvene, regime.DutyHoldSummit, DutyGatherPack, DutyConsiderOther, DutyAcknowledgeTrigger,
		regime.DutyAcknowledgeRisk)
	c.pen.Notify(ledger.Notice{Kind: regime.NoticeTriggerWithdrawn, To: to, Text: c.Name(m.By.For) + " has withdrawn its trigger of a " + label +
		": it was a mistake. No " + label + " is held, and nothing is owed for it any more"})
	for i := range c.Alerts { // nobody is asked any more to acknowledge it
		if a := &c.Alerts[i]; !a.At.Before(c.Trigger.At) {
			a.Withdrawn = m.At
		}
	}
	c.Trigger, c.Summit, c.Ring = nil, Summit{}, Ring{}
	c.enterStage(regime.UnderSurveillance, m.At)
	c.pen.OpenDuty(ledger.DutySpec{Kind: DutySurveillanceLevel, Owner: c.support(), Start: m.Now})
	return "Withdrew the trigger of the " + label + ", which was a mistake: " + words.Full(a.Reason) +
		" The provider is under surveillance as before."
}

// alertedOfTrigger lists all that were told of the trigger, or asked for anything because of it.
func (c *Case) alertedOfTrigger() []ledger.Recipient {
	kinds := []regime.NoticeKind{regime.NoticeTriggered, regime.NoticeImmediateRisk,
		regime.NoticeAnswerInvitation, regime.NoticeSummitToBeHeld, regime.NoticePartyToConsider, regime.NoticePlaceChanged}
	var out []ledger.Recipient
	for _, n := range c.Notices {
		if n.At.Before(c.Trigger.At) || !slices.Contains(kinds, n.Kind) {
			continue
		}
		for _, r := range n.To {
			if fresh := (ledger.Recipient{Party: r.Party, Level: r.Level}); !fresh.Among(out) {
				out = append(out, fresh)
			}
		}
	}
	return out
}
