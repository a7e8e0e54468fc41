package surveillance

import (
	"testing"

	"holdthering/regime"
	"holdthering/regime/regimetest"
)

func TestR83_R12_TheGroupTakesTheProviderAndItsConcernsBack(t *testing.T) {
	s := group(t, "2013-04-01 09:00").
		by("CQC", &AgreeLevel{Provider: "RCX", Level: regime.EnhancedLevel, Reason: "x"}).
		by("CQC", &RaiseConcern{Provider: "RCX", What: "x"}).
		by("CQC", &LinkConcern{Concerns: "C1", Case: "K1"}).
		by(regimetest.Nhse, &NoteCase{Case: "K1", Provider: "RCX", Stage: regime.Convening})
	if w := s.g.provider("RCX"); w.Level != regime.RiskSummitLevel {
		t.Fatalf("%+v", w)
	}
	s.at("2013-04-02 09:00").by(regimetest.Nhse, &NoteCase{Case: "K1", Provider: "RCX",
		Stage: regime.UnderSurveillance})
	if w := s.g.provider("RCX"); w.Level != regime.EnhancedLevel || s.owes(DutyLevelReview, "RCX") == nil {
		t.Errorf("%+v", w)
	}
	if c := s.g.concern("C1"); !c.Settled.IsZero() || c.Case != "K1" {
		t.Errorf("the concern is the group's again: %+v", c)
	}
}
