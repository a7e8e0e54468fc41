package failure

import (
	"slices"
	"strconv"
	"testing"
	"time"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/ledger/ledgertest"
	"holdthering/regime/regimetest"
)

type noticeRow ledgertest.NoticeRow

// noticeTable is the table of notices, N1 to N44, as it comes to pass: what is played, and who
// is told of it when, counted from the first mail of the kind. The bodies of the area are
// written without its code, and where no level is said it is the duty contact.
var noticeTable = slices.Concat(noticesOfTheTrack, noticesBesideIt)

func inCase(s *script) ledgertest.Mailing {
	var ms []regime.Party
	for _, m := range s.c.Members {
		ms = append(ms, m.Party)
	}
	return ledgertest.Mailing{Notices: s.c.Notices, Members: ms}
}

func TestEveryNoticeGoesToThoseAndAtTheTimesThatTheTableSays(t *testing.T) {
	ledgertest.CheckNotices(t, noticeTable)
}

func TestTheTableHasEveryNoticeOfEveryProfile(t *testing.T) {
	for i := 1; i <= 44; i++ {
		kind := regime.NoticeKind("N" + strconv.Itoa(i))
		if !slices.ContainsFunc(noticeTable, func(r noticeRow) bool { return r.Kind == kind }) &&
			!slices.Contains(regimetest.GroupNotices, kind) {
			t.Errorf("%s is in no row", kind)
		}
		for _, p := range regime.Profiles() {
			if _, ok := p.Notice(kind); !ok {
				t.Errorf("%s has no row for %s", p.Name, kind)
			}
		}
	}
}

// unsent has CQC act while no mail can go, and an hour pass.
func unsent(s *script, act Act) *script {
	s.Helper()
	if _, err := s.c.Perform(ledger.Request{Sure: true, By: ledger.Actor{For: "CQC", Person: "x", Channel: "test"}}, act, s.now); err != nil {
		s.Fatal(err)
	}
	s.now = s.now.Add(time.Hour)
	s.c.pen.Tick(s.now)
	return s
}

// bounced has a summit triggered, of which Monitor's duty contact cannot be told.
func bounced(s *script) *script {
	s.Helper()
	s.idle = true
	s.by(regimetest.Nhse, &TriggerRiskSummit{Concern: "x", Source: "media"})
	s.idle = false
	s.c.pen.RecordSent([]ledger.SendResult{{Notice: s.c.Notices[0].ID, Party: "MONITOR", Level: regime.LevelDuty, State: ledger.StateRefused,
		Note: "no such mailbox"}}, s.now)
	return s
}

// reinspected is a trust in special measures of whose re-inspection CQC has reported.
func reinspected(t *testing.T) *script {
	return placed(t).at("2014-10-20 10:00").by("CQC",
		&Reinspect{From: regimetest.At("2014-10-20")}).at("2014-10-30 10:00").
		by("CQC", &ReportReinspection{Rating: "requires-improvement", Advice: "remain"})
}
