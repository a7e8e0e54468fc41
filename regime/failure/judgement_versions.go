package failure

import (
	"strings"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// DutyKeepMoving is the kind of duty that is owed here.
const DutyKeepMoving regime.DutyKind = "KEEP_CASE_MOVING"

// TakenUp is that a case which was stood down was taken up again (R86). The clocks of the response
// run from then; those of an earlier judgement stay as they were.
type TakenUp struct {
	At  time.Time    `json:"at"`
	By  ledger.Actor `json:"by"`
	Why string       `json:"why"` // without anyone's name or view
}

// checkAgain: the chair corrects a slip, or records that those together came to another
// judgement; either way with the reason.
func (a *JudgeCollectively) checkAgain(c *Case, m ledger.Moment) error {
	j := c.Collective
	switch {
	case m.By.For != c.Summit.Chair && m.By.For != c.chair():
		return regime.Refusef("T4", "the chair, %s, records the collective judgement.", c.Name(c.chair()))
	case a.Value == j.Value:
		return regime.Refusef("R27", "that has been the collective judgement since %s; its 24/48 hours are not "+
			"started again.", calendar.Instant(j.At))
	case a.Reason == "":
		return regime.Refusef("R27", "the collective judgement of %s was %s; its 24/48 hours are not started again. It is "+
			"corrected, or followed by a later one, with the reason (R86): --reason.", calendar.Instant(j.At),
			words.Plain(string(j.Value)))
	case c.Stage.Reached(regime.Monitoring) && c.Stage != regime.StoodDown:
		return regime.Refusef("T12", "the response has come to its end (%s); what is left is watched, or the case closed.",
			c.stageWords())
	case a.Value != NoFailure:
		return nil
	}
	if open := coordinationRegion.open(c); len(open) > 0 {
		return regime.Refusef("T12", "the response is under way: %s. Actions are done, withdrawn or transferred first.",
			strings.Join(open, "; "))
	}
	return c.nobodyWantsAction()
}

// again enters another version of the judgement. Only one that takes a case up again which was
// stood down begins any hours.
func (a *JudgeCollectively) again(c *Case, m ledger.Moment) string {
	was := *c.Collective
	c.EarlierCollective = append(c.EarlierCollective, was)
	c.Collective = &CollectiveJudgement{Value: a.Value, Reason: a.Reason, By: m.By, At: m.At, Corrects: a.Corrects}
	how := "Changed the collective judgement"
	if a.Corrects {
		how = "Corrected the collective judgement"
	}
	text := how + " (the earlier one of " + calendar.Instant(was.At) + ", " + words.Plain(string(was.Value)) +
		", stays on the record): " + words.Plain(string(a.Value)) + "."
	switch {
	case a.Value == NoFailure:
		c.endResponse(m.Now)
		c.pen.Lapse(m.Now, DutyAgreeRingHolder, DutyFirstMeeting, DutyPublicQuestion)
		c.standDown(m.At)
		text += c.besideNoFailure()
	case was.Value == NoFailure && c.Stage == regime.StoodDown:
		text += c.takeUp("The collective judgement is another", m)
	default:
		c.pen.Event(regime.NoticeCollectiveJudgement, "The collective judgement has been changed. The 24/48 hours run on as they were", regime.RoleMembers,
			regime.RoleRegion)
	}
	return words.Sentence(text, a.Reason, "")
}

// takeUp takes a case up again that was stood down: the members agree who holds the ring, unless
// somebody holds it still.
func (c *Case) takeUp(why string, m ledger.Moment) string {
	at := calendar.Latest(m.At, c.StageSince)
	c.TakenUp = append(c.TakenUp, TakenUp{At: at, By: m.By, Why: why})
	c.Closing = Closing{}
	c.pen.Lapse(m.Now, DutyNoteClosing, DutySurveillanceLevel)
	label := "The " + c.labels().Summit + " had been stood down. " + why + ": the response begins, and the 24/48 hours with it"
	if c.Ring.Holder == "" {
		c.beginRingHolderAgreement(label, at)
		return " The members agree who holds the ring; the 24/48 hours begin."
	}
	c.enterStage(regime.Responding, at)
	c.pen.Event(regime.NoticeCollectiveJudgement, label, regime.RoleMembers, regime.RoleRegion)
	c.beginHours(at)
	c.pen.OpenDuty(ledger.DutySpec{Kind: DutyKeepMoving, Role: regime.RoleRingHolder, Start: at})
	return " " + c.Name(c.Ring.Holder) + " holds the ring still; the 24/48 hours begin."
}

// wanted takes up a case again that was stood down, where a body determines that focussed action
// is required, or CQC finds a breach (003:L836).
func (c *Case) wanted(why string, m ledger.Moment) string {
	if c.Stage != regime.StoodDown {
		return ""
	}
	return c.takeUp(why, m)
}
