package failure

import (
	"strings"
	"testing"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/regimetest"
)

func TestR21_OnlyCQCAsksAndEachAnswersForItself(t *testing.T) {
	ask := func() Act {
		return &RequestImpact{Considers: "MARKER closing", Asked: []regime.Party{"MONITOR", "CCG"}}
	}
	s := inSession(t, kingsLynn)
	for _, p := range []regime.Party{regimetest.Nhse, "MONITOR", "CCG", "PROVIDER", "GMC"} {
		s.refused("R21", p, ask())
	}
	s.refused("R21", "CQC", &RequestImpact{Considers: "x", Asked: []regime.Party{"PROVIDER"}}).
		refused("R21", "CQC", &RequestImpact{Considers: "x", Asked: []regime.Party{"POLICE"}}).
		by("CQC", ask()).
		refused("R21", regimetest.Nhse, &ReturnImpact{Request: "I1", Assessment: "x"}).
		refused("R21", "CCG/07K", &ReturnImpact{Request: "I1", Assessment: "x"}).
		by("MONITOR", &ReturnImpact{Request: "I1", Assessment: "x"})
	if d := s.duty(DutyReturnImpact, "I1|CCG/07J"); !d.Open() || !d.Due.Equal(regimetest.At("2013-09-13 10:00")) {
		t.Fatalf("Monitor has answered for the other: %+v", d)
	}
	if d := s.duty(DutyReturnImpact, "I1|MONITOR"); d.End != ledger.EndDone {
		t.Fatalf("%+v", d)
	}
	if said := s.c.Says(s.duty(DutyReturnImpact, "I1|MONITOR")); strings.Contains(said, "|") {
		t.Fatalf("the subject is shown: %s", said)
	}
	for _, n := range s.c.Notices {
		if strings.Contains(n.Text, "MARKER") {
			t.Fatalf("what CQC considers is mailed: %s", n.Text)
		}
	}
}

func TestR21_LateAssessmentsAreRemindedAndCQCIsTold(t *testing.T) {
	s := inSession(t, kingsLynn).by("CQC", &RequestImpact{Considers: "x", Asked: []regime.Party{"MONITOR"}}).
		at("2013-09-20 10:00")
	want := "Thu 12 Sep 2013 10:00: MONITOR duty\nFri 13 Sep 2013 04:00: MONITOR duty\n" +
		"Fri 13 Sep 2013 10:00: MONITOR duty, CQC duty"
	if got := strings.Join(s.told("N10"), "\n"); got != want {
		t.Fatalf("got\n%s", got)
	}
	s.by("MONITOR", &ReturnImpact{Request: "I1", Assessment: "late, and still of use"})
	if got := s.told("N10"); !strings.HasSuffix(got[len(got)-1], "10:00: CQC duty") {
		t.Fatalf("%v", got)
	}
}

func TestR22_CQCActsBeforeAnybodyHasAnsweredInEveryState(t *testing.T) {
	for state, s := range everyState(t) {
		if s.c.Stage != regime.Closed {
			s.by("CQC", &RequestImpact{Considers: "x", Asked: []regime.Party{"MONITOR", "CCG"}})
			if asked := s.c.Impacts[0].Asked; len(asked) != 2 || len(s.told("N10")) == 0 {
				t.Errorf("%s: %v asked, told %v", state, asked, s.told("N10"))
			}
		}
		s.by("CQC", &UsePower{Power: "P-CQC-1"}).by("CQC", &UsePower{Power: "P-CQC-5"})
	}
}

func TestR22_NothingWaitsForAnAssessment(t *testing.T) {
	blocksNothing(t, func(s *script) {
		if s.c.Stage != regime.Closed {
			s.by("CQC", &RequestImpact{Considers: "x", Asked: []regime.Party{"MONITOR", "CCG"}})
		}
	})
}
