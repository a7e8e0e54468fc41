package surveillance

import (
	"slices"
	"strings"
	"testing"

	"holdthering/regime"
	"holdthering/regime/regimetest"
)

func TestWorriesComeByUrgencyThenByBodiesThenByConcerns(t *testing.T) {
	raise := func(code string, urgent bool) Act {
		return &RaiseConcern{Provider: code, What: "x", Urgent: urgent}
	}
	s := group(t, "2013-04-01 09:00").by("CQC", raise("ONE", false)).by("CQC", raise("TWICE", false)).
		by("CQC", raise("TWICE", false)).
		by("CQC", raise("BOTH", false)).by("LETB", raise("BOTH", false)).
		by("CQC", raise("URGENT", true)).by("CQC", raise("URGENT", false)).
		by("CQC", raise("DONE", false)).by("CQC", &WithdrawConcern{Concern: "C8", Reason: "x"})
	var got []string
	for _, w := range s.g.Worries() {
		got = append(got, w.Provider)
		if w.Urgent != (w.Provider == "URGENT") {
			t.Errorf("%+v", w)
		}
	}
	if !slices.Equal(got, []string{"URGENT", "BOTH", "TWICE", "ONE"}) {
		t.Errorf("%v", got)
	}
	at := s.g.Concerns[7].Settled
	s.at("2013-04-02 09:00").by("CQC", raise("DONE", false)).
		by("CQC", &WithdrawConcern{Concern: "c9", Reason: "x"})
	if !s.g.Concerns[7].Settled.Equal(at) || s.g.Concerns[8].Settled.Equal(at) {
		t.Errorf("%+v", s.g.Concerns)
	}
}

func TestR75_AConcernAboutAProviderThatIsNotOnTheListComesOnTheAgenda(t *testing.T) {
	s := group(t, "2013-04-01 09:00").
		by("CQC", &RaiseConcern{Provider: "D81012", ProviderName: "Hill Street Surgery", What: "prescriptions"}).
		saysIn("D81012 (not on the group's list): prescriptions").
		refused("", regimetest.Nhse, &HoldGroupMeeting{Present: []regime.Party{"CQC"}, Considered: "D81013"})
	if lines := linesOf(s.item(itemRotation)); !strings.Contains(lines, "Hill Street Surgery (D81012): concern of CQC") {
		t.Fatal(lines)
	}
	if got := s.g.ToConsider(s.now); !slices.Contains(got, "D81012") {
		t.Fatalf("%v", got)
	}
	s.meet()
	if m, _ := s.g.LastMeeting(); !slices.Contains(m.Considered, "D81012") {
		t.Fatalf("%v", m.Considered)
	}
	s.by("CCG/07J", &RaiseConcern{Provider: "D81012", What: "waits"})
	if lines := linesOf(s.item(itemUrgent)); !strings.Contains(lines, "prescriptions (spoken of at meeting 1)") {
		t.Fatal(lines)
	}
}
