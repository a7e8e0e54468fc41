package failure

import (
	"slices"
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
	text := "Placed the provider in " + c.labels().Measures + on(e.Scope, e.Of)
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
	e.Appointments, c.Appointed = append(e.Appointments, c.Appointed...), nil
	for _, k := range appointmentDuties {
		if slices.ContainsFunc(e.Appointments, func(a Appointment) bool { return a.Role == k.role }) {
			continue
		}
		c.pen.OpenDuty(ledger.DutySpec{Kind: k.duty, Owner: c.decider(), Start: from})
	}
}

// The kinds of duty that are owed here.
const (
	DutyReinspectPrimary regime.DutyKind = "REINSPECTION_PRIMARY_CARE"
	DutyPrimaryLimit     regime.DutyKind = "PRIMARY_CARE_LIMIT"
	DutyInspectFurther   regime.DutyKind = "INSPECTION_DURING_PROCEEDINGS"
)

// openCareReinspection opens what CQC owes in special measures that it decides on itself (R61).
func (c *Case) openCareReinspection(e *Episode) {
	start := e.Entered
	row, _ := c.profile().CareMeasuresFor(c.Provider.Type, e.Entered)
	if row.FromReport && !e.Report.IsZero() {
		start = e.Report
	}
	c.pen.OpenDuty(ledger.DutySpec{Kind: DutyReinspectPrimary, Owner: regime.Party(regime.CQC), Start: start,
		Period: row.Reinspect})
	c.pen.OpenDuty(ledger.DutySpec{Kind: DutyPrimaryLimit, Owner: regime.Party(regime.CQC), Start: e.Entered})
}

// timeToImprove is a remark, never a refusal: the worst cases enter at once. It is left out where a
// rating leads there, or would at once.
func (c *Case) timeToImprove(e *Episode, led bool) string {
	row, _ := c.profile().CareMeasuresFor(c.Provider.Type, e.Entered)
	if row.Improve.IsZero() || row.AtOnce || led {
		return ""
	}
	return " Normally a provider has " + row.Improve.Words() + " to improve first; the worst enter at once (A24)."
}

// usersToNotify is added to the news of an entry where the provider has to tell its users.
func (c *Case) usersToNotify(o MeasuresOutcome, now time.Time) string {
	if row, _ := c.profile().CareMeasuresFor(c.Provider.Type, now); o != Place || !row.TellUsers {
		return ""
	}
	return ". The provider is to tell those who use its service"
}

// openProceedings opens the further inspection while CQC moves to cancel a registration.
func (c *Case) openProceedings(now time.Time) {
	if row, _ := c.profile().CareMeasuresFor(c.Provider.Type, now); !row.Proceedings.IsZero() {
		c.pen.OpenDuty(ledger.DutySpec{Kind: DutyInspectFurther, Owner: regime.Party(regime.CQC), Start: now,
			Period: row.Proceedings})
	}
}
