package surveillance

import (
	"slices"
	"strings"
	"testing"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/regimetest"
)

func TestABodyOfWhichSeveralSitInTheGroupIsAskedBack(t *testing.T) {
	s := group(t, "2013-04-01 09:00").
		refused("", regimetest.Nhse, &HoldGroupMeeting{Present: []regime.Party{"CQC", "CCG"}, Record: "x"}).
		refused("", "CCG", &RaiseConcern{Provider: "RCX", What: "x"}).
		refused("", regimetest.Nhse, &AgreeLevel{Provider: "RCX", Level: regime.EnhancedLevel, Reason: "x",
			Lead: "CCG"})
	err := s.perform("CCG", &AddGroupNote{Text: "x"})
	if err == nil || !strings.Contains(err.Error(), "name one, as CCG/07J") {
		t.Errorf("%v", err)
	}
	s.by("LETB", &AddGroupNote{Text: "there is one"}).by("NHSCB", &AddGroupNote{Text: "its support"})
}

func TestR128_R129_AGroupsLinksAreTheBodysAndTheOfficesToSeeTo(t *testing.T) {
	s := group(t, "2013-09-02 09:00").at("2013-09-25 09:00")
	s.refused("R128", "MONITOR", &WithdrawGroupLinks{To: "CQC:duty", Reason: "x"}).
		by("CQC", &WithdrawGroupLinks{To: "CQC:duty", Reason: "the mailbox is shared"}).
		by(s.g.support(), &SendGroupLink{To: "CQC:duty"})
	if told := s.told(regime.NoticeNewLink); len(told) != 1 || !strings.Contains(told[0], "CQC duty") {
		t.Errorf("%q", told)
	}
	first := s.g.Notices[0].ID
	s.refused("R129", "GDC", &PassGroupQuestion{To: regime.LevelDeputy, Notice: first})
	for _, n := range s.g.Notices {
		if slices.Contains(ledger.PartiesOf(n.To), "CQC") {
			s.by("CQC", &PassGroupQuestion{To: regime.LevelDeputy, Notice: n.ID})
			break
		}
	}
	if told := s.told(regime.NoticePassedOn); len(told) != 1 || !strings.Contains(told[0], "CQC deputy") {
		t.Errorf("%q", told)
	}
}
