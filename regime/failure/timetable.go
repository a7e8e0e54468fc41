package failure

import (
	"slices"
	"time"

	"holdthering/regime/ledger"
)

// Timetable tells all that will fall due from now until a time, and whom it will remind, if
// nobody does anything. The case is not changed.
func (c *Case) Timetable(now, until time.Time) []ledger.Forecast {
	return c.clone().pen.Forecast(now, until)
}

// clone copies what the clock changes.
func (c *Case) clone() *Case {
	k := *c
	k.takeUpPen()
	k.Members = slices.Clone(c.Members)
	k.Meetings = slices.Clone(c.Meetings)
	k.Measures = slices.Clone(c.Measures)
	k.Actions = slices.Clone(c.Actions)
	k.Entries = slices.Clone(c.Entries)
	k.Notices = slices.Clone(c.Notices)
	k.Alerts = slices.Clone(c.Alerts)
	k.Duties = slices.Clone(c.Duties)
	for i := range k.Duties {
		k.Duties[i].RungsSent = slices.Clone(c.Duties[i].RungsSent)
	}
	k.Ring.Candidates = slices.Clone(c.Ring.Candidates)
	k.Ring.Past = slices.Clone(c.Ring.Past)
	k.Safeguarding = slices.Clone(c.Safeguarding)
	return &k
}
