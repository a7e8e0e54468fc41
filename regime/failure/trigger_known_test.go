package failure

import (
	"strings"
	"testing"

	"holdthering/regime"
	"holdthering/regime/regimetest"
)

func TestR104_ATriggerNamesWhatGroupsHaveOpenAboutTheProvider(t *testing.T) {
	s := open(t, kingsLynn, "2013-09-10 09:00").by(regimetest.Nhse, &TriggerRiskSummit{Concern: "staffing", Source: regime.SourceKind("media"),
		Known: []GroupConcern{{Group: "Q56", ID: "C1", By: "CQC", What: "falls", Urgent: true}, {Group: "Y55", ID: "C4"}}})
	for _, want := range []string{"Q56 C1 (URGENT, CQC): falls", "Y55 C4 (a body not named)"} {
		if !strings.Contains(s.said(), want) {
			t.Errorf("the entry lacks %q: %s", want, s.said())
		}
	}
	if len(s.c.Trigger.Known) != 2 {
		t.Errorf("%+v", s.c.Trigger)
	}
	told := 0
	for _, n := range s.c.Notices {
		if n.Kind == regime.NoticeTriggered && strings.Contains(n.Text, "2 open concerns about the provider") &&
			!strings.Contains(n.Text, "falls") {
			told++
		}
	}
	if told == 0 {
		t.Error("the alert does not say so")
	}
}
