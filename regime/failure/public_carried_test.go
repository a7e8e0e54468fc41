package failure

import (
	"strings"
	"testing"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/regimetest"
)

// agreed is a case whose plan for the public each of those concerned has assented to.
func agreed(t *testing.T) *script {
	return closable(t).by(regimetest.Nhse, &AnswerPublic{Answer: "yes", Reason: "x"}).by("PROVIDER", wholePlan()).
		by("PROVIDER", &AssentToPlan{Version: 1}).by("CQC", &AssentToPlan{Version: 1}).by("MONITOR", &AssentToPlan{Version: 1})
}

func TestR99_TheAgreedPlanIsOwedPartByPartPublishedAndWithAnOpenLine(t *testing.T) {
	s := agreed(t)
	for _, part := range planParts {
		if d := s.duty(DutyAssignPlanPart, string(part)); !d.Open() || d.Owner != regimetest.Nhse {
			t.Errorf("%s: %+v", part, d)
		}
	}
	for _, k := range []regime.DutyKind{DutyPublishPlan, DutyOpenLine} {
		if d := s.duty(k, ""); !d.Open() || d.Owner != regimetest.Nhse {
			t.Errorf("%s: %+v", k, d)
		}
	}
	// A part is an action of its owner's: proposed, accepted and shown to be done by it alone (R1).
	s.by("CQC", &AssignPlanPart{Part: "experts", Owner: "GMC", Due: regimetest.At("2013-10-01")})
	a := s.c.Actions[len(s.c.Actions)-1]
	if a.Owner != "GMC" || a.Status != regime.ActionProposed || !strings.Contains(a.What, "college") || !s.duty(DutyAnswerAction, a.ID).Open() {
		t.Fatalf("%+v", a)
	}
	if d := s.duty(DutyAssignPlanPart, "experts"); d.End != ledger.EndDone {
		t.Errorf("%+v", d)
	}
	s.by("GMC", &DeclineAction{Action: a.ID, Reason: "not its part"})
	if d := s.duty(DutyAssignPlanPart, "experts"); !d.Open() {
		t.Errorf("a part that was declined is owed again: %+v", d)
	}
	s.by("PROVIDER", &PublishPublicPlan{URL: "https://trust.example/p"}).by("PROVIDER", &OpenPublicLine{How: "a number"})
	for _, k := range []regime.DutyKind{DutyPublishPlan, DutyOpenLine} {
		if d := s.duty(k, ""); d.End != ledger.EndDone {
			t.Errorf("%s: %+v", k, d)
		}
	}
	due := regimetest.At("2013-10-01")
	tryAll(t,
		trial{s, "NQB", &PublishPublicPlan{URL: "x"}, "R65: "}, trial{s, "NQB", &OpenPublicLine{How: "x"}, "R65: "},
		trial{s, "CQC", &AssignPlanPart{Part: "lead", None: "x"}, "R99: "},
		trial{s, regimetest.Nhse, &AssignPlanPart{Part: "lead", None: "x"}, ""},
		trial{s, regimetest.Nhse, &AssignPlanPart{Part: "lead", None: "x", Owner: "CQC"}, "in place of"},
		trial{s, regimetest.Nhse, &AssignPlanPart{Part: "lead", Owner: "CQC"}, "--owner and --due"},
		trial{s, regimetest.Nhse, &AssignPlanPart{Part: "lead", Owner: "QSG_LOCAL", Due: due}, "R68: "},
		trial{s, regimetest.Nhse, &AssignPlanPart{Part: OpenLine, Owner: "CQC", Due: due}, "when it is done"},
		trial{published(t, kingsLynn).by("PROVIDER", wholePlan()), "PROVIDER", &PublishPublicPlan{URL: "x"}, "R99: "},
		trial{closable(t), "PROVIDER", &OpenPublicLine{How: "x"}, "R99: "},
	)
}

func TestR99_ACaseDoesNotCloseOverThePlanInSilence(t *testing.T) {
	s := agreed(t)
	closing := &ProposeClosing{}
	step := func(by regime.Party, act Act) {
		t.Helper()
		s.refused("2.4", regimetest.Nhse, closing).by(by, act)
	}
	for _, part := range planParts[1:] {
		step(regimetest.Nhse, &AssignPlanPart{Part: part, None: "x"})
	}
	step("PROVIDER", &PublishPublicPlan{URL: "x"})
	step(regimetest.Nhse, &AssignPlanPart{Part: OpenLine, None: "letters to all instead"})
	step(regimetest.Nhse, &AssignPlanPart{Part: "support", Owner: "PROVIDER", Due: regimetest.At("2013-10-01")})
	step("PROVIDER", &AcceptAction{Action: "A2"})
	step("PROVIDER", &CompleteAction{Action: "A2", Evidence: "two counsellors"})
	s.by(regimetest.Nhse, closing)
}

func TestR99_R64_WhereCQCActsWithNoSummitTheQuestionIsAnsweredAndAPlanMade(t *testing.T) {
	none := open(t, kingsLynn, "2013-09-10 09:00")
	none.refused("R64", "CQC", &AnswerPublic{Answer: "yes", Reason: "x"})
	s := none.by("CQC", &JudgeBreach{Value: BreachSignificant}).by("CQC", &UsePower{Power: "P-CQC-6"})
	if d := s.duty(DutyPublicQuestion, ""); !d.Open() || d.Owner != regimetest.Nhse {
		t.Fatalf("%+v", d)
	}
	tryAll(t, trial{s, "CQC", &AnswerPublic{Answer: "yes", Reason: "x"}, ""},
		trial{s, regimetest.Nhse, &AnswerPublic{Answer: "yes", Reason: "x"}, ""},
		trial{s, "MONITOR", &AnswerPublic{Answer: "yes", Reason: "x"}, "R64: "})
	s.by("CQC", &AnswerPublic{Answer: "yes", Reason: "x"}).by("PROVIDER", wholePlan()).by("PROVIDER", &AssentToPlan{Version: 1}).
		by("CQC", &AssentToPlan{Version: 1}).by("MONITOR", &AssentToPlan{Version: 1}).
		by("CQC", &PublishPublicPlan{URL: "x"})
	quiet := open(t, kingsLynn, "2013-09-10 09:00").by("CQC", &UsePower{Power: "P-CQC-7"})
	if quiet.c.Duty(DutyPublicQuestion, "") != nil {
		t.Error("to inspect finds no failure")
	}
	stops := open(t, kingsLynn, "2013-09-10 09:00").by("CQC", &UsePower{Power: "P-CQC-1"})
	if stops.c.Duty(DutyPublicQuestion, "") == nil {
		t.Error("a service is stopped")
	}
}
