package failure

import (
	"strings"
	"testing"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/regimetest"
)

func TestBadInputIsAMistakeInOneSentenceAndChangesNothing(t *testing.T) {
	for name, act := range map[string]Act{
		"nothing given":     &TriggerRiskSummit{},
		"unknown source":    &TriggerRiskSummit{Concern: "x", Source: "rumour"},
		"control character": &TriggerRiskSummit{Concern: "x\x1b[31m", Source: "media"},
		"no UTF-8":          &TriggerRiskSummit{Concern: "x\xff", Source: "media"},
		"a megabyte":        &TriggerRiskSummit{Concern: strings.Repeat("x", 1<<20), Source: "media"},
		"learned tomorrow":  &TriggerRiskSummit{Concern: "x", Source: "media", Learned: regimetest.At("2013-09-11")},
		"the year 20013":    &TriggerRiskSummit{Concern: "x", Source: "media", Learned: regimetest.At("2013-09-11").AddDate(18000, 0, 0)},
	} {
		s := open(t, kingsLynn, "2013-09-10 09:00")
		var m *regime.Mistake
		if err := s.perform("CQC", act); !regimetest.AsMistake(err, &m) || len(m.Reason) > 300 || strings.ContainsRune(m.Reason, '\x1b') {
			t.Errorf("%s: %v", name, err)
		}
		if s.c.LastEntry != 0 || s.c.Stage != regime.UnderSurveillance {
			t.Errorf("%s: something was done", name)
		}
	}
}

func TestAnUnknownBodyOrAPersonLeftOutIsAMistake(t *testing.T) {
	s := open(t, kingsLynn, "2013-09-10 09:00")
	var m *regime.Mistake
	if err := s.perform("MARTIANS", &AddNote{Text: "x"}); !regimetest.AsMistake(err, &m) {
		t.Errorf("%v", err)
	}
	_, err := s.c.Perform(ledger.Request{By: ledger.Actor{For: "CQC"}}, &AddNote{Text: "x"}, s.now)
	if !regimetest.AsMistake(err, &m) {
		t.Errorf("%v", err)
	}
}

func TestABodyNamedWithoutItsUnitIsUnderstood(t *testing.T) {
	s := open(t, kingsLynn, "2013-09-10 09:00")
	for short, whole := range map[regime.Party]regime.Party{"NHSCB": "NHSCB/Q56", "CCG": "CCG/07J", "PROVIDER": "PROVIDER/RCX",
		"LETB": "LETB/Q56", "CQC": "CQC", "CCG/07K": "CCG/07K", "SAB": "SAB/Q56"} {
		if got := s.c.ResolveUnit(short); got != whole {
			t.Errorf("%s: %s, want %s", short, got, whole)
		}
	}
}

func TestTheTimetableTellsWhatWillHappenAndChangesNothing(t *testing.T) {
	s := judged(t, kingsLynn)
	before, begun := len(s.c.Entries)+len(s.c.Notices), s.now
	tt := s.c.Timetable(s.now, regimetest.At("2013-09-20 09:00"))
	s.at("2013-09-20 09:00")
	var said []string
	for _, f := range tt {
		if f.Kind == "" {
			said = append(said, f.What)
		}
	}
	var came []string
	for _, e := range s.c.Entries {
		if e.Verb == ledger.ByClock && e.At.After(begun) {
			came = append(came, e.Text)
		}
	}
	if before == len(s.c.Entries)+len(s.c.Notices) || strings.Join(said, "\n") != strings.Join(came, "\n") {
		t.Fatalf("foretold\n%s\ncame\n%s", strings.Join(said, "\n"), strings.Join(came, "\n"))
	}
}

func TestTheBoardNamesNoProviderPersonOrConcern(t *testing.T) {
	s := open(t, kingsLynn, "2013-09-10 09:00").by(regimetest.Nhse, &TriggerRiskSummit{
		Concern: "MARKER-CONCERN", Source: "whistleblower", Protect: true}).
		by(regimetest.Nhse, &AddNote{Text: "MARKER-NOTE"}).at("2013-09-13 09:00")
	b := s.c.Board(s.now)
	for _, secret := range []string{"MARKER", "Queen Elizabeth", "an officer"} {
		if strings.Contains(b, secret) {
			t.Errorf("the board shows %q:\n%s", secret, b)
		}
	}
	for _, want := range []string{"convening the risk summit", "OVERDUE", "convene the risk summit"} {
		if !strings.Contains(b, want) {
			t.Errorf("the board lacks %q:\n%s", want, b)
		}
	}
	for _, n := range s.c.Notices {
		if strings.Contains(n.Text, "MARKER") || strings.Contains(n.Text, "Queen") {
			t.Errorf("a notice says %q", n.Text)
		}
	}
}
