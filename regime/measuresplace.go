package regime

import "time"

// place starts the clocks of an episode: monthly progress, re-inspection, appointments.
func (c *Case) place(e *Episode, m Moment, report time.Time) string {
	ownEvidence := e.State != MeasuresRecommended
	e.State, e.Entered, e.Report = MeasuresInForce, m.At, report
	led := c.duty(DutyDecideEntry, "") != nil
	if led && report.IsZero() {
		e.Report = c.Ratings[len(c.Ratings)-1].Published
	}
	c.discharge(DutyDecideEntry, "", m)
	c.lapse(m.Now, ratingDuties...)
	c.startMeasuresClocks(e, m.At, m.Now)
	c.askAboutPublic(m.At)
	text := "Placed the provider in " + c.labels().Measures
	if ownEvidence && !c.providerRow().SelfDecided {
		text += " on its own evidence, without a recommendation (R56)"
	}
	return text + "." + c.timeToImprove(e, led)
}

// startMeasuresClocks opens what is owed by the provider's type, counted from entry; from is
// since when it is. Months that have gone by before it is known that they are owed are not.
func (c *Case) startMeasuresClocks(e *Episode, from, now time.Time) {
	if c.providerRow().SelfDecided {
		c.oweCareReinspection(e)
		return
	}
	if c.providerRow().ExitCriteria {
		c.owe(owed{kind: DutyExitCriteria, owner: c.decider(), start: from})
	} else {
		c.owe(owed{kind: DutyReinspect, owner: Party(CQC), start: e.Entered})
	}
	month := 1
	for !aMonth.Times(int64(month)).After(e.Entered).After(now) {
		month++
	}
	c.oweProgress(e, month)
	c.owe(owed{kind: DutyActionPlan, owner: c.Provider.Party(), start: from})
	for _, k := range appointmentDuties {
		c.owe(owed{kind: k.duty, owner: c.decider(), start: from})
	}
}
