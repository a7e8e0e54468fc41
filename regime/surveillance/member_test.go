package surveillance

import (
	"strings"
	"testing"

	"holdthering/regime"
	"holdthering/regime/regimetest"
)

func TestABodyOfWhichSeveralSitInTheGroupIsAskedBack(t *testing.T) {
	s := group(t, "2013-04-01 09:00").
		refused("", regimetest.Nhse, &HoldGroupMeeting{Present: []regime.Party{"CQC", "CCG"}, Record: "x"}).
		refused("", "CCG", &RaiseConcern{Provider: "RCX", What: "x"}).
		refused("", regimetest.Nhse, &AgreeLevel{Provider: "RCX", Level: regime.EnhancedLevel, Reason: "x",
			Lead: "CCG"})
	err := s.perform("CCG", &AddGroupNote{Text: "x"})
	if err == nil || !strings.Contains(err.Error(), "name one, as CCG/07J") {
		t.Errorf("%v", err)
	}
	s.by("LETB", &AddGroupNote{Text: "there is one"}).by("NHSCB", &AddGroupNote{Text: "its support"})
}
