package surveillance

import (
	"slices"
	"strings"
	"testing"

	"holdthering/regime"
	"holdthering/regime/regimetest"
)

func TestABodyOfWhichSeveralSitInTheGroupIsAskedBack(t *testing.T) {
	s := group(t, "2013-04-01 09:00").
		refused("", regimetest.Nhse, &HoldGroupMeeting{Present: []regime.Party{"CQC", "CCG"}, Record: "x"}).
		refused("", "CCG", &RaiseConcern{Provider: "RCX", What: "x"}).
		refused("", regimetest.Nhse, &AgreeLevel{Provider: "RCX", Level: regime.EnhancedLevel, Reason: "x", Lead: "CCG"})
	err := s.perform("CCG", &AddGroupNote{Text: "x"})
	if err == nil || !strings.Contains(err.Error(), "name one, as CCG/07J") {
		t.Errorf("%v", err)
	}
	s.by("LETB", &AddGroupNote{Text: "there is one"}).by("NHSCB", &AddGroupNote{Text: "its support"})
}

func TestR75_AConcernAboutAProviderThatIsNotOnTheListComesOnTheAgenda(t *testing.T) {
	s := group(t, "2013-04-01 09:00").
		by("CQC", &RaiseConcern{Provider: "D81012", ProviderName: "Hill Street Surgery", What: "prescriptions"}).
		saysIn("D81012 (not on the group's list): prescriptions").
		refused("", regimetest.Nhse, &HoldGroupMeeting{Present: []regime.Party{"CQC"}, Considered: "D81013"})
	if lines := linesOf(s.item(itemRotation)); !strings.Contains(lines, "Hill Street Surgery (D81012): concern of CQC") {
		t.Fatal(lines)
	}
	if got := s.g.ToConsider(s.now); !slices.Contains(got, "D81012") {
		t.Fatalf("%v", got)
	}
	s.meet()
	if m, _ := s.g.LastMeeting(); !slices.Contains(m.Considered, "D81012") {
		t.Fatalf("%v", m.Considered)
	}
	s.by("CCG/07J", &RaiseConcern{Provider: "D81012", What: "waits"})
	if lines := linesOf(s.item(itemUrgent)); !strings.Contains(lines, "prescriptions (spoken of at meeting 1)") {
		t.Fatal(lines)
	}
}

func TestAMeetingHeldOnAnotherDayThanItWasFixedForSaysSo(t *testing.T) {
	group(t, "2013-04-01 09:00").by(regimetest.Nhse, &ScheduleGroupMeeting{At: regimetest.At("2013-04-20 10:00")}).
		at("2013-04-18 10:00").by(regimetest.Nhse, &HoldGroupMeeting{Present: []regime.Party{"CQC"}, Record: "x",
		Early: "the hall is closed"}).
		saysIn("It was fixed for 20 April 2013.")
}
