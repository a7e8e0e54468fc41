package surveillance

import (
	"slices"
	"strings"
	"testing"

	"holdthering/regime"
	"holdthering/regime/regimetest"
)

func TestR101_WhatAGroupDecidesIsProposedToWhomItMeans(t *testing.T) {
	for outcome, want := range map[GroupOutcome]regime.Party{
		AskToInspect: "CQC", ResponsiveReview: "CCG/07K", SingleItemMeeting: "CCG/07K", MemberActs: "CCG/07K",
		AskForInformation: "CCG/07K",
	} {
		s := group(t, "2013-04-02 09:00").by(regimetest.Nhse, &ConsiderProvider{Provider: "RCX", Outcome: outcome,
			Lead: "CCG/07K", Conclusion: "three see the same"})
		if len(s.g.Actions) != 1 {
			t.Fatalf("%s: %+v", outcome, s.g.Actions)
		}
		a := s.g.Actions[0]
		if a.Owner != want || a.Status != regime.ActionProposed || a.Provider != "RCX" ||
			!strings.Contains(a.What, "three see the same") {
			t.Errorf("%s: %+v", outcome, a)
		}
		if told := s.told("N18"); len(told) != 1 || !strings.Contains(told[0], string(want)+" duty") {
			t.Errorf("%s: %v", outcome, told)
		}
		s.saysIn("A1")
		// Its own to decline, and nobody else's.
		s.refused("R1", "MONITOR", &DeclineGroupAction{Action: "A1", Reason: "x"})
		s.by(want, &DeclineGroupAction{Action: "A1", Reason: "planned for spring"})
		if s.owes(DutyAnswerGroupAction, "A1") != nil {
			t.Errorf("%s: an answer is owed still", outcome)
		}
	}
}

func TestR101_TheLeadIsToldWhereAnotherIsAsked(t *testing.T) {
	s := group(t, "2013-04-02 09:00").by(regimetest.Nhse, &ConsiderProvider{Provider: "RCX", Outcome: AskToInspect,
		Lead: "CCG/07K"})
	if told := s.told("N58"); len(told) != 1 || !strings.HasSuffix(told[0], "CCG/07K duty") {
		t.Errorf("%v", told)
	}
}

func TestR101_WithoutALeadWhoSupportsTheGroupOrEverybodyIsAsked(t *testing.T) {
	s := group(t, "2013-04-02 09:00").by("CQC", &ConsiderProvider{Provider: "RCX", Outcome: SingleItemMeeting})
	if s.g.Actions[0].Owner != regimetest.Nhse {
		t.Errorf("%+v", s.g.Actions[0])
	}
	s.by("CQC", &ConsiderProvider{Provider: "RGP", Outcome: AskForInformation})
	if told := s.told("N58"); len(told) != 1 || strings.Count(told[0], ",") != len(s.g.Members)-1 {
		t.Errorf("%v", told)
	}
}

func TestR101_TheSameIsNotAskedTwiceAndWhatABodyAsksOfItselfItHasAccepted(t *testing.T) {
	ask := &ConsiderProvider{Provider: "RCX", Outcome: AskToInspect}
	s := group(t, "2013-04-02 09:00").by(regimetest.Nhse, ask).by(regimetest.Nhse, ask).saysIn("already (A1)")
	if len(s.g.Actions) != 1 {
		t.Fatalf("%+v", s.g.Actions)
	}
	s.by("CQC", &DeclineGroupAction{Action: "A1", Reason: "x"}).by(regimetest.Nhse, ask)
	if len(s.g.Actions) != 2 {
		t.Fatal("what was declined cannot be asked again")
	}
	own := group(t, "2013-04-02 09:00").by("CQC", ask)
	if a := own.g.Actions[0]; a.Status != regime.ActionAccepted || own.owes(DutyDoGroupAction, "A1") == nil {
		t.Errorf("%+v", a)
	}
}

func TestR101_ASummitSpokenOfIsTriggeredInHoursOrItIsSaidWhyNot(t *testing.T) {
	speak := &ConsiderProvider{Provider: "RCX", Outcome: TriggerSummit, Lead: "CCG/07K"}
	s := group(t, "2013-04-02 09:00").by(regimetest.Nhse, speak)
	d := s.owes(DutySummitOrWhyNot, "RCX")
	if d == nil || d.Owner != "CCG/07K" || !d.Due.Equal(regimetest.At("2013-04-03 09:00")) {
		t.Fatalf("%+v", d)
	}
	if told := s.told("N58"); len(told) != 1 || !strings.Contains(told[0], "CCG/07K duty") {
		t.Errorf("%v", told)
	}
	s.refused("R101", "CQC", &SayWhyNoSummit{Provider: "RCX", Reason: "x"})
	triggered := s.copied().by(regimetest.Nhse, &NoteCase{Case: "K7QM-3XRD", Provider: "RCX", Stage: regime.Convening})
	if triggered.owes(DutySummitOrWhyNot, "RCX") != nil {
		t.Error("a summit was triggered, and the answer is owed still")
	}
	late := s.copied().at("2013-04-03 09:00")
	if told := late.told("N58"); !strings.Contains(told[len(told)-1], "NHSCB/Y55 duty") {
		t.Errorf("the region does not hear: %v", told)
	}
	s.by("CCG/07K", &SayWhyNoSummit{Provider: "RCX", Reason: "an inspection begins on Monday"})
	if s.owes(DutySummitOrWhyNot, "RCX") != nil {
		t.Error("owed still")
	}
	if all := linesOf(s.item(itemEscalations)); !strings.Contains(all, "an inspection begins on Monday") {
		t.Errorf("the agenda lacks why not: %s", all)
	}
	if told := s.told("N58"); strings.Count(told[len(told)-1], ",") != len(s.g.Members)-1 {
		t.Errorf("the members do not hear why not: %v", told)
	}
}

func TestR101_WherePatientsAreAtRiskTheAnswerIsOwedSooner(t *testing.T) {
	s := group(t, "2013-04-02 09:00").by("CQC", &RaiseConcern{Provider: "RCX", What: "x", Urgent: true}).
		by(regimetest.Nhse, &ConsiderProvider{Provider: "RCX", Outcome: TriggerSummit})
	if d := s.owes(DutySummitOrWhyNot, "RCX"); !d.Due.Equal(regimetest.At("2013-04-02 13:00")) {
		t.Errorf("%v", d.Due)
	}
}

func TestR101_AResponsiveReviewHasTermsADateAReportAndThoseWhoGetIt(t *testing.T) {
	s := group(t, "2013-04-02 09:00").by(regimetest.Nhse, &ConsiderProvider{Provider: "RCX", Outcome: ResponsiveReview,
		Lead: "CCG/07K"})
	s.refused("R101", "CCG/07K", &AcceptGroupAction{Action: "A1"})
	s.refused("R101", "CCG/07K", &GiveReviewReport{Action: "A1", Report: "x"})
	terms := &SetReviewTerms{Action: "A1", Terms: "night staffing", Experts: "a nurse director from elsewhere",
		Due: regimetest.At("2013-05-01 17:00"), To: []regime.Party{"CQC", "MONITOR"}}
	s.refused("R1", "CQC", terms).by("CCG/07K", terms)
	if d := s.owes(DutyReviewReport, "A1"); d == nil || d.Owner != "CCG/07K" {
		t.Fatalf("%+v", d)
	}
	s.refused("R101", "CCG/07K", &CompleteGroupAction{Action: "A1", Evidence: "x"})
	if told := s.told("N60"); len(told) != 1 || !strings.HasSuffix(told[0], "CQC duty, MONITOR duty") {
		t.Errorf("%v", told)
	}
	s.at("2013-05-09 09:00") // the report is asked for
	asked := s.told("N60")
	if len(asked) != 4 || !strings.Contains(asked[3], "CCG/07K") {
		t.Errorf("%v", asked)
	}
	s.by("CCG/07K", &GiveReviewReport{Action: "A1", Report: "two wards below", Where: "the group's file"}).
		saysIn("two wards below", "the group's file")
	if s.owes(DutyReviewReport, "A1") != nil || s.g.Actions[0].Status != regime.ActionDone {
		t.Errorf("%+v", s.g.Actions[0])
	}
	if told := s.told("N60"); !strings.HasSuffix(told[len(told)-1], "CQC duty, MONITOR duty") {
		t.Errorf("%v", told)
	}
}

func TestR116_WhatAReviewOfTheGroupRecommendsIsProposedAsActionsAndAskedAfterAgain(t *testing.T) {
	s := group(t, "2013-04-02 09:00").by(regimetest.Nhse, &ConsiderProvider{Provider: "RCX", Outcome: ResponsiveReview, Lead: "CCG/07K"}).
		by("CCG/07K", &SetReviewTerms{Action: "A1", Terms: "night staffing", Due: regimetest.At("2013-05-01 17:00")})
	recommended := &ProposeGroupAction{Owner: "CQC", What: "look at nights", Due: regimetest.At("2013-07-01"), Review: "a1"}
	s.refused("", "CCG/07K", recommended)
	s.by("CCG/07K", &GiveReviewReport{Action: "A1", Report: "two wards below"})
	if got := linesOf(s.item("actions")); !strings.Contains(got, "The report of review A1 of provider RCX is there, and no action") {
		t.Error(got)
	}
	s.by("CCG/07K", recommended).saysIn("Proposed action A2 to CQC", "which review A1 recommends")
	if a := s.g.action("A2"); a.Recommended != "A1" || !a.Important || a.Provider != "RCX" {
		t.Errorf("%+v", a)
	}
	if got := linesOf(s.item("actions")); strings.Contains(got, "and no action") {
		t.Error(got)
	}
	s.by("CQC", &AcceptGroupAction{Action: "A2"}).by("CQC", &CompleteGroupAction{Action: "A2", Evidence: "the report"})
	if s.owes(regime.DutyStillHolds, "A2") == nil {
		t.Error("what a review recommends is not asked after again")
	}
	if e, err := s.g.Why("A1"); err != nil || !strings.Contains(regimetest.AsText(e), "Report of the review") && len(e.Points) < 4 {
		t.Errorf("%+v %v", e, err)
	}
}

func TestR102_AnUrgentConcernIsChasedUntilItIsAnsweredAlsoAtTheRegion(t *testing.T) {
	s := group(t, "2013-04-02 09:00").by("HEALTHWATCH_LOCAL/Q56", &RaiseConcern{Provider: "RCX", What: "a man died waiting",
		Urgent: true}).at("2013-04-09 10:00")
	told := s.told("N59")
	if len(told) < 8 || !slices.ContainsFunc(told, func(n string) bool { return strings.Contains(n, "NHSCB/Y55") }) {
		t.Fatalf("%v", told)
	}
	s.by("CQC", &AnswerConcern{Concern: "C1", Answer: "two inspectors are on site"})
	if s.owes(DutyAnswerUrgent, "C1") != nil {
		t.Error("chased still")
	}
	n := len(s.told("N59"))
	if last := s.told("N59")[n-1]; !strings.Contains(last, "HEALTHWATCH_LOCAL/Q56") {
		t.Errorf("who raised it does not hear of the answer: %s", last)
	}
	if s.at("2013-06-01 10:00"); len(s.told("N59")) != n {
		t.Error("what is answered is chased")
	}
	if all := linesOf(s.item(itemUrgent)); !strings.Contains(all, "two inspectors are on site") {
		t.Errorf("the agenda lacks the answer: %s", all)
	}
}

func TestR102_WhatACaseTakesUpIsNotChased(t *testing.T) {
	s := group(t, "2013-04-02 09:00").by("CQC", &RaiseConcern{Provider: "RCX", What: "x", Urgent: true}).
		by("CCG/07K", &LinkConcern{Concerns: "C1", Case: "K7QM-3XRD"}).saysIn("open here until the case itself takes it along")
	if s.owes(DutyAnswerUrgent, "C1") == nil {
		t.Error("a word that a case came from it ends the chase, and nobody has acknowledged it")
	}
	s.by("CCG/07J", &AcknowledgeGroupAlert{}).by("CCG/07K", &LinkConcern{Concerns: "C1", Case: "AAAA-BBBB"})
	if !s.g.concern("C1").Settled.IsZero() {
		t.Error("the number of a case that the group knows nothing of ends an urgent concern")
	}
	s.by(regimetest.Nhse, &NoteCase{Case: "K7QM-3XRD", Provider: "RCX", Stage: regime.Convening, Profile: "ENGLAND_2013"}).
		saysIn("It takes along C1")
	if s.owes(DutyAnswerUrgent, "C1") != nil {
		t.Error("chased still")
	}
}

func TestR102_WhoToldInConfidenceIsNotFoundByTheAnswersMails(t *testing.T) {
	s := group(t, "2013-04-02 09:00").by("GMC", &RaiseConcern{Provider: "RCX", What: "x", Urgent: true, Confidential: true}).
		by("CQC", &AnswerConcern{Concern: "C1", Answer: "y"})
	for _, n := range s.told("N59") {
		if strings.Contains(n, "GMC") || strings.Contains(n, "UNNAMED") {
			t.Errorf("%s", n)
		}
	}
}

func TestR101_WhereACaseIsOpenNobodyIsAskedForASummit(t *testing.T) {
	s := group(t, "2013-04-02 09:00").by(regimetest.Nhse, &NoteCase{Case: "K7QM-3XRD", Provider: "RCX", Stage: regime.Convening}).
		by(regimetest.Nhse, &ConsiderProvider{Provider: "RCX", Outcome: TriggerSummit, Lead: "CCG/07K"}).
		saysIn("K7QM-3XRD")
	if d := s.owes(DutySummitOrWhyNot, "RCX"); d != nil {
		t.Errorf("%+v", d)
	}
}

func TestR89_NewsOfACaseThatWasNeverOpenHereLowersNoLevel(t *testing.T) {
	closed := &NoteCase{Case: "K7QM-3XRD", Provider: "RCX", Stage: regime.Closed, Level: regime.RoutineLevel, Reason: "x"}
	s := group(t, "2013-04-02 09:00").by("CQC", &AgreeLevel{Provider: "RCX", Level: regime.EnhancedLevel, Reason: "x"})
	if w := s.copied().by(regimetest.Nhse, closed).g.provider("RCX"); w.Level != regime.EnhancedLevel || w.Lowering != nil {
		t.Errorf("%+v", w)
	}
	s.by(regimetest.Nhse, &NoteCase{Case: "K7QM-3XRD", Provider: "RCX", Stage: regime.Convening}).by(regimetest.Nhse, closed)
	if w := s.g.provider("RCX"); w.Lowering == nil || w.Lowering.To != regime.RoutineLevel {
		t.Errorf("the case that was open here leaves its level, once all could object: %+v", w)
	}
}
