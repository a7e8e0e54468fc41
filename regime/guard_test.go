package regime

import (
	"strings"
	"testing"
)

func TestT12_GoingOverToMonitoringHasItsGuards(t *testing.T) {
	monitoring := func() Act { return &BeginMonitoring{Reason: "x"} }
	for _, p := range []Party{"CQC", "MONITOR", "CCG/07J", "PROVIDER"} {
		closable(t).refused("T12", p, monitoring())
	}
	responding(t, kingsLynn).refused("T8", nhse, monitoring())
	responding(t, kingsLynn).by(nhse, &ScheduleMeeting{At: at("2013-09-14 10:00")}).refused("T8", nhse, monitoring())
	closable(t).by(nhse, propose("CQC")).refused("T12", nhse, monitoring())
	s := closable(t).by(nhse, &ScheduleMeeting{At: at("2013-10-14 10:00")}).by(nhse, monitoring()).
		stage(Monitoring).refused("T12", nhse, monitoring())
	for _, d := range s.c.OpenDuties() {
		if d.Kind == DutyHoldMeeting || d.Kind == DutyNextMeeting || d.Kind == DutyKeepMoving {
			t.Errorf("%s is still owed", d.Kind)
		}
	}
}

func TestR34_S2x4_ClosingIsProposedByWhoMayWhenItMay(t *testing.T) {
	inSession(t, kingsLynn).refused("T12", nhse, &ProposeClosing{})
	responding(t, kingsLynn).refused("T8", nhse, &ProposeClosing{})
	for _, p := range []Party{"CQC", "MONITOR", "NHSCB/Y55", "PROVIDER"} {
		closable(t).refused("R34", p, &ProposeClosing{})
	}
	handed := closable(t).by(nhse, &HandOverRing{To: "CQC", Reason: "x"}).by("CQC", &AcceptRing{})
	handed.copied().refused("R34", nhse, &ProposeClosing{})
	handed.by("CQC", &ProposeClosing{}).by(nhse, &CloseCase{}).stage(Closed)

	s := closable(t).by(nhse, &ProposeClosing{}).refused("", nhse, &ProposeClosing{}).
		refused("T12", "CQC", &CloseCase{}).refused("T12", "MONITOR", &CloseCase{})
	if d := s.duty(DutyNoteClosing, ""); d.Owner != nhse || len(s.told("N42")) != 1 {
		t.Fatalf("%+v, told %v", d, s.told("N42"))
	}
	s.copied().by("MONITOR", &DecideMeasures{Outcome: Place, Reason: "x"}).refused("2.4", nhse, &CloseCase{})
	s.by(nhse, &CloseCase{}).stage(Closed)
	if s.duty(DutyNoteClosing, "").End != EndDone || !s.c.Closing.Closed.Equal(s.now) ||
		!s.c.AftercareEnds().Equal(period("28d").After(s.now)) || len(s.told("N42")) != 2 {
		t.Fatalf("%+v", s.c.Closing)
	}
}

func TestR1_T10_AnActionIsItsOwnersFromProposalToEnd(t *testing.T) {
	due := at("2013-10-01 09:00")
	begun := func() *script { return responding(t, kingsLynn).by("CQC", propose("MONITOR")) }
	action := func(s *script) ResponseAction { return s.c.Actions[0] }
	s := begun().refused("R1", nhse, &WithdrawAction{Action: "A1", Reason: "x"})
	s.copied().by("CQC", &WithdrawAction{Action: "A1", Reason: "x"}).refused("", "CQC", &WithdrawAction{Action: "A9", Reason: "x"})
	s.by("MONITOR", &DeclineAction{Action: "A1", Reason: "why"})
	if a := action(s); a.Status != ActionDeclined || a.Why != "why" || s.duty(DutyAnswerAction, "A1").Open() {
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
	if a := action(done); a.Status != ActionDone || a.Evidence != "see" || strings.Contains(lastSaid(done), "late") {
		t.Fatalf("%+v: %s", a, lastSaid(done))
	}
	late := s.copied().at("2013-11-20").by("MONITOR", &CompleteAction{Action: "A1", Evidence: "see"})
	if !strings.Contains(lastSaid(late), ", late") {
		t.Fatal(lastSaid(late))
	}
	s.by("MONITOR", &DecideMeasures{Outcome: Place, Reason: "x"}).
		by("MONITOR", &TransferAction{Action: "A1", Reason: "the plan"})
	if a := action(s); a.Status != ActionTransferred || s.duty(DutyDoAction, "A1").Open() {
		t.Fatalf("%+v", a)
	}
	for _, owner := range []Party{"QSG_LOCAL", "QSG_REGIONAL"} {
		s.refused("R68", nhse, propose(owner))
	}
	s.refused("", nhse, propose("NOBODY"))
}

func lastSaid(s *script) string { return s.c.Entries[len(s.c.Entries)-1].Text }

func TestR24_R25_CQCsJudgementEndsWhatItOwesAndTheMembersHearOfIt(t *testing.T) {
	s := inSession(t, kingsLynn).by(nhse, &EndSummit{})
	if d := s.duty(DutyRegulatory, ""); !d.Open() || d.Owner != "CQC" {
		t.Fatalf("%+v", d)
	}
	before := len(s.told("N11"))
	s.by("CQC", &JudgeBreach{Value: NotYetDetermined})
	if s.duty(DutyRegulatory, "").End != EndDone || !s.duty(DutyRegulatoryFollowUp, "").Open() ||
		len(s.told("N11")) != before+1 || strings.Contains(lastSaid(s), "Changed") {
		t.Fatalf("%s, told %v", lastSaid(s), s.told("N11"))
	}
	s.by("CQC", &JudgeBreach{Value: NoMaterialBreach})
	if s.duty(DutyRegulatoryFollowUp, "").End != EndDone || !strings.Contains(lastSaid(s), "Changed") ||
		len(s.c.Regulatory) != 2 {
		t.Fatal(lastSaid(s))
	}
}
