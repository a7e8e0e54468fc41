package regime

import "holdthering/regime/calendar"

func period(s string) calendar.Period { return calendar.MustPeriod(s) }
