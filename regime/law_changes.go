package regime

import (
	"time"

	"holdthering/regime/calendar"
)

// Change is a change of the law in the profile's time.
type Change string

// The changes that rules ask for.
const (
	// TrustWarnings: warning notices to trusts are given under section 29A (A17).
	TrustWarnings Change = "WARNING_NOTICES_TO_TRUSTS_UNDER_29A"
	// LongerReports: an administrator has longer for the draft report (A27).
	LongerReports Change = "LONGER_DRAFT_REPORT"
	// WarninglessProsecution: CQC may prosecute without a formal warning first (000:L11).
	WarninglessProsecution Change = "PROSECUTION_WITHOUT_WARNING"
)

// ChangeRow is the day from which a change applies.
type ChangeRow struct {
	Change Change `json:"change"`
	From   string `json:"from"` // its first day in UK time, as "2014-10-01"
	// Says is what it brought, where a remark needs it.
	Says   string `json:"says,omitempty"`
	Source string `json:"source"`
	Basis  Basis  `json:"basis"`
}

// Change is the row of a change; ok is false for one that the profile does not have.
func (p *Profile) Change(ch Change) (row ChangeRow, ok bool) {
	for _, r := range p.Changes {
		if r.Change == ch {
			return r, true
		}
	}
	return ChangeRow{}, false
}

// Changed reports whether the change applied at a time; one that the profile does not have
// never applies.
func (p *Profile) Changed(ch Change, at time.Time) bool {
	for _, r := range p.Changes {
		if r.Change == ch {
			from, err := calendar.ParseInstant(r.From)
			return err == nil && !at.Before(from)
		}
	}
	return false
}

// Day is the first day of the change in words.
func (r ChangeRow) Day() string {
	from, err := calendar.ParseInstant(r.From)
	if err != nil {
		return r.From
	}
	return calendar.Day(from)
}
