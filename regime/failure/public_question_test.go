package failure

import (
	"strings"
	"testing"

	"holdthering/regime/regimetest"
)

func TestR64_SpecialMeasuresWithoutASummitPutTheQuestionOfThePublicToo(t *testing.T) {
	s := placed(t)
	if d := s.duty(DutyPublicQuestion, ""); !d.Open() || d.Owner != regimetest.Nhse {
		t.Fatalf("%+v", d)
	}
	if open := strings.Join(s.c.StandingInTheWay(), "; "); !strings.Contains(open, "public answer") {
		t.Fatalf("a case would close over it: %s", open)
	}
	s.refused("R64", "CQC", &AnswerPublic{Answer: "no", Reason: "x"}).
		by(regimetest.Nhse, &AnswerPublic{Answer: "yes", Reason: "letters to those affected"}).
		by("CQC", &DraftPlan{Support: "a telephone line"}).by("CQC", &AssentToPlan{Version: 1}).
		refused("R65", "CCG/99Z", &AssentToPlan{Version: 1})
	if open := strings.Join(s.c.StandingInTheWay(), "; "); strings.Contains(open, "the question of public information") {
		t.Fatal(open)
	}
}

func TestR64_TheQuestionIsNotPutAgainWhereAJudgementPutIt(t *testing.T) {
	s := responding(t, kingsLynn).by(regimetest.Nhse, &AnswerPublic{Answer: "no",
		Reason: "nobody is to be recalled"}).
		by("MONITOR", &DecideMeasures{Outcome: Place, Reason: "x"})
	if d := s.duty(DutyPublicQuestion, ""); d.Open() {
		t.Fatalf("%+v", d)
	}
}
