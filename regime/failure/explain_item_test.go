package failure

import (
	"strings"
	"testing"

	"holdthering/regime/regimetest"
	"holdthering/regime/words"
)

func TestWhyTellsWhatBecameOfAWarningAnActionAndAPower(t *testing.T) {
	s := responding(t, kingsLynn).
		by("CQC", &ServeWarning{View: "v", Care: "c", Reasons: "r", Require: "q",
			Due: regimetest.At("2013-10-30 10:00")}).
		by("MONITOR", &UsePower{Power: "P-MON-1"}).
		by(regimetest.Nhse, &ProposeAction{Owner: "MONITOR", Aim: SecureImprovement, What: "x",
			Due: regimetest.At("2013-10-01 10:00")}).
		by("MONITOR", &AcceptAction{Action: "A1"})
	for id, want := range map[string]string{
		"W1": "is to determine whether warning notice W1 was complied with",
		"u1": "is to decide, after representations, on its notice U1",
		"A1": "is to accept or decline action A1; done on",
	} {
		e, err := s.c.Why(id)
		if err != nil || e.Title == "" || len(e.Rules) == 0 {
			t.Fatalf("%s: %+v, %v", id, e, err)
		}
		var said []string
		for _, p := range e.Points {
			said = append(said, p.Says)
		}
		if !strings.Contains(strings.Join(said, "\n"), want) {
			t.Errorf("%s: %s", id, strings.Join(said, "\n"))
		}
	}
	if e, err := s.c.Why("A10"); err != nil || e.Title == "" || e.Rules[0].ID != "A10" {
		t.Errorf("what the case does not have is still a rule: %+v, %v", e, err)
	}
	if _, err := s.c.Why("W9"); err == nil {
		t.Error("no such notice")
	}
}

func TestAThingIsExplainedByWhatNamesItAlone(t *testing.T) {
	s := responding(t, kingsLynn).by("CCG/07J", &UsePower{Power: "P-COM-1"}).by("CQC", &UsePower{Power: "P-CQC-6"})
	e, err := s.c.Why("U1")
	if err != nil {
		t.Fatal(err)
	}
	entries := 0
	for _, p := range e.Points {
		entries += words.Flag(p.On == "entry")
	}
	if entries != 1 || !strings.Contains(e.Title, "U1") {
		t.Errorf("%+v", e)
	}
}
