package surveillance

import (
	"strings"
	"testing"

	"holdthering/regime"
	"holdthering/regime/regimetest"
)

func TestAMeetingOfAGroupHasAnExplanationUnderItsName(t *testing.T) {
	s := group(t, "2013-04-01 09:00").at("2013-05-01 12:00").
		by(regimetest.Nhse, &HoldGroupMeeting{Present: []regime.Party{"CQC"}, Record: "Staffing looked at"})
	for _, what := range []string{"meeting 1", "Meeting-1"} {
		text := s.why(what)
		for _, want := range []string{"Meeting 1 of the group", "NHS England (Q56) and CQC", "recorded that the group has met", "done on", "M1"} {
			if !strings.Contains(text, want) {
				t.Errorf("%s does not say %q: %s", what, want, text)
			}
		}
	}
	if _, err := s.g.Why("meeting 3"); err == nil {
		t.Error("a meeting that is not there is explained")
	}
}
