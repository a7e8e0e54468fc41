package regimetest

import (
	"holdthering/regime/calendar"
)

func Period(s string) calendar.Period { return calendar.MustPeriod(s) }
