package failure

import (
	"encoding/json"
	"strings"
	"testing"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/regimetest"
)

// shows tells whether anything that people see or get holds the word.
func (s *script) shows(word string) string {
	s.Helper()
	raw, err := json.Marshal(s.c.Public())
	if err != nil {
		s.Fatal(err)
	}
	for _, e := range s.c.Entries {
		if strings.Contains(e.Text, word) {
			return "the chronology"
		}
	}
	for _, n := range s.c.Notices {
		if strings.Contains(n.Text, word) {
			return "notice " + string(n.Kind)
		}
	}
	switch {
	case strings.Contains(s.c.Board(s.now), word):
		return "the board"
	case strings.Contains(string(raw), word):
		return "the public case"
	}
	return ""
}

func sealed(t *testing.T) *script {
	s := inSession(t, kingsLynn).
		by("CQC", &JudgeForOneself{View: "SECRET", Intends: "SECRET", Dissent: true, Sealed: true}).
		by("MONITOR", &JudgeForOneself{View: "SECRET", Sealed: true})
	if where := s.shows("SECRET"); where != "" {
		t.Fatalf("%s shows a sealed view", where)
	}
	if s.c.OwnViews[0].View != "SECRET" || s.c.Public().OwnViews[0].Dissent {
		t.Fatalf("%+v, public %+v", s.c.OwnViews[0], s.c.Public().OwnViews[0])
	}
	return s
}

func TestR23_SealedViewsAreOpenedTogetherByTheChair(t *testing.T) {
	s := sealed(t).refused("R1", "CQC", &OpenSealedViews{}).by(regimetest.Nhse, &OpenSealedViews{})
	n := 0
	for _, e := range s.c.Entries {
		if strings.Contains(e.Text, "SECRET") && (e.By.For == "CQC" || e.By.For == "MONITOR") {
			n++
		}
	}
	if n != 2 || s.c.sealedViews() != 0 || s.shows("SECRET") == "" {
		t.Fatalf("%d views opened under their authors' names", n)
	}
}

func TestR23_TheCollectiveJudgementOpensThemBeforeItself(t *testing.T) {
	s := sealed(t).by(regimetest.Nhse, &JudgeCollectively{Value: FocussedAction})
	last := s.c.Entries[len(s.c.Entries)-1]
	if s.c.sealedViews() != 0 || last.Verb != "judgement collective" ||
		!strings.Contains(s.c.Entries[len(s.c.Entries)-2].Text, "SECRET") {
		t.Fatalf("%+v", s.c.Entries[len(s.c.Entries)-3:])
	}
	var m *regime.Mistake
	if err := s.perform("CQC", &JudgeForOneself{View: "x", Sealed: true}); !regimetest.AsMistake(err, &m) {
		t.Fatalf("nothing is ahead to be sealed for: %v", err)
	}
	s.by("CQC", &JudgeForOneself{View: "x"})
}

func TestThePublicCaseIsACopyAndHoldsNoDigestOfASealedView(t *testing.T) {
	s := inSession(t, kingsLynn)
	req := ledger.Request{By: ledger.Actor{For: "CQC", Person: "an officer"}, Key: "k", Fingerprint: "digest"}
	if _, err := s.c.Perform(req, &JudgeForOneself{View: "x", Sealed: true}, s.now); err != nil {
		t.Fatal(err)
	}
	p := s.c.Public()
	for _, e := range p.Entries {
		if e.Fingerprint+e.Key != "" {
			t.Fatalf("%+v", e)
		}
	}
	if again, err := s.c.Perform(req, &JudgeForOneself{View: "x", Sealed: true}, s.now); err != nil || !again.Repeated {
		t.Fatalf("it is not known again: %+v, %v", again, err)
	}
	p.Entries[0].Text, p.OwnViews[0].Sealed = "changed", false
	if s.c.Entries[0].Text == "changed" || !s.c.OwnViews[0].Sealed {
		t.Fatal("the copy is the case itself")
	}
}

func TestASealedViewIsInNobodysWay(t *testing.T) {
	blocksNothing(t, func(s *script) {
		if s.c.maySeal() == nil {
			s.by("CQC", &JudgeForOneself{View: "x", Sealed: true})
		}
	})
}

func TestR14_R23_WhatIsDoneInConfidenceDecidesNothingOnTheBoard(t *testing.T) {
	s := open(t, kingsLynn, "2013-09-10 09:00").by(regimetest.Nhse, &TriggerRiskSummit{Concern: "x", Source: "whistleblower", Protect: true}).
		by("CQC", &JudgeForOneself{View: "x", Sealed: true}).
		by("CQC", &JudgeBreach{Value: BreachSignificant})
	for _, e := range s.c.Entries {
		if want := map[string]string{"judgement regulatory": "significant breach"}[e.Verb]; e.Decided != want {
			t.Errorf("%s: %q instead of %q", e.Verb, e.Decided, want)
		}
	}
	if b := s.c.Board(s.now); !strings.Contains(b, "CQC gave the regulatory judgement: significant breach\n") {
		t.Error(b)
	}
}
