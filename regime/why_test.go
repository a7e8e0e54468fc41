package regime

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

// why asks and gives the answer as one text.
func (s *script) why(what string) string {
	s.Helper()
	e, err := s.c.Why(what)
	if err != nil {
		s.Fatal(err)
	}
	raw, err := json.Marshal(e)
	if err != nil {
		s.Fatal(err)
	}
	return string(raw)
}

func (s *script) holds(text string, parts ...string) {
	s.Helper()
	for _, p := range parts {
		if !strings.Contains(text, p) {
			s.Errorf("%q is not in %s", p, text)
		}
	}
}

func TestADutyIsExplainedFromItsEntryToItsLastRung(t *testing.T) {
	s := responding(t, kingsLynn)
	d := s.duty(DutyFirstMeeting, "")
	text := s.why(strings.ToLower(d.ID))
	s.holds(text, `"about":"`+d.ID+`"`, "Record the collective judgement",
		"48 elapsed hours after Thursday 12 September 2013, 16:10 UK time = "+
			"Saturday 14 September 2013, 16:10 UK time", "laid down by a source", "003:L858")
	e, _ := s.c.Why(d.ID)
	row, _ := s.c.profile().Duty(d.Kind)
	if len(e.Rungs) < len(row.Ladder) || len(e.Rules) != 1 || e.Rules[0].ID != row.Rule {
		t.Errorf("%d rungs, rules %v", len(e.Rungs), e.Rules)
	}
	s.at("2013-09-15 10:00")
	s.holds(s.why(d.ID), "open, and overdue", `"mails":[{"notice":"n`)
}

func TestAMailIsExplainedByItsEventOrItsRung(t *testing.T) {
	s := responding(t, kingsLynn).at("2013-09-14 12:00")
	rung, event := false, false
	for _, n := range s.c.Notices {
		e, err := s.c.Why(n.ID)
		if err != nil {
			t.Fatal(err)
		}
		if len(e.Told) != len(n.To) || len(e.Rules) != 1 {
			t.Errorf("%s: %+v", n.ID, e)
		}
		for _, to := range e.Told {
			if to.Why == "" || to.Came != "accepted by the mail service" &&
				!strings.HasPrefix(to.Came, "goes Mon 16 Sep 2013 08:00") {
				t.Errorf("%s (%s) does not say why %s", n.ID, n.Kind, to.Party)
			}
		}
		rung = rung || strings.Contains(s.why(n.ID), ", rung ")
		event = event || strings.Contains(s.why(n.ID), "entry ")
	}
	if !rung || !event {
		t.Error("no mail of a rung, or none of an event")
	}
}

func TestEveryEntryDutyMailMemberAndRuleHasAnExplanation(t *testing.T) {
	for stage, s := range everyStage(t) {
		listed := s.c.Explained()
		if len(listed) != len(s.c.Duties)+len(s.c.Notices)+len(s.c.Entries) {
			t.Errorf("%s: %d are listed", stage, len(listed))
		}
		for _, p := range listed {
			if e, err := s.c.Why(p.On); err != nil || e.Title == "" || len(e.Points) == 0 {
				t.Errorf("%s, %s: %v", stage, p.On, err)
			}
		}
		for _, m := range s.c.Members {
			if _, err := s.c.Why(string(m.Party)); err != nil {
				t.Errorf("%s, %s: %v", stage, m.Party, err)
			}
		}
	}
	s := responding(t, kingsLynn)
	for _, r := range Rules() {
		if e, err := s.c.Why(r.ID); err != nil || e.Title != r.Says {
			t.Errorf("%s: %v", r.ID, err)
		}
	}
}

func TestAPartyIsToldWhyItWasInvitedOrLeftOut(t *testing.T) {
	s := triggered(t, kingsLynn).by(nhse, &ConveneSummit{At: at("2013-09-12 10:00"),
		Also: []Party{"GMC"}, Why: "trainees", LeftOut: []Party{"POLICE"}, WhyNot: "no crime"})
	s.holds(s.why("police"), "considered and left out: no crime")
	s.holds(s.why("GMC"), "invited by the circumstances: trainees", "brought in")
	s.holds(s.why("CQC"), "relevant to this type of provider", "has not answered")
	s.holds(s.why("NMC"), "neither invited")
	s.holds(s.why("provider"), "never a member")
}

func TestAnExplanationTellsNothingThatIsSealedOrProtected(t *testing.T) {
	s := inSession(t, kingsLynn)
	s.by("CQC", &JudgeForOneself{View: "the ward must close", Sealed: true})
	s.by("CCG/07J", &RecordConcern{Kind: "training-unsafe", Profession: "doctor", What: "nights",
		Source: "whistleblower", SourceNote: "the night registrar", Protect: true})
	for _, p := range s.c.Explained() {
		text := s.why(p.On)
		for _, secret := range []string{"the ward must close", "night registrar"} {
			if strings.Contains(text, secret) {
				t.Errorf("%s tells %q: %s", p.On, secret, text)
			}
		}
	}
}

func TestExplainingChangesNothing(t *testing.T) {
	s := responding(t, kingsLynn)
	before, _ := json.Marshal(s.c)
	for _, p := range s.c.Explained() {
		s.why(p.On)
	}
	if after, _ := json.Marshal(s.c); !slices.Equal(before, after) {
		t.Error("the case has changed")
	}
}

func TestWhatACaseDoesNotHoldIsAMistake(t *testing.T) {
	s := triggered(t, kingsLynn)
	for _, what := range []string{"", "D999", "n999", "999", "R999", "the moon", "9999999999999999"} {
		if _, err := s.c.Why(what); err == nil || RefusedBy(err) != "" {
			t.Errorf("%q: %v", what, err)
		}
	}
}
