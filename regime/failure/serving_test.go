package failure

import (
	"slices"
	"strings"
	"testing"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/regimetest"
)

// ofNorfolk is a case that names the people whom the provider serves.
func ofNorfolk(t *testing.T, more ...regime.Party) *script {
	t.Helper()
	s := open(t, kingsLynn, "2013-09-10 09:00")
	s.c.Serves = append([]regime.Party{"LA_COMM/E10000020", "LA_SAFEGUARDING/E10000020", "SAB/E10000020", "LSCB/E10000020",
		"HEALTHWATCH_LOCAL/E10000020", "POLICE/E23000024"}, more...)
	return s.trigger()
}

func TestR107_ABodyThatIsNamedAloneIsTheOneOfThePeopleServed(t *testing.T) {
	s := ofNorfolk(t)
	for body, want := range map[regime.Party]regime.Party{"LSCB": "LSCB/E10000020", "POLICE": "POLICE/E23000024",
		"LA_COMM": "LA_COMM/E10000020", "LETB": "LETB/Q56"} {
		if got := s.c.ResolveUnit(body); got != want {
			t.Errorf("%s is %s", body, got)
		}
	}
}

func TestR107_R15_OfManyCouncilsThoseOfThePeopleServedAreInvited(t *testing.T) {
	s := ofNorfolk(t)
	for _, p := range []regime.Party{"LA_COMM/E10000020", "LA_COMM/E10000029", "HEALTHWATCH_LOCAL/E10000029"} {
		s.c.addMember(p)
	}
	s.by(regimetest.Nhse, &ConveneSummit{At: regimetest.At("2013-09-12 10:00")})
	if got := s.c.Summit.invited(); !slices.Contains(got, "LA_COMM/E10000020") || slices.Contains(got, "LA_COMM/E10000029") {
		t.Errorf("%v", got)
	}
}

func TestR107_TheCouncilsArePutInThePlaceOfAnAreasSeat(t *testing.T) {
	s := ofNorfolk(t, "LSCB/Q56")
	req := ledger.Request{By: ledger.Actor{For: regimetest.Nhse, Person: "an officer", Channel: "test"}, Names: []regime.UnitName{
		{Party: "POLICE/E23000025", Name: "Police, Suffolk"}, {Party: "LSCB/E10000029", Name: "Local Safeguarding Children Board, Suffolk"}}}
	if _, err := s.c.Perform(req, &ServePeople{Councils: []regime.Party{"LA_COMM/E10000029"}}, s.now); err != nil {
		t.Fatal(err)
	}
	if slices.Contains(s.c.Serves, "LSCB/Q56") || !slices.Contains(s.c.Serves, "LSCB/E10000029") ||
		!slices.Contains(s.c.Serves, "POLICE/E23000025") || !s.c.IsMember("LA_COMM/E10000029") ||
		s.c.Name("LSCB/E10000029") != "Local Safeguarding Children Board, Suffolk" {
		t.Errorf("%v %v", s.c.Serves, s.c.Units)
	}
	s.refused("R107", "GMC", &ServePeople{Councils: []regime.Party{"LA_COMM/E10000003"}}).
		refusedSaying("is no council by name", regimetest.Nhse, &ServePeople{Councils: []regime.Party{"LA_COMM/Q56"}}).
		refusedSaying("does not serve", regimetest.Nhse, &ServePeople{Councils: []regime.Party{"LA_COMM/E10000003"}, Area: "Q71"})
}

func TestR108_TheTeamsOfAllAreasAreTold(t *testing.T) {
	p := kingsLynn
	p.OtherAreas = []string{"Q57", "Q59"}
	s := triggered(t, p).by("CQC", &FlagSafeguarding{About: regime.Adult}).by("CQC", &FlagSafeguarding{About: regime.Child})
	adult, child := strings.Join(s.told("N8"), ";"), strings.Join(s.told("N9"), ";")
	for _, area := range []string{"Q56", "Q57", "Q59"} {
		if !strings.Contains(adult, "LA_SAFEGUARDING/"+area+" duty") || !strings.Contains(child, "LSCB/"+area+" duty") {
			t.Errorf("%s: %s / %s", area, adult, child)
		}
	}
	if text := s.c.Entries[len(s.c.Entries)-1].Text; strings.Count(text, "for its whole area") != 3 {
		t.Errorf("it is not said that the seats stand for whole areas: %s", text)
	}
	if s.c.Duty(DutyNameBoard, "S1") == nil || s.c.Duty(DutyNameBoard, "S2") == nil {
		t.Error("it is not asked which board is relevant")
	}
}

func TestR108_TheChairSaysWhichBoardIsRelevant(t *testing.T) {
	s := ofNorfolk(t).by("CQC", &FlagSafeguarding{About: regime.Child})
	if s.c.Duty(DutyNameBoard, "S1") != nil || !strings.Contains(strings.Join(s.told("N9"), ";"), "LSCB/E10000020 duty") {
		t.Errorf("of one board that is known by name nothing is asked: %v", s.told("N9"))
	}
	s = ofNorfolk(t, "LSCB/E10000003").by("CQC", &FlagSafeguarding{About: regime.Child})
	name := &NameBoard{Flag: "S1", Boards: []regime.Party{"LSCB/E10000013"}, Reason: "the child lives there"}
	s.refused("R108", "CQC", name).refusedSaying("is no Local Safeguarding Children Board", s.c.chair(),
		&NameBoard{Flag: "S1", Boards: []regime.Party{"LA_SAFEGUARDING/E10000020"}, Reason: "x"}).
		refusedSaying("there is no safeguarding flag", s.c.chair(), &NameBoard{Flag: "S9", Boards: name.Boards, Reason: "x"})
	if s.c.Duty(DutyNameBoard, "S1") == nil {
		t.Fatal("of two boards it is not asked which")
	}
	s.by(s.c.chair(), name)
	told := s.told("N9")
	if s.c.Duty(DutyNameBoard, "S1") != nil || !strings.Contains(told[len(told)-1], "LSCB/E10000013 duty") {
		t.Errorf("%v", told)
	}
	if got := s.c.boardsOf(regime.Child, "S1"); !slices.Equal(got, name.Boards) {
		t.Errorf("%v", got)
	}
	s.refusedSaying("--board:", "CQC", &FlagSafeguarding{About: regime.Adult, Boards: []regime.Party{"LSCB/E10000020"}})
}
