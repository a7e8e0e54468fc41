package failure

import (
	"strings"
	"testing"

	"holdthering/regime"
	"holdthering/regime/regimetest"
)

func TestR106_FurtherActionKeepsMonthlyProgressAndReinspectionOwed(t *testing.T) {
	s := placed(t).at("2014-10-20 09:00").by("CQC", &Reinspect{From: regimetest.At("2014-10-14")}).
		by("CQC", &ReportReinspection{Rating: "inadequate", Advice: "further-action"}).
		by("MONITOR", &DecideMeasures{Outcome: FurtherAction, Reason: "a new board"})
	e := s.c.episode()
	if !e.InForce() || !e.Ended.IsZero() {
		t.Fatalf("%+v", e)
	}
	if d := s.duty(DutyReinspectRemain, "2"); d.Due != regimetest.At("2015-10-20 09:00") || d.Owner != "CQC" {
		t.Errorf("%+v", d)
	}
	month := func() string {
		for _, d := range s.c.OpenDuties() {
			if d.Kind == DutyProgress {
				return d.Subject
			}
		}
		return ""
	}
	before := month()
	if before == "" {
		t.Fatal("no progress is owed")
	}
	s.at("2014-12-28 09:00")
	if after := month(); after == "" {
		t.Errorf("progress was owed for month %s, and then no more", before)
	}
	// It is left as ever, on CQC's next report.
	s.refused("R60", "MONITOR", &DecideMeasures{Outcome: Exit, Reason: "x"})
	s.by("CQC", &Reinspect{From: regimetest.At("2014-12-27")}).
		by("CQC", &ReportReinspection{Rating: "good", Advice: "exit"}).
		by("MONITOR", &DecideMeasures{Outcome: Exit, Reason: "better"})
	if e := s.c.episode(); e.InForce() || e.Ended.IsZero() {
		t.Errorf("%+v", e)
	}
}

func TestR106_RemovingDirectorsBeforeAnyConditionGetsARemarkAndIsTaken(t *testing.T) {
	s := responding(t, kingsLynn).by("MONITOR", &UsePower{Power: "P-MON-5"})
	if !strings.Contains(s.said(), "none under P-MON-3 or P-MON-4 is recorded") {
		t.Errorf("%s", s.said())
	}
	s = responding(t, kingsLynn).by("MONITOR", &UsePower{Power: "P-MON-3"}).by("MONITOR", &UsePower{Power: "P-MON-5"})
	if strings.Contains(s.said(), "none under") {
		t.Errorf("%s", s.said())
	}
}

func TestR106_RevokingALicenceWhereNoEssentialServiceIsAtRiskGetsARemarkAndIsTaken(t *testing.T) {
	s := responding(t, kingsLynn).by("MONITOR", &UsePower{Power: "P-MON-8"})
	if !strings.Contains(s.said(), "nothing recorded in this case puts one at risk") {
		t.Errorf("%s", s.said())
	}
	var ends regime.PowerID
	for _, r := range s.c.profile().Powers {
		if r.Continuity && s.c.profile().Owns("CQC", r) && r.Fits(kingsLynn.Type) {
			ends = r.ID
			break
		}
	}
	s = responding(t, kingsLynn).by("CQC", &UsePower{Power: ends}).by("MONITOR", &UsePower{Power: "P-MON-8"})
	if strings.Contains(s.said(), "nothing recorded") {
		t.Errorf("after %s: %s", ends, s.said())
	}
}

func TestR106_AClosedCaseTakesWhatABodyDoesAloneAndElseGivesTheCommandOfANewOne(t *testing.T) {
	s := closable(t).by(regimetest.Nhse, &ProposeClosing{}).days(3).by(regimetest.Nhse, &CloseCase{})
	s.by("CQC", &UsePower{Power: "P-CQC-1", Immediate: true}).by("CQC", &WarnPublic{What: "Ward 3 is closed"})
	for act, want := range map[Act]string{
		&DecideMeasures{Outcome: Place, Reason: "x"}:      "'open --provider RCX --reopens " + s.c.Ref + " --reason TEXT'",
		&TriggerRiskSummit{Concern: "x", Source: "media"}: "'trigger --provider RCX --reopens " + s.c.Ref + "'",
	} {
		err := s.perform("MONITOR", act)
		if regime.RefusedBy(err) != "2.4" || !strings.Contains(err.Error(), want) {
			t.Errorf("%v", err)
		}
	}
	if err := s.perform("MONITOR", &DecideMeasures{Outcome: Place, Reason: "x"}); !strings.Contains(err.Error(), "no risk summit needed for 'measures decide'") {
		t.Errorf("%v", err)
	}
}
