package failure

import (
	"strings"
	"testing"
	"time"

	"holdthering/regime"
)

func TestR12_T2_ATriggerAlertsEveryMember(t *testing.T) {
	s := triggered(t, kingsLynn).stage(regime.Convening)
	got := s.told("N1")
	if len(got) != 1 || strings.Count(got[0], " duty") != len(s.c.Members) {
		t.Fatalf("N1 went to %v, want each of %d members once", got, len(s.c.Members))
	}
}

func TestR11_T1_AnyStatutoryBodyTriggersAndARoyalCollegeDoesNot(t *testing.T) {
	for _, row := range []struct {
		by   regime.Party
		rule string
	}{
		{"CQC", ""}, {"CCG/07J", ""}, {"HEALTHWATCH_LOCAL/Q56", ""}, {"GMC", ""}, {"HEE", ""},
		{"ROYAL_COLLEGE", "R11"}, {"NQB", "R11"}, {"QSG_LOCAL", "R68"},
	} {
		s := open(t, kingsLynn, "2013-09-10 09:00")
		err := s.perform(row.by, &TriggerRiskSummit{Concern: "x", Source: "media"})
		if regime.RefusedBy(err) != row.rule {
			t.Errorf("%s: got %v, want %q", row.by, err, row.rule)
		}
	}
}

// While a summit of one case is under way a second of the same case has no meaning; who
// triggers then opens a case of its own, as the command line does, and links the two.
func TestR11_WhateverStateACaseIsInAnyStatutoryBodyTriggers(t *testing.T) {
	for state, s := range everyState(t) {
		for _, by := range []regime.Party{"CQC", "CCG/07K", "GMC", "HEE"} {
			if s.c.Stage == regime.UnderSurveillance {
				s.copied().by(by, &TriggerRiskSummit{Concern: "x", Source: "media"}).stage(regime.Convening)
				continue
			}
			own := open(t, s.c.Provider, s.now.UTC().Format(time.RFC3339)).
				by(by, &TriggerRiskSummit{Concern: "x", Source: "media"}).stage(regime.Convening).
				by(by, &LinkCase{To: "ABCD-EFGH"})
			if len(own.c.Links) != 1 {
				t.Errorf("%s: %+v", state, own.c.Links)
			}
		}
	}
}
