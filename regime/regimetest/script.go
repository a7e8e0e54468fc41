package regimetest

import (
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
)

// At reads a time that is known to be right.
func At(s string) time.Time {
	return calendar.MustInstant(s)
}

// Members are the members of a local group in an area.
func Members(area string) []regime.Party {
	return []regime.Party{regime.PartyOf(regime.NHSCB, area), "CCG/07J", "CCG/07K", regime.PartyOf(regime.LAComm, area), "MONITOR",
		"CQC", regime.PartyOf(regime.LETB, area), regime.PartyOf(regime.HealthwatchLocal,
			area), regime.PartyOf(regime.PHE, area)}
}

// Nhse is the area team of most tests.
const Nhse = regime.Party("NHSCB/Q56")

// GroupNotices are the kinds of notices that only a group sends; the table of the others stands
// with the cases.
var GroupNotices = []regime.NoticeKind{regime.NoticeGroupMeeting, regime.NoticeCoverage, regime.NoticeLevel}
