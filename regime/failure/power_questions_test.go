package failure

import (
	"strings"
	"testing"

	"holdthering/regime"
	"holdthering/regime/regimetest"
)

func TestR5_WhetherTheJusticeOfThePeaceGaveTheOrderIsRecorded(t *testing.T) {
	s := open(t, kingsLynn, "2014-09-01 10:00").by("CQC", &UsePower{Power: "P-CQC-2"}).
		refused("R1", "MONITOR", &DecidePower{Use: "U1", Outcome: Proceed, Reason: "x"}).
		by("CQC", &DecidePower{Use: "U1", Outcome: Proceed, Reason: "the order is of today"})
	if text := lastEntry(s); !strings.Contains(text, "the order of a justice of the peace has come. the order is") {
		t.Fatal(text)
	}
	if got := s.told("N23"); len(got) < 2 {
		t.Fatalf("those with copies hear of it: %v", got)
	}
	s.by("CQC", &UsePower{Power: "P-CQC-7"})
	if err := s.perform("CQC", &DecidePower{Use: "U2", Outcome: Proceed, Reason: "x"}); err == nil {
		t.Fatal("an inspection needs nobody")
	}
}

func TestR4_ARefusalForTheTypeSaysHowAWrongOneIsPutRight(t *testing.T) {
	s := open(t, kingsLynn, "2014-09-01 10:00")
	for by, want := range map[regime.Party]bool{"TDA": true, "CCG/07J": false} {
		err := s.perform(by, &DecideMeasures{Outcome: Place, Reason: "x"})
		if err == nil || strings.Contains(err.Error(), "provider correct") != want {
			t.Errorf("%s: %v", by, err)
		}
	}
	if err := s.perform("SOS", &OrderAdministration{}); err == nil || !strings.Contains(err.Error(), "provider correct") {
		t.Errorf("%v", err)
	}
}

func TestS2x8_AShortenedTimeForRepresentationsAsksWhy(t *testing.T) {
	s := open(t, kingsLynn, "2014-09-01 10:00").by("MONITOR", &UsePower{Power: "P-MON-1",
		Representations: regimetest.Period("5d")})
	if text := lastEntry(s); !strings.Contains(text, "shortened (not said: why)") {
		t.Fatal(text)
	}
}
