package rehearsal

import (
	"strings"
	"testing"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/failure"
	"holdthering/regime/ledger"
)

func TestWhatIsExpectedOfAStayIsReadOrRefused(t *testing.T) {
	for words, good := range map[string]bool{
		"measures days = 3": true, "measures days": false, "measures days three": false, "measures PROVIDER_CEASED": true,
		"reinspection 1 late": true, "reinspection 1 before-entry": true, "reinspection late": false, "reinspection 0 late": false,
		"reinspection 1 soon": false, "told N26 Monitor >= 1": true, "told N26 Monitor": false, "told N999 Monitor = 1": false,
		"law ENGLAND_2022": true, "law ENGLAND_1948": false, "called MONITOR Monitor": true, "called MONITOR": false,
		"seat ICB/QMM yes": true, "seat ICB/QMM perhaps": false, "seat ICB/QMM": false,
	} {
		args := strings.Fields(words)
		parse, ok := expectations(args[0])
		if !ok {
			t.Fatalf("%q is not known", args[0])
		}
		if _, err := parse(args[1:]); (err == nil) != good {
			t.Errorf("%s: %v", words, err)
		}
	}
}

func TestTheDaysOfAStayAndTheMailsToABodyAreCounted(t *testing.T) {
	at := calendar.MustInstant
	c, err := failure.Open(failure.Opening{Ref: "K7QM-3XRD", Profile: "ENGLAND_2013", Members: []regime.Party{"CQC", "MONITOR"},
		Provider: regime.Provider{Code: "RD7", Name: "Example", Type: regime.FoundationTrust, AreaTeam: "Q69", Region: "Y57"}},
		at("2014-05-01 09:00"))
	if err != nil {
		t.Fatal(err)
	}
	c.Measures = []failure.Episode{{Entered: at("2014-05-01 10:00"), Ended: at("2014-10-01 00:00"),
		Reinspections: []failure.Reinspection{{Timing: failure.Late}}}}
	mail := ledger.Notice{Kind: "N65", To: []ledger.Recipient{{Party: "CQC", State: ledger.StateAccepted}, {Party: "MONITOR"}}}
	o := &observer{c: c, now: time.Now(), notices: map[string]ledger.Notice{"n1": mail}}
	for words, met := range map[string]bool{
		"measures days = 153": true, "measures days = 152": false, "reinspection 1 late": true, "reinspection 1 early": false,
		"reinspection 2 late": false, "told N65 CQC = 1": true, "told N65 Monitor = 0": true, "told N65 provider = 0": true,
	} {
		args := strings.Fields(words)
		parse, _ := expectations(args[0])
		e, err := parse(args[1:])
		if err != nil {
			t.Fatal(err)
		}
		if said := e.unmet(o); (said == "") != met {
			t.Errorf("%s: %q", words, said)
		}
	}
}
