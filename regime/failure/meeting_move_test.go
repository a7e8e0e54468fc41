package failure

import (
	"slices"
	"strings"
	"testing"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/regimetest"
)

// mailsSaying are the parties that were mailed the words, in a notice of the kind.
func (s *script) mailsSaying(k regime.NoticeKind, words string) []regime.Party {
	var out []regime.Party
	for _, n := range s.c.Notices {
		if n.Kind == k && strings.Contains(n.Text, words) {
			for _, r := range n.To {
				out = append(out, r.Party)
			}
		}
	}
	return out
}

func (s *script) invitee(p regime.Party) Invitee {
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
		by(regimetest.Nhse, &ConveneSummit{At: regimetest.At("2013-09-12 10:00"), Place: "Lynn",
			Also: []regime.Party{"GMC"}, Why: "trainees"}).
		by("CQC", &ReplyToInvitation{Answer: "attending"}).by("GMC", &ReplyToInvitation{Answer: "sending-deputy"})
}

func TestR84_AnswersStayWhereTheTimeDoesAndPlaceAndGuestsAlways(t *testing.T) {
	s := answered(t).by(regimetest.Nhse, &ConveneSummit{At: regimetest.At("2013-09-12 10:00"), Place: "By telephone"})
	if s.invitee("CQC").Answer != "attending" || s.invitee("GMC").Answer != "sending-deputy" {
		t.Errorf("only the place has changed: %+v", s.c.Summit.Invited)
	}
	if to := s.mailsSaying("N49", "The place of the risk summit"); len(to) != len(s.c.Summit.Invited) {
		t.Errorf("those invited are told of the place: %v", to)
	}
	if n := len(s.told("N3")); n != 1 {
		t.Errorf("nobody is invited again: %d", n)
	}
	s.by(regimetest.Nhse, &ConveneSummit{At: regimetest.At("2013-09-12 10:00"), Also: []regime.Party{"NMC"},
		Why: "nurses"})
	if s.c.Summit.Place != "By telephone" || s.invitee("CQC").Answer != "attending" {
		t.Errorf("another guest changes nothing else: %+v", s.c.Summit)
	}
	if got := s.told("N3"); len(got) != 2 || !strings.HasSuffix(got[1], ": NMC duty") {
		t.Errorf("only who is new is invited: %v", got)
	}
}

func TestR84_ASummitThatIsMovedAsksAgainAndSaysFromWhenToWhen(t *testing.T) {
	s := answered(t).at("2013-09-11 09:00").by(regimetest.Nhse, &ConveneSummit{At: regimetest.At("2013-09-13 14:00")})
	sum := s.c.Summit
	if sum.Place != "Lynn" || !slices.Contains(sum.invited(), "GMC") || s.invitee("GMC").Why != "trainees" {
		t.Errorf("place and guests stay: %+v", sum)
	}
	cqc := s.invitee("CQC")
	if cqc.Answer != "" || len(cqc.Before) != 1 || cqc.Before[0] != (PastAnswer{regimetest.At("2013-09-12 10:00"), "attending"}) {
		t.Errorf("the answer is asked again, and the old one kept: %+v", cqc)
	}
	moved := "is moved, from Thursday 12 September 2013, 10:00 UK time to Friday 13 September 2013, 14:00 UK time"
	if to := s.mailsSaying("N3", moved); len(to) != len(sum.Invited) {
		t.Errorf("the mail says from when to when: %v", to)
	}
	s.by("CQC", &ReplyToInvitation{Answer: "attending"}).by(regimetest.Nhse,
		&ConveneSummit{At: regimetest.At("2013-09-13 15:00")})
	if got := s.invitee("CQC").Before; len(got) != 2 {
		t.Errorf("each answer is kept: %+v", got)
	}
	if d := s.duty(regime.DutyHoldSummit, ""); !d.Due.Equal(regimetest.At("2013-09-13 15:00")) {
		t.Errorf("%+v", d)
	}
}

func TestR84_ASummitIsMovedByWhoCalledItTheChairOrTheOfficesThatSeeToIt(t *testing.T) {
	later := &ConveneSummit{At: regimetest.At("2013-09-12 15:00"), Also: []regime.Party{"NMC"}, Why: "x"}
	s := triggered(t, kingsLynn).by("CCG", &ConveneSummit{At: regimetest.At("2013-09-12 10:00")})
	for _, p := range []regime.Party{"CQC", "MONITOR", "CCG/07K"} {
		s.refused("R84", p, later)
	}
	for _, p := range []regime.Party{"CCG", regimetest.Nhse, "NHSCB/Y55"} {
		s.copied().by(p, later)
	}
	s.refused("R15", "PROVIDER", later)
}

func TestR84_AResponseMeetingThatIsMovedKeepsItsPlace(t *testing.T) {
	s := responding(t, kingsLynn).by(regimetest.Nhse, &ScheduleMeeting{At: regimetest.At("2013-09-14 09:00"),
		Place: "Lynn"}).
		by(regimetest.Nhse, &ScheduleMeeting{At: regimetest.At("2013-09-14 15:00")})
	if m := s.c.Meetings[0]; m.Place != "Lynn" || !m.At.Equal(regimetest.At("2013-09-14 15:00")) {
		t.Errorf("%+v", m)
	}
	if to := s.mailsSaying("N16", "is moved, from Saturday 14 September 2013, 09:00 UK time to Saturday 14 September "+
		"2013, 15:00 UK time"); len(to) != len(s.c.responding()) {
		t.Errorf("%v", to)
	}
	s.refused("R34", "CQC", &ScheduleMeeting{At: regimetest.At("2013-09-14 16:00")}).
		by(regimetest.Nhse, &ScheduleMeeting{At: regimetest.At("2013-09-14 15:00"), Place: "Norwich"})
	if to := s.mailsSaying("N49", "The place of response meeting 1"); len(to) != len(s.c.responding()) {
		t.Errorf("%v", to)
	}
}

func TestR84_AMoveThatWouldBeReadTooLateGoesAtOnce(t *testing.T) {
	s := responding(t, kingsLynn).at("2013-09-17 12:00").by(regimetest.Nhse,
		&ScheduleMeeting{At: regimetest.At("2013-09-18 07:30")}).
		at("2013-09-17 20:00").by(regimetest.Nhse, &ScheduleMeeting{At: regimetest.At("2013-09-25 10:00")})
	n := s.c.Notices[len(s.c.Notices)-1]
	if n.Kind != "N16" || !n.Urgent || slices.ContainsFunc(n.To, ledger.Recipient.Deferred) {
		t.Errorf("they would come at half past seven: %+v", n)
	}
}
