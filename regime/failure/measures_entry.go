package failure

import (
	"time"

	"holdthering/regime"
	"holdthering/regime/ledger"
)

// The kinds of duty that are owed here.
const (
	DutyActionPlan   regime.DutyKind = "ACTION_PLAN"
	DutyReinspect    regime.DutyKind = "REINSPECTION"
	DutyExitCriteria regime.DutyKind = "AGREE_EXIT_CRITERIA"
)

// place starts the clocks of an episode: monthly progress, re-inspection, appointments.
func (c *Case) place(e *Episode, m ledger.Moment, report time.Time) string {
	ownEvidence := e.State != regime.MeasuresRecommended
	e.State, e.Entered, e.Report = regime.MeasuresInForce, m.At, report
	led := c.Duty(DutyDecideEntry, "") != nil
	if led && report.IsZero() {
		e.Report = c.Ratings[len(c.Ratings)-1].Published
	}
	c.pen.Discharge(DutyDecideEntry, "", m)
	c.pen.Lapse(m.Now, ratingDuties...)
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
		c.openCareReinspection(e)
		return
	}
	if c.providerRow().ExitCriteria {
		c.pen.OpenDuty(ledger.DutySpec{Kind: DutyExitCriteria, Owner: c.decider(), Start: from})
	} else {
		c.pen.OpenDuty(ledger.DutySpec{Kind: DutyReinspect, Owner: regime.Party(regime.CQC), Start: e.Entered})
	}
	month := 1
	for !aMonth.Times(int64(month)).After(e.Entered).After(now) {
		month++
	}
	c.openProgress(e, month)
	c.pen.OpenDuty(ledger.DutySpec{Kind: DutyActionPlan, Owner: c.Provider.Party(), Start: from})
	for _, k := range appointmentDuties {
		c.pen.OpenDuty(ledger.DutySpec{Kind: k.duty, Owner: c.decider(), Start: from})
	}
}
