package failure

import (
	"strings"
	"testing"

	"holdthering/regime/regimetest"
)

func TestT11_AHandoverTellsTheMembersAndPassesOverNobodysObjection(t *testing.T) {
	s := responding(t, kingsLynn).by(regimetest.Nhse, &HandOverRing{To: "MONITOR", Reason: "has the powers"})
	told := s.told("N20")
	if len(told) != 2 || !strings.Contains(told[1], "CQC duty") || strings.Contains(told[1], "MONITOR") {
		t.Fatalf("the successor is asked, the other members hear of it: %v", told)
	}
	s.by("CQC", &ObjectToRingHolder{Candidate: "MONITOR", Reason: "it is a party to the matter"}).
		refused("T11", "MONITOR", &AcceptRing{})
	if s.c.Ring.Holder != regimetest.Nhse {
		t.Fatalf("%+v", s.c.Ring)
	}
	s.by("CQC", &ObjectToRingHolder{Candidate: "MONITOR", Withdraw: true}).by("MONITOR", &AcceptRing{})
	if s.c.Ring.Holder != "MONITOR" {
		t.Fatalf("%+v", s.c.Ring)
	}
	s.refused("R28", "CQC", &ObjectToRingHolder{Candidate: "MONITOR", Reason: "x"})
}

func TestT11_WhoAskedHearsThatASuccessorDeclines(t *testing.T) {
	s := responding(t, kingsLynn).by(regimetest.Nhse, &HandOverRing{To: "MONITOR", Reason: "x"}).
		by("MONITOR", &DeclineRing{Reason: "no capacity"})
	if told := s.told("N20"); !strings.HasSuffix(told[len(told)-1], ": "+string(regimetest.Nhse)+" duty") {
		t.Fatalf("%v", told)
	}
	s.by(regimetest.Nhse, &HandOverRing{To: "MONITOR", Reason: "y"}).by(regimetest.Nhse,
		&HandOverRing{To: "CQC", Reason: "x"})
	gone := s.c.Notices[len(s.c.Notices)-3]
	if gone.To[0].Party != "MONITOR" || !strings.Contains(gone.Text, "no longer asked") {
		t.Fatalf("%+v", gone)
	}
}

func TestR66_AWarningToThePublicIsSaidOnce(t *testing.T) {
	s := open(t, kingsLynn, "2013-09-10 09:00").by("CQC", &WarnPublic{What: "Do not go there"})
	if text := lastEntry(s); text != "Warned the public: Do not go there." {
		t.Fatal(text)
	}
}
