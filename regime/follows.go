package regime

// What each act in a case can only follow: a case alone.

func (a *OpenSummit) follows(c *Case, _ Moment) bound {
	if c.Stage == InSession {
		return c.sinceOpened()
	}
	return c.sinceTrigger()
}

func (a *AdjournSummit) follows(c *Case, _ Moment) bound { return c.sinceOpened() }
func (a *EndSummit) follows(c *Case, _ Moment) bound     { return c.sinceOpened() }
func (a *SignSummit) follows(c *Case, _ Moment) bound {
	return bound{c.Summit.Ended, "the end of the " + c.labels().Summit}
}

func (a *JudgeCollectively) follows(c *Case, _ Moment) bound {
	if c.Collective != nil && !a.Corrects {
		return bound{c.Collective.At, "the collective judgement before it"}
	}
	return c.sinceOpened()
}

func (a *SendLetter) follows(c *Case, _ Moment) bound { return c.sinceTrigger() }

func (a *BeginMonitoring) follows(c *Case, m Moment) bound { return new(HoldMeeting).follows(c, m) }

func (c *Case) sinceTrigger() bound {
	if c.Trigger == nil {
		return bound{}
	}
	return bound{c.Trigger.At, "the trigger"}
}

// sinceOpened is since when the summit is in session, after an adjournment again.
func (c *Case) sinceOpened() bound {
	if c.Stage == InSession {
		return bound{c.StageSince, "the " + c.labels().Summit + " was opened"}
	}
	return bound{c.Summit.Opened, "the " + c.labels().Summit + " was opened"}
}

func (a *AcceptAction) follows(c *Case, _ Moment) bound {
	return c.sinceDuty(DutyAnswerAction, a.Action, "it was proposed")
}

func (a *DeclineAction) follows(c *Case, _ Moment) bound {
	return c.sinceDuty(DutyAnswerAction, a.Action, "it was proposed")
}

func (a *AnswerBreach) follows(c *Case, _ Moment) bound {
	return c.sinceDuty(DutyAnswerBreach, "", "the breach was found")
}

func (c *Case) sinceDuty(k DutyKind, subject, what string) bound {
	if d := c.duty(k, subject); d != nil {
		return bound{d.Start, what}
	}
	return bound{}
}

func (a *AnswerInformation) follows(c *Case, _ Moment) bound {
	return bound{c.informationRequest(a.Request).At, "it was asked for"}
}

func (a *AssentToPlan) follows(c *Case, _ Moment) bound {
	return bound{c.plan().At, "that version of the plan"}
}

// follows: one decision follows another, and what it decides on.
func (a *DecideMeasures) follows(c *Case, _ Moment) bound {
	e := c.episode()
	if e == nil {
		return bound{}
	}
	if r := e.advice(); r != nil && e.InForce() {
		return bound{r.Reported, "CQC's report on its re-inspection"}
	}
	if n := len(e.Decisions); n > 0 {
		return bound{e.Decisions[n-1].At, "the last decision"}
	}
	if n := len(e.Recommendations); n > 0 && a.Outcome == Decline {
		return bound{e.Recommendations[n-1].At, "CQC's recommendation"}
	}
	return bound{}
}

func (a *RecommendMeasures) follows(c *Case, _ Moment) bound {
	if e := c.episode(); e != nil && !e.Ended.IsZero() {
		return bound{e.Ended, "the end of the last stay in " + c.labels().Measures}
	}
	return bound{}
}

func (a *PublishProgress) follows(c *Case, _ Moment) bound { return c.sinceEntry() }

func (c *Case) sinceEntry() bound {
	if e := c.episode(); e != nil {
		return bound{e.Entered, "the entry into " + c.labels().Measures}
	}
	return bound{}
}

func (a *MeetCriterion) follows(c *Case, _ Moment) bound {
	return bound{c.episode().criterion(a.Criterion).Agreed, "the criterion was agreed"}
}

func (a *ReportReinspection) follows(c *Case, _ Moment) bound {
	return bound{c.episode().unreported().To, "the re-inspection"}
}

func (a *DecidePower) follows(c *Case, _ Moment) bound         { return c.sinceUse(a.Use) }
func (a *LiftPower) follows(c *Case, _ Moment) bound           { return c.sinceUse(a.Use) }
func (a *ApplyForCertificate) follows(c *Case, _ Moment) bound { return c.sinceUse(a.Use) }

func (c *Case) sinceUse(id string) bound {
	u, _ := c.used(id)
	return bound{u.At, "the power was used"}
}

func (a *DecideCertificate) follows(c *Case, _ Moment) bound {
	u, _ := c.used(a.Use)
	return bound{u.applied().Applied, "it was applied for"}
}

func (a *AddRequirement) follows(c *Case, _ Moment) bound    { return c.sinceServed(a.Warning) }
func (a *ReportRequirement) follows(c *Case, _ Moment) bound { return c.sinceServed(a.Warning) }
func (a *DecideWarning) follows(c *Case, _ Moment) bound     { return c.sinceServed(a.Warning) }
func (a *DetermineWarning) follows(c *Case, _ Moment) bound  { return c.sinceServed(a.Warning) }

func (c *Case) sinceServed(id string) bound {
	return bound{c.warning(id).Served, "the notice was served"}
}
