package failure

import (
	"strings"
	"testing"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/regimetest"
)

// said is the text of the latest entry.
func (s *script) said() string { return s.c.Entries[len(s.c.Entries)-1].Text }

func (s *script) says(want string) *script {
	s.Helper()
	if !strings.Contains(s.said(), want) {
		s.Fatalf("the entry lacks %q: %s", want, s.said())
	}
	return s
}

func (s *script) doesNotSay(word string) *script {
	s.Helper()
	if strings.Contains(s.said(), word) {
		s.Fatalf("the entry says %q: %s", word, s.said())
	}
	return s
}

func TestR8_TheProviderHasNoVoteAndCanAlwaysActOnItself(t *testing.T) {
	judged(t, kingsLynn).refused("R8", "PROVIDER", &JudgeForOneself{View: "x"}).
		refused("R8", "PROVIDER", &ProposeRingHolder{Candidate: "MONITOR"}).
		refused("R8", "PROVIDER", &CannotAgree{}).
		by("CCG", &ProposeRingHolder{Candidate: "MONITOR"}).
		refused("R8", "PROVIDER", &AssentToRingHolder{Candidate: "MONITOR"}).
		refused("R8", "PROVIDER", &ObjectToRingHolder{Candidate: "MONITOR", Reason: "x"})
	for _, s := range everyStage(t) {
		s.by("PROVIDER", &UsePower{Power: "P-PROV-1"})
	}
}

func TestR13_AMissingReasonWhyRoutineFailsIsRemarkedAndRefusesNothing(t *testing.T) {
	open(t, kingsLynn, "2013-09-10 09:00").
		by("CQC", &TriggerRiskSummit{Concern: "x", Source: "media"}).says("R13").stage(regime.Convening)
	triggered(t, kingsLynn).doesNotSay("R13")
}

func TestR30_WhetherACandidateIsFitIsAskedAndNotDemanded(t *testing.T) {
	s := judged(t, kingsLynn).by("CCG", &ProposeRingHolder{Candidate: "MONITOR"}).says("R30").
		by("CCG", &ProposeRingHolder{Candidate: "CQC", Fitness: "regulates the trust"}).doesNotSay("R30")
	if s.c.Ring.Candidates[1].Fitness == "" {
		t.Fatal("the answer is not kept")
	}
}

func TestR32_TheSuggestionIsAHintAndNobodyIsPreselected(t *testing.T) {
	s := judged(t, kingsLynn)
	if len(s.c.Ring.Candidates) != 0 || s.c.Ring.Holder != "" {
		t.Fatalf("%+v", s.c.Ring)
	}
	hint := ""
	for _, n := range s.c.Notices {
		if n.Kind == "N13" {
			hint = n.Text
		}
	}
	if !strings.Contains(hint, "A suggestion only: Monitor") {
		t.Fatalf("%q", hint)
	}
	s.at("2013-09-13 04:10")
	if s.c.Ring.Holder != regimetest.Nhse {
		t.Fatal("the suggestion was taken for a decision")
	}
}

func TestR36_R39_AnAimOrStaffWithoutAnActionIsRemarked(t *testing.T) {
	s := responding(t, kingsLynn).by(regimetest.Nhse, propose("CQC")).
		by(regimetest.Nhse, &HoldMeeting{Present: []regime.Party{"CQC"}, Record: "x"}).
		says("continue services and secure improvement (R36)").doesNotSay("safeguard patients").says("R39")
	support := propose("PROVIDER")
	support.Aim, support.Staff = SecureImprovement, true
	services := propose("CCG")
	services.Aim = ContinueServices
	s.by(regimetest.Nhse, support).by(regimetest.Nhse, services).
		by(regimetest.Nhse, &HoldMeeting{Present: []regime.Party{"CQC"}, Record: "x"}).doesNotSay("R36").doesNotSay("R39")
}

func TestA32_WrittenFeedbackIsOwedAfterASummit(t *testing.T) {
	s := inSession(t, kingsLynn).at("2013-09-12 16:00").by(regimetest.Nhse, &EndSummit{})
	if d := s.duty(regime.DutyOutcomeLetter, ""); !d.Due.Equal(regimetest.At("2013-09-16 16:00")) || d.Owner != regimetest.Nhse {
		t.Fatalf("two working days from Thursday: %+v", d)
	}
	s.by(regimetest.Nhse, &SendLetter{})
	if d := s.duty(regime.DutyOutcomeLetter, ""); d.End != ledger.EndDone {
		t.Fatalf("%+v", d)
	}
}
