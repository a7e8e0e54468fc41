package failure

import (
	"testing"

	"holdthering/regime/ledger"
)

func TestR54_R55_R57_R59_R60_SpecialMeasuresGoTheirWayByTheirOwnBodies(t *testing.T) {
	watched := open(t, kingsLynn, "2013-10-01 10:00")
	recommended := watched.copied().by("CQC", &RecommendMeasures{Reason: "x"})
	declined := recommended.copied().by("MONITOR", &DecideMeasures{Outcome: Decline, Reason: "x"})
	inForce := placed(t).at("2014-10-20 10:00")
	inspected := inForce.copied().by("CQC", &Reinspect{From: inForce.now})
	reported := inspected.copied().by("CQC", &ReportReinspection{Rating: "good", Advice: "exit"})
	decided := reported.copied().by("MONITOR", &DecideMeasures{Outcome: Extend, Reason: "x"})
	over := reported.copied().by("MONITOR", &DecideMeasures{Outcome: Exit, Reason: "x"})
	gp := open(t, practice, "2014-11-03 10:00")
	decide := func(o MeasuresOutcome) Act { return &DecideMeasures{Outcome: o, Reason: "x"} }
	advise, plan, month := &RecommendMeasures{Reason: "x"}, &PublishPlan{URL: "x"},
		&PublishProgress{URL: "x"}
	appoint := &Appoint{Role: "other", Who: "x"}
	inspect, report := &Reinspect{From: inForce.now}, &ReportReinspection{Rating: "good", Advice: "exit"}
	tryAll(t,
		trial{watched, "MONITOR", advise, "R54: "}, trial{gp, "CQC", advise, "R61: "},
		trial{inForce, "CQC", advise, "R60: "},
		trial{recommended, "CQC", advise, ""}, trial{declined, "CQC", advise, ""},
		trial{over, "CQC", advise, ""},
		trial{watched, "TDA", decide(Place), "R55: "}, trial{watched, "CQC", decide(Place), "R54: "},
		trial{gp, "MONITOR", decide(Place), "R61: "},
		trial{inForce, "MONITOR", decide(Place), "R60: "}, trial{over, "MONITOR", decide(Place), ""},
		trial{watched, "MONITOR", decide(Decline), "R118: "},
		trial{declined, "MONITOR", decide(Decline), "R118: "},
		trial{recommended, "MONITOR", decide(Decline), ""},
		trial{inForce, "MONITOR", decide(Decline), "R57: "},
		trial{inForce, "MONITOR", decide(CancelOutcome), "R60: for a trust"},
		trial{watched, "MONITOR", decide(Exit), "R60: the provider is not in"},
		trial{over, "MONITOR", decide(Extend), "R60: the provider is not in"},
		trial{inForce, "MONITOR", decide(Exit), "R60: this is decided on"},
		trial{inspected, "MONITOR", decide(FurtherAction), "R60: this is decided on"},
		trial{reported, "MONITOR", decide(ExitWithSupport), ""},
		trial{decided, "MONITOR", decide(Exit), "R60: this is decided on"},
		trial{inForce, "MONITOR", inspect, "R59: "},
		trial{over, "CQC", &Reinspect{From: over.now}, "R60: "},
		trial{watched, "CQC", inspect, "R60: "}, trial{inspected, "CQC", inspect, "R60: the report"},
		trial{reported, "CQC", inspect, ""},
		trial{inspected, "MONITOR", report, "R60: CQC reports"},
		trial{watched, "CQC", report, "R60: the provider is not in"},
		trial{inForce, "CQC", report, "R59: "}, trial{reported, "CQC", report, "R59: "},
		trial{inspected, "CQC", report, ""},
		trial{watched, "MONITOR", appoint, ""}, trial{inForce, "CQC", appoint, "R54: "},
		trial{inForce, "MONITOR", appoint, ""},
		trial{watched, "PROVIDER", plan, "R60: "}, trial{inForce, "MONITOR", plan, "R1: "},
		trial{inForce, "PROVIDER", plan, ""},
		trial{watched, "PROVIDER", month, "R60: "}, trial{inForce, "MONITOR", month, "R1: "},
		trial{inForce, "PROVIDER", month, ""},
		trial{inForce, "PROVIDER", &PublishProgress{URL: "x", Month: 12}, ""},
		trial{inForce, "PROVIDER", &PublishProgress{URL: "x", Month: 13},
			"no progress is owed for month 13"},
		trial{inForce, "MONITOR", &AgreeCriterion{What: "x"}, "R60: "},
	)
}

// In 2022 a trust leaves by criteria that were agreed, and CQC alone does not see it out.
func TestR60_B7_WhereExitCriteriaAreAgreedTheyAreTheWayOut(t *testing.T) {
	watched := open2022(t, norwich)
	decider := watched.c.decider()
	inForce := watched.copied().by(decider, &DecideMeasures{Outcome: Place, Reason: "x"})
	agreed := inForce.copied().by(decider, &AgreeCriterion{What: "x"}).
		by(decider, &AgreeCriterion{What: "y"})
	one := agreed.copied().by(decider, &MeetCriterion{Criterion: "X2", Evidence: "x"})
	met := one.copied().by(decider, &MeetCriterion{Criterion: "X1", Evidence: "x"})
	decide := func(o MeasuresOutcome) Act { return &DecideMeasures{Outcome: o, Reason: "x"} }
	tryAll(t,
		trial{watched, decider, &AgreeCriterion{What: "x"}, "R60: the provider is not in"},
		trial{inForce, "CQC", &AgreeCriterion{What: "x"}, "R54: "},
		trial{inForce, decider, decide(Exit), "R60: no exit criteria"},
		trial{agreed, decider, decide(Exit), "R60: not all"},
		trial{one, decider, decide(ExitWithSupport), "R60: not all exit criteria are met: X1"},
		trial{met, decider, decide(Exit), ""}, trial{met, decider, decide(Extend), "B7: "},
		trial{agreed, decider, decide(FurtherAction), ""},
		trial{one, decider, &MeetCriterion{Criterion: "X2", Evidence: "x"}, "no criterion"},
		trial{one, decider, &MeetCriterion{Criterion: "X3", Evidence: "x"}, "no criterion"},
		trial{one, decider, &MeetCriterion{Criterion: "X1", Evidence: "x"}, ""},
	)
	if d := inForce.duty(DutyExitCriteria, ""); !d.Open() ||
		agreed.duty(DutyExitCriteria, "").End != ledger.EndDone {
		t.Errorf("%+v", d)
	}
}

func TestR60_WhereNoCriteriaAreForeseenNobodyIsToldThatAStayIsMissing(t *testing.T) {
	open(t, kingsLynn, "2013-10-21 10:00").refusedSaying("not by criteria", "MONITOR", &AgreeCriterion{What: "x"})
	placed(t).refusedSaying("not by criteria", "MONITOR", &AgreeCriterion{What: "x"})
}
