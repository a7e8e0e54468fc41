package surveillance

import (
	"slices"
	"testing"

	"holdthering/regime"
	"holdthering/regime/ledger/ledgertest"
	"holdthering/regime/regimetest"
)

type noticeRow ledgertest.NoticeRow

func inGroup(s *groupScript) ledgertest.Mailing {
	return ledgertest.Mailing{Notices: s.g.Notices, Members: s.g.parties(nil)}
}

// groupNotices is the part of the table of notices that groups send, N1 to N44, as it comes to pass.
var groupNotices = []noticeRow{
	{"N38", "a group's meeting comes near and is not held", func(t *testing.T) ledgertest.Mailing {
		return inGroup(group(t, "2013-04-01 09:00").at("2013-05-12 09:00"))
	}, []string{
		"0h: members",
		"11d: members",
		"15d: NHSCB, NHSCB/Y55",
		"22d: NHSCB, NHSCB/Y55",
	}},
	{"N39", "no provider is considered within the interval", func(t *testing.T) ledgertest.Mailing {
		return inGroup(group(t, "2013-04-01 09:00").at("2013-10-02 09:00"))
	}, []string{
		"0h: NHSCB",
	}},
	{"N40", "a level is not reviewed", func(t *testing.T) ledgertest.Mailing {
		return inGroup(group(t, "2013-04-01 09:00").
			by("CQC", &AgreeLevel{Provider: "RCX", Level: regime.EnhancedLevel, Reason: "x", Lead: "CQC"}).
			at("2013-08-02 09:00"))
	}, []string{
		"0h: CQC",
		"7d: CQC",
		"14d: CQC, NHSCB",
		"38d: CQC, NHSCB",
	}},
}

func TestEveryNoticeOfAGroupGoesToThoseAndAtTheTimesThatTheTableSays(t *testing.T) {
	ledgertest.CheckNotices(t, groupNotices)
	for _, kind := range regimetest.GroupNotices {
		if !slices.ContainsFunc(groupNotices, func(r noticeRow) bool { return r.Kind == kind }) {
			t.Errorf("%s is in no row", kind)
		}
	}
}
