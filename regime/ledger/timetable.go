package ledger

import (
	"time"

	"holdthering/regime"
)

// Forecast is something that will happen if no one acts.
type Forecast struct {
	At   time.Time         `json:"at"`
	What string            `json:"what"`
	Rule string            `json:"rule"`
	Kind regime.NoticeKind `json:"kind,omitempty"` // empty for what happens by itself
	To   []Recipient       `json:"to,omitempty"`
}

// Forecast plays the ledger on; it is called on a copy.
func (l *Pen) Forecast(now, until time.Time) []Forecast {
	l.Notices, l.noDigest = nil, true
	entries := len(l.Entries)
	var out []Forecast
	for {
		a, ok := l.NextDue()
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
			row, _ := l.subject.Profile().Notice(n.Kind)
			out = append(out, Forecast{At: n.At, What: n.Text, Rule: row.Rule, Kind: n.Kind, To: n.To})
		}
		l.Notices = nil
	}
}
