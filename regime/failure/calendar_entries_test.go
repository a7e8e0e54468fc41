package failure

import (
	"slices"
	"testing"
	"time"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/regimetest"
)

// entering has every mail go that is to go, each with a calendar entry for CQC and GMC, who want
// them.
func (s *script) entering() *script {
	var went []ledger.SendResult
	for _, n := range s.c.ToSend(s.now) {
		for _, r := range n.To {
			went = append(went, ledger.SendResult{Notice: n.ID, Party: r.Party, Level: r.Level, State: ledger.StateAccepted,
				Entry: n.By.After(n.At) && n.Enters() != "" && slices.Contains([]regime.Party{"CQC", "GMC"},
					r.Party)})
		}
	}
	s.c.pen.RecordSent(went, s.now)
	return s
}

func withGMC(when string) Act {
	return &ConveneSummit{At: regimetest.At(when), Also: []regime.Party{"GMC"}, Why: "trainees"}
}

// invited is a case whose summit of 12 September stands in two calendars.
func invited(t *testing.T) *script {
	return unposted(t).by(regimetest.Nhse, withGMC("2013-09-12 10:00")).entering()
}

func (s *script) withdrawn(want ...string) {
	s.Helper()
	if got := s.told(regime.EntryWithdrawn); !slices.Equal(got, want) {
		s.Errorf("withdrawn: %v, want %v", got, want)
	}
}

func TestR15_TheInvitationItselfEntersTheSummitAndASecondOneMovesIt(t *testing.T) {
	s := invited(t)
	hold := s.duty(regime.DutyHoldSummit, "")
	n := s.c.Notices[len(s.c.Notices)-1]
	if n.Kind != "N3" || n.Enters() != hold.ID || n.Duty != "" || !n.By.Equal(regimetest.At("2013-09-12 10:00")) {
		t.Fatalf("%+v", n)
	}
	s.now = regimetest.At("2013-09-10 12:00")
	s.by(regimetest.Nhse, withGMC("2013-09-13 09:00")).entering()
	n = s.c.Notices[len(s.c.Notices)-1]
	if n.Kind != "N3" || n.Enters() != hold.ID || !n.By.Equal(regimetest.At("2013-09-13 09:00")) {
		t.Fatalf("the same entry at its new time: %+v", n)
	}
	s.withdrawn()
}

func TestR81_ASummitThatIsHeldOnAnEarlierDayIsTakenOutOfCalendars(t *testing.T) {
	s := invited(t)
	s.now = regimetest.At("2013-09-11 10:00")
	s.by(regimetest.Nhse, &OpenSummit{Attending: []regime.Party{"CQC"}, Early: "all can come sooner"})
	s.withdrawn("Wed 11 Sep 2013 10:00: CQC duty, GMC duty")
}

func TestR81_ASummitThatBeginsALittleEarlyStaysInCalendars(t *testing.T) {
	s := invited(t)
	s.now = regimetest.At("2013-09-12 09:40")
	s.by(regimetest.Nhse, &OpenSummit{Attending: []regime.Party{"CQC"}})
	s.withdrawn()
}

func TestR81_WhoIsNotInvitedAgainHasTheEntryWithdrawn(t *testing.T) {
	s := invited(t)
	s.now = regimetest.At("2013-09-11 10:00")
	s.by(regimetest.Nhse, &ConveneSummit{At: regimetest.At("2013-09-13 09:00"),
		LeftOut: []regime.Party{"GMC"}, WhyNot: "no trainees"}).entering()
	s.withdrawn("Wed 11 Sep 2013 10:00: GMC duty")
	s.now = regimetest.At("2013-09-11 11:00")
	s.by(regimetest.Nhse, withGMC("2013-09-13 09:00")).entering()
	s.now = regimetest.At("2013-09-12 11:00")
	s.by(regimetest.Nhse, &OpenSummit{Attending: []regime.Party{"CQC"}, Early: "all can come sooner"})
	if got := s.told(regime.EntryWithdrawn); len(got) != 2 || got[1] != "Thu 12 Sep 2013 11:00: CQC duty, GMC duty" {
		t.Errorf("who was invited anew is told again: %v", got)
	}
}

func TestR81_AnEntryThatWasOnItsWayWhenTheSummitWentOffIsWithdrawnAsWell(t *testing.T) {
	s := unposted(t).by(regimetest.Nhse, withGMC("2013-09-12 10:00"))
	n := s.c.Notices[len(s.c.Notices)-1]
	s.now = regimetest.At("2013-09-11 10:00")
	s.by(regimetest.Nhse, &OpenSummit{Attending: []regime.Party{"CQC"}, Early: "all can come sooner"})
	s.withdrawn()
	s.now = s.now.Add(time.Minute)
	s.c.pen.RecordSent([]ledger.SendResult{{Notice: n.ID, Party: "GMC", Level: regime.LevelDuty,
		State: ledger.StateAccepted, Entry: true}}, s.now)
	s.withdrawn("Wed 11 Sep 2013 10:01: GMC duty")
}

func TestR15_NobodyIsInvitedToWhatHasBeenHeldOrToTheDateBeforeTheLast(t *testing.T) {
	s := unposted(t).by(regimetest.Nhse, withGMC("2013-09-12 10:00"))
	toSend := func() (out []string) {
		for _, n := range s.c.ToSend(s.now) {
			if n.Kind == "N3" {
				out = append(out, n.By.Format("2 Jan"))
			}
		}
		return out
	}
	s.now = regimetest.At("2013-09-11 10:00")
	s.by(regimetest.Nhse, withGMC("2013-09-13 09:00"))
	if got := toSend(); !slices.Equal(got, []string{"13 Sep"}) {
		t.Errorf("the mail service was away meanwhile: %v", got)
	}
	s.now = regimetest.At("2013-09-11 12:00")
	s.by(regimetest.Nhse, &OpenSummit{Attending: []regime.Party{"CQC"}, Early: "all can come sooner"})
	if got := toSend(); len(got) > 0 {
		t.Errorf("invited to what is being held: %v", got)
	}
	if fresh := s.c.FreshNotices(); slices.ContainsFunc(fresh, func(n ledger.Notice) bool { return n.Kind == "N3" }) {
		t.Error("a chapter would wait for it for ever")
	}
}

func TestR81_AfterADayWithoutAMailServiceOnlyTheLatestReminderGoes(t *testing.T) {
	s := triggered(t, kingsLynn) // the summit is to be convened within 48 hours
	s.idle = true
	for _, when := range []string{"2013-09-11 09:00", "2013-09-11 21:00"} {
		s.now = regimetest.At(when)
		s.c.pen.Tick(s.now)
		var failed []ledger.SendResult
		for _, n := range s.c.ToSend(s.now) {
			for _, r := range n.To {
				failed = append(failed, ledger.SendResult{Notice: n.ID, Party: r.Party, Level: r.Level, State: ledger.StateWaiting,
					RetryAfter: time.Minute})
			}
		}
		s.c.pen.RecordSent(failed, s.now)
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
	s := unposted(t).by(regimetest.Nhse, withGMC("2013-09-12 10:00"))
	n := s.c.Notices[len(s.c.Notices)-1]
	tell := func(state ledger.DeliveryState, entry bool) {
		s.c.pen.RecordSent([]ledger.SendResult{{Notice: n.ID, Party: "CQC", Level: regime.LevelDuty, State: state, RetryAfter: time.Minute,
			Entry: entry}}, s.now)
		s.now = s.now.Add(time.Hour)
	}
	tell(ledger.StateUnknown, true)
	tell(ledger.StateWaiting, false)
	s.by(regimetest.Nhse, &OpenSummit{Attending: []regime.Party{"CQC"}, Early: "all can come sooner"})
	if got := s.told(regime.EntryWithdrawn); len(got) != 1 {
		t.Errorf("it may stand in the calendar: %v", got)
	}
}
