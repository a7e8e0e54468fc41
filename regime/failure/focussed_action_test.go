package failure

import (
	"strings"
	"testing"

	"holdthering/regime"
	"holdthering/regime/regimetest"
)

func TestT5_R25_NoJudgementEndsTheTrackOverABodyThatWantsFocussedAction(t *testing.T) {
	wants := &JudgeForOneself{View: "Governance fails", Intends: "licence conditions", Wants: true}
	s := inSession(t, kingsLynn).by("CQC", &JudgeBreach{Value: NoMaterialBreach}).
		refused("R25", regime.PartyOf(regime.HealthwatchLocal, "Q56"), wants).
		by("MONITOR", wants).
		refused("T5", regimetest.Nhse, &JudgeCollectively{Value: NoFailure}).
		by("MONITOR", &JudgeForOneself{View: "The trust has acted", Intends: "watch"}).
		by(regimetest.Nhse, &JudgeCollectively{Value: NoFailure})
	text := s.c.Entries[len(s.c.Entries)-1].Text
	if s.c.Stage != regime.StoodDown || !strings.Contains(text, "each goes on with what it intends: Monitor (R3)") {
		t.Fatalf("%s: %s", s.c.Stage, text)
	}
	s = inSession(t, kingsLynn).by("MONITOR", wants).by(regimetest.Nhse, &JudgeCollectively{Value: FocussedAction})
	if s.c.Stage != regime.RingHolderPending {
		t.Fatal(s.c.Stage)
	}
}

func TestT5_ASealedWishForActionIsOpenedAndNotGivenAway(t *testing.T) {
	s := inSession(t, kingsLynn).by("CCG/07J", &JudgeForOneself{View: "x", Wants: true, Sealed: true})
	err := s.perform(regimetest.Nhse, &JudgeCollectively{Value: NoFailure})
	if err == nil || strings.Contains(err.Error(), "07J") || !strings.Contains(err.Error(), "judgement unseal") {
		t.Fatalf("%v", err)
	}
	if s.c.Public().OwnViews[0].Wants {
		t.Fatal("a sealed wish is shown")
	}
	without := inSession(t, kingsLynn).by("CCG/07J", &JudgeForOneself{View: "x", Sealed: true})
	if got := without.perform(regimetest.Nhse, &JudgeCollectively{Value: NoFailure}); got == nil || got.Error() != err.Error() {
		t.Fatalf("whether it is refused tells whether action is wished for: %v", got)
	}
	s.by(regimetest.Nhse, &OpenSealedViews{}).refused("T5", regimetest.Nhse, &JudgeCollectively{Value: NoFailure})
}

func TestA21_CQCsBreachStandsBesideAJudgementOfNoFailure(t *testing.T) {
	s := inSession(t, kingsLynn).by("CQC", &JudgeBreach{Value: PotentialBreach}).
		by(regimetest.Nhse, &JudgeCollectively{Value: NoFailure})
	if text := s.c.Entries[len(s.c.Entries)-1].Text; !strings.Contains(text, "potential breach (A21)") {
		t.Fatal(text)
	}
}
