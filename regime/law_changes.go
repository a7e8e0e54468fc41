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
)

// ChangeRow is the day from which a change applies.
type ChangeRow struct {
	Change Change `json:"change"`
	From   string `json:"from"` // its first day in UK time, as "2014-10-01"
	Source string `json:"source"`
	Basis  Basis  `json:"basis"`
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
