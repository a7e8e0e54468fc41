package failure

import (
	"slices"
	"strings"
	"testing"

	"holdthering/regime"
	"holdthering/regime/regimetest"
)

func TestR42_ThePoliceAreAskedForTheirPartWhereTheAnswerIsYes(t *testing.T) {
	s := inSession(t, kingsLynn).by("CQC", &FlagSafeguarding{About: regime.Child}).
		by(regimetest.Nhse, &ConsiderPolice{Flag: "S1", Answer: "no", Reason: "x"})
	before := len(s.c.Notices)
	if s.by(regimetest.Nhse, &ConsiderPolice{Flag: "S1", Answer: "yes", Reason: "the board's advice"}); len(s.c.Notices) != before+1 {
		t.Fatalf("%d notices more", len(s.c.Notices)-before)
	}
	n := s.c.Notices[before]
	if n.Kind != "N9" || len(n.To) != 1 || n.To[0].Party != "POLICE/Q56" || strings.Contains(n.Text, "advice") {
		t.Fatalf("%+v", n)
	}
}

func TestR51_HEEHearsOfABoardsWithdrawalThatItMayLift(t *testing.T) {
	s := open(t, kingsLynn, "2014-09-01 10:00").by(regime.PartyOf(regime.LETB, "Q56"), &UsePower{Power: "P-EDU-1"})
	for _, p := range []regime.Party{"HEE", "GMC", "NMC"} {
		if !slices.Contains(s.c.OwnActs[0].Told, p) {
			t.Errorf("%s is not told: %v", p, s.c.OwnActs[0].Told)
		}
	}
	s.refused("R51", "HEE", &LiftPower{Use: "U1", Evidence: "x"}).by("HEE", &LiftPower{Use: "U1",
		Evidence: "x", Safe: "y"})
}
