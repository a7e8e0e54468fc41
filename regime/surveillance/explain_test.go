package surveillance

import (
	"encoding/json"
	"strings"
	"testing"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/regimetest"
)

func (s *groupScript) why(what string) string {
	s.Helper()
	e, err := s.g.Why(what)
	if err != nil || e.Title == "" || len(e.Points) == 0 {
		s.Fatalf("%s: %+v, %v", what, e, err)
	}
	raw, err := json.Marshal(e)
	if err != nil {
		s.Fatal(err)
	}
	return string(raw)
}

func TestEveryDutyMailEntryMemberAndProviderOfAGroupHasAnExplanation(t *testing.T) {
	s := inConfidence(t).by(regimetest.Nhse, &AgreeLevel{Provider: "RGQ", Level: regime.EnhancedLevel, Reason: "two inspections",
		Agreed: []regime.Party{"CQC"}, Dissent: []regime.Party{"CCG/07J"}}).at("2013-04-20 10:00").
		by("CCG/07J", &ProposeGroupAction{Owner: "CQC", What: "x", Due: regimetest.At("2013-08-01 10:00")}).meet().
		by("CQC", &RaiseTheme{What: "beds"})
	listed := s.g.Explained()
	if len(listed) != len(s.g.Duties)+len(s.g.Notices)+len(s.g.Entries)+len(s.g.Concerns)+len(s.g.Actions)+
		len(s.g.Agreements)+len(s.g.Themes)+len(s.g.Meetings) || len(s.g.Concerns)*len(s.g.Actions)*len(s.g.Agreements)*len(s.g.Themes) == 0 {
		t.Errorf("%d are listed", len(listed))
	}
	for _, p := range listed {
		if text := s.why(p.On); strings.Contains(text, "whistleblower") {
			t.Errorf("%s tells the source: %s", p.On, text)
		}
	}
	for _, m := range s.g.Members {
		s.why(string(m.Party))
	}
	for _, r := range regime.Rules() {
		s.why(r.ID)
	}
	for code, want := range map[string]string{"RGQ": "two inspections", "rcx": "a body not named (C1): nights"} {
		if text := s.why(code); !strings.Contains(text, want) {
			t.Errorf("%s: %s", code, text)
		}
	}
	for p, want := range map[string]string{"CQC": "attends by risk", "GMC": "tells the group what it knows",
		"TDA": "no seat taken", "provider": "never a member", "NHS England": "a member since"} {
		if text := s.why(p); !strings.Contains(text, want) {
			t.Errorf("%s: %s", p, text)
		}
	}
}

func TestAGroupsChasingIsExplainedRungByRung(t *testing.T) {
	s := group(t, "2013-04-01 09:00").at("2013-05-20 10:00")
	d := s.owes(DutyGroupMeeting, "1")
	text := s.why(d.ID)
	for _, part := range []string{"open, and overdue", "003:L810", "'group hold'", "then every 7 days",
		"a member that had sent nothing"} {
		if !strings.Contains(text, part) {
			t.Errorf("%q is not in %s", part, text)
		}
	}
	var n ledger.Notice
	for _, m := range s.g.Notices {
		if m.Duty == d.ID {
			n = m
		}
	}
	if text := s.why(n.ID); !strings.Contains(text, "duty "+d.ID+", rung 4") || !strings.Contains(text, "the region") {
		t.Error(text)
	}
	if _, err := s.g.Why("the moon"); err == nil || regime.RefusedBy(err) != "" {
		t.Errorf("%v", err)
	}
}

func TestWhatAnotherGroupHasOpenIsExplainedByItsNumber(t *testing.T) {
	s := group(t, "2013-04-01 09:00")
	s.g.Elsewhere = []Elsewhere{{From: "Q57", FromName: "Essex", Share: Share{Provider: "RGQ",
		Open: []SharedConcern{{ID: "Q57/C1", By: "CQC", What: "bare rotas"}}}}}
	s.by("CQC", &RaiseConcern{Provider: "RGQ", What: "nights", Source: "inspection"})
	if text := s.why("q57/c1"); !strings.Contains(text, "Essex, about provider RGQ") || !strings.Contains(text, "bare rotas") ||
		strings.Contains(text, "nights") {
		t.Error(text)
	}
	if text := s.why("c1"); strings.Contains(text, "bare rotas") || !strings.Contains(text, "nights") {
		t.Error(text)
	}
}
