package failure

import (
	"strings"
	"testing"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/regimetest"
)

func TestR24_ABreachFoundIsOwedAnActionOrAReasonedDecision(t *testing.T) {
	for _, v := range []RegulatoryValue{BreachSignificant, PotentialBreach} {
		for what, act := range map[string]Act{"a power": &UsePower{Power: "P-CQC-6", Reason: "x"}, "a warning": warn(),
			"a recommendation": &RecommendMeasures{Reason: "x"}, "administration": &RequireAdministration{Reason: "x"},
			"a decision": &AnswerBreach{Reason: "Monitor's undertakings cover it"}} {
			s := inSession(t, kingsLynn).by("CQC", &JudgeBreach{Value: v}).
				refused("R24", "MONITOR", &AnswerBreach{Reason: "x"}).
				by("CQC", &UsePower{Power: "P-CQC-7"}) // an inspection is no answer
			if d := s.duty(DutyAnswerBreach, ""); !d.Open() || d.Owner != "CQC" {
				t.Fatalf("%s: %+v", v, d)
			}
			if d := s.by("CQC", act).duty(DutyAnswerBreach, ""); d.End != ledger.EndDone {
				t.Errorf("%s after %s: %+v", what, v, d)
			}
		}
	}
	s := inSession(t, kingsLynn).by("CQC", &JudgeBreach{Value: NoMaterialBreach})
	var m *regime.Mistake
	if err := s.perform("CQC", &AnswerBreach{Reason: "x"}); !regimetest.AsMistake(err, &m) {
		t.Fatalf("no breach, nothing to answer: %v", err)
	}
	s.by("CQC", &JudgeBreach{Value: PotentialBreach}).by("CQC", &JudgeBreach{Value: NoMaterialBreach})
	if d := s.duty(DutyAnswerBreach, ""); d.End != ledger.EndNotNeeded {
		t.Fatalf("%+v", d)
	}
}

func TestR24_AnUnansweredBreachIsChasedAndStandsInTheWayOfClosing(t *testing.T) {
	s := closable(t).by("CQC", &JudgeBreach{Value: PotentialBreach}).refused("2.4", regimetest.Nhse,
		&ProposeClosing{}).
		at("2013-10-05 09:00")
	if got := s.told("N11"); !strings.Contains(got[len(got)-1], "CQC executive") {
		t.Fatalf("%v", got)
	}
	s.by("CQC", &AnswerBreach{Reason: "x"}).by(regimetest.Nhse, &ProposeClosing{})
}

func TestN33_CQCPassesAConcernAboutAPracticeOnWithinAWorkingDay(t *testing.T) {
	s := open(t, practice, "2015-04-02 16:00").by("CQC", &JudgeBreach{Value: PotentialBreach}).
		by("CQC", &UsePower{Power: "P-CQC-1"})
	if d := s.duty(DutyPassConcern, ""); !d.Due.Equal(regimetest.At("2015-04-07 16:00")) { // over Easter
		t.Fatalf("%+v", d)
	}
	s.refused("R1", regimetest.Nhse, &PassConcern{}).by("CQC", &PassConcern{})
	if d := s.duty(DutyPassConcern, ""); d.End != ledger.EndDone {
		t.Fatalf("%+v", d)
	}
	for _, d := range inSession(t, kingsLynn).by("CQC", &JudgeBreach{Value: PotentialBreach}).c.Duties {
		if d.Kind == DutyPassConcern {
			t.Fatal("a trust is no practice")
		}
	}
}

func TestR47_MonitorIsAskedWhoIsBestPlacedAndNothingWaitsForTheAnswer(t *testing.T) {
	s := judged(t, kingsLynn)
	if d := s.duty(DutyBestPlaced, ""); !d.Open() || d.Owner != "MONITOR" {
		t.Fatalf("%+v", d)
	}
	s.by("MONITOR", &UsePower{Power: "P-MON-3"}).by("CQC", &UsePower{Power: "P-CQC-1"}).
		refused("R1", "CQC", &ConsiderBestPlaced{Answer: "itself", Reason: "x"}).at("2013-12-12 16:10")
	if way := s.c.StandingInTheWay(); strings.Contains(strings.Join(way, ";"), "best placed") {
		t.Fatalf("%v", way)
	}
	s.by("MONITOR", &ConsiderBestPlaced{Answer: "jointly", With: []regime.Party{"CQC"}, Reason: "x"}).
		by("MONITOR", &ConsiderBestPlaced{Answer: "others-already-act", With: []regime.Party{"CQC"}, Reason: "y"}).at("2014-03-12 16:10")
	n := 0
	for _, d := range s.c.Duties {
		if d.Kind == DutyBestPlaced {
			n++
		}
	}
	if n != 1 || len(s.c.BestPlaced) != 2 {
		t.Fatalf("asked %d times, %d answers", n, len(s.c.BestPlaced))
	}
	trust := kingsLynn
	trust.Type = regime.NHSTrust
	for _, other := range []*script{judged(t, trust), judged(t, practice),
		inSession(t, kingsLynn).by(regimetest.Nhse, &JudgeCollectively{Value: NoFailure})} {
		for _, d := range other.c.Duties {
			if d.Kind == DutyBestPlaced {
				t.Errorf("asked at %s, %s", other.c.Provider.Type, other.c.Stage)
			}
		}
	}
}

func TestA10_TheConflictOfTheDefaultRingHolderIsShownAndRecorded(t *testing.T) {
	s := responding(t, practice)
	if !s.c.Ring.Conflict || !strings.Contains(s.c.Entries[len(s.c.Entries)-1].Text, "conflict of interest (A10)") {
		t.Fatalf("%+v %s", s.c.Ring, s.c.Entries[len(s.c.Entries)-1].Text)
	}
	s = judged(t, practice).by("CCG", &CannotAgree{})
	if !s.c.Ring.Conflict || !strings.Contains(s.c.Entries[len(s.c.Entries)-1].Text, "A10") {
		t.Fatalf("%+v", s.c.Ring)
	}
	if responding(t, kingsLynn).c.Ring.Conflict {
		t.Fatal("NHS England does not commission a trust's services itself")
	}
	s.by("NHSCB/Y55", &HandOverRing{To: "CQC", Reason: "x"}).by("CQC", &AcceptRing{})
	if s.c.Ring.Conflict {
		t.Fatal("the conflict went with the ring")
	}
}

func TestA34_CasesAreLinkedByAPersonInEachOfThem(t *testing.T) {
	s := responding(t, kingsLynn).by(regimetest.Nhse, &LinkCase{To: "p4wd-8yhn", Reason: "one service, two trusts"})
	if len(s.c.Links) != 1 || s.c.Links[0].Ref != "P4WD-8YHN" {
		t.Fatalf("%+v", s.c.Links)
	}
	var m *regime.Mistake
	for _, ref := range []string{"P4WD-8YHN", "K7QM-3XRD", "two words", "a-reference-that-is-far-too-long"} {
		if err := s.perform(regimetest.Nhse, &LinkCase{To: ref}); !regimetest.AsMistake(err, &m) {
			t.Errorf("%s: %v", ref, err)
		}
	}
	everyStage(t)[regime.Closed].by("CQC", &LinkCase{To: "P4WD-8YHN"})
}
