package ledger

import (
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/words"
)

// PlaceChanged says where a meeting now is and no longer is; empty where the place is the same.
func PlaceChanged(from, to string) string {
	switch {
	case from == to:
		return ""
	case from == "":
		return " Place: " + words.Full(to)
	}
	return " Place: " + to + ", no longer " + words.Full(from)
}

// MovedPlace tells that a meeting is elsewhere. Where, stands in the case: a mail may be read
// by others.
func MovedPlace(meeting string, at time.Time, to []Recipient) Notice {
	return Notice{Kind: regime.NoticePlaceChanged, By: at, To: to, Text: "The place of " + meeting + " of " +
		calendar.Instant(at) + " has changed; the time is the same, and what was answered stands. The new place " +
		"is in the record"}
}

// MovedTime says from when to when a meeting is moved.
func MovedTime(meeting string, from, to time.Time) string {
	return meeting + " is moved, from " + calendar.Instant(from) + " to " + calendar.Instant(to)
}

// BeforeMorning: who would have come at that time would read of it too late in working hours.
func (l *Ledger) BeforeMorning(at, now time.Time) bool {
	hours := l.subject.Profile().Hours
	return hours != nil && at.After(now) && !at.After(hours.Morning(now))
}
