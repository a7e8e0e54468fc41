package regime

import (
	"time"

	"holdthering/regime/calendar"
)

// CareMeasuresRow is one way in which special measures of primary care or adult social care
// were laid down: it applies to those who enter from its first day on, until a later row of
// the same type (A24). The limit of twelve months is common to all (004:L25).
type CareMeasuresRow struct {
	Name  string         `json:"name"`
	Types []ProviderType `json:"types"`
	From  string         `json:"from"` // its first day in UK time, as "2015-01-01"
	// Reinspect is by when CQC re-inspects, counted from entry or, FromReport, from the day on
	// which the report that found the care inadequate was published.
	Reinspect  calendar.Period `json:"reinspect"`
	FromReport bool            `json:"fromReport,omitempty"`
	// Improve is the time that a provider normally has before it enters; zero: none.
	Improve calendar.Period `json:"improve,omitzero"`
	// AtOnce: one that is inadequate overall enters without time to improve; whoever is so in
	// a key question has it, where there is any.
	AtOnce bool `json:"atOnce,omitempty"`
	// Proceedings is by when CQC inspects once more, while it moves to cancel a registration.
	Proceedings calendar.Period `json:"proceedings,omitzero"`
	// TellUsers: the provider has to tell those who use its service that it has entered.
	TellUsers bool   `json:"tellUsers,omitempty"`
	Source    string `json:"source"`
	Basis     Basis  `json:"basis"`
}

// careMeasures is the row for an entry on a day; ok is false where the profile has none, and
// the duty's own period applies.
func (p *Profile) careMeasures(of ProviderType, entered time.Time) (row CareMeasuresRow, ok bool) {
	for _, r := range p.CareMeasures {
		for _, t := range r.Types {
			from, err := calendar.ParseInstant(r.From)
			if t == of && err == nil && !entered.Before(from) {
				row, ok = r, true
			}
		}
	}
	return row, ok
}

// oweCareReinspection opens what CQC owes in special measures that it decides on itself (R61).
func (c *Case) oweCareReinspection(e *Episode) {
	start := e.Entered
	row, _ := c.profile().careMeasures(c.Provider.Type, e.Entered)
	if row.FromReport && !e.Report.IsZero() {
		start = e.Report
	}
	c.owe(owed{kind: DutyReinspectPrimary, owner: Party(CQC), start: start, period: row.Reinspect})
	c.owe(owed{kind: DutyPrimaryLimit, owner: Party(CQC), start: e.Entered})
}

// timeToImprove is a remark, never a refusal: the worst cases enter at once. None is made where
// a rating leads there, or would at once.
func (c *Case) timeToImprove(e *Episode, led bool) string {
	row, _ := c.profile().careMeasures(c.Provider.Type, e.Entered)
	if row.Improve.IsZero() || row.AtOnce || led {
		return ""
	}
	return " Normally a provider has " + row.Improve.Words() + " to improve first; the worst enter at once (A24)."
}

// usersToBeTold is added to the news of an entry where the provider has to tell its users.
func (c *Case) usersToBeTold(o MeasuresOutcome, now time.Time) string {
	if row, _ := c.profile().careMeasures(c.Provider.Type, now); o != Place || !row.TellUsers {
		return ""
	}
	return ". The provider is to tell those who use its service"
}

// oweProceedings opens the further inspection while CQC moves to cancel a registration.
func (c *Case) oweProceedings(now time.Time) {
	if row, _ := c.profile().careMeasures(c.Provider.Type, now); !row.Proceedings.IsZero() {
		c.owe(owed{kind: DutyInspectFurther, owner: Party(CQC), start: now, period: row.Proceedings})
	}
}
