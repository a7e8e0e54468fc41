package regime

import (
	"holdthering/regime/calendar"
)

// Acknowledgement is what its reminders ask of a body that has not acknowledged an alert.
func (d DutyRow) Acknowledgement() string {
	for _, r := range d.Ladder {
		if r.Of == RoleUnacknowledged {
			return r.Asks
		}
	}
	return "acknowledge this alert"
}

// MeetingRow is what a duty to hold a meeting is in calendars, where it takes up time.
type MeetingRow struct {
	Title string          `json:"title"`
	Lasts calendar.Period `json:"lasts"` // our choice: no source says how long one takes
}
