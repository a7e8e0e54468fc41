package regime

import "time"

// Entry is one line of the chronology. Entries are only ever added (R77): a correction is
// a new entry that names the one it corrects.
type Entry struct {
	N     int       `json:"n"`
	At    time.Time `json:"at"`
	By    Actor     `json:"by,omitzero"` // zero when the clock made it
	Verb  string    `json:"verb"`        // path of the verb, or ByClock
	Text  string    `json:"text"`
	Key   string    `json:"key,omitempty"`
	Print string    `json:"print,omitempty"`
}

// ByClock is the verb of an entry that no person made.
const ByClock = "clock"

func (c *Case) enter(e Entry) Entry {
	c.LastEntry++
	e.N = c.LastEntry
	c.Entries = append(c.Entries, e)
	return e
}

// byClock records what happened because time was up.
func (c *Case) byClock(now time.Time, text string) {
	c.enter(Entry{At: now, Verb: ByClock, Text: text})
}
