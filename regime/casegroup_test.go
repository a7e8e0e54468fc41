package regime

import (
	"strings"
	"testing"
)

func TestA34_LinkedCasesMeetTogetherAndOthersDoNot(t *testing.T) {
	s := responding(t, kingsLynn)
	if err := s.perform(nhse, &ScheduleMeeting{At: at("2013-09-13 15:00"), With: "P4WD-8YHN"}); err == nil ||
		!strings.Contains(err.Error(), "case link") {
		t.Fatalf("%v", err)
	}
	s.by(nhse, &LinkCase{To: "P4WD-8YHN"}).by(nhse, &ScheduleMeeting{At: at("2013-09-13 15:00"), With: "p4wd-8yhn"})
	if n := s.c.Notices[len(s.c.Notices)-1]; n.Kind != "N16" || !strings.HasSuffix(n.Text, "together with case P4WD-8YHN") {
		t.Fatalf("%+v", n)
	}
	s.at("2013-09-13 15:10").by(nhse, &HoldMeeting{Present: []Party{"CQC"}, Record: "x"})
	if m := s.c.Meetings[0]; m.With != "P4WD-8YHN" || !strings.Contains(lastEntry(s), "meeting 1, together with case") {
		t.Fatalf("%+v: %s", m, lastEntry(s))
	}
}
