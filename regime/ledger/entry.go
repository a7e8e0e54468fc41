package ledger

import (
	"cmp"
	"strings"
	"time"

	"holdthering/regime/calendar"
	"holdthering/regime/words"
)

// Entry is one line of the chronology. Entries are only ever added (R77): a correction is
// a new entry that names the one it corrects.
type Entry struct {
	N  int       `json:"n"`
	At time.Time `json:"at"` // when it was recorded
	// Happened is when what it records happened, if earlier.
	Happened time.Time `json:"happened,omitzero"`
	By       Actor     `json:"by,omitzero"` // zero when the clock made it
	Verb     string    `json:"verb"`        // path of the verb, or ByClock
	Text     string    `json:"text"`
	// Decided is what was decided, from closed lists: it may stand where nothing is sealed (regime.Decided). An
	// act in confidence has none.
	Decided string `json:"decided,omitempty"`
	// Key and Fingerprint are those of its request. They are for the ledger alone: see Shown.
	Key         string `json:"key,omitempty"`
	Fingerprint string `json:"print,omitempty"`
}

// Shown is the entry without what only serves to recognise a repeated request. A digest of an act
// lets the one thing be guessed that is not known of it (R14).
func (e Entry) Shown() Entry {
	e.Key, e.Fingerprint = "", ""
	return e
}

// HideRequests does so for a copy that is to be shown.
func (l *Pen) HideRequests() {
	for i := range l.Entries {
		l.Entries[i] = l.Entries[i].Shown()
	}
	l.Past.Acts, l.Past.Lately = nil, nil
}

// HappenedAt is when what the entry records happened.
func (e Entry) HappenedAt() time.Time { return cmp.Or(e.Happened, e.At) }

// dated says in the entry when what it records happened, where that is not now.
func (e *Entry) dated(m Moment) {
	if m.At.Equal(m.Now) {
		return
	}
	e.Happened = m.At
	if said := calendar.Instant(m.At); !strings.Contains(e.Text, said) && !strings.Contains(e.Text, calendar.Day(m.At)) {
		e.Text = words.Full(e.Text) + " (It happened on " + said + ".)"
	}
}

// ByClock is the verb of an entry that no person made.
const ByClock = "clock"

// Enter adds an entry to the chronology and numbers it.
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
