package ledger

import (
	"time"
)

// Entry is one line of the chronology. Entries are only ever added (R77): a correction is
// a new entry that names the one it corrects.
type Entry struct {
	N           int       `json:"n"`
	At          time.Time `json:"at"`
	By          Actor     `json:"by,omitzero"` // zero when the clock made it
	Verb        string    `json:"verb"`        // path of the verb, or ByClock
	Text        string    `json:"text"`
	Key         string    `json:"key,omitempty"`
	Fingerprint string    `json:"print,omitempty"`
}

// ByClock is the verb of an entry that no person made.
const ByClock = "clock"

func (l *Pen) Enter(e Entry) Entry {
	l.LastEntry++
	e.N = l.LastEntry
	l.Entries = append(l.Entries, e)
	return e
}

// EnterByClock records what happened because time was up.
func (l *Pen) EnterByClock(now time.Time, text string) {
	l.Enter(Entry{At: now, Verb: ByClock, Text: text})
}
