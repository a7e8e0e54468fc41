package failure

import (
	"strings"
	"testing"

	"holdthering/regime"
)

func TestR32_WhereSeveralAreasAreConcernedTheRegionIsSuggested(t *testing.T) {
	p := kingsLynn
	p.OtherAreas = []string{"Q59"}
	for says, of := range map[string]regime.Provider{"A suggestion only: Monitor": kingsLynn, "A suggestion only: NHS England (Y55)": p} {
		s := judged(t, of)
		found := false
		for _, n := range s.c.Notices {
			found = found || n.Kind == "N13" && strings.HasSuffix(n.Text, says)
		}
		if !found {
			t.Errorf("no mail says %q", says)
		}
	}
}

func TestR29_T6_TheCandidateIsToldByWhenItMustAnswer(t *testing.T) {
	s := judged(t, kingsLynn).by("CCG", &ProposeRingHolder{Candidate: "MONITOR"})
	due := s.duty(DutyAgreeRingHolder, "").Due
	for _, n := range s.c.Notices {
		if strings.Contains(n.Text, "has proposed that") && !n.By.Equal(due) {
			t.Errorf("%s is to be answered by %s, the ring is to be agreed by %s", n.ID, n.By, due)
		}
	}
	if len(s.mailsSaying(regime.NoticeAgreeRingHolder, "has proposed that")) != 1 {
		t.Error("the candidate is not asked")
	}
}
