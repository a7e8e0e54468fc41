package failure

import (
	"strings"
	"testing"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/regimetest"
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
		trial{watched, "MONITOR", decide(Decline), "R57: "},
		trial{declined, "MONITOR", decide(Decline), "R57: "},
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
		trial{watched, "MONITOR", appoint, "R60: "}, trial{inForce, "CQC", appoint, "R54: "},
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
	if d := inForce.duty(regime.DutyExitCriteria, ""); !d.Open() ||
		agreed.duty(regime.DutyExitCriteria, "").End != ledger.EndDone {
		t.Errorf("%+v", d)
	}
}

func TestB8_R2_AdministrationIsRequiredOrderedAndRecordedOnceAndInOrder(t *testing.T) {
	watched := open(t, kingsLynn, "2014-03-03 09:00")
	required := watched.copied().by("CQC", &RequireAdministration{Reason: "x"})
	ordered := required.copied().by("MONITOR", &OrderAdministration{})
	appointed := ordered.copied().by("MONITOR", &RecordAdministrationStep{Step: Appointed})
	stated := appointed.copied().by("CQC", &RecordAdministrationStep{Step: QualityStatement})
	drafted := appointed.copied().by("MONITOR", &RecordAdministrationStep{Step: DraftReport})
	step := func(k AdministrationStepKind) Act { return &RecordAdministrationStep{Step: k} }
	require := &RequireAdministration{Reason: "x"}
	tryAll(t,
		trial{watched, "MONITOR", require, "R4: "}, trial{watched, "CQC", require, ""},
		trial{required, "CQC", require, "already required it"}, trial{ordered, "CQC", require, "B8: "},
		trial{watched, "MONITOR", &OrderAdministration{}, ""},
		trial{watched, "CQC", &OrderAdministration{}, "B8: Monitor orders"},
		trial{ordered, "MONITOR", &OrderAdministration{}, "B8: trust special administration was ordered"},
		trial{open(t, practice, "2014-03-03 09:00"), "MONITOR", &OrderAdministration{}, "B8: there is no"},
		trial{watched, "MONITOR", step(Appointed), "B8: "},
		trial{required, "MONITOR", step(Appointed), "B8: "},
		trial{ordered, "CQC", step(Appointed), "R1: "},
		trial{ordered, "MONITOR", step(DraftReport), "the next milestone is"},
		trial{ordered, "MONITOR", step(Appointed), ""},
		trial{appointed, "MONITOR", step(Appointed), "the next milestone is"},
		trial{appointed, "CQC", step(QualityStatement), ""},
		trial{stated, "CQC", step(QualityStatement), "once"},
		trial{drafted, "CQC", step(QualityStatement), "before the draft report"},
		trial{stated, "MONITOR", step(DraftReport), ""},
	)
	if said := lastSaid(drafted); !strings.Contains(said, "Not recorded: CQC's statement") {
		t.Error(said)
	}
	if said := lastSaid(stated.by("MONITOR", step(DraftReport))); strings.Contains(said, "Not recorded") {
		t.Error(said)
	}
}

func TestR1_R48_R49_B1_AWarningNoticeIsCQCsAndItsRequirementsTheProviders(t *testing.T) {
	s := open(t, kingsLynn, "2014-11-03 09:00").by("CQC", warn())
	withdrawn := s.copied().by("CQC", &DecideWarning{Warning: "W1", Outcome: Withdraw, Reason: "x"})
	add := &AddRequirement{Warning: "W1", Require: "x", Due: regimetest.At("2015-01-31")}
	report := func(n int) Act { return &ReportRequirement{Warning: "W1", Requirement: n, Evidence: "x"} }
	determine := func(complied YesNo, action string, administration YesNo) Act {
		return &DetermineWarning{Warning: "W1", Complied: complied, Action: action,
			Administration: administration}
	}
	nhsTrust := kingsLynn
	nhsTrust.Type = regime.NHSTrust
	atTrust := open(t, nhsTrust, "2014-11-03 09:00").by("CQC", warn())
	before := open(t, kingsLynn, "2014-09-03 09:00").by("CQC", warn())
	tryAll(t,
		trial{s, "MONITOR", add, "B1: "}, trial{withdrawn, "CQC", add, "determined or withdrawn"},
		trial{s, "CQC", add, ""},
		trial{s, "CQC", &AddRequirement{Warning: "W2", Require: "x", Due: regimetest.At("2015-01-31")},
			"there is no warning notice"},
		trial{s, "CQC", &AddRequirement{Warning: "W1", Require: "x", Due: regimetest.At("2014-11-03 09:00")},
			"does not lie after"},
		trial{s, "CQC", report(1), "R1: "}, trial{s, "PROVIDER", report(-1), "requirements 1 to 1"},
		trial{s, "PROVIDER", report(2), "requirements 1 to 1"}, trial{s, "PROVIDER", report(1), ""},
		trial{withdrawn, "PROVIDER", report(1), "determined or withdrawn"},
		trial{s, "MONITOR", &DecideWarning{Warning: "W1", Outcome: Proceed, Reason: "x"}, "B1: "},
		trial{s, "MONITOR", determine("yes", "", ""), "B1: "},
		trial{s, "CQC", determine("yes", "", ""), ""},
		trial{s, "CQC", determine("no", "", "no"), "R49: where"},
		trial{s, "CQC", determine("no", "x", ""), "R49: for a foundation"},
		trial{s, "CQC", determine("no", "x", "no"), ""},
		trial{atTrust, "CQC", determine("no", "x", ""), ""},
		trial{before, "CQC", determine("no", "x", ""), ""},
	)
}

func TestR1_R44_R51_APowerIsCompletedDecidedLiftedAndCertifiedByWhoMayWhenItCanBe(t *testing.T) {
	s := open(t, kingsLynn, "2014-11-03 09:00")
	atOnce := s.copied().by("CQC", &UsePower{Power: "P-CQC-6"})
	noticed := s.copied().by("CQC", &UsePower{Power: "P-CQC-5"})
	decided := noticed.copied().by("CQC", &DecidePower{Use: "U1", Outcome: Proceed, Reason: "x"})
	lifted := decided.copied().by("CQC", &LiftPower{Use: "U1", Evidence: "x"})
	if u := noticed.c.OwnActs[0]; u.Until.IsZero() || !decided.c.OwnActs[0].Decided.Equal(s.now) ||
		!atOnce.c.OwnActs[0].Until.IsZero() {
		t.Fatalf("%+v", u)
	}
	tryAll(t,
		trial{noticed, "CQC", &CompletePower{Use: "U1"}, "say what is to be added"},
		trial{noticed, "MONITOR", &CompletePower{Use: "U1", Reason: "x"}, "R1: "},
		trial{noticed, "CQC", &CompletePower{Use: "U2", Reason: "x"}, "there is no use"},
		trial{noticed, "CQC", &CompletePower{Use: "u1", Reason: "x"}, ""},
		trial{noticed, "CQC", &CompletePower{Use: "U1", Basis: "x"}, ""},
		trial{noticed, "CQC", &CompletePower{Use: "U1", Details: "x"}, ""},
		trial{noticed, "CQC", &CompletePower{Use: "U1", Discussed: []regime.Party{"MONITOR"}}, ""},
		trial{atOnce, "CQC", &DecidePower{Use: "U1", Outcome: Proceed, Reason: "x"},
			"waits for no decision"},
		trial{noticed, "MONITOR", &DecidePower{Use: "U1", Outcome: Proceed, Reason: "x"}, "R1: "},
		trial{noticed, "CQC", &DecidePower{Use: "U1", Outcome: Withdraw, Reason: "x"}, ""},
		trial{decided, "CQC", &DecidePower{Use: "U1", Outcome: Withdraw, Reason: "x"}, "was decided on"},
		trial{noticed, "CQC", &LiftPower{Use: "U1", Evidence: "x"}, "is not in force"},
		trial{decided, "MONITOR", &LiftPower{Use: "U1", Evidence: "x"}, "R1: "},
		trial{decided, "CQC", &LiftPower{Use: "U1", Evidence: "x"}, ""},
		trial{lifted, "CQC", &LiftPower{Use: "U1", Evidence: "x"}, "was lifted on"},
		trial{decided, "CQC", &LiftPower{Use: "U2", Evidence: "x"}, "there is no use"},
		trial{s, "CQC", &UsePower{Power: "P-CQC-99"}, "there is no power"},
		trial{s, "CCG/07J", &UsePower{Power: "P-COM-X"}, "R50: "},
		trial{s, "CQC", &UsePower{Power: "P-CQC-6", Representations: regimetest.Period("28d")},
			"has no time for representations"},
		trial{s, "CQC", &IntendPower{Power: "P-MON-1"}, "R4: "},
		trial{s, "CQC", &IntendPower{Power: "P-CQC-6"}, ""},
	)
}

func TestR18_R40_R41_R42_R64_WhatTheChairAnswersIsTheChairsAndRecordedOnce(t *testing.T) {
	watched, s := open(t, kingsLynn, "2013-09-10 09:00"), judged(t, kingsLynn).
		by("CQC", &FlagSafeguarding{About: regime.Adult}).by("CQC", &FlagSafeguarding{About: regime.Child})
	done := s.copied().by(regimetest.Nhse, &FollowProtocol{Flag: "S1", How: "x"}).
		by(regimetest.Nhse, &NotifyChildrenBoard{Flag: "S2", How: "x"}).
		by(regimetest.Nhse, &EngageChildrenBoard{Flag: "S2", How: "x"})
	follow := func(id string) Act { return &FollowProtocol{Flag: id, How: "x"} }
	notify := func(id string) Act { return &NotifyChildrenBoard{Flag: id, How: "x"} }
	engage := func(id string) Act { return &EngageChildrenBoard{Flag: id, How: "x"} }
	police := func(id string) Act { return &ConsiderPolice{Flag: id, Answer: "no", Reason: "x"} }
	for rule, act := range map[string]func(string) Act{"R40: ": follow, "R41: ": notify, "R42: ": police} {
		tryAll(t, trial{s, "CQC", act("S1"), rule},
			trial{s, regimetest.Nhse, act("S3"), "there is no safeguarding flag"})
	}
	tryAll(t,
		trial{s, "CQC", engage("S2"), "R41: "},
		trial{s, regimetest.Nhse, engage("S3"), "there is no safeguarding flag"},
		trial{s, regimetest.Nhse, follow("S2"), "not about"}, trial{s, regimetest.Nhse, notify("S1"), "not about"},
		trial{s, regimetest.Nhse, engage("S1"), "not about"},
		trial{s, regimetest.Nhse, follow("S1"), ""}, trial{s, regimetest.Nhse, notify("S2"), ""},
		trial{s, regimetest.Nhse, engage("S2"), ""}, trial{s, regimetest.Nhse, police("S2"), ""},
		trial{done, regimetest.Nhse, follow("S1"), "already been recorded"},
		trial{done, regimetest.Nhse, notify("S2"), "already been recorded"},
		trial{done, regimetest.Nhse, engage("S2"), "already been recorded"},
		trial{watched, regimetest.Nhse, &AnswerPublic{Answer: "no", Reason: "x"}, "R64: "},
		trial{s, "CQC", &AnswerPublic{Answer: "no", Reason: "x"}, "R64: "},
		trial{watched, regimetest.Nhse, &SendLetter{}, "2.4: "}, trial{s, "CQC", &SendLetter{}, "2.4: "},
		trial{s, regimetest.Nhse, &SendLetter{}, ""},
		trial{watched, regimetest.Nhse, &AnswerStandards{Answer: "no", Reason: "x"}, "R18: "},
		trial{s, "CQC", &AnswerStandards{Answer: "no", Reason: "x"}, "R18: "},
		trial{s, regimetest.Nhse, &AnswerStandards{Answer: "no", Reason: "x", Profession: "doctor"},
			"belong to --answer yes"},
		trial{s, regimetest.Nhse, &AnswerStandards{Answer: "no", Reason: "x", Referrer: "CQC"},
			"belong to --answer yes"},
		trial{s, regimetest.Nhse, &AnswerStandards{Answer: "yes", Reason: "x"}, "--profession is missing"},
		trial{s, regimetest.Nhse, &AnswerStandards{Answer: "yes", Reason: "x", Profession: "doctor",
			Referrer: "QSG_LOCAL"}, "cannot refer"},
		trial{s, regimetest.Nhse, &AnswerStandards{Answer: "yes", Reason: "x", Profession: "doctor",
			Referrer: "CQC"}, ""},
		trial{s, "PROVIDER", &SetLevel{Level: "routine", Reason: "x"}, "R15: "},
		trial{s, "NMC", &SetLevel{Level: "routine", Reason: "x"}, "R15: "},
		trial{s, "CCG/07K", &SetLevel{Level: "routine", Reason: "x"}, ""},
	)
}

func TestR1_R19_R21_R24_R78_WhatIsAskedOfABodyIsItsOwnToAnswerOnce(t *testing.T) {
	s := judged(t, kingsLynn).by("CQC", &OpenReferral{Profession: "nurse"}).
		by("CQC", &RequestImpact{Considers: "x", Asked: []regime.Party{"MONITOR"}}).
		by("MONITOR", &RequestInformation{To: "CQC", What: "x"})
	regulator := s.c.Referrals[0].Regulator
	other := regime.Party("GMC")
	done := s.copied().by("CQC", &NotifyEmployer{Referral: "F1"}).
		by("CQC", &Refer{Referral: "F1", Regulator: regulator}).
		by("CQC", &AnswerInformation{Request: s.c.Requests[0].ID, Answer: "x"})
	ended := done.copied().by("CQC", &EndReferral{Referral: "F1", Reason: "x"})
	impact, request := s.c.Impacts[0].ID, s.c.Requests[0].ID
	breach := s.copied().by("CQC", &JudgeBreach{Value: PotentialBreach})
	tryAll(t,
		trial{s, "MONITOR", &NotifyEmployer{Referral: "F1"}, "R1: "},
		trial{s, "CQC", &NotifyEmployer{Referral: "F2"}, "there is no referral"},
		trial{s, "CQC", &NotifyEmployer{Referral: "F1"}, ""},
		trial{done, "CQC", &NotifyEmployer{Referral: "F1"}, "already been notified"},
		trial{s, "MONITOR", &Refer{Referral: "F1", Regulator: regulator}, "R1: "},
		trial{s, "CQC", &Refer{Referral: "F1", Regulator: other}, "R19: "},
		trial{done, "CQC", &Refer{Referral: "F1", Regulator: regulator}, "already been made"},
		trial{ended, "CQC", &NotifyEmployer{Referral: "F1"}, "has ended"},
		trial{s, "MONITOR", &EndReferral{Referral: "F1", Reason: "x"}, "R1: "},
		trial{s, "MONITOR", &RequestImpact{Considers: "x", Asked: []regime.Party{"CCG/07J"}}, "R21: "},
		trial{s, "CQC", &RequestImpact{Considers: "x", Asked: []regime.Party{"MONITOR", "NMC"}}, "R21: "},
		trial{s, "CQC", &RequestImpact{Considers: "x", Asked: []regime.Party{"CQC"}}, "R21: "},
		trial{s, "MONITOR", &ReturnImpact{Request: impact, Assessment: "x"}, ""},
		trial{s, "CCG/07J", &ReturnImpact{Request: impact, Assessment: "x"}, "R21: "},
		trial{s, "MONITOR", &ReturnImpact{Request: "I9", Assessment: "x"}, "there is no impact request"},
		trial{s, "CQC", &RequestInformation{To: "QSG_LOCAL", What: "x"}, "R68: "},
		trial{s, "CQC", &RequestInformation{To: "CQC", What: "x"}, "not another body"},
		trial{s, "MONITOR", &AnswerInformation{Request: request, Answer: "x"}, "R78: "},
		trial{s, "CQC", &AnswerInformation{Request: "Q9", Answer: "x"}, "there is no request"},
		trial{s, "CQC", &AnswerInformation{Request: request, Answer: "x"}, ""},
		trial{done, "CQC", &AnswerInformation{Request: request, Answer: "x"}, "already been answered"},
		trial{s, "CQC", &AnswerBreach{Reason: "x"}, "no breach"},
		trial{breach, "MONITOR", &AnswerBreach{Reason: "x"}, "R24: "},
		trial{breach, "CQC", &AnswerBreach{Reason: "x"}, ""},
		trial{s, "MONITOR", &PassConcern{}, "R1: "},
		trial{s, "CQC", &PassConcern{To: "MONITOR"}, "--to is"},
		trial{s, "CQC", &PassConcern{To: regimetest.Nhse}, ""},
		trial{s, "CQC", &ConsiderBestPlaced{Answer: "itself", Reason: "x"}, "R1: "},
		trial{s, "MONITOR", &ConsiderBestPlaced{Answer: "itself", Reason: "x"}, ""},
		trial{s, "CQC", &AddNote{Text: "x", Corrects: -1}, "there is no entry"},
		trial{s, "CQC", &AddNote{Text: "x", Corrects: s.c.LastEntry + 1}, "there is no entry"},
		trial{s, "CQC", &AddNote{Text: "x", Corrects: s.c.LastEntry}, ""},
		trial{s, "CQC", &CorrectProvider{Type: regime.FoundationTrust, Reason: "x"}, "already the type"},
		trial{s, "CQC", &CorrectProvider{Type: regime.NHSTrust, Reason: "x"}, ""},
		trial{s, "CQC", &LinkCase{To: s.c.Ref}, "the case itself"},
		trial{s, "CQC", &LinkCase{To: "ABCD EFGH"}, "no reference"},
		trial{s, "CQC", &LinkCase{To: strings.Repeat("A", 21)}, "no reference"},
		trial{s, "CQC", &LinkCase{To: strings.Repeat("A", 20)}, ""},
		trial{s.copied().by("CQC", &LinkCase{To: "ABCD-EFGH"}), "CQC", &LinkCase{To: "ABCD-EFGH"},
			"linked to"},
		trial{s.copied().by("CQC", &LinkCase{To: "ABCD-EFGH"}), "CQC", &LinkCase{To: "ABCD-EFGX"}, ""},
	)
}
