package failure

import (
	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
)

// What each act in a case can only follow: a case alone.

func (a *OpenSummit) follows(c *Case, _ ledger.Moment) ledger.Bound {
	if c.Stage == regime.InSession {
		return c.sinceOpened()
	}
	return c.sinceTrigger()
}

func (a *AdjournSummit) follows(c *Case, _ ledger.Moment) ledger.Bound { return c.sinceOpened() }
func (a *EndSummit) follows(c *Case, _ ledger.Moment) ledger.Bound     { return c.sinceOpened() }
func (a *SignSummit) follows(c *Case, _ ledger.Moment) ledger.Bound {
	return ledger.Since(c.Summit.Ended, "the end of the "+c.labels().Summit)
}

func (a *JudgeCollectively) follows(c *Case, _ ledger.Moment) ledger.Bound {
	if c.Collective != nil && !a.Corrects {
		return ledger.Since(c.Collective.At, "the collective judgement before it")
	}
	return c.sinceOpened()
}

func (a *SendLetter) follows(c *Case, _ ledger.Moment) ledger.Bound { return c.sinceTrigger() }

func (a *BeginMonitoring) follows(c *Case, m ledger.Moment) ledger.Bound {
	return new(HoldMeeting).follows(c, m)
}

func (c *Case) sinceTrigger() ledger.Bound {
	if c.Trigger == nil {
		return ledger.Bound{}
	}
	return ledger.Since(c.Trigger.At, "the trigger")
}

// sinceOpened is since when the summit is in session, after an adjournment again.
func (c *Case) sinceOpened() ledger.Bound {
	if c.Stage == regime.InSession {
		return ledger.Since(c.StageSince, "the "+c.labels().Summit+" was opened")
	}
	return ledger.Since(c.Summit.Opened, "the "+c.labels().Summit+" was opened")
}

func (a *AcceptAction) follows(c *Case, _ ledger.Moment) ledger.Bound {
	return c.sinceDuty(DutyAnswerAction, a.Action, "it was proposed")
}

func (a *DeclineAction) follows(c *Case, _ ledger.Moment) ledger.Bound {
	return c.sinceDuty(DutyAnswerAction, a.Action, "it was proposed")
}

func (a *AnswerBreach) follows(c *Case, _ ledger.Moment) ledger.Bound {
	return c.sinceDuty(DutyAnswerBreach, "", "the breach was found")
}

func (c *Case) sinceDuty(k regime.DutyKind, subject, what string) ledger.Bound {
	if d := c.Duty(k, subject); d != nil {
		return ledger.Since(d.Start, what)
	}
	return ledger.Bound{}
}

func (a *AnswerInformation) follows(c *Case, _ ledger.Moment) ledger.Bound {
	return ledger.Since(c.informationRequest(a.Request).At, "it was asked for")
}

func (a *AssentToPlan) follows(c *Case, _ ledger.Moment) ledger.Bound {
	return ledger.Since(c.plan().At, "that version of the plan")
}

// follows: one decision follows another, and what it decides on.
func (a *DecideMeasures) follows(c *Case, _ ledger.Moment) ledger.Bound {
	e := c.episode()
	if e == nil {
		return ledger.Bound{}
	}
	if r := e.advice(); r != nil && e.InForce() {
		return ledger.Since(r.Reported, c.says("{inspector}'s report on its re-inspection"))
	}
	if n := len(e.Decisions); n > 0 {
		return ledger.Since(e.Decisions[n-1].At, "the last decision")
	}
	if n := len(e.Recommendations); n > 0 && a.Outcome == Decline {
		return ledger.Since(e.Recommendations[n-1].At, c.says("{inspector}'s recommendation"))
	}
	return ledger.Bound{}
}

func (a *RecommendMeasures) follows(c *Case, _ ledger.Moment) ledger.Bound {
	if e := c.episode(); e != nil && !e.Ended.IsZero() {
		return ledger.Since(e.Ended, "the end of the last stay in "+c.labels().Measures)
	}
	return ledger.Bound{}
}

func (a *PublishProgress) follows(c *Case, _ ledger.Moment) ledger.Bound { return c.sinceEntry() }

func (c *Case) sinceEntry() ledger.Bound {
	if e := c.episode(); e != nil {
		return ledger.Since(e.Entered, "the entry into "+c.labels().Measures)
	}
	return ledger.Bound{}
}

func (a *MeetCriterion) follows(c *Case, _ ledger.Moment) ledger.Bound {
	return ledger.Since(c.episode().criterion(a.Criterion).Agreed, "the criterion was agreed")
}

func (a *ReportReinspection) follows(c *Case, _ ledger.Moment) ledger.Bound {
	return ledger.Since(calendar.AtHour(c.episode().awaited(a.Inspection).To, 0), "the re-inspection")
}

func (a *DecidePower) follows(c *Case, _ ledger.Moment) ledger.Bound { return c.sinceUse(a.Use) }
func (a *LiftPower) follows(c *Case, _ ledger.Moment) ledger.Bound   { return c.sinceUse(a.Use) }
func (a *ApplyForCertificate) follows(c *Case, _ ledger.Moment) ledger.Bound {
	return c.sinceUse(a.Use)
}

func (c *Case) sinceUse(id string) ledger.Bound {
	u, _ := c.used(id)
	return ledger.Since(u.At, "the power was used")
}

func (a *DecideCertificate) follows(c *Case, _ ledger.Moment) ledger.Bound {
	u, _ := c.used(a.Use)
	return ledger.Since(u.applied().Applied, "it was applied for")
}

func (a *AddRequirement) follows(c *Case, _ ledger.Moment) ledger.Bound {
	return c.sinceServed(a.Warning)
}
func (a *ReportRequirement) follows(c *Case, _ ledger.Moment) ledger.Bound {
	return c.sinceServed(a.Warning)
}
func (a *DecideWarning) follows(c *Case, _ ledger.Moment) ledger.Bound {
	return c.sinceServed(a.Warning)
}
func (a *DetermineWarning) follows(c *Case, _ ledger.Moment) ledger.Bound {
	return c.sinceServed(a.Warning)
}

func (c *Case) sinceServed(id string) ledger.Bound {
	return ledger.Since(c.warning(id).Served, "the notice was served")
}
