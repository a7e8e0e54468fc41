package failure

import (
	"testing"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/regimetest"
)

func TestAfterClosingNothingIsOwedForWhatABodyDoes(t *testing.T) {
	closed := everyStage(t)[regime.Closed]
	for _, act := range []Act{&UsePower{Power: "P-CQC-5"}, &UsePower{Power: "P-CQC-6"}, differ()} {
		by := regime.Party("CQC")
		if _, ok := act.(*RegisterDifference); ok {
			by = "CCG/07J"
		}
		s := closed.copied()
		s.idle = true
		if open := s.by(by, act).c.OpenDuties(); len(open) != 0 {
			t.Errorf("%s: %+v", VerbOf(act).Path, open)
		}
	}
	gp := open(t, practice, "2013-09-10 09:00").by(regimetest.Nhse, &SetLevel{Level: "enhanced", Reason: "x"}).
		by(regimetest.Nhse, &ProposeClosing{}).days(3).
		by(regimetest.Nhse, &CloseCase{}).by("CQC", &UsePower{Power: "P-CQC-6"})
	if open := gp.c.OpenDuties(); len(open) != 0 {
		t.Errorf("%+v", open)
	}
}

func TestT12_GoingOverToMonitoringHasItsGuards(t *testing.T) {
	monitoring := func() Act { return &BeginMonitoring{Reason: "x"} }
	for _, p := range []regime.Party{"CQC", "MONITOR", "CCG/07J", "PROVIDER"} {
		closable(t).refused("T12", p, monitoring())
	}
	responding(t, kingsLynn).refused("T8", regimetest.Nhse, monitoring())
	responding(t, kingsLynn).by(regimetest.Nhse,
		&ScheduleMeeting{At: regimetest.At("2013-09-14 10:00")}).refused("T8", regimetest.Nhse, monitoring())
	closable(t).by(regimetest.Nhse, propose("CQC")).refused("T12", regimetest.Nhse, monitoring())
	s := closable(t).by(regimetest.Nhse,
		&ScheduleMeeting{At: regimetest.At("2013-10-14 10:00")}).by(regimetest.Nhse, monitoring()).
		stage(regime.Monitoring).refused("T12", regimetest.Nhse, monitoring())
	for _, d := range s.c.OpenDuties() {
		if d.Kind == DutyHoldMeeting || d.Kind == DutyNextMeeting || d.Kind == DutyKeepMoving {
			t.Errorf("%s is still owed", d.Kind)
		}
	}
}

func TestR34_S2x4_ClosingIsProposedByWhoMayWhenItMay(t *testing.T) {
	inSession(t, kingsLynn).refused("T12", regimetest.Nhse, &ProposeClosing{})
	responding(t, kingsLynn).refused("T8", regimetest.Nhse, &ProposeClosing{})
	for _, p := range []regime.Party{"CQC", "MONITOR", "NHSCB/Y55", "PROVIDER"} {
		closable(t).refused("R34", p, &ProposeClosing{})
	}
	handed := closable(t).by(regimetest.Nhse, &HandOverRing{To: "CQC", Reason: "x"}).by("CQC", &AcceptRing{})
	handed.copied().refused("R34", regimetest.Nhse, &ProposeClosing{})
	handed.by("CQC", &ProposeClosing{}).days(3).by(regimetest.Nhse, &CloseCase{}).stage(regime.Closed)

	s := closable(t).by(regimetest.Nhse, &ProposeClosing{}).refused("", regimetest.Nhse, &ProposeClosing{}).
		refused("T12", "CQC", &CloseCase{}).refused("T12", "MONITOR", &CloseCase{})
	if d := s.duty(DutyNoteClosing, ""); d.Owner != regimetest.Nhse || len(s.told("N42")) != 1 {
		t.Fatalf("%+v, told %v", d, s.told("N42"))
	}
	s.copied().by("MONITOR", &DecideMeasures{Outcome: Place, Reason: "x"}).refused("2.4", regimetest.Nhse,
		&CloseCase{})
	s.refused("R92", regimetest.Nhse, &CloseCase{}).days(3).by(regimetest.Nhse, &CloseCase{}).stage(regime.Closed)
	if s.duty(DutyNoteClosing, "").End != ledger.EndDone || !s.c.Closing.Closed.Equal(s.now) ||
		!s.c.AftercareEnds().Equal(regimetest.Period("28d").After(s.now)) || len(s.told("N42")) != 2 {
		t.Fatalf("%+v", s.c.Closing)
	}
}
