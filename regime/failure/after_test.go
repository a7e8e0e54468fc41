package failure

import (
	"strings"
	"testing"

	"holdthering/regime"
	"holdthering/regime/regimetest"
)

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
	s := closable(t).by(regimetest.Nhse, &ProposeClosing{}).by(regimetest.Nhse, &CloseCase{})
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
