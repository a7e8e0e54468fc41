package regime

import (
	"slices"
	"strings"
	"testing"
	"time"

	"holdthering/regime/calendar"
)

// mailsSaying are the parties that were mailed the words, in a notice of the kind.
func (s *script) mailsSaying(k NoticeKind, words string) []Party {
	var out []Party
	for _, n := range s.c.Notices {
		if n.Kind == k && strings.Contains(n.Text, words) {
			for _, r := range n.To {
				out = append(out, r.Party)
			}
		}
	}
	return out
}

func (s *script) invitee(p Party) Invitee {
	s.Helper()
	for _, i := range s.c.Summit.Invited {
		if i.Party == p {
			return i
		}
	}
	s.Fatalf("%s is not invited", p)
	return Invitee{}
}

// answered is a summit with a place, a guest, and two answers.
func answered(t *testing.T) *script {
	return triggered(t, kingsLynn).
		by(nhse, &ConveneSummit{At: at("2013-09-12 10:00"), Place: "Lynn", Also: []Party{"GMC"}, Why: "trainees"}).
		by("CQC", &ReplyToInvitation{Answer: "attending"}).by("GMC", &ReplyToInvitation{Answer: "sending-deputy"})
}

func TestR84_AnswersStayWhereTheTimeDoesAndPlaceAndGuestsAlways(t *testing.T) {
	s := answered(t).by(nhse, &ConveneSummit{At: at("2013-09-12 10:00"), Place: "By telephone"})
	if s.invitee("CQC").Answer != "attending" || s.invitee("GMC").Answer != "sending-deputy" {
		t.Errorf("only the place has changed: %+v", s.c.Summit.Invited)
	}
	if to := s.mailsSaying("N49", "The place of the risk summit"); len(to) != len(s.c.Summit.Invited) {
		t.Errorf("those invited are told of the place: %v", to)
	}
	if n := len(s.told("N3")); n != 1 {
		t.Errorf("nobody is invited again: %d", n)
	}
	s.by(nhse, &ConveneSummit{At: at("2013-09-12 10:00"), Also: []Party{"NMC"}, Why: "nurses"})
	if s.c.Summit.Place != "By telephone" || s.invitee("CQC").Answer != "attending" {
		t.Errorf("another guest changes nothing else: %+v", s.c.Summit)
	}
	if got := s.told("N3"); len(got) != 2 || !strings.HasSuffix(got[1], ": NMC duty") {
		t.Errorf("only who is new is invited: %v", got)
	}
}

func TestR84_ASummitThatIsMovedAsksAgainAndSaysFromWhenToWhen(t *testing.T) {
	s := answered(t).at("2013-09-11 09:00").by(nhse, &ConveneSummit{At: at("2013-09-13 14:00")})
	sum := s.c.Summit
	if sum.Place != "Lynn" || !contains(sum.invited(), "GMC") || s.invitee("GMC").Why != "trainees" {
		t.Errorf("place and guests stay: %+v", sum)
	}
	cqc := s.invitee("CQC")
	if cqc.Answer != "" || len(cqc.Before) != 1 || cqc.Before[0] != (PastAnswer{at("2013-09-12 10:00"), "attending"}) {
		t.Errorf("the answer is asked again, and the old one kept: %+v", cqc)
	}
	moved := "is moved, from Thursday 12 September 2013, 10:00 UK time to Friday 13 September 2013, 14:00 UK time"
	if to := s.mailsSaying("N3", moved); len(to) != len(sum.Invited) {
		t.Errorf("the mail says from when to when: %v", to)
	}
	s.by("CQC", &ReplyToInvitation{Answer: "attending"}).by(nhse, &ConveneSummit{At: at("2013-09-13 15:00")})
	if got := s.invitee("CQC").Before; len(got) != 2 {
		t.Errorf("each answer is kept: %+v", got)
	}
	if d := s.duty(DutyHoldSummit, ""); !d.Due.Equal(at("2013-09-13 15:00")) {
		t.Errorf("%+v", d)
	}
}

func TestR84_ASummitIsMovedByWhoCalledItTheChairOrTheOfficesThatSeeToIt(t *testing.T) {
	later := &ConveneSummit{At: at("2013-09-12 15:00"), Also: []Party{"NMC"}, Why: "x"}
	s := triggered(t, kingsLynn).by("CCG", &ConveneSummit{At: at("2013-09-12 10:00")})
	for _, p := range []Party{"CQC", "MONITOR", "CCG/07K"} {
		s.refused("R84", p, later)
	}
	for _, p := range []Party{"CCG", nhse, "NHSCB/Y55"} {
		s.copied().by(p, later)
	}
	s.refused("R15", "PROVIDER", later)
}

func TestR84_AResponseMeetingThatIsMovedKeepsItsPlace(t *testing.T) {
	s := responding(t, kingsLynn).by(nhse, &ScheduleMeeting{At: at("2013-09-14 09:00"), Place: "Lynn"}).
		by(nhse, &ScheduleMeeting{At: at("2013-09-14 15:00")})
	if m := s.c.Meetings[0]; m.Place != "Lynn" || !m.At.Equal(at("2013-09-14 15:00")) {
		t.Errorf("%+v", m)
	}
	if to := s.mailsSaying("N16", "is moved, from Saturday 14 September 2013, 09:00 UK time to Saturday 14 September "+
		"2013, 15:00 UK time"); len(to) != len(s.c.Members) {
		t.Errorf("%v", to)
	}
	s.refused("R34", "CQC", &ScheduleMeeting{At: at("2013-09-14 16:00")}).
		by(nhse, &ScheduleMeeting{At: at("2013-09-14 15:00"), Place: "Norwich"})
	if to := s.mailsSaying("N49", "The place of response meeting 1"); len(to) != len(s.c.Members) {
		t.Errorf("%v", to)
	}
}

func TestR84_AMoveThatWouldBeReadTooLateGoesAtOnce(t *testing.T) {
	s := responding(t, kingsLynn).at("2013-09-17 12:00").by(nhse, &ScheduleMeeting{At: at("2013-09-18 07:30")}).
		at("2013-09-17 20:00").by(nhse, &ScheduleMeeting{At: at("2013-09-25 10:00")})
	n := s.c.Notices[len(s.c.Notices)-1]
	if n.Kind != "N16" || !n.Urgent || slices.ContainsFunc(n.To, Recipient.held) {
		t.Errorf("they would come at half past seven: %+v", n)
	}
}

func TestR84_R73_AGroupsMeetingThatIsMovedKeepsPlaceAndThemeAndSaysSo(t *testing.T) {
	s := group(t, "2013-04-01 09:00").
		by(nhse, &ScheduleGroupMeeting{At: at("2013-05-02 10:00"), Place: "Cambridge", Theme: "Nights"}).
		by("CQC", &SendPack{What: "x"}).
		by(nhse, &ScheduleGroupMeeting{At: at("2013-05-03 11:00")})
	m, _ := s.g.NextMeeting()
	if m.Place != "Cambridge" || m.Theme != "Nights" || len(m.Packs) != 1 || !m.At.Equal(at("2013-05-03 11:00")) {
		t.Errorf("%+v", m)
	}
	last := s.g.Notices[len(s.g.Notices)-1]
	if last.Kind != "N38" || !strings.Contains(last.Text, "is moved, from Thursday 2 May 2013, 10:00 UK time to Friday "+
		"3 May 2013, 11:00 UK time") {
		t.Errorf("%+v", last)
	}
	s.by(nhse, &ScheduleGroupMeeting{At: at("2013-05-03 11:00"), Place: "Ely"})
	if last := s.g.Notices[len(s.g.Notices)-1]; last.Kind != "N49" {
		t.Errorf("only the place has changed: %+v", last)
	}
}

// An interval that moves a meeting to which the members were asked tells them.
func TestR84_R72_ANewIntervalThatMovesAnInvitedMeetingSaysSo(t *testing.T) {
	s := group(t, "2013-04-01 09:00").at("2013-04-20 09:00")
	asked := len(s.told("N38"))
	s.by(nhse, &SetGroupInterval{Interval: calendar.MustPeriod("2mo")})
	last := s.g.Notices[len(s.g.Notices)-1]
	if asked == 0 || !strings.Contains(last.Text, "is moved, from Wednesday 1 May 2013") {
		t.Errorf("%d, %+v", asked, last)
	}
	if d := s.owes(DutyGroupMeeting, "1"); d.Due.Before(at("2013-06-01")) || d.Due.Sub(at("2013-06-01")) > 72*time.Hour {
		t.Errorf("%+v", d)
	}
}
