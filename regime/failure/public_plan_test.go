package failure

import (
	"slices"
	"strings"
	"testing"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/regimetest"
)

func published(t *testing.T, p regime.Provider) *script {
	return responding(t, p).refused("R64", "PROVIDER", &DraftPlan{}).
		by(regimetest.Nhse, &AnswerPublic{Answer: "yes", Reason: "patients are to be recalled"})
}

func wholePlan() *DraftPlan {
	return &DraftPlan{Support: "line", Lead: "surgeon", Experts: "college", Communications: "letters",
		Responsibility: "board"}
}

func TestR64_TheQuestionIsOwedAndItsAnswerBlocksClosingOnlyWhileOpen(t *testing.T) {
	s := judged(t, kingsLynn)
	if d := s.duty(DutyPublicQuestion, ""); !d.Open() || d.Owner != regimetest.Nhse {
		t.Fatalf("%+v", d)
	}
	s = published(t, kingsLynn)
	if s.duty(DutyPublicQuestion, "").End != ledger.EndDone || s.c.Questions.Public.Answer != "yes" {
		t.Fatalf("%+v", s.c.Questions.Public)
	}
	if d := s.duty(DutyDraftPlan, ""); !d.Open() || d.Owner != regimetest.Nhse {
		t.Fatalf("nobody owes a first draft: %+v", d)
	}
	s.by(regimetest.Nhse, &AnswerPublic{Answer: "no", Reason: "nobody was harmed"})
	if d := s.duty(DutyDraftPlan, ""); d.End != ledger.EndNotNeeded {
		t.Fatalf("%+v", d)
	}
	closable(t).by(regimetest.Nhse, &AnswerPublic{Answer: "yes", Reason: "x"}).by("PROVIDER", wholePlan()).
		refused("2.4", regimetest.Nhse, &ProposeClosing{}).
		by(regimetest.Nhse, &AnswerPublic{Answer: "no", Reason: "written to all; nobody asked for more"}).
		by(regimetest.Nhse, &ProposeClosing{}) // not over it in silence (R99)
}

func TestR65_EachAssentsForItselfAndOnlyAllTogetherAgree(t *testing.T) {
	nhsTrust := kingsLynn
	nhsTrust.Type = regime.NHSTrust
	for _, row := range []struct {
		provider       regime.Provider
		decider, other regime.Party
	}{{kingsLynn, "MONITOR", "TDA"}, {nhsTrust, "TDA", "MONITOR"}} {
		s := published(t, row.provider).by("PROVIDER", wholePlan())
		for _, p := range []regime.Party{"PROVIDER/RCX", "CQC", row.decider} {
			if d := s.duty(DutyAssentPlan, "1|"+string(p)); !d.Open() || d.Owner != p {
				t.Fatalf("%+v", d)
			}
		}
		s.refused("R65", "NQB", &AssentToPlan{Version: 1}).refused("R65", "NQB", wholePlan()).
			by(regimetest.Nhse, &AssentToPlan{Version: 1}).by("CQC", &AssentToPlan{Version: 1}).
			by("PROVIDER", &AssentToPlan{Version: 1})
		if s.c.IsMember(row.other) {
			s.by(row.other, &AssentToPlan{Version: 1})
		}
		if s.c.planAgreed() {
			t.Fatalf("%s has not assented", row.decider)
		}
		before := len(s.mailsSaying("N35", "is agreed"))
		s.by(row.decider, &AssentToPlan{Version: 1})
		if told := s.mailsSaying("N35", "is agreed"); !s.c.planAgreed() || before > 0 || !slices.Contains(told, "PROVIDER/RCX") {
			t.Fatalf("%+v, told %v", s.c.Plans, told)
		}
	}
}

func TestR65_ANewDraftVoidsTheAssentsToTheOldOne(t *testing.T) {
	s := published(t, kingsLynn).by("PROVIDER", wholePlan()).by("CQC", &AssentToPlan{Version: 1}).
		by("PROVIDER", &AssentToPlan{Version: 1}).by("MONITOR", &DraftPlan{Lead: "another"}).
		refused("R65", "MONITOR", &AssentToPlan{Version: 1}).by("MONITOR", &AssentToPlan{Version: 2})
	if s.c.planAgreed() || s.c.plan().Lead != "another" || s.c.plan().Support != "line" {
		t.Fatalf("%+v", s.c.Plans)
	}
	if s.duty(DutyAssentPlan, "1|MONITOR").End != ledger.EndNotNeeded || !s.duty(DutyAssentPlan, "2|CQC").Open() {
		t.Fatal("who owes what does not follow the versions")
	}
}

func TestR65_WhoeverHasNotAssentedIsChasedForItself(t *testing.T) {
	s := published(t, kingsLynn).by("PROVIDER", wholePlan()).by("PROVIDER", &AssentToPlan{Version: 1}).
		by("CQC", &AssentToPlan{Version: 1}).at("2013-09-15 04:10")
	got := s.told("N35")
	if last := got[len(got)-1]; last != "Sun 15 Sep 2013 04:10: MONITOR duty, NHSCB/Q56 duty" {
		t.Fatalf("%v", got)
	}
}

func TestR65_ACorrectedProviderTypeCorrectsWhoseAssentIsOwed(t *testing.T) {
	s := published(t, kingsLynn).by("PROVIDER", wholePlan()).
		by("CQC", &CorrectProvider{Type: regime.NHSTrust, Reason: "x"})
	if s.duty(DutyAssentPlan, "1|MONITOR").End != ledger.EndNotNeeded || !s.duty(DutyAssentPlan, "1|TDA").Open() {
		t.Fatal("the wrong body is still asked")
	}
}

func TestR66_AnyBodyWarnsThePublicAtAnyTimeWhateverIsNotAgreed(t *testing.T) {
	for stage, s := range everyState(t) {
		for _, p := range []regime.Party{"CQC", "PROVIDER", "ROYAL_COLLEGE", "POLICE", "CCG/07K"} {
			s.by(p, &WarnPublic{})
		}
		if got := s.told("N36"); len(got) != 5 || strings.Contains(got[0], "CQC duty") ||
			!strings.Contains(got[0], "MONITOR duty") || !strings.Contains(got[0], "PROVIDER/RCX duty") {
			t.Errorf("%s: the others are told after the fact: %v", stage, got)
		}
	}
	published(t, kingsLynn).by("PROVIDER", wholePlan()).by("CQC", &WarnPublic{What: "do not go there"})
}

func TestR66_APlannedPublicationIsAnnouncedToTheOthersAtOnce(t *testing.T) {
	s := responding(t, kingsLynn).by("CQC", &WarnPublic{What: "x", Planned: regimetest.At("2013-09-15 10:00")})
	n := s.c.Notices[len(s.c.Notices)-1]
	if n.Kind != "N36" || !strings.Contains(n.Text, "15 September 2013") {
		t.Fatalf("%+v", n)
	}
	var m *regime.Mistake
	if err := s.perform("CQC", &WarnPublic{Planned: regimetest.At("2013-09-01")}); !regimetest.AsMistake(err, &m) {
		t.Fatalf("planned for the past: %v", err)
	}
}

func TestR67_AMissingPartOfThePlanIsRemarkedAndNothingIsRefused(t *testing.T) {
	s := published(t, kingsLynn).by("PROVIDER", &DraftPlan{Support: "line"})
	text := s.c.Entries[len(s.c.Entries)-1].Text
	for _, part := range []string{"independent expert", "recruiting experts", "communications strategy",
		"lines of responsibility", "R67"} {
		if !strings.Contains(text, part) {
			t.Errorf("%q is not remarked: %s", part, text)
		}
	}
	s.by("CQC", wholePlan())
	if text := s.c.Entries[len(s.c.Entries)-1].Text; strings.Contains(text, "R67") {
		t.Fatalf("nothing is missing: %s", text)
	}
}
