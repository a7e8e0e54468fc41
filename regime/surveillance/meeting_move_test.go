package surveillance

import (
	"strings"
	"testing"
	"time"

	"holdthering/regime/calendar"
	"holdthering/regime/regimetest"
)

func TestR84_R73_AGroupsMeetingThatIsMovedKeepsPlaceAndThemeAndSaysSo(t *testing.T) {
	s := group(t, "2013-04-01 09:00").
		by(regimetest.Nhse, &ScheduleGroupMeeting{At: regimetest.At("2013-05-02 10:00"), Place: "Cambridge",
			Theme: "Nights"}).
		by("CQC", &SendPack{What: "x"}).
		by(regimetest.Nhse, &ScheduleGroupMeeting{At: regimetest.At("2013-05-03 11:00")})
	m, _ := s.g.NextMeeting()
	if m.Place != "Cambridge" || m.Theme != "Nights" || len(m.Packs) != 1 || !m.At.Equal(regimetest.At("2013-05-03 11:00")) {
		t.Errorf("%+v", m)
	}
	last := s.g.Notices[len(s.g.Notices)-1]
	if last.Kind != "N38" || !strings.Contains(last.Text, "is moved, from Thursday 2 May 2013, 10:00 UK time to Friday "+
		"3 May 2013, 11:00 UK time") {
		t.Errorf("%+v", last)
	}
	s.by(regimetest.Nhse, &ScheduleGroupMeeting{At: regimetest.At("2013-05-03 11:00"), Place: "Ely"})
	if last := s.g.Notices[len(s.g.Notices)-1]; last.Kind != "N49" {
		t.Errorf("only the place has changed: %+v", last)
	}
}

// An interval that moves a meeting to which the members were asked tells them.
func TestR84_R72_ANewIntervalThatMovesAnInvitedMeetingSaysSo(t *testing.T) {
	s := group(t, "2013-04-01 09:00").at("2013-04-20 09:00")
	asked := len(s.told("N38"))
	s.by(regimetest.Nhse, &SetGroupInterval{Interval: calendar.MustPeriod("2mo")})
	last := s.g.Notices[len(s.g.Notices)-1]
	if asked == 0 || !strings.Contains(last.Text, "is moved, from Wednesday 1 May 2013") {
		t.Errorf("%d, %+v", asked, last)
	}
	if d := s.owes(DutyGroupMeeting, "1"); d.Due.Before(regimetest.At("2013-06-01")) || d.Due.Sub(regimetest.At("2013-06-01")) > 72*time.Hour {
		t.Errorf("%+v", d)
	}
}
