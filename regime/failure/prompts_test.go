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
		by(regimetest.Nhse, &HoldMeeting{Present: []regime.Party{"CQC"},
			Record: "x"}).doesNotSay("R36").doesNotSay("R39")
}

func TestA32_WrittenFeedbackIsOwedAfterASummit(t *testing.T) {
	s := inSession(t, kingsLynn).at("2013-09-12 16:00").by(regimetest.Nhse, &EndSummit{})
	if d := s.duty(DutyOutcomeLetter, ""); !d.Due.Equal(regimetest.At("2013-09-16 16:00")) || d.Owner != regimetest.Nhse {
		t.Fatalf("two working days from Thursday: %+v", d)
	}
	s.by(regimetest.Nhse, &SendLetter{})
	if d := s.duty(DutyOutcomeLetter, ""); d.End != ledger.EndDone {
		t.Fatalf("%+v", d)
	}
}

// A prompt is a remark on an act: it is made where something is missing, and nowhere else.
func TestR45_PromptsSayWhatIsMissingAndWhatFollows(t *testing.T) {
	s := open(t, kingsLynn, "2014-11-03 09:00")
	calm := s.copied().by("MONITOR", &TriggerRiskSummit{Concern: "x", Source: "media"})
	urgent := s.copied().by("MONITOR", &TriggerRiskSummit{Concern: "x", Source: "media", Immediate: true})
	gp := open(t, practice, "2014-11-03 09:00")
	use := func(id regime.PowerID) *UsePower { return &UsePower{Power: id} }
	const restrained, unwarned = "R45", "No warning notice under"
	var held, follows regime.PowerID
	for _, r := range s.c.profile().Powers {
		if r.Restrained && held == "" && r.Fits(regime.FoundationTrust) {
			held = r.ID
		}
		if r.Follows != "" && follows == "" && r.Fits(regime.FoundationTrust) {
			follows = r.ID
		}
	}
	by := func(id regime.PowerID) regime.Party {
		r, _ := s.c.profile().Power(id)
		return regime.Party(r.Owners[0])
	}
	says := func(s *script, by regime.Party, act *UsePower) string { return lastSaid(s.copied().by(by, act)) }
	reasoned, immediate := use(held), use(held)
	reasoned.Reason, immediate.Immediate = "x", true
	for _, x := range []struct {
		what, said, part string
		has              bool
	}{
		{"no risk", says(s, by(held), use(held)), restrained, true},
		{"a trigger without risk", says(calm, by(held), use(held)), restrained, true},
		{"a trigger at risk", says(urgent, by(held), use(held)), restrained, false},
		{"a reason", says(s, by(held), reasoned), restrained, false},
		{"itself at risk", says(s, by(held), immediate), restrained, false},
		{"at a practice", says(gp, by(held), use(held)), restrained, false},
		{"without a warning", says(s, by(follows), use(follows)), unwarned, follows != ""},
		{"needing another", says(s, "MONITOR", use("P-MON-2")), "It needs the provider's agreement", true},
		{"needing nobody", says(s, "CQC", use("P-CQC-6")), "It needs", false},
	} {
		if strings.Contains(x.said, x.part) != x.has {
			t.Errorf("%s: %s", x.what, x.said)
		}
	}
}
