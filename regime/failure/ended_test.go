package failure

import (
	"slices"
	"strings"
	"testing"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/regimetest"
)

// toldLast lists who was told by the latest notice of a kind that says some words.
func (s *script) toldLast(k regime.NoticeKind, says string) []regime.Party {
	for i := len(s.c.Notices) - 1; i >= 0; i-- {
		if n := s.c.Notices[i]; n.Kind == k && strings.Contains(n.Text, says) {
			return ledger.PartiesOf(n.To)
		}
	}
	return nil
}

func TestR131_WhoWasAskedIsToldThatItIsAskedNoMoreAndWhoAskedThatItIsWithdrawn(t *testing.T) {
	s := triggered(t, kingsLynn).by("CCG/07K", &ProposeAction{Owner: "CQC", Aim: SafeguardPatients, What: "visit",
		Due: regimetest.At("2013-10-01 17:00")})
	withdrawn := s.copied().by("CCG/07K", &WithdrawAction{Action: "A1", Reason: "x"})
	if to := withdrawn.toldLast("N75", "your body need not accept or decline action A1"); !slices.Equal(to, []regime.Party{"CQC"}) {
		t.Errorf("told: %v", to)
	}
	declined := s.copied().by("CQC", &DeclineAction{Action: "A1", Reason: "x"})
	if to := declined.toldLast("N75", ""); to != nil {
		t.Errorf("who ended it itself is told: %v", to)
	}
	s.by("CQC", &AcceptAction{Action: "A1"}).by("CQC", &WithdrawAction{Action: "A1", Reason: "x"})
	if to := s.toldLast("N18", "has withdrawn action A1"); !slices.Equal(to, []regime.Party{"CCG/07K"}) {
		t.Errorf("told: %v", to)
	}
}

func TestR131_WhoseDutyAnotherHasDoneIsTold(t *testing.T) {
	s := triggered(t, kingsLynn).by("CQC", &SuggestParty{Party: "POLICE", Why: "x"})
	own := s.copied().by(regimetest.Nhse, &ConsiderOther{Party: "POLICE", Answer: "no", Reason: "x"})
	if to := own.toldLast("N75", ""); to != nil {
		t.Errorf("who has done it itself is told: %v", to)
	}
	s.by("MONITOR", &ConsiderOther{Party: "POLICE", Answer: "no", Reason: "x"})
	if to := s.toldLast("N75", "Monitor has done what your body was asked for"); !slices.Equal(to, []regime.Party{regimetest.Nhse}) {
		t.Errorf("told: %v", to)
	}
}
