package failure

import (
	"slices"
	"strings"
	"testing"
	"time"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/regimetest"
)

func TestR51_APlacementWithdrawalStandsUntilImprovementAndSafetyAreShown(t *testing.T) {
	s := responding(t, kingsLynn).by("LETB", &UsePower{Power: "P-EDU-1"}).
		refused("R1", "GMC", &LiftPower{Use: "U1", Evidence: "x", Safe: "x"}).
		refused("R1", "PROVIDER", &LiftPower{Use: "U1", Evidence: "x", Safe: "x"}).
		refused("R51", "LETB", &LiftPower{Use: "U1", Evidence: "rota"}).at("2014-09-13")
	row, _ := s.c.profile().Power("P-EDU-1")
	if !s.c.OwnActs[0].Stands(row) {
		t.Fatal("a year later it is gone by itself")
	}
	s.by("HEE", &LiftPower{Use: "U1", Evidence: "rota", Safe: "consultants on site"})
	if u := s.c.OwnActs[0]; u.Stands(row) || !strings.Contains(u.Evidence, "consultants") {
		t.Fatalf("%+v", u)
	}
	var m *regime.Mistake
	if err := s.perform("LETB", &LiftPower{Use: "U1", Evidence: "x", Safe: "x"}); !regimetest.AsMistake(err, &m) {
		t.Fatalf("lifted twice: %v", err)
	}
}

func TestAContinuingPowerIsLiftedByItsOwnerAloneAndWithEvidence(t *testing.T) {
	s := responding(t, kingsLynn).by("CCG/07J", &UsePower{Power: "P-COM-1"}).
		refused("R1", "CCG/07K", &LiftPower{Use: "U1", Evidence: "x"}).
		refused("R1", regimetest.Nhse, &LiftPower{Use: "U1", Evidence: "the ring-holder says so"})
	var m *regime.Mistake
	if err := s.perform("CCG/07J", &LiftPower{Use: "U1"}); !regimetest.AsMistake(err, &m) {
		t.Fatalf("without evidence: %v", err)
	}
	if !strings.Contains(strings.Join(s.c.Standing(), ";"), "P-COM-1") {
		t.Fatalf("what is in force is not shown: %v", s.c.Standing())
	}
	s.by("CCG/07J", &LiftPower{Use: "u1", Evidence: "audit passed"}).by("CCG/07J", &UsePower{Power: "P-COM-2"})
	if err := s.perform("CCG/07J", &LiftPower{Use: "U2", Evidence: "x"}); !regimetest.AsMistake(err, &m) {
		t.Fatalf("a termination is not lifted: %v", err)
	}
	if strings.Contains(strings.Join(s.c.Standing(), ";"), "P-COM") {
		t.Fatalf("%v", s.c.Standing())
	}
}

func TestS2x8_RepresentationsOnCQCsProposalHave28DaysAndThenCQCDecides(t *testing.T) {
	s := open(t, practice, "2014-11-03 09:00").refused("2.8", "CQC", &UsePower{Power: "P-CQC-5",
		Representations: regimetest.Period("27d")}).
		by("CQC", &UsePower{Power: "P-CQC-5"})
	d := s.duty(DutyDecidePower, "U1")
	if !d.Due.Equal(regimetest.At("2014-12-01 09:00")) || d.Owner != "CQC" {
		t.Fatalf("%+v", d)
	}
	s.refused("R1", "MONITOR", &DecidePower{Use: "U1", Outcome: Proceed, Reason: "x"}).at("2014-12-08 09:00")
	if got := s.told("N23"); len(got) < 4 || !strings.HasPrefix(got[len(got)-1], "Mon 8 Dec 2014 09:00: CQC duty, CQC executive") {
		t.Fatalf("the decision is chased: %v", got)
	}
	before := len(s.told("N23"))
	s.by("CQC", &DecidePower{Use: "U1", Outcome: Proceed, Reason: "nothing new"})
	if d := s.duty(DutyDecidePower, "U1"); d.End != ledger.EndDone || !d.Late() {
		t.Fatalf("%+v", d)
	}
	if said := s.c.Entries[len(s.c.Entries)-1].Text; strings.Contains(said, "runs until") {
		t.Errorf("the time for representations is over: %s", said)
	}
	if len(s.told("N23")) == before {
		t.Fatal("the notice of decision is copied too (R44)")
	}
	row, _ := s.c.profile().Power("P-CQC-5")
	if !s.c.OwnActs[0].Stands(row) {
		t.Fatal("it has not come into force")
	}
}

func TestMonitorsNoticeOfIntentHas28DaysOrIfShortenedAtLeast5(t *testing.T) {
	for given, due := range map[string]string{"": "2014-12-01 09:00", "5d": "2014-11-08 09:00", "10d": "2014-11-13 09:00", "40d": "2014-12-13 09:00"} {
		use := &UsePower{Power: "P-MON-1"}
		if given != "" {
			use.Representations = regimetest.Period(given)
		}
		s := open(t, kingsLynn, "2014-11-03 09:00").by("MONITOR", use)
		if d := s.duty(DutyDecidePower, "U1"); !d.Due.Equal(regimetest.At(due)) {
			t.Errorf("%s: due %s", given, d.Due)
		}
		if short := strings.Contains(s.c.Entries[0].Text, "shortened"); short != (given == "5d" || given == "10d") {
			t.Errorf("%s: %s", given, s.c.Entries[0].Text)
		}
	}
	s := open(t, kingsLynn, "2014-11-03 09:00").
		refused("2.8", "MONITOR", &UsePower{Power: "P-MON-1", Representations: regimetest.Period("4d")})
	s.by("MONITOR", &UsePower{Power: "P-MON-1"}).
		by("MONITOR", &DecidePower{Use: "U1", Outcome: Withdraw, Reason: "undertakings given"})
	if said := s.c.Entries[len(s.c.Entries)-1].Text; !strings.Contains(said, "representations runs until Monday 1 December 2014") {
		t.Error(said)
	}
	row, _ := s.c.profile().Power("P-MON-1")
	if s.c.OwnActs[0].Stands(row) || s.duty(DutyDecidePower, "U1").Open() {
		t.Fatal("withdrawn and still in force, or still chased")
	}
	var m *regime.Mistake
	if err := s.perform("MONITOR", &UsePower{Power: "P-MON-3", Representations: regimetest.Period("28d")}); !regimetest.AsMistake(err, &m) {
		t.Fatalf("%v", err)
	}
}

func TestAnEarlierDayOfUseMovesTheTimeForRepresentations(t *testing.T) {
	s := open(t, kingsLynn, "2014-11-03 09:00").by("MONITOR", &UsePower{Power: "P-MON-1"}).
		by("MONITOR", &CompletePower{Use: "U1", Taken: regimetest.At("2014-10-30 09:00")})
	if d := s.duty(DutyDecidePower, "U1"); !d.Due.Equal(regimetest.At("2014-11-27 09:00")) {
		t.Fatalf("%+v", d)
	}
}

func TestAClosedCaseTakesABodysOwnActsAndChasesNobody(t *testing.T) {
	s := everyStage(t)[regime.Closed].by("MONITOR", &UsePower{Power: "P-MON-1"}).by("CQC",
		&UsePower{Power: "P-CQC-5"}).
		by("CCG", &UsePower{Power: "P-COM-1"}).by("CCG", &CompletePower{Use: "U3", Reason: "x"}).
		by("CCG", &LiftPower{Use: "U3", Evidence: "x"}).by("MONITOR", &DecidePower{Use: "U1",
		Outcome: Proceed, Reason: "x"}).
		by("MONITOR", &IntendPower{Power: "P-MON-3"}).stage(regime.Closed)
	if open := s.c.OpenDuties(); len(open) > 0 {
		t.Fatalf("%+v", open)
	}
	if len(s.told("N21")) == 0 {
		t.Fatal("nobody was told")
	}
}

func TestRegionEStandsInTheWayOfNothing(t *testing.T) {
	s := closable(t).by("MONITOR", &UsePower{Power: "P-MON-1"}).by("CCG", &UsePower{Power: "P-COM-1"})
	if way := s.c.StandingInTheWay(); len(way) > 0 {
		t.Fatalf("%v", way)
	}
	s.by(regimetest.Nhse, &ProposeClosing{}).days(3).by(regimetest.Nhse, &CloseCase{}).stage(regime.Closed)
}

func TestR4_WhatIsAddedToAPowerLeavesItsTimeAsItWas(t *testing.T) {
	s := open(t, kingsLynn, "2013-09-10 09:00").by("CQC", &UsePower{Power: "P-CQC-1"})
	used := s.c.OwnActs[0].At
	s.days(2).by("CQC", &CompletePower{Use: "U1", Basis: "section 31"})
	if u := s.c.OwnActs[0]; !u.At.Equal(used) || u.Basis != "section 31" {
		t.Errorf("%+v", u)
	}
	earlier := used.Add(-time.Hour)
	if s.by("CQC", &CompletePower{Use: "U1", Taken: earlier}); !s.c.OwnActs[0].At.Equal(earlier) {
		t.Errorf("%+v", s.c.OwnActs[0])
	}
}

func TestR44_TheDecisionAfterRepresentationsSaysWhichItIs(t *testing.T) {
	s := open(t, kingsLynn, "2014-11-03 09:00").by("CQC", &UsePower{Power: "P-CQC-5"})
	for outcome, says := range map[PowerOutcome]string{Proceed: "decided to proceed with its notice", Withdraw: "decided to withdraw its notice"} {
		decided := s.copied().by("CQC", &DecidePower{Use: "U1", Outcome: outcome, Reason: "x"})
		n := decided.c.Notices[len(decided.c.Notices)-1]
		if !slices.ContainsFunc(decided.c.Notices, func(n ledger.Notice) bool { return strings.Contains(n.Text, says) }) {
			t.Errorf("%s: %s", outcome, n.Text)
		}
	}
}
