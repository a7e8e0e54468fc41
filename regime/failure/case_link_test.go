package failure

import (
	"strings"
	"testing"

	"holdthering/regime"
	"holdthering/regime/regimetest"
)

func TestA34_LinkedCasesMeetTogetherAndOthersDoNot(t *testing.T) {
	s := responding(t, kingsLynn)
	if err := s.perform(regimetest.Nhse, &ScheduleMeeting{At: regimetest.At("2013-09-13 15:00"), With: "P4WD-8YHN"}); err == nil ||
		!strings.Contains(err.Error(), "case link") {
		t.Fatalf("%v", err)
	}
	s.by(regimetest.Nhse, &LinkCase{To: "P4WD-8YHN"}).by(regimetest.Nhse,
		&ScheduleMeeting{At: regimetest.At("2013-09-13 15:00"), With: "p4wd-8yhn"})
	if n := s.c.Notices[len(s.c.Notices)-1]; n.Kind != "N16" || !strings.Contains(n.Text, "together with case P4WD-8YHN") {
		t.Fatalf("%+v", n)
	}
	s.at("2013-09-13 15:10").by(regimetest.Nhse, &HoldMeeting{Present: []regime.Party{"CQC"}, Record: "x"})
	if m := s.c.Meetings[0]; m.With != "P4WD-8YHN" || !strings.Contains(lastEntry(s), "meeting 1, together with case") {
		t.Fatalf("%+v: %s", m, lastEntry(s))
	}
}
