package failure

import (
	"slices"
	"strings"
	"testing"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/regimetest"
)

func TestR100_APowerThatStopsAServiceOwesTheCommissionersAnswer(t *testing.T) {
	for _, row := range england(t).Powers {
		if pointed(row) || row.Verb != "" {
			continue
		}
		by := regime.Party(row.Owners[0])
		s := against(t, row).by(by, &UsePower{Power: row.ID})
		d := s.c.Duty(DutyWherePatientsGo, "U1")
		if (d != nil) != row.Continuity {
			t.Errorf("%s: %+v", row.ID, d)
		}
		if d != nil && !s.c.profile().Fills(d.Owner.Body(), regime.Commissioners) {
			t.Errorf("%s: %s commissions nothing", row.ID, d.Owner)
		}
	}
	s := responding(t, kingsLynn).by("CQC", &UsePower{Power: "P-CQC-5"})
	if d := s.duty(DutyWherePatientsGo, "U1"); d.Owner != "CCG/07J" || !d.Due.Equal(s.now.AddDate(0, 0, 2)) {
		t.Errorf("%+v", d)
	}
	for what, urgent := range map[string]*script{"by its nature": responding(t, kingsLynn).by("CQC", &UsePower{Power: "P-CQC-1"}),
		"as it is said": responding(t, kingsLynn).by("CQC", &UsePower{Power: "P-CQC-5", Immediate: true})} {
		if d := urgent.duty(DutyWherePatientsGo, "U1"); d.Due.Sub(urgent.now).Hours() != 12 {
			t.Errorf("%s: %+v", what, d)
		}
	}
	own := responding(t, kingsLynn).by("CCG/07K", &UsePower{Power: "P-COM-1"})
	if d := own.duty(DutyWherePatientsGo, "U1"); d.Owner != "CCG/07K" {
		t.Errorf("a commissioner answers for what it ends itself: %+v", d)
	}
	gp := open(t, practice, "2013-09-10 09:00").by("CQC", &UsePower{Power: "P-CQC-1"})
	if d := gp.duty(DutyWherePatientsGo, "U1"); d.Owner != regimetest.Nhse {
		t.Errorf("%+v", d)
	}
}

func TestR100_TheAnswerMayComeInPartsAndIsTheCommissioners(t *testing.T) {
	s := responding(t, kingsLynn).by("CQC", &UsePower{Power: "P-CQC-1"}).by("CQC", &UsePower{Power: "P-CQC-6"})
	go1 := &SayWherePatientsGo{Use: "u1", Where: "the neighbour"}
	tryAll(t,
		trial{s, "CCG", go1, ""}, trial{s, "CQC", go1, "R100: "}, trial{s, "MONITOR", go1, "R100: "},
		trial{s, "PROVIDER", go1, "R100: "}, trial{s, "CCG/07K", go1, ""},
		trial{s, "CCG", &SayWherePatientsGo{Use: "U9", Where: "x"}, "there is no use"},
		trial{s, "CCG", &SayWherePatientsGo{Use: "U2", Where: "x"}, "stops no service"},
		trial{s, "CCG", &SayWherePatientsGo{Use: "U1"}, "what is known of them"},
		trial{s, "CCG", &SayWherePatientsGo{Use: "U1", Where: "x", None: "x"}, "in place of"},
	)
	s.by("CCG", go1).says("Not said yet: from when, who has told the patients and who has told the neighbours")
	if s.c.Duty(DutyWherePatientsGo, "U1") == nil {
		t.Fatal("half an answer is none")
	}
	s.by("CCG", &SayWherePatientsGo{Use: "U1", From: regimetest.At("2013-09-14"), Patients: "letters"}).
		says("Not said yet: who has told the neighbours").
		by("CCG", &SayWherePatientsGo{Use: "U1", Neighbours: "by telephone"}).doesNotSay("Not said yet")
	if d := s.duty(DutyWherePatientsGo, "U1"); d.End != ledger.EndDone || s.c.provision("U1").Where != "the neighbour" {
		t.Fatalf("%+v, %+v", d, s.c.provision("U1"))
	}
	if got := s.told("N57"); len(got) != 2 || !strings.Contains(got[1], "PROVIDER/RCX") || strings.Contains(got[1], "CCG/07J") {
		t.Fatalf("%v", got)
	}
	none := responding(t, kingsLynn).by("CQC", &UsePower{Power: "P-CQC-1"}).
		by("CCG", &SayWherePatientsGo{Use: "U1", None: "conditions on one ward; all stay"})
	if d := none.duty(DutyWherePatientsGo, "U1"); d.End != ledger.EndDone {
		t.Fatalf("%+v", d)
	}
}

func TestR100_WhatWasTakenBackOrLiftedAsksForNothingMore(t *testing.T) {
	s := responding(t, kingsLynn).by("CQC", &UsePower{Power: "P-CQC-1"}).by("CQC", &UsePower{Power: "P-CQC-5"}).
		by("CQC", &LiftPower{Use: "U1", Evidence: "x"}).by("CQC", &DecidePower{Use: "U2", Outcome: Withdraw, Reason: "x"})
	for _, id := range []string{"U1", "U2"} {
		if d := s.duty(DutyWherePatientsGo, id); d.End != ledger.EndNotNeeded {
			t.Errorf("%s: %+v", id, d)
		}
	}
	decided := responding(t, kingsLynn).by("CQC", &UsePower{Power: "P-CQC-5"}).
		by("CQC", &DecidePower{Use: "U1", Outcome: Proceed, Reason: "x"})
	if decided.c.Duty(DutyWherePatientsGo, "U1") == nil {
		t.Error("what proceeds is still to be answered for")
	}
}

func TestR100_R3_ThatItIsNotSaidHoldsUpNobody(t *testing.T) {
	for state, s := range everyState(t) {
		if s.c.Stage != regime.Closed {
			s.by("CQC", &UsePower{Power: "P-CQC-1"}).by("CQC", &LiftPower{Use: "U1", Evidence: "x"}).by("CQC", &UsePower{Power: "P-CQC-2"})
			if way := s.c.StandingInTheWay(); slices.ContainsFunc(way, func(w string) bool { return strings.Contains(w, "patients") }) {
				t.Errorf("%s: %v", state, way)
			}
		}
	}
}

func TestR100_ACaseWithoutAnActionForTheContinuityOfServicesSaysSo(t *testing.T) {
	const says = "serves the continued provision of services"
	s := closable(t)
	if !strings.Contains(s.c.Board(s.now), says) {
		t.Error(s.c.Board(s.now))
	}
	s.copied().by(regimetest.Nhse, &BeginMonitoring{Reason: "x"}).says(says)
	s.copied().by("CQC", &UsePower{Power: "P-CQC-1"}).by(regimetest.Nhse, &ProposeClosing{}).says(says).
		says("where patients go for U1")
	services := propose("CCG/07J")
	services.Aim = ContinueServices
	s.by(regimetest.Nhse, services).by("CCG/07J", &AcceptAction{Action: "A2"}).by("CCG/07J", &CompleteAction{Action: "A2", Evidence: "x"})
	if strings.Contains(s.c.Board(s.now), says) {
		t.Error(s.c.Board(s.now))
	}
	s.by(regimetest.Nhse, &BeginMonitoring{Reason: "x"}).doesNotSay(says)
	inSession(t, kingsLynn).by(regimetest.Nhse, &JudgeCollectively{Value: NoFailure}).
		by(regimetest.Nhse, &AddNote{Text: "x"}).doesNotSay(says)
}
