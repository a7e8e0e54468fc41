package failure

import (
	"strings"
	"testing"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/regimetest"
)

func TestT12_GoingOverToMonitoringHasItsGuards(t *testing.T) {
	monitoring := func() Act { return &BeginMonitoring{Reason: "x"} }
	for _, p := range []regime.Party{"CQC", "MONITOR", "CCG/07J", "PROVIDER"} {
		closable(t).refused("T12", p, monitoring())
	}
	responding(t, kingsLynn).refused("T8", regimetest.Nhse, monitoring())
	responding(t, kingsLynn).by(regimetest.Nhse, &ScheduleMeeting{At: regimetest.At("2013-09-14 10:00")}).refused("T8", regimetest.Nhse, monitoring())
	closable(t).by(regimetest.Nhse, propose("CQC")).refused("T12", regimetest.Nhse, monitoring())
	s := closable(t).by(regimetest.Nhse, &ScheduleMeeting{At: regimetest.At("2013-10-14 10:00")}).by(regimetest.Nhse, monitoring()).
		stage(regime.Monitoring).refused("T12", regimetest.Nhse, monitoring())
	for _, d := range s.c.OpenDuties() {
		if d.Kind == regime.DutyHoldMeeting || d.Kind == regime.DutyNextMeeting || d.Kind == regime.DutyKeepMoving {
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
	handed.by("CQC", &ProposeClosing{}).by(regimetest.Nhse, &CloseCase{}).stage(regime.Closed)

	s := closable(t).by(regimetest.Nhse, &ProposeClosing{}).refused("", regimetest.Nhse, &ProposeClosing{}).
		refused("T12", "CQC", &CloseCase{}).refused("T12", "MONITOR", &CloseCase{})
	if d := s.duty(regime.DutyNoteClosing, ""); d.Owner != regimetest.Nhse || len(s.told("N42")) != 1 {
		t.Fatalf("%+v, told %v", d, s.told("N42"))
	}
	s.copied().by("MONITOR", &DecideMeasures{Outcome: Place, Reason: "x"}).refused("2.4", regimetest.Nhse, &CloseCase{})
	s.by(regimetest.Nhse, &CloseCase{}).stage(regime.Closed)
	if s.duty(regime.DutyNoteClosing, "").End != ledger.EndDone || !s.c.Closing.Closed.Equal(s.now) ||
		!s.c.AftercareEnds().Equal(regimetest.Period("28d").After(s.now)) || len(s.told("N42")) != 2 {
		t.Fatalf("%+v", s.c.Closing)
	}
}

func TestR1_T10_AnActionIsItsOwnersFromProposalToEnd(t *testing.T) {
	due := regimetest.At("2013-10-01 09:00")
	begun := func() *script { return responding(t, kingsLynn).by("CQC", propose("MONITOR")) }
	action := func(s *script) ResponseAction { return s.c.Actions[0] }
	s := begun().refused("R1", regimetest.Nhse, &WithdrawAction{Action: "A1", Reason: "x"})
	s.copied().by("CQC", &WithdrawAction{Action: "A1", Reason: "x"}).refused("", "CQC", &WithdrawAction{Action: "A9", Reason: "x"})
	s.by("MONITOR", &DeclineAction{Action: "A1", Reason: "why"})
	if a := action(s); a.Status != regime.ActionDeclined || a.Why != "why" || s.duty(regime.DutyAnswerAction, "A1").Open() {
		t.Fatalf("%+v", a)
	}
	s = begun().by("MONITOR", &AcceptAction{Action: "A1", Due: due})
	s.refused("R1", "CQC", &WithdrawAction{Action: "A1", Reason: "x"}).
		refused("R1", "CQC", &RedateAction{Action: "A1", Due: due.AddDate(0, 1, 0), Reason: "x"}).
		refused("", "MONITOR", &RedateAction{Action: "A1", Due: s.now, Reason: "x"}).
		refused("2.4", "MONITOR", &TransferAction{Action: "A1", Reason: "x"}).
		by("MONITOR", &RedateAction{Action: "A1", Due: due.AddDate(0, 1, 0), Reason: "late board"})
	if a := action(s); !a.Due.Equal(due.AddDate(0, 1, 0)) || len(a.Dates) != 1 || !a.Dates[0].From.Equal(due) {
		t.Fatalf("%+v", a)
	}
	done := s.copied().by("MONITOR", &CompleteAction{Action: "A1", Evidence: "see"})
	if a := action(done); a.Status != regime.ActionDone || a.Evidence != "see" || strings.Contains(lastSaid(done), "late") {
		t.Fatalf("%+v: %s", a, lastSaid(done))
	}
	late := s.copied().at("2013-11-20").by("MONITOR", &CompleteAction{Action: "A1", Evidence: "see"})
	if !strings.Contains(lastSaid(late), ", late") {
		t.Fatal(lastSaid(late))
	}
	s.by("MONITOR", &DecideMeasures{Outcome: Place, Reason: "x"}).
		by("MONITOR", &TransferAction{Action: "A1", Reason: "the plan"})
	if a := action(s); a.Status != regime.ActionTransferred || s.duty(regime.DutyDoAction, "A1").Open() {
		t.Fatalf("%+v", a)
	}
	for _, owner := range []regime.Party{"QSG_LOCAL", "QSG_REGIONAL"} {
		s.refused("R68", regimetest.Nhse, propose(owner))
	}
	s.refused("", regimetest.Nhse, propose("NOBODY"))
}

func lastSaid(s *script) string { return s.c.Entries[len(s.c.Entries)-1].Text }

func TestR24_R25_CQCsJudgementEndsWhatItOwesAndTheMembersHearOfIt(t *testing.T) {
	s := inSession(t, kingsLynn).by(regimetest.Nhse, &EndSummit{})
	if d := s.duty(regime.DutyRegulatory, ""); !d.Open() || d.Owner != "CQC" {
		t.Fatalf("%+v", d)
	}
	before := len(s.told("N11"))
	s.by("CQC", &JudgeBreach{Value: NotYetDetermined})
	if s.duty(regime.DutyRegulatory, "").End != ledger.EndDone || !s.duty(regime.DutyRegulatoryFollowUp, "").Open() ||
		len(s.told("N11")) != before+1 || strings.Contains(lastSaid(s), "Changed") {
		t.Fatalf("%s, told %v", lastSaid(s), s.told("N11"))
	}
	s.by("CQC", &JudgeBreach{Value: NoMaterialBreach})
	if s.duty(regime.DutyRegulatoryFollowUp, "").End != ledger.EndDone || !strings.Contains(lastSaid(s), "Changed") ||
		len(s.c.Regulatory) != 2 {
		t.Fatal(lastSaid(s))
	}
}
