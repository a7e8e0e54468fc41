package failure

import (
	"time"

	"holdthering/regime/ledger"
)

// Timetable lists all that will fall due from now until a time if nothing is done, and who will be
// reminded. The case is not changed.
func (c *Case) Timetable(now, until time.Time) []ledger.Forecast {
	return c.clone().pen.Forecast(now, until)
}

// clone copies the case with all that belongs to it.
func (c *Case) clone() *Case {
	k := *c
	k.takeUpPen()
	ledger.OwnCopy(&k)
	return &k
}
