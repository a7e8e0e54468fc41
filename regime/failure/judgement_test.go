package failure

import (
	"strings"
	"testing"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/regimetest"
)

func TestR23_T4_OnlyCQCMakesTheRegulatoryJudgement(t *testing.T) {
	s := inSession(t, kingsLynn)
	for _, p := range []regime.Party{regimetest.Nhse, "MONITOR", "CCG", "PROVIDER"} {
		s.refused("R23", p, &JudgeBreach{Value: BreachSignificant})
	}
	s.by("CQC", &JudgeBreach{Value: NotYetDetermined}).by("CQC", &JudgeBreach{Value: PotentialBreach})
	if len(s.c.Regulatory) != 2 {
		t.Fatal("the earlier judgement is gone")
	}
}

func TestR25_NoMaterialBreachEndsNothing(t *testing.T) {
	inSession(t, kingsLynn).by("CQC", &JudgeBreach{Value: NoMaterialBreach}).stage(regime.InSession).
		by(regimetest.Nhse, &JudgeCollectively{Value: FocussedAction}).stage(regime.RingHolderPending)
	for state, s := range everyState(t) {
		stage := s.c.Stage
		if stage == regime.Closed {
			continue // CQC judges in a case that is open
		}
		s.by("CQC", &JudgeBreach{Value: NoMaterialBreach}).stage(stage).
			by("CCG/07J", &JudgeForOneself{View: "x", Intends: "focussed action"}).
			by("MONITOR", &UsePower{Power: "P-MON-1"}).by(regimetest.Nhse, propose("CQC")).stage(stage)
		if s.c.Collective == nil && stage.Reached(regime.InSession) {
			s.by(regimetest.Nhse, &JudgeCollectively{Value: FocussedAction}).stage(regime.RingHolderPending)
		}
		if way := s.c.StandingInTheWay(); stage.Reached(regime.RingHolderPending) && len(way) == 0 {
			t.Errorf("%s: nothing stands in the way of closing any more", state)
		}
	}
}

func TestR26_T5_ActualAndPotentialFailureBothStartTheResponse(t *testing.T) {
	for _, v := range []CollectiveValue{ActualFailure, PotentialFailure, FocussedAction} {
		inSession(t, kingsLynn).by(regimetest.Nhse, &JudgeCollectively{Value: v}).stage(regime.RingHolderPending)
	}
	inSession(t, kingsLynn).by(regimetest.Nhse, &JudgeCollectively{Value: NoFailure}).stage(regime.StoodDown)
}

func TestR27_TheClockStartsAtTheCollectiveJudgementAndIsNeverRestarted(t *testing.T) {
	s := judged(t, kingsLynn)
	if d := s.duty(DutyFirstMeeting, ""); !d.Due.Equal(regimetest.At("2013-09-14 16:10")) {
		t.Fatalf("48 hours end %s", d.Due)
	}
	s.refused("R27", regimetest.Nhse, &JudgeCollectively{Value: ActualFailure}).
		by("CCG", &CannotAgree{}).stage(regime.Responding).
		by(regimetest.Nhse, &HandOverRing{To: "MONITOR", Reason: "x"}).by("MONITOR", &AcceptRing{})
	if d := s.duty(DutyFirstMeeting, ""); !d.Due.Equal(regimetest.At("2013-09-14 16:10")) || d.Owner != "MONITOR" {
		t.Fatalf("after a handover: %s, owned by %s", d.Due, d.Owner)
	}
}

func TestT8_AmberAt24HoursAndRedAt48(t *testing.T) {
	s := judged(t, kingsLynn).at("2013-09-14 16:10")
	got := s.told("N15")
	want := []string{"Fri 13 Sep 2013 04:10", "Fri 13 Sep 2013 12:10", "Fri 13 Sep 2013 16:10",
		"Sat 14 Sep 2013 16:10"}
	for i, w := range want {
		if i >= len(got) || !strings.HasPrefix(got[i], w) {
			t.Fatalf("N15 went %v, want at %v", got, want)
		}
	}
	if !strings.Contains(got[3], "NHSCB/Y55") || !strings.Contains(got[3], "CCG/07K") ||
		got[2] != "Fri 13 Sep 2013 16:10: NHSCB/Q56 duty" {
		t.Fatalf("amber goes to the ring-holder, red to all members and the region: %v", got)
	}
	s.stage(regime.Responding)
}

func TestR8_TheProviderHasNoVoteAndCanAlwaysActOnItself(t *testing.T) {
	judged(t, kingsLynn).refused("R8", "PROVIDER", &JudgeForOneself{View: "x"}).
		refused("R8", "PROVIDER", &ProposeRingHolder{Candidate: "MONITOR"}).
		refused("R8", "PROVIDER", &CannotAgree{}).
		by("CCG", &ProposeRingHolder{Candidate: "MONITOR"}).
		refused("R8", "PROVIDER", &AssentToRingHolder{Candidate: "MONITOR"}).
		refused("R8", "PROVIDER", &ObjectToRingHolder{Candidate: "MONITOR", Reason: "x"})
	for _, s := range everyStage(t) {
		s.by("PROVIDER", &UsePower{Power: "P-PROV-1"})
	}
}

func lastSaid(s *script) string { return s.c.Entries[len(s.c.Entries)-1].Text }

func TestR24_R25_CQCsJudgementEndsWhatItOwesAndTheMembersHearOfIt(t *testing.T) {
	s := inSession(t, kingsLynn).by(regimetest.Nhse, &EndSummit{})
	if d := s.duty(DutyRegulatory, ""); !d.Open() || d.Owner != "CQC" {
		t.Fatalf("%+v", d)
	}
	before := len(s.told("N11"))
	s.by("CQC", &JudgeBreach{Value: NotYetDetermined})
	if s.duty(DutyRegulatory, "").End != ledger.EndDone || !s.duty(DutyRegulatoryFollowUp, "").Open() ||
		len(s.told("N11")) != before+1 || strings.Contains(lastSaid(s), "Changed") {
		t.Fatalf("%s, told %v", lastSaid(s), s.told("N11"))
	}
	s.by("CQC", &JudgeBreach{Value: NoMaterialBreach})
	if s.duty(DutyRegulatoryFollowUp, "").End != ledger.EndDone || !strings.Contains(lastSaid(s), "Changed") ||
		len(s.c.Regulatory) != 2 {
		t.Fatal(lastSaid(s))
	}
}
