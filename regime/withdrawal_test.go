package regime

import (
	"slices"
	"testing"
	"time"
)

// entering has every mail go that is to go, each with a calendar entry for CQC and GMC, who want
// them.
func (s *script) entering() *script {
	var went []Telling
	for _, n := range s.c.ToSend(s.now) {
		for _, r := range n.To {
			went = append(went, Telling{Notice: n.ID, Party: r.Party, Level: r.Level, State: ToldAccepted,
				Entry: n.By.After(n.At) && n.Enters() != "" && slices.Contains([]Party{"CQC", "GMC"}, r.Party)})
		}
	}
	s.c.Tell(went, s.now)
	return s
}

func withGMC(when string) Act {
	return &ConveneSummit{At: at(when), Also: []Party{"GMC"}, Why: "trainees"}
}

// invited is a case whose summit of 12 September stands in two calendars.
func invited(t *testing.T) *script {
	return unposted(t).by(nhse, withGMC("2013-09-12 10:00")).entering()
}

func (s *script) withdrawn(want ...string) {
	s.Helper()
	if got := s.told(EntryWithdrawn); !slices.Equal(got, want) {
		s.Errorf("withdrawn: %v, want %v", got, want)
	}
}

func TestR15_TheInvitationItselfEntersTheSummitAndASecondOneMovesIt(t *testing.T) {
	s := invited(t)
	hold := s.duty(DutyHoldSummit, "")
	n := s.c.Notices[len(s.c.Notices)-1]
	if n.Kind != "N3" || n.Enters() != hold.ID || n.Duty != "" || !n.By.Equal(at("2013-09-12 10:00")) {
		t.Fatalf("%+v", n)
	}
	s.now = at("2013-09-10 12:00")
	s.by(nhse, withGMC("2013-09-13 09:00")).entering()
	n = s.c.Notices[len(s.c.Notices)-1]
	if n.Kind != "N3" || n.Enters() != hold.ID || !n.By.Equal(at("2013-09-13 09:00")) {
		t.Fatalf("the same entry at its new time: %+v", n)
	}
	s.withdrawn()
}

func TestR81_ASummitThatIsHeldOnAnEarlierDayIsTakenOutOfCalendars(t *testing.T) {
	s := invited(t)
	s.now = at("2013-09-11 10:00")
	s.by(nhse, &OpenSummit{Attending: []Party{"CQC"}, Early: "all can come sooner"})
	s.withdrawn("Wed 11 Sep 2013 10:00: CQC duty, GMC duty")
}

func TestR81_ASummitThatBeginsALittleEarlyStaysInCalendars(t *testing.T) {
	s := invited(t)
	s.now = at("2013-09-12 09:40")
	s.by(nhse, &OpenSummit{Attending: []Party{"CQC"}})
	s.withdrawn()
}

func TestR81_WhoIsNotInvitedAgainHasTheEntryWithdrawn(t *testing.T) {
	s := invited(t)
	s.now = at("2013-09-11 10:00")
	s.by(nhse, &ConveneSummit{At: at("2013-09-13 09:00"), LeftOut: []Party{"GMC"}, WhyNot: "no trainees"}).entering()
	s.withdrawn("Wed 11 Sep 2013 10:00: GMC duty")
	s.now = at("2013-09-11 11:00")
	s.by(nhse, withGMC("2013-09-13 09:00")).entering()
	s.now = at("2013-09-12 11:00")
	s.by(nhse, &OpenSummit{Attending: []Party{"CQC"}, Early: "all can come sooner"})
	if got := s.told(EntryWithdrawn); len(got) != 2 || got[1] != "Thu 12 Sep 2013 11:00: CQC duty, GMC duty" {
		t.Errorf("who was invited anew is told again: %v", got)
	}
}

func TestR81_AnEntryThatWasOnItsWayWhenTheSummitWentOffIsWithdrawnAsWell(t *testing.T) {
	s := unposted(t).by(nhse, withGMC("2013-09-12 10:00"))
	n := s.c.Notices[len(s.c.Notices)-1]
	s.now = at("2013-09-11 10:00")
	s.by(nhse, &OpenSummit{Attending: []Party{"CQC"}, Early: "all can come sooner"})
	s.withdrawn()
	s.now = s.now.Add(time.Minute)
	s.c.Tell([]Telling{{Notice: n.ID, Party: "GMC", Level: LevelDuty, State: ToldAccepted, Entry: true}}, s.now)
	s.withdrawn("Wed 11 Sep 2013 10:01: GMC duty")
}

func TestR15_NobodyIsInvitedToWhatHasBeenHeldOrToTheDateBeforeTheLast(t *testing.T) {
	s := unposted(t).by(nhse, withGMC("2013-09-12 10:00"))
	toSend := func() (out []string) {
		for _, n := range s.c.ToSend(s.now) {
			if n.Kind == "N3" {
				out = append(out, n.By.Format("2 Jan"))
			}
		}
		return out
	}
	s.now = at("2013-09-11 10:00")
	s.by(nhse, withGMC("2013-09-13 09:00"))
	if got := toSend(); !slices.Equal(got, []string{"13 Sep"}) {
		t.Errorf("the mail service was away meanwhile: %v", got)
	}
	s.now = at("2013-09-11 12:00")
	s.by(nhse, &OpenSummit{Attending: []Party{"CQC"}, Early: "all can come sooner"})
	if got := toSend(); len(got) > 0 {
		t.Errorf("invited to what is being held: %v", got)
	}
	if fresh := s.c.FreshNotices(); slices.ContainsFunc(fresh, func(n Notice) bool { return n.Kind == "N3" }) {
		t.Error("a chapter would wait for it for ever")
	}
}

func TestR81_AfterADayWithoutAMailServiceOnlyTheLatestReminderGoes(t *testing.T) {
	s := triggered(t, kingsLynn) // the summit is to be convened within 48 hours
	s.idle = true
	for _, when := range []string{"2013-09-11 09:00", "2013-09-11 21:00"} {
		s.now = at(when)
		s.c.Tick(s.now)
		var failed []Telling
		for _, n := range s.c.ToSend(s.now) {
			for _, r := range n.To {
				failed = append(failed, Telling{Notice: n.ID, Party: r.Party, Level: r.Level, State: ToldWaiting,
					Retry: time.Minute})
			}
		}
		s.c.Tell(failed, s.now)
	}
	reminders := 0
	for _, n := range s.c.ToSend(s.now.Add(time.Hour)) {
		if n.Kind == "N4" {
			reminders++
		}
	}
	if reminders != 1 {
		t.Errorf("%d reminders of one duty at once", reminders)
	}
}

func TestAnEntryThatMayHaveGoneIsNotForgottenByALaterTry(t *testing.T) {
	s := unposted(t).by(nhse, withGMC("2013-09-12 10:00"))
	n := s.c.Notices[len(s.c.Notices)-1]
	tell := func(state Told, entry bool) {
		s.c.Tell([]Telling{{Notice: n.ID, Party: "CQC", Level: LevelDuty, State: state, Retry: time.Minute,
			Entry: entry}}, s.now)
		s.now = s.now.Add(time.Hour)
	}
	tell(ToldUnknown, true)
	tell(ToldWaiting, false)
	s.by(nhse, &OpenSummit{Attending: []Party{"CQC"}, Early: "all can come sooner"})
	if got := s.told(EntryWithdrawn); len(got) != 1 {
		t.Errorf("it may stand in the calendar: %v", got)
	}
}
