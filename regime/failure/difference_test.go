package failure

import (
	"strings"
	"testing"

	"holdthering/regime"
	"holdthering/regime/regimetest"
)

func differ() Act {
	return &RegisterDifference{Other: "CQC", Subject: "MARKER", Safety: "yes", View: "close it"}
}

func TestR6_EitherSideRegistersAndBothOweADiscussionWithinADay(t *testing.T) {
	s := responding(t, kingsLynn).by("CCG", differ())
	for _, p := range []regime.Party{"CCG/07J", "CQC"} {
		if d := s.duty(DutyDiscuss, "J1|"+string(p)); d.Owner != p || !d.Due.Equal(regimetest.At("2013-09-14 04:10")) {
			t.Fatalf("%+v", d)
		}
	}
	if got := s.told("N22"); len(got) != 1 ||
		!strings.HasSuffix(got[0], "CCG/07J duty, CQC duty, NHSCB/Q56 duty") {
		t.Fatalf("the two and the chair at once: %v", got)
	}
	s.at("2013-10-13 04:10")
	reminders := 0
	for _, n := range s.c.Notices {
		if n.Kind == "N22" && n.Rung > 0 && n.To[0].Party == "CQC" {
			reminders++
		}
		if strings.Contains(n.Text, "MARKER") {
			t.Fatalf("the subject is mailed: %s", n.Text)
		}
	}
	if reminders != 5 {
		t.Fatalf("CQC was reminded %d times, want daily and five times at most", reminders)
	}
	s.refused("R6", regimetest.Nhse, &DiscussDifference{Difference: "J1", Outcome: Resolved}).
		by("CQC", &DiscussDifference{Difference: "J1", Outcome: NotResolved, Will: "inspect"})
	if s.duty(DutyDiscuss, "J1|CCG/07J").Open() || s.duty(DutyDiscuss, "J1|CQC").Open() {
		t.Fatal("they have talked, and still owe it")
	}
	s.refused("R6", "PROVIDER", differ()).refused("R68", "CQC", &RegisterDifference{
		Other: "QSG_LOCAL", Subject: "x", Safety: "no"})
}

func TestR6_BothSidesHaveTheLastWordOnWhetherItIsResolved(t *testing.T) {
	s := responding(t, kingsLynn).by("CCG", differ())
	open := func(want bool) {
		t.Helper()
		if s.c.Differences[0].Open() != want {
			t.Fatalf("%+v", s.c.Differences[0])
		}
	}
	open(true)
	s.by("CQC", &DiscussDifference{Difference: "J1", Outcome: Resolved})
	open(false)
	s.by("CCG", &DiscussDifference{Difference: "J1", Outcome: NotResolved, Will: "suspend the service"})
	open(true)
	s.by("CCG", &DiscussDifference{Difference: "J1", Outcome: Resolved})
	open(false)
}

func TestR7_ADifferenceBlocksNothingAtAnyStage(t *testing.T) {
	blocksNothing(t, func(s *script) { s.by("CCG", differ()) })
	blocksNothing(t, func(s *script) {
		s.by("CCG", differ()).by("CQC", &DiscussDifference{Difference: "J1", Outcome: NotResolved})
	})
}

func TestR7_ItBlocksNeitherSigningNorClosingAndIsListed(t *testing.T) {
	s := closable(t).by("CCG", differ()).by(regimetest.Nhse, &SignSummit{Record: "what was agreed"}).by(regimetest.Nhse, &ProposeClosing{}).days(3).
		by(regimetest.Nhse, &CloseCase{})
	last := s.c.Entries[len(s.c.Entries)-1].Text
	if !strings.Contains(last, "J1 between CCG (07J) and CQC") {
		t.Fatalf("the closing does not list it: %s", last)
	}
	s = responding(t, kingsLynn).by("CCG", differ()).by(regimetest.Nhse,
		&HoldMeeting{Present: []regime.Party{"CQC"}, Record: "x"})
	if !strings.Contains(s.c.Entries[len(s.c.Entries)-1].Text, "J1") {
		t.Fatal("the meeting does not list it")
	}
}
