package rehearsal

import (
	"time"

	"holdthering/regime"
	"holdthering/regime/ledger"
)

// EventKind is what sort of thing happened in a case that was played.
type EventKind string

// The kinds of event.
const (
	Done    EventKind = "done"    // an act was done
	Refused EventKind = "refused" // an act was refused by a rule, or not understood
	ByClock EventKind = "clock"   // something happened because time was up
	Mailed  EventKind = "mail"
	Met     EventKind = "met"  // a duty was done in its time
	MetLate EventKind = "late" // a duty was done after its time
	Checked EventKind = "check"
)

// Event is one thing that happened, at the case's own time.
type Event struct {
	At   time.Time `json:"at"`
	Kind EventKind `json:"kind"`
	Line int       `json:"line,omitempty"` // of the scenario, for acts and checks
	// Group is the place of the surveillance group where it happened; empty for the case.
	Group string `json:"group,omitempty"`
	Who   string `json:"who,omitempty"`
	Verb  string `json:"verb,omitempty"`
	Rule  string `json:"rule,omitempty"` // that refused
	Text  string `json:"text"`
	// Wrong says how a line did not come as it is written.
	Wrong string `json:"wrong,omitempty"`

	Duty regime.DutyKind `json:"duty,omitempty"`
	By   *time.Time      `json:"by,omitempty"` // when the duty was due

	Notice  regime.NoticeKind `json:"notice,omitempty"`
	Rung    int               `json:"rung,omitempty"` // of the ladder of reminders, from 1
	Subject string            `json:"subject,omitempty"`
	To      []Recipient       `json:"to,omitempty"`
}

// Recipient is one recipient of a mail and what became of it.
type Recipient struct {
	Name  string               `json:"name"`
	Level regime.Level         `json:"level"`
	State ledger.DeliveryState `json:"state"`
	Note  string               `json:"note,omitempty"` // why it could not be told
}
