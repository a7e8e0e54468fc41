package failure

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/regimetest"
)

func TestR12_T2_ATriggerAlertsEveryMember(t *testing.T) {
	s := triggered(t, kingsLynn).stage(regime.Convening)
	got := s.told("N1")
	if len(got) != 1 || strings.Count(got[0], " duty") != len(s.c.Members) {
		t.Fatalf("N1 went to %v, want each of %d members once", got, len(s.c.Members))
	}
}

func TestR11_T1_AnyStatutoryBodyTriggersAndARoyalCollegeDoesNot(t *testing.T) {
	for _, row := range []struct {
		by   regime.Party
		rule string
	}{
		{"CQC", ""}, {"CCG/07J", ""}, {"HEALTHWATCH_LOCAL/Q56", ""}, {"GMC", ""}, {"HEE", ""},
		{"ROYAL_COLLEGE", "R11"}, {"NQB", "R11"}, {"QSG_LOCAL", "R68"},
	} {
		s := open(t, kingsLynn, "2013-09-10 09:00")
		err := s.perform(row.by, &TriggerRiskSummit{Concern: "x", Source: "media"})
		if regime.RefusedBy(err) != row.rule {
			t.Errorf("%s: got %v, want %q", row.by, err, row.rule)
		}
	}
}

// While a summit of one case is under way a second of the same case has no meaning; who
// triggers then opens a case of its own, as the command line does, and links the two.
func TestR11_WhateverStateACaseIsInAnyStatutoryBodyTriggers(t *testing.T) {
	for state, s := range everyState(t) {
		for _, by := range []regime.Party{"CQC", "CCG/07K", "GMC", "HEE"} {
			if s.c.Stage == regime.UnderSurveillance {
				s.copied().by(by, &TriggerRiskSummit{Concern: "x", Source: "media"}).stage(regime.Convening)
				continue
			}
			own := open(t, s.c.Provider, s.now.UTC().Format(time.RFC3339)).
				by(by, &TriggerRiskSummit{Concern: "x", Source: "media"}).stage(regime.Convening).
				by(by, &LinkCase{To: "ABCD-EFGH"})
			if len(own.c.Links) != 1 {
				t.Errorf("%s: %+v", state, own.c.Links)
			}
		}
	}
}

func TestT3_AnUnconvenedSummitEscalatesToTheRegionAndIsNeverCancelled(t *testing.T) {
	s := triggered(t, kingsLynn).at("2013-09-12 09:00")
	got := s.told("N4")
	if last := got[len(got)-1]; !strings.Contains(last, "NHSCB/Y55") || !strings.HasPrefix(last, "Thu 12 Sep 2013 09:00") {
		t.Fatalf("at 48 hours: %q", last)
	}
	s.at("2013-10-12 09:00").stage(regime.Convening).
		by(regimetest.Nhse, &OpenSummit{Attending: []regime.Party{"CQC"}}).stage(regime.InSession)
}

func TestT3_ImmediateRiskHalvesTheTimeToConvene(t *testing.T) {
	s := open(t, kingsLynn, "2013-09-10 09:00").by("CQC", &TriggerRiskSummit{
		Concern: "x", Source: "inspection", Immediate: true})
	if d := s.duty(regime.DutyConvene, ""); !d.Due.Equal(regimetest.At("2013-09-11 09:00")) {
		t.Fatalf("due %s", d.Due)
	}
	if len(s.told("N2")) != 1 {
		t.Fatal("nobody was told of the immediate risk")
	}
}

func TestR15_TheSummitInvitesThoseRelevantAndWhomTheCircumstancesAskFor(t *testing.T) {
	s := triggered(t, kingsLynn)
	s.refused("R15", regimetest.Nhse, &ConveneSummit{At: regimetest.At("2013-09-12 10:00"), Also: []regime.Party{"GMC"}})
	s.by(regimetest.Nhse, &ConveneSummit{At: regimetest.At("2013-09-12 10:00"), Also: []regime.Party{"GMC"}, Why: "trainees"})
	want := []regime.Party{"NHSCB/Q56", "CCG/07J", "LA_COMM/Q56", "MONITOR", "CQC", "LETB/Q56",
		"HEALTHWATCH_LOCAL/Q56", "GMC"}
	if got := s.c.Summit.invited(); !reflect.DeepEqual(got, want) {
		t.Fatalf("invited %v, want %v", got, want)
	}
	s.refused("R15", "CCG/07K", &ReplyToInvitation{Answer: "attending"})
	s.by("MONITOR", &ReplyToInvitation{Answer: "attending"}).at("2013-09-12 04:00")
	if got := s.told("N3"); len(got) != 2 || strings.Contains(got[1], "MONITOR") {
		t.Fatalf("Monitor has answered and is reminded: %v", got)
	}
}

// whoeverCame are those who came to a meeting, fewer and fewer of them.
var whoeverCame = [][]regime.Party{{"CQC", "MONITOR", "CCG"}, {"CCG"}, {"POLICE"}, {regimetest.Nhse}}

func TestR17_ASummitWithWhoeverCameIsValidFromItsOpeningToItsSignature(t *testing.T) {
	for _, present := range whoeverCame {
		s := triggered(t, kingsLynn).by(regimetest.Nhse, &OpenSummit{Attending: present}).stage(regime.InSession)
		if said := s.c.Entries[len(s.c.Entries)-1].Text; slices.Contains(present, "CQC") ==
			strings.Contains(said, "Absent, which invalidates nothing (R17): CQC") {
			t.Errorf("%v came, and the record says: %s", present, said)
		}
		s.by(regimetest.Nhse, &EndSummit{}).by(regimetest.Nhse, &JudgeCollectively{Value: ActualFailure}).stage(regime.RingHolderPending).
			by(regimetest.Nhse, &AnswerStandards{Answer: "no", Reason: "x"}).by(regimetest.Nhse, &SignSummit{})
	}
}

func TestR16_NationalBodiesMayStayAwayFromSummitAndResponseMeetings(t *testing.T) {
	for _, present := range whoeverCame {
		s := triggered(t, kingsLynn).by(regimetest.Nhse, &OpenSummit{Attending: present}).
			by(regimetest.Nhse, &JudgeCollectively{Value: ActualFailure}).by("CCG/07J", &CannotAgree{}).
			by(regimetest.Nhse, &HoldMeeting{Present: present, Record: "x"}).stage(regime.Responding)
		if d := s.duty(regime.DutyFirstMeeting, ""); d.End != ledger.EndDone || d.Late() {
			t.Errorf("%v came: %+v", present, d)
		}
	}
}

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
	if d := s.duty(regime.DutyFirstMeeting, ""); !d.Due.Equal(regimetest.At("2013-09-14 16:10")) {
		t.Fatalf("48 hours end %s", d.Due)
	}
	s.refused("R27", regimetest.Nhse, &JudgeCollectively{Value: ActualFailure}).
		by("CCG", &CannotAgree{}).stage(regime.Responding).
		by(regimetest.Nhse, &HandOverRing{To: "MONITOR", Reason: "x"}).by("MONITOR", &AcceptRing{})
	if d := s.duty(regime.DutyFirstMeeting, ""); !d.Due.Equal(regimetest.At("2013-09-14 16:10")) || d.Owner != "MONITOR" {
		t.Fatalf("after a handover: %s, owned by %s", d.Due, d.Owner)
	}
}

func TestT8_AmberAt24HoursAndRedAt48(t *testing.T) {
	s := judged(t, kingsLynn).at("2013-09-14 16:10")
	got := s.told("N15")
	want := []string{"Fri 13 Sep 2013 04:10", "Fri 13 Sep 2013 12:10", "Fri 13 Sep 2013 16:10", "Sat 14 Sep 2013 16:10"}
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

func TestR31_T7_R35_WithoutAgreementInTimeNHSEnglandHoldsTheRing(t *testing.T) {
	s := judged(t, kingsLynn).at("2013-09-13 04:09").stage(regime.RingHolderPending).
		at("2013-09-13 04:10").stage(regime.Responding)
	if s.c.Ring.Holder != regimetest.Nhse || s.c.Ring.Basis != DefaultTimeout {
		t.Fatalf("%+v", s.c.Ring)
	}
	if got := s.told("N14"); !strings.Contains(got[0], "NHSCB/Q56 executive") {
		t.Fatalf("its executive is told of a default: %v", got)
	}
}

func TestR31_T7_A11_MembersWhoCannotAgreeHaveTheDefaultAtOnce(t *testing.T) {
	s := judged(t, kingsLynn).refused("R8", "PROVIDER", &CannotAgree{}).by("CCG", &CannotAgree{})
	if s.c.Ring.Holder != regimetest.Nhse || s.c.Ring.Basis != DefaultNoAgreement {
		t.Fatalf("%+v", s.c.Ring)
	}
	s.refused("A11", regimetest.Nhse, &DeclineRing{Reason: "busy"})
}

func TestA37_SilenceIsNoObjectionAndAStandingObjectionIs(t *testing.T) {
	s := judged(t, kingsLynn).by("CCG", &ProposeRingHolder{Candidate: "MONITOR"}).
		by("MONITOR", &AcceptRing{}).at("2013-09-13 04:10")
	if s.c.Ring.Holder != "MONITOR" || s.c.Ring.Basis != Agreed {
		t.Fatalf("silence: %+v", s.c.Ring)
	}
	s = judged(t, kingsLynn).by("CCG", &ProposeRingHolder{Candidate: "MONITOR"}).
		by("MONITOR", &AcceptRing{}).by("CQC", &ObjectToRingHolder{Candidate: "MONITOR", Reason: "x"}).
		at("2013-09-13 04:10")
	if s.c.Ring.Holder != regimetest.Nhse {
		t.Fatalf("objection: %+v", s.c.Ring)
	}
}

func TestT6_A37_AllWhoWereAtTheSummitMayAgreeEarlier(t *testing.T) {
	s := judged(t, kingsLynn).by("CCG", &ProposeRingHolder{Candidate: "MONITOR"}).
		by("MONITOR", &AcceptRing{}).by("CQC", &AssentToRingHolder{Candidate: "MONITOR"}).
		by("GMC", &AssentToRingHolder{Candidate: "MONITOR"}).stage(regime.RingHolderPending).
		by(regimetest.Nhse, &AssentToRingHolder{Candidate: "MONITOR"}).stage(regime.Responding)
	if s.c.Ring.Holder != "MONITOR" {
		t.Fatalf("%+v", s.c.Ring)
	}
}

func TestR29_NobodyAcceptsForAnother(t *testing.T) {
	judged(t, kingsLynn).by("CCG", &ProposeRingHolder{Candidate: "MONITOR"}).
		refused("R29", regimetest.Nhse, &AcceptRing{}).refused("R29", "CQC", &AcceptRing{})
}

func TestR28_T11_ThereIsOneRingHolderAndAHandoverTellsAll(t *testing.T) {
	s := responding(t, kingsLynn).refused("R28", "CCG", &ProposeRingHolder{Candidate: "MONITOR"}).
		refused("T11", "CCG", &HandOverRing{To: "MONITOR", Reason: "x"}).
		by(regimetest.Nhse, &HandOverRing{To: "MONITOR", Reason: "has the powers"})
	if s.c.Ring.Holder != regimetest.Nhse {
		t.Fatal("the ring passes only when it is accepted")
	}
	s.by("MONITOR", &AcceptRing{})
	if s.c.Ring.Holder != "MONITOR" || len(s.c.Ring.Past) != 1 || len(s.told("N20")) != 3 {
		t.Fatalf("%+v, told %v", s.c.Ring, s.told("N20"))
	}
}

func TestA10_TheRegionTakesTheDefaultWhereTheAreaTeamCommissions(t *testing.T) {
	gp := regime.Provider{Code: "D82001", Name: "A practice", Type: regime.GPPractice, LeadCCG: "07J", AreaTeam: "Q56", Region: "Y55"}
	if s := responding(t, gp); s.c.Ring.Holder != "NHSCB/Y55" {
		t.Fatalf("%+v", s.c.Ring)
	}
}

func TestR33_R34_OnlyTheRingHolderSchedulesAndRecordsMeetings(t *testing.T) {
	responding(t, kingsLynn).
		refused("R34", "CQC", &ScheduleMeeting{At: regimetest.At("2013-09-13 15:00")}).
		refused("R33", "CQC", &HoldMeeting{Present: []regime.Party{"CQC"}}).
		by(regimetest.Nhse, &ScheduleMeeting{At: regimetest.At("2013-09-13 15:00")})
}

func TestR38_T9_AfterAMeetingThereIsANextDateOrTheRingHolderIsReminded(t *testing.T) {
	s := responding(t, kingsLynn).at("2013-09-13 15:00").
		by(regimetest.Nhse, &HoldMeeting{Present: []regime.Party{"CQC"}, Record: "x"}).at("2013-09-14 15:00")
	if got := s.told("N17"); len(got) != 1 || !strings.Contains(got[0], string(regimetest.Nhse)) {
		t.Fatalf("%v", got)
	}
	s.by(regimetest.Nhse, &ScheduleMeeting{At: regimetest.At("2013-09-20 10:00")}).at("2013-09-16 15:00")
	if got := s.told("N17"); len(got) != 1 {
		t.Fatalf("reminded although a date is set: %v", got)
	}
	if d := s.duty(regime.DutyFirstMeeting, ""); d.End != ledger.EndDone || d.Late() {
		t.Fatalf("%+v", d)
	}
}

func TestT12_AStandingCaseAlertsItsMembersAgainAndAgain(t *testing.T) {
	s := responding(t, kingsLynn).by(regimetest.Nhse, &HoldMeeting{Present: []regime.Party{"CQC"}, Record: "x",
		Next: regimetest.At("2013-12-20 10:00")}).at("2013-10-20 10:00")
	if got := s.told("N41"); len(got) != 2 {
		t.Fatalf("%v", got)
	}
}

func TestT8_AMeetingRecordedLaterCountsFromWhenItWasHeld(t *testing.T) {
	s := responding(t, kingsLynn).at("2013-09-16 09:00").
		by(regimetest.Nhse, &HoldMeeting{Present: []regime.Party{"CQC"}, Held: regimetest.At("2013-09-14 15:00"), Record: "x"})
	if d := s.duty(regime.DutyFirstMeeting, ""); d.Late() {
		t.Fatalf("held within 48 hours: %+v", d)
	}
	var m *regime.Mistake
	for _, held := range []string{"2013-09-12 15:00", "2013-09-17 15:00"} {
		if err := s.perform(regimetest.Nhse, &HoldMeeting{Present: []regime.Party{"CQC"}, Held: regimetest.At(held)}); !regimetest.AsMistake(err, &m) {
			t.Errorf("held %s: %v", held, err)
		}
	}
}

func TestT11_R28_ARingHolderWithoutASuccessorWithdrawsAndTheAgreementBeginsAnew(t *testing.T) {
	s := judged(t, kingsLynn).by("CCG", &ProposeRingHolder{Candidate: "MONITOR"}).by("MONITOR", &AcceptRing{}).
		at("2013-09-13 10:00").
		refused("T11", "CCG", &WithdrawFromRing{Reason: "x"}).
		by("MONITOR", &WithdrawFromRing{Reason: "no capacity"})
	if d := s.duty(regime.DutyAgreeRingHolder, ""); s.c.Ring.Holder != "MONITOR" || !d.Open() || !d.Start.Equal(s.now) {
		t.Fatalf("%+v, %+v", s.c.Ring, d)
	}
	first := s.duty(regime.DutyFirstMeeting, "").Due
	other := s.copied()
	s.by("CCG", &ProposeRingHolder{Candidate: "CQC"}).by("CQC", &AcceptRing{})
	if s.c.Ring.Holder != "MONITOR" {
		t.Fatal("others have not assented, and time is not up")
	}
	s.at("2013-09-13 22:30")
	if s.c.Ring.Holder != "CQC" || !s.c.Ring.Leaving.IsZero() || len(s.told("N20")) == 0 {
		t.Fatalf("%+v", s.c.Ring)
	}
	if !s.duty(regime.DutyFirstMeeting, "").Due.Equal(first) {
		t.Error("R27: the 24/48 hours have begun again")
	}
	other.by("CCG", &CannotAgree{}).refused("A11", regimetest.Nhse, &WithdrawFromRing{Reason: "x"})
	if other.c.Ring.Holder != regimetest.Nhse || other.c.Ring.Basis != DefaultNoAgreement {
		t.Fatalf("%+v", other.c.Ring)
	}
}
