package surveillance

import (
	"slices"
	"strings"
	"testing"

	"holdthering/regime"
	"holdthering/regime/regimetest"
)

func TestR78_R75_AGroupsConcernIsToldOnByTheMatrix(t *testing.T) {
	s := group(t, "2013-04-02 10:00").
		by("CCG/07K", &RaiseConcern{Provider: "RCX", Kind: regime.AboutAdults, What: "pressure sores"})
	c := s.g.Concerns[0]
	for _, p := range []regime.Party{"CQC", "MONITOR", regimetest.Nhse, "CCG/07J", "LA_SAFEGUARDING/Q56"} {
		if !slices.Contains(c.Told, p) {
			t.Errorf("%s is not told at once: %v", p, c.Told)
		}
	}
	for _, p := range []regime.Party{"CCG/07K", "PROVIDER/RCX", "POLICE", "HEALTHWATCH_LOCAL/Q56"} {
		if slices.Contains(c.Told, p) {
			t.Errorf("%s is told: %v", p, c.Told)
		}
	}
	if got := s.told("N21"); len(got) != 1 || !strings.Contains(got[0], "LA_SAFEGUARDING") {
		t.Errorf("%v", got)
	}
	if n := s.g.Notices[len(s.g.Notices)-1]; strings.Contains(n.Text, "sores") || strings.Contains(n.Text, "RCX") {
		t.Errorf("R80: %s", n.Text)
	}
	s.saysIn("Told at once: ")
}

func TestR76_AConcernOfNoKindWaitsForTheMeeting(t *testing.T) {
	s := group(t, "2013-04-02 10:00").by("CCG/07K", &RaiseConcern{Provider: "RCX", What: "late letters"})
	if got := s.told("N21"); len(got) != 0 || len(s.g.Concerns[0].Told) != 0 {
		t.Errorf("%v", got)
	}
}

func TestR10_AnUrgentConcernIsToldOnceToEach(t *testing.T) {
	s := group(t, "2013-04-02 10:00").
		by("CCG/07K", &RaiseConcern{Provider: "RCX", Kind: regime.AboutChildren, Urgent: true, What: "x"})
	told := map[regime.Party]int{}
	for _, n := range s.g.Notices {
		for _, r := range n.To {
			told[r.Party]++
		}
	}
	for p, n := range told {
		if n != 1 {
			t.Errorf("%s has %d mails", p, n)
		}
	}
	if told["LSCB/Q56"] != 1 || told["CQC"] != 1 {
		t.Errorf("%v", told)
	}
}

func TestR14_WhoSpokeInConfidenceIsNotMissedAmongThoseWhoAreTold(t *testing.T) {
	s := group(t, "2013-04-02 10:00").
		by("CQC", &RaiseConcern{Provider: "RCX", Kind: "staffing", Confidential: true, What: "x"})
	if c := s.g.Concerns[0]; !slices.Contains(c.Told, "CQC") {
		t.Errorf("%v", c.Told)
	}
	if strings.Contains(s.said(), "Told at once") {
		t.Error(s.said())
	}
}
