package failure

import (
	"strings"
	"testing"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/regimetest"
)

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
	gp := regime.Provider{Code: "D82001", Name: "A practice", Type: regime.GPPractice, LeadCCG: "07J",
		AreaTeam: "Q56", Region: "Y55"}
	if s := responding(t, gp); s.c.Ring.Holder != "NHSCB/Y55" {
		t.Fatalf("%+v", s.c.Ring)
	}
}

func TestT11_R28_ARingHolderWithoutASuccessorWithdrawsAndTheAgreementBeginsAnew(t *testing.T) {
	s := judged(t, kingsLynn).by("CCG", &ProposeRingHolder{Candidate: "MONITOR"}).by("MONITOR", &AcceptRing{}).
		at("2013-09-13 10:00").
		refused("T11", "CCG", &WithdrawFromRing{Reason: "x"}).
		by("MONITOR", &WithdrawFromRing{Reason: "no capacity"})
	if d := s.duty(DutyAgreeRingHolder, ""); s.c.Ring.Holder != "MONITOR" || !d.Open() || !d.Start.Equal(s.now) {
		t.Fatalf("%+v, %+v", s.c.Ring, d)
	}
	first := s.duty(DutyFirstMeeting, "").Due
	other := s.copied()
	s.by("CCG", &ProposeRingHolder{Candidate: "CQC"}).by("CQC", &AcceptRing{})
	if s.c.Ring.Holder != "MONITOR" {
		t.Fatal("others have not assented, and time is not up")
	}
	s.at("2013-09-13 22:30")
	if s.c.Ring.Holder != "CQC" || !s.c.Ring.Leaving.IsZero() || len(s.told("N20")) == 0 {
		t.Fatalf("%+v", s.c.Ring)
	}
	if !s.duty(DutyFirstMeeting, "").Due.Equal(first) {
		t.Error("R27: the 24/48 hours have begun again")
	}
	other.by("CCG", &CannotAgree{}).refused("A11", regimetest.Nhse, &WithdrawFromRing{Reason: "x"})
	if other.c.Ring.Holder != regimetest.Nhse || other.c.Ring.Basis != DefaultNoAgreement {
		t.Fatalf("%+v", other.c.Ring)
	}
}

func TestA37_AnObjectionIsToOneCandidateByOneBody(t *testing.T) {
	base := func() *script {
		return judged(t, kingsLynn).by("CCG", &ProposeRingHolder{Candidate: "MONITOR"}).
			by("CCG", &ProposeRingHolder{Candidate: "CQC"})
	}
	object := func(to regime.Party, withdraw bool) *ObjectToRingHolder {
		return &ObjectToRingHolder{Candidate: to, Reason: "x", Withdraw: withdraw}
	}
	end := "2013-09-13 04:10"
	for _, x := range []struct {
		what   string
		play   func(s *script)
		holder regime.Party
		basis  RingHolderBasis
	}{
		{"only one accepts", func(s *script) { s.by("MONITOR", &AcceptRing{}) }, "MONITOR", Agreed},
		{"both accept", func(s *script) { s.by("MONITOR", &AcceptRing{}).by("CQC", &AcceptRing{}) },
			regimetest.Nhse, DefaultTimeout},
		{"an objection to the other", func(s *script) {
			s.by("MONITOR", &AcceptRing{}).
				by("GMC", object("CQC", false))
		}, "MONITOR", Agreed},
		{"an objection to the one", func(s *script) {
			s.by("MONITOR", &AcceptRing{}).
				by("GMC", object("MONITOR", false))
		}, regimetest.Nhse, DefaultTimeout},
		{"the objection to the other withdrawn", func(s *script) {
			s.by("MONITOR", &AcceptRing{}).by("GMC", object("MONITOR", false)).
				by("GMC", object("CQC", false)).by("GMC", object("CQC", true))
		}, regimetest.Nhse, DefaultTimeout},
		{"withdrawn by another", func(s *script) {
			s.by("MONITOR", &AcceptRing{}).by("GMC", object("MONITOR", false)).
				by("CCG", object("MONITOR", true))
		}, regimetest.Nhse, DefaultTimeout},
		{"withdrawn", func(s *script) {
			s.by("MONITOR", &AcceptRing{}).by("GMC", object("MONITOR", false)).
				by("GMC", object("MONITOR", true))
		}, "MONITOR", Agreed},
		{"one declines", func(s *script) {
			s.by("MONITOR", &AcceptRing{}).by("CQC", &AcceptRing{}).by("CQC", &DeclineRing{Reason: "x"})
		}, "MONITOR", Agreed},
	} {
		s := base()
		x.play(s)
		if s.at(end); s.c.Ring.Holder != x.holder || s.c.Ring.Basis != x.basis {
			t.Errorf("%s: %+v", x.what, s.c.Ring)
		}
		if d := s.duty(DutyAgreeRingHolder, ""); d.Open() || (d.End == ledger.EndDone) != (x.basis == Agreed) {
			t.Errorf("%s: %+v", x.what, d)
		}
	}
	now := base().by("CCG", &CannotAgree{})
	if d := now.duty(DutyAgreeRingHolder, ""); d.End != ledger.EndNotNeeded {
		t.Errorf("%+v", d)
	}
}
