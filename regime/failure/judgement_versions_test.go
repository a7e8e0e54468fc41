package failure

import (
	"slices"
	"strings"
	"testing"

	"holdthering/regime"
	"holdthering/regime/regimetest"
)

// stoodDown is a case in which no failure was found on 12 September 2013, 16:10.
func stoodDown(t *testing.T) *script {
	return inSession(t, kingsLynn).at("2013-09-12 16:00").by(regimetest.Nhse, &EndSummit{}).at("2013-09-12 16:10").
		by(regimetest.Nhse, &JudgeCollectively{Value: NoFailure}).stage(regime.StoodDown)
}

// begun insists that the response has begun at the present, and that all were told.
func (s *script) begun() *script {
	s.Helper()
	s.stage(regime.RingHolderPending)
	if d := s.duty(DutyFirstMeeting, ""); !d.Open() || !d.Start.Equal(s.now) || d.Due.Sub(s.now).Hours() != 48 {
		s.Errorf("the 24/48 hours: %+v", d)
	}
	if d := s.duty(DutyAgreeRingHolder, ""); !d.Open() || !d.Start.Equal(s.now) {
		s.Errorf("the agreement: %+v", d)
	}
	to := s.mailsSaying("N12", "had been stood down")
	for _, m := range s.c.Members {
		if !slices.Contains(to, m.Party) {
			s.Errorf("%s is not told: %v", m.Party, to)
		}
	}
	if n := len(s.c.TakenUp); n != 1 || !s.c.TakenUp[0].At.Equal(s.now) {
		s.Errorf("%+v", s.c.TakenUp)
	}
	return s
}

func TestR86_T5_AWishForActionOrABreachTakesAStoodDownCaseUpAgain(t *testing.T) {
	for _, p := range []regime.Party{"CCG", "MONITOR"} {
		s := stoodDown(t).at("2013-09-20 10:00").by(p, &JudgeForOneself{View: "x", Wants: true}).begun()
		if s.c.Collective.Value != NoFailure {
			t.Errorf("what was judged together stays: %+v", s.c.Collective)
		}
		s.by("CQC", &ProposeRingHolder{Candidate: "MONITOR"}).by("MONITOR", &AcceptRing{}).at("2013-09-21 10:00").
			stage(regime.Responding).by("MONITOR", &HoldMeeting{Present: []regime.Party{"CQC"}, Record: "x"})
	}
	for _, v := range []RegulatoryValue{BreachSignificant, PotentialBreach} {
		inSession(t, kingsLynn).by("CQC", &JudgeBreach{Value: NotYetDetermined}).by(regimetest.Nhse, &EndSummit{}).
			by(regimetest.Nhse, &JudgeCollectively{Value: NoFailure}).at("2013-09-20 10:00").by("CQC",
			&JudgeBreach{Value: v}).begun()
	}
	stoodDown(t).at("2013-09-20 10:00").by("CQC", &JudgeBreach{Value: NoMaterialBreach}).stage(regime.StoodDown).
		by("CCG", &JudgeForOneself{View: "x"}).stage(regime.StoodDown)
}

func TestR86_TheChairCorrectsASlipInTheJudgementWithItsReason(t *testing.T) {
	right := &JudgeCollectively{Value: ActualFailure, Reason: "the wrong word was typed", Corrects: true}
	s := stoodDown(t).at("2013-09-12 16:30")
	s.refused("R27", regimetest.Nhse, &JudgeCollectively{Value: ActualFailure}).
		refused("R27", regimetest.Nhse, &JudgeCollectively{Value: NoFailure, Reason: "x"}).
		refused("T4", "CQC", right).by(regimetest.Nhse, right).begun()
	if e := s.c.EarlierCollective; len(e) != 1 || e[0].Value != NoFailure || !s.c.Collective.Corrects {
		t.Errorf("both stay on the record: %+v, %+v", e, s.c.Collective)
	}
	inSession(t, kingsLynn).refusedSaying("no collective judgement yet", regimetest.Nhse,
		&JudgeCollectively{Value: ActualFailure, Corrects: true})
}

func TestR86_R27_AnotherJudgementOfFailureLeavesTheHoursAsTheyWere(t *testing.T) {
	s := judged(t, kingsLynn).at("2013-09-12 20:00").
		by(regimetest.Nhse, &JudgeCollectively{Value: ActualFailure,
			Reason: "two more deaths"}).stage(regime.RingHolderPending)
	if d := s.duty(DutyFirstMeeting, ""); !d.Due.Equal(regimetest.At("2013-09-14 16:10")) {
		t.Errorf("%+v", d)
	}
	if n := len(s.mailsSaying("N12", "has been changed")); n == 0 {
		t.Error("nobody is told")
	}
}

func TestR86_AFailureThatWasNoneIsStoodDownUnlessSomebodyWantsAction(t *testing.T) {
	none := &JudgeCollectively{Value: NoFailure, Reason: "the figures were another trust's"}
	judged(t, kingsLynn).by("CCG", &JudgeForOneself{View: "x", Wants: true}).refused("T5", regimetest.Nhse, none)
	s := judged(t, kingsLynn).by(regimetest.Nhse, none).stage(regime.StoodDown)
	for _, k := range []regime.DutyKind{DutyAgreeRingHolder, DutyFirstMeeting} {
		if d := s.duty(k, ""); d.Open() {
			t.Errorf("%+v", d)
		}
	}
	held := responding(t, kingsLynn).by(regimetest.Nhse, propose("CQC")).refused("T12", regimetest.Nhse, none).
		by(regimetest.Nhse, &WithdrawAction{Action: "A1", Reason: "x"}).by(regimetest.Nhse,
		none).stage(regime.StoodDown).
		at("2013-09-20 10:00").by("MONITOR", &JudgeForOneself{View: "x", Wants: true}).stage(regime.Responding)
	if d := held.duty(DutyFirstMeeting, ""); held.c.Ring.Holder != regimetest.Nhse || !d.Start.Equal(held.now) {
		t.Errorf("who held the ring holds it still: %+v, %+v", held.c.Ring, d)
	}
	if said := held.c.Entries[len(held.c.Entries)-1].Text; !strings.Contains(said, "holds the ring still") {
		t.Error(said)
	}
}
