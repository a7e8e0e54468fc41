package surveillance

import (
	"strings"
	"testing"

	"holdthering/regime"
	"holdthering/regime/regimetest"
)

func TestN38_WhoHasSentWhatItKnowsIsNotAskedAgain(t *testing.T) {
	s := group(t, "2013-04-01 09:00").at("2013-04-18 10:00").
		refused("R69", "GMC", &SendPack{What: "x"}).
		by("CCG/07J", &SendPack{What: "first"}).
		by("CCG/07J", &SendPack{What: "staffing has recovered", Where: "https://ccg.example/pack"}).
		by("CQC", &RaiseConcern{Provider: "RCX", What: "falls"}).
		by("MONITOR", &AddGroupNote{Text: "nothing new"}).
		by("PHE", &RaiseConcern{Provider: "RCX", What: "x", Confidential: true})
	got := s.at("2013-04-29 10:00").told("N38")
	want := "Sun 28 Apr 2013 10:00: NHSCB/Q56 duty, CCG/07K duty, LA_COMM/Q56 duty, LETB/Q56 duty, " +
		"HEALTHWATCH_LOCAL/Q56 duty, PHE/Q56 duty"
	if got[len(got)-1] != want {
		t.Errorf("asked on the last occasion: %s", got[len(got)-1])
	}
	lines := linesOf(s.item(itemPacks))
	if !strings.Contains(lines, "staffing has recovered (https://ccg.example/pack)") ||
		strings.Contains(lines, "first") {
		t.Error(lines)
	}
	s.meet()
	if got := s.g.yetToSend(); len(got) != len(s.g.Members) {
		t.Errorf("for the next meeting %v were to send", got)
	}
}

func TestTheLastRequestGoesToNobodyWhereAllHaveSent(t *testing.T) {
	s := group(t, "2013-04-01 09:00")
	for _, m := range s.g.parties(nil) {
		s.by(m, &SendPack{What: "nothing new"})
	}
	if got := s.at("2013-04-30 10:00").told("N38"); len(got) != 1 {
		t.Errorf("%v", got)
	}
}

func TestAFirstMeetingTooNearForTheLadderInvitesItsMembersAtOnce(t *testing.T) {
	for first, want := range map[string]int{"2013-04-09 10:00": 1, "2013-04-30 10:00": 0} {
		o := eastAnglia
		o.First = regimetest.At(first)
		s := group(t, "2013-04-02 09:00", o)
		if got := s.told("N38"); len(got) != want || !s.next().At.Equal(o.First) {
			t.Errorf("%s: %v", first, got)
		}
	}
}

func TestTheWholeAgendaIsConsideredByOneWord(t *testing.T) {
	s := group(t, "2013-04-01 09:00").at("2013-05-01 10:00")
	want := s.g.ToConsider(s.now)
	s.by(regimetest.Nhse, &HoldGroupMeeting{Present: []regime.Party{"CQC"}, Considered: "RGP agenda", Record: "x"})
	m, _ := s.g.LastMeeting()
	if len(want) == 0 || m.Considered[0] != "RGP" {
		t.Fatalf("%v", m.Considered)
	}
	for _, c := range want {
		if !strings.Contains(strings.Join(m.Considered, " "), c) {
			t.Errorf("%s of the agenda was left out: %v", c, m.Considered)
		}
	}
}
