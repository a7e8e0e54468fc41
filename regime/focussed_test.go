package regime

import (
	"strings"
	"testing"
)

func TestT5_R25_NoJudgementEndsTheTrackOverABodyThatWantsFocussedAction(t *testing.T) {
	wants := &JudgeForOneself{View: "Governance fails", Intends: "licence conditions", Wants: true}
	s := inSession(t, kingsLynn).by("CQC", &JudgeBreach{Value: NoMaterialBreach}).
		refused("R25", PartyOf(HealthwatchLocal, "Q56"), wants).
		by("MONITOR", wants).
		refused("T5", nhse, &JudgeCollectively{Value: NoFailure}).
		by("MONITOR", &JudgeForOneself{View: "The trust has acted", Intends: "watch"}).
		by(nhse, &JudgeCollectively{Value: NoFailure})
	text := s.c.Entries[len(s.c.Entries)-1].Text
	if s.c.Stage != StoodDown || !strings.Contains(text, "each goes on with what it intends: Monitor (R3)") {
		t.Fatalf("%s: %s", s.c.Stage, text)
	}
	s = inSession(t, kingsLynn).by("MONITOR", wants).by(nhse, &JudgeCollectively{Value: FocussedAction})
	if s.c.Stage != RingHolderPending {
		t.Fatal(s.c.Stage)
	}
}

func TestT5_ASealedWishForActionIsOpenedAndNotGivenAway(t *testing.T) {
	s := inSession(t, kingsLynn).by("CCG/07J", &JudgeForOneself{View: "x", Wants: true, Sealed: true})
	err := s.perform(nhse, &JudgeCollectively{Value: NoFailure})
	if err == nil || strings.Contains(err.Error(), "07J") || !strings.Contains(err.Error(), "judgement unseal") {
		t.Fatalf("%v", err)
	}
	if s.c.Public().OwnViews[0].Wants {
		t.Fatal("a sealed wish is shown")
	}
	without := inSession(t, kingsLynn).by("CCG/07J", &JudgeForOneself{View: "x", Sealed: true})
	if got := without.perform(nhse, &JudgeCollectively{Value: NoFailure}); got == nil || got.Error() != err.Error() {
		t.Fatalf("whether it is refused tells whether action is wished for: %v", got)
	}
	s.by(nhse, &OpenSealedViews{}).refused("T5", nhse, &JudgeCollectively{Value: NoFailure})
}

func TestA21_CQCsBreachStandsBesideAJudgementOfNoFailure(t *testing.T) {
	s := inSession(t, kingsLynn).by("CQC", &JudgeBreach{Value: PotentialBreach}).
		by(nhse, &JudgeCollectively{Value: NoFailure})
	if text := s.c.Entries[len(s.c.Entries)-1].Text; !strings.Contains(text, "potential breach (A21)") {
		t.Fatal(text)
	}
}
