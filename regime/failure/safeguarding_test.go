package failure

import (
	"strings"
	"testing"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/regimetest"
)

// adultTeam and childBoard are named with a flag where a test does not ask which one is relevant.
var adultTeam, childBoard = []regime.Party{"LA_SAFEGUARDING/Q56"}, []regime.Party{"LSCB/Q56"}

func flagged(s *script) {
	s.by("HEALTHWATCH_LOCAL", &FlagSafeguarding{About: regime.Adult, Boards: adultTeam}).by("GMC",
		&FlagSafeguarding{About: regime.Child, Boards: childBoard})
}

func TestR40_AnybodyFlagsAndTheChairFollowsTheProtocol(t *testing.T) {
	for stage, s := range everyStage(t) {
		s.by("ROYAL_COLLEGE", &FlagSafeguarding{About: regime.Adult, Boards: adultTeam, What: "care at night"})
		if got := s.told("N8"); len(got) != 1 || !strings.Contains(got[0], "LA_SAFEGUARDING/Q56 duty") ||
			!strings.Contains(got[0], string(s.c.chair())+" duty") {
			t.Errorf("%s: at once the chair and the local authority: %v", stage, got)
		}
		if stage == regime.Closed {
			continue
		}
		chair := s.c.chair()
		for _, p := range []regime.Party{"LA_SAFEGUARDING", "CQC", "PROVIDER", "ROYAL_COLLEGE"} {
			s.refused("R40", p, &FollowProtocol{Flag: "S1", How: "x"})
		}
		s.by(chair, &FollowProtocol{Flag: "S1", How: "strategy meeting"})
		if d := s.duty(DutyAdultProtocol, "S1"); d.End != ledger.EndDone || d.Owner != chair {
			t.Errorf("%s: %+v", stage, d)
		}
	}
}

func TestR40_TheDutyMovesWithTheChair(t *testing.T) {
	s := judged(t, kingsLynn).by("CQC", &FlagSafeguarding{About: regime.Adult, Boards: adultTeam}).
		by("CCG", &ProposeRingHolder{Candidate: "MONITOR"}).by("MONITOR", &AcceptRing{})
	if d := s.duty(DutyAdultProtocol, "S1"); d.Owner != regimetest.Nhse {
		t.Fatalf("the summit's chair: %+v", d)
	}
	if s.c.Timetable(s.now, regimetest.At("2013-09-20")); s.c.Safeguarding[0].Chair != regimetest.Nhse {
		t.Fatal("foretelling the change has made it")
	}
	s.at("2013-09-13 04:10").stage(regime.Responding)
	if d := s.duty(DutyAdultProtocol, "S1"); d.Owner != "MONITOR" || !d.Due.Equal(regimetest.At("2013-09-13 16:10")) {
		t.Fatalf("the ring-holder, by the same time: %+v", d)
	}
	if got := s.told("N8"); !strings.HasPrefix(got[len(got)-1], "Fri 13 Sep 2013 04:10: MONITOR duty") {
		t.Fatalf("the new chair is told at once: %v", got)
	}
	s.refused("R40", regimetest.Nhse, &FollowProtocol{Flag: "S1", How: "x"}).
		by("MONITOR", &FollowProtocol{Flag: "S1", How: "x"})
}

func TestR40_SilenceIsRemindedAfterFourHoursAndEscalatedAfterADay(t *testing.T) {
	s := judged(t, kingsLynn).by("CQC", &FlagSafeguarding{About: regime.Adult, Boards: adultTeam}).at("2013-09-13 16:10")
	want := []string{
		"Thu 12 Sep 2013 16:10: NHSCB/Q56 duty, LA_SAFEGUARDING/Q56 duty",
		"Thu 12 Sep 2013 20:10: NHSCB/Q56 duty, LA_SAFEGUARDING/Q56 duty",
		"Fri 13 Sep 2013 16:10: NHSCB/Q56 duty, LA_SAFEGUARDING/Q56 executive, NHSCB/Y55 duty",
	}
	if got := s.told("N8"); strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Fatalf("got\n%s", strings.Join(got, "\n"))
	}
}

func TestR40_AFlagIsInNobodysWay(t *testing.T) { blocksNothing(t, flagged) }

func TestR40_ItBlocksSigningAndClosingAndIsNamed(t *testing.T) {
	s := closable(t).by("CQC", &FlagSafeguarding{About: regime.Adult, Boards: adultTeam}).
		refused("R40", regimetest.Nhse, &SignSummit{Record: "what was agreed"}).refused("2.4", regimetest.Nhse, &ProposeClosing{})
	err := s.perform(regimetest.Nhse, &ProposeClosing{})
	if !strings.Contains(err.Error(), "S1") || !strings.Contains(err.Error(), "safeguarding protocol") {
		t.Fatal(err)
	}
	s.by(regimetest.Nhse, &FollowProtocol{Flag: "S1", How: "x"}).by(regimetest.Nhse,
		&SignSummit{Record: "what was agreed"}).by(regimetest.Nhse, &ProposeClosing{}).
		by("CQC", &FlagSafeguarding{About: regime.Adult, Boards: adultTeam}).days(3).refused("2.4", regimetest.Nhse, &CloseCase{}).
		by(regimetest.Nhse, &FollowProtocol{Flag: "S2", How: "x"}).by(regimetest.Nhse, &CloseCase{})
}

func TestR41_NoticeAndEngagementAreTwoFacts(t *testing.T) {
	s := closable(t).by("CQC", &FlagSafeguarding{About: regime.Child, Boards: childBoard})
	if got := s.told("N9"); !strings.Contains(got[0], "LSCB/Q56 duty") {
		t.Fatalf("the board is told at once: %v", got)
	}
	s.refused("R41", "LSCB", &NotifyChildrenBoard{Flag: "S1", How: "x"}).
		by(regimetest.Nhse, &NotifyChildrenBoard{Flag: "S1", How: "letter"}).
		refused("R41", regimetest.Nhse, &SignSummit{Record: "what was agreed"}).refused("2.4", regimetest.Nhse, &ProposeClosing{})
	if d := s.duty(DutyEngageBoard, "S1"); !d.Open() {
		t.Fatal("being told is not being engaged")
	}
	var m *regime.Mistake
	if err := s.perform(regimetest.Nhse, &FollowProtocol{Flag: "S1", How: "x"}); !regimetest.AsMistake(err, &m) {
		t.Fatalf("the adults' protocol for a child: %v", err)
	}
	s.by(regimetest.Nhse, &EngageChildrenBoard{Flag: "S1", How: "it sits with us"}).by(regimetest.Nhse,
		&SignSummit{Record: "what was agreed"}).
		by(regimetest.Nhse, &ProposeClosing{})
	if !s.c.Summit.Signed.Equal(s.now) {
		t.Fatal("not signed")
	}
}

func TestR41_SilenceReachesTheBoardsExecutiveAndTheRegion(t *testing.T) {
	s := judged(t, kingsLynn).by("CQC", &FlagSafeguarding{About: regime.Child, Boards: childBoard}).at("2013-09-13 16:10")
	if got := strings.Join(s.told("N9"), "\n"); strings.Count(got,
		"Fri 13 Sep 2013 16:10: NHSCB/Q56 duty, LSCB/Q56 executive, LA_COMM/Q56 executive, NHSCB/Y55 duty") != 2 {
		t.Fatalf("both facts are chased:\n%s", got)
	}
}

func TestR42_ThePoliceAreConsideredAndTheAnswerRecordedAndNothingWaitsForIt(t *testing.T) {
	s := responding(t, kingsLynn).by("CQC", &FlagSafeguarding{About: regime.Adult, Boards: adultTeam})
	prompted := func() bool { return strings.Contains(s.c.Entries[len(s.c.Entries)-1].Text, "R42") }
	if !prompted() {
		t.Fatal("the flag does not ask for it")
	}
	s.by(regimetest.Nhse, &FollowProtocol{Flag: "S1", How: "x"})
	if !prompted() {
		t.Fatal("nothing is said, and nobody remarks it")
	}
	s.by("CQC", &FlagSafeguarding{About: regime.Adult, Boards: adultTeam}).
		refused("R42", "POLICE", &ConsiderPolice{Flag: "S2", Answer: "no", Reason: "x"}).
		by(regimetest.Nhse, &ConsiderPolice{Flag: "S2", Answer: "no", Reason: "nothing points to a crime"}).
		by(regimetest.Nhse, &FollowProtocol{Flag: "S2", How: "x"})
	if prompted() || s.c.Safeguarding[1].Crime.Answer != "no" {
		t.Fatalf("%+v", s.c.Safeguarding[1])
	}
}
