package failure

import (
	"time"

	"holdthering/regime"
	"holdthering/regime/ledger"
)

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
