package failure

import (
	"strings"
	"testing"

	"holdthering/regime"
	"holdthering/regime/regimetest"
)

func TestR55_R4_ABoardInNeedOfSupportIsNHSEnglandsToPlaceAndToDirect(t *testing.T) {
	at := regimetest.At("2024-12-02 09:00")
	p, _ := regime.ProfileOn("ENGLAND_2022", at)
	s := openOn(t, p, regime.CareBoard, at)
	s.by("NHSCB/Y61", &DecideMeasures{Outcome: Place, Reason: "its deficit puts services at risk"})
	s.by("NHSCB/Y61", &UsePower{Power: "P-ENG-1", Reason: "it does not carry out what was agreed"})
	s.by("NHSCB/Y61", &UsePower{Power: "P-ENG-2", Reason: "it has offered"})
	s.refused("R4", "CQC", &UsePower{Power: "P-ENG-1", Reason: "x"})
	s = openOn(t, p, regime.NHSTrust, at)
	s.refused("R4", "NHSCB/Y61", &UsePower{Power: "P-ENG-1", Reason: "x"})
}

func TestR32_WhoDecidesAndHoldsTheRingIsRemindedOfTheTwoRolesSinceJuly2022(t *testing.T) {
	for day, reminded := range map[string]bool{"2014-03-03 09:00": false, "2024-12-02 09:00": true} {
		at := regimetest.At(day)
		s := openOn(t, regime.ProfileFor(at), regime.FoundationTrust, at)
		if got := s.c.conflict(s.c.decider()); strings.Contains(got, "mind the conflict between the two") != reminded {
			t.Errorf("%s: %q", day, got)
		}
	}
}
