package regime

import (
	"fmt"
	"time"

	"holdthering/regime/calendar"
)

// AcknowledgeRow says how the receipt of a kind of notice is acknowledged.
type AcknowledgeRow struct {
	Duty DutyKind `json:"duty"`
	// By lists the roles that acknowledge; empty: everybody who is told.
	By []Role `json:"by,omitempty"`
}

// DigestRow says when the weekly digest goes (N44). With none set there is none.
type DigestRow struct {
	Weekday string `json:"weekday"` // "Monday"
	Hour    int    `json:"hour"`    // of UK time
	// Ahead is how far off a duty may be to be worth a mail by itself.
	Ahead  calendar.Period `json:"ahead"`
	Source string          `json:"source"`
	Basis  Basis           `json:"basis"`

	weekday time.Weekday
}

// parse reads Weekday once, when the profile is loaded.
func (d *DigestRow) parse() error {
	for d.weekday = time.Sunday; d.weekday <= time.Saturday; d.weekday++ {
		if d.weekday.String() == d.Weekday && d.Hour >= 0 && d.Hour < 24 {
			return nil
		}
	}
	return fmt.Errorf("digest: %q at %d:00 is no time of the week", d.Weekday, d.Hour)
}

// After is the first digest time after t.
func (d *DigestRow) After(t time.Time) time.Time {
	today := t.In(calendar.London)
	day := today.AddDate(0, 0, int(d.weekday-today.Weekday()+7)%7)
	if at := calendar.AtHour(day, d.Hour); at.After(t) {
		return at
	}
	return calendar.AtHour(day.AddDate(0, 0, 7), d.Hour)
}

// HoursRow says when routine notices go: on working days, between two full hours of UK time.
// With none set, every notice goes at once.
type HoursRow struct {
	From   int    `json:"from"`
	To     int    `json:"to"`
	Source string `json:"source"`
	Basis  Basis  `json:"basis"`
}

// Morning is the beginning of the first working day after that of t.
func (h HoursRow) Morning(t time.Time) time.Time {
	return calendar.NextWorkingTime(calendar.AtHour(calendar.OneDay.After(t), 0), h.From, h.To)
}

// GoesAtOnce reports whether a notice is urgent, by its kind or by its rung: it goes at any hour
// and in a mail of its own.
func (p *Profile) GoesAtOnce(kind NoticeKind, urgent bool) bool {
	row, _ := p.Notice(kind)
	return row.Urgent || urgent
}

// NoticeKind is the number of a notice in the regime's table, such as N12.
type NoticeKind string

// NoticeRow says what a kind of notice is.
type NoticeRow struct {
	Kind    NoticeKind `json:"kind"`
	Subject string     `json:"subject"` // of the mail, without the case's reference
	Rule    string     `json:"rule"`
	// Urgent notices go at any hour, others in working hours. Which are urgent is our choice:
	// those that a clock of hours hangs on, or that patients may be harmed by waiting for.
	Urgent bool `json:"urgent,omitempty"`
	// Acknowledge says how those who are told acknowledge it; nil where they do not.
	Acknowledge *AcknowledgeRow `json:"acknowledge,omitempty"`
}

// Level is which of a party's contacts is told.
type Level string

// The contacts that a party keeps (regime section 8).
const (
	LevelDuty      Level = "duty"
	LevelLead      Level = "lead"
	LevelDeputy    Level = "deputy"
	LevelExecutive Level = "executive"
)

// Choices lists the levels.
func (Level) Choices() []string {
	return []string{string(LevelDuty), string(LevelLead), string(LevelDeputy), string(LevelExecutive)}
}
