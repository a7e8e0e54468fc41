package surveillance

import (
	"testing"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/regimetest"
)

func TestR10_AnUrgentConcernReachesWhoOverseesTheTrustAndNoOtherIsAskedTwice(t *testing.T) {
	for code, want := range map[string]string{"RCX": "CQC NHSCB/Q56 CCG/07J CCG/07K LA_COMM/Q56 MONITOR",
		"RGQ":    "CQC NHSCB/Q56 CCG/07J CCG/07K LA_COMM/Q56 TDA",
		"D81001": "CQC NHSCB/Q56 CCG/07J CCG/07K LA_COMM/Q56",
		"RXX":    "CQC NHSCB/Q56 CCG/07J CCG/07K LA_COMM/Q56"} {
		s := group(t, "2013-04-01 09:00").by("CQC",
			&WatchProvider{Provider: "D81001", Name: "x", Type: regime.GPPractice}).
			by("LETB", &RaiseConcern{Provider: code, What: "x", Urgent: true})
		n := s.g.Notices[len(s.g.Notices)-1]
		if n.Kind != "N2" || regimetest.PartyWords(ledger.PartiesOf(n.To)) != want {
			t.Errorf("%s: %s to %v", code, n.Kind, regimetest.PartyWords(ledger.PartiesOf(n.To)))
		}
	}
}
