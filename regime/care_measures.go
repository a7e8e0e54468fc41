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
	// AtOnce: a provider that is inadequate overall enters without time to improve. One that is
	// inadequate in a key question gets that time, if the row has any.
	AtOnce bool `json:"atOnce,omitempty"`
	// Proceedings is by when CQC inspects once more, while it moves to cancel a registration.
	Proceedings calendar.Period `json:"proceedings,omitzero"`
	// TellUsers: the provider has to tell those who use its service that it has entered.
	TellUsers bool   `json:"tellUsers,omitempty"`
	Source    string `json:"source"`
	Basis     Basis  `json:"basis"`
}

// CareMeasuresFor is the row for an entry on a day; ok is false where the profile has none, and
// the duty's own period applies.
func (p *Profile) CareMeasuresFor(of ProviderType, entered time.Time) (row CareMeasuresRow, ok bool) {
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
