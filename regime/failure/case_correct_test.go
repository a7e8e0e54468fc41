package failure

import (
	"strings"
	"testing"

	"holdthering/regime"
)

func TestR55_R61_AProvidersTypeThatIsCorrectedChangesWhatIsOwed(t *testing.T) {
	s := placed(t).by("MONITOR", &CorrectProvider{Type: regime.GPPractice, Reason: "x"})
	var owes []string
	for _, d := range s.c.OpenDuties() {
		owes = append(owes, string(d.Kind)+" "+string(d.Owner))
	}
	if got := strings.Join(owes, ", "); got !=
		"PUBLIC_INFORMATION_QUESTION NHSCB/Q56, REINSPECTION_PRIMARY_CARE CQC, PRIMARY_CARE_LIMIT CQC" {
		t.Error(got)
	}
	if c := open2022(t, norwich).by("CQC", &CorrectProvider{Type: regime.NHSTrust,
		Reason: "x"}); len(c.c.OpenDuties()) != 0 {
		t.Errorf("%+v", c.c.OpenDuties())
	}
	declined := open(t, kingsLynn, "2013-10-01 10:00").by("CQC", &RecommendMeasures{Reason: "x"}).
		by("MONITOR", &CorrectProvider{Type: regime.NHSTrust, Reason: "x"})
	if d := declined.c.OpenDuties(); len(d) != 1 || d[0].Kind != DutyAnswerRecommend {
		t.Errorf("%+v", d)
	}
}
