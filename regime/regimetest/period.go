package regimetest

import (
	"holdthering/regime/calendar"
)

// Period reads a period that is known to be right.
func Period(s string) calendar.Period { return calendar.MustPeriod(s) }
