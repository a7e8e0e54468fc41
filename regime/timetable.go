package regime

import "time"

// Forecast is something that will happen if nobody does anything.
type Forecast struct {
	At   time.Time   `json:"at"`
	What string      `json:"what"`
	Rule string      `json:"rule"`
	Kind NoticeKind  `json:"kind,omitempty"` // empty for what happens by itself
	To   []Recipient `json:"to,omitempty"`
}

// Timetable tells all that will fall due from now until a time, and whom it will remind, if
// nobody does anything. The case is not changed.
func (c *Case) Timetable(now, until time.Time) []Forecast {
	return c.clone().forecast(now, until)
}

// forecast plays the ledger on; it is called on a copy.
func (l *Ledger) forecast(now, until time.Time) []Forecast {
	l.Notices, l.noDigest = nil, true
	entries := len(l.Entries)
	var out []Forecast
	for {
		a, ok := l.NextAlarm()
		if !ok || a.At.After(until) {
			return out
		}
		at := a.At
		if at.Before(now) {
			at = now
		}
		l.Tick(at)
		for _, e := range l.Entries[entries:] {
			out = append(out, Forecast{At: e.At, What: e.Text})
		}
		entries = len(l.Entries)
		for _, n := range l.Notices {
			row, _ := l.host.profile().Notice(n.Kind)
			out = append(out, Forecast{At: n.At, What: n.Text, Rule: row.Rule, Kind: n.Kind, To: n.To})
		}
		l.Notices = nil
	}
}

// clone copies the case with all that belongs to it.
func (c *Case) clone() *Case {
	k := *c
	k.host, k.tell = &k, nil
	ownCopy(&k)
	return &k
}
