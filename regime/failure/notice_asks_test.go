package failure

import (
	"slices"
	"strings"
	"testing"
	"time"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/regimetest"
	"holdthering/regime/words"
)

// askedOf are the verbs that the latest notice of a kind shows a party; "-" where it is told only.
func (s *script) askedOf(k regime.NoticeKind, p regime.Party) (verbs []string, says string) {
	for i := len(s.c.Notices) - 1; i >= 0; i-- {
		n := s.c.Notices[i]
		if n.Kind != k || !slices.ContainsFunc(n.To, func(r ledger.Recipient) bool { return r.Party == p && r.Level == regime.LevelDuty }) {
			continue
		}
		for _, a := range s.c.Asked(n) {
			if slices.Contains(a.Of, p) {
				verbs, says = append(verbs, a.How), says+a.Says+"; "
			}
		}
		return verbs, says
	}
	return []string{"no notice"}, ""
}

func TestTheConvenorIsAskedToOpenTheSummitAndTheInvitedToAnswer(t *testing.T) {
	s := triggered(t, kingsLynn)
	s.by(regimetest.Nhse, soon(s))
	if got, says := s.askedOf("N3", regimetest.Nhse); !slices.Equal(got, []string{"summit reply, summit pack", "summit open"}) {
		t.Fatalf("the convenor: %q, %s", got, says)
	}
	if got, _ := s.askedOf("N3", "CQC"); !slices.Equal(got, []string{"summit reply, summit pack"}) {
		t.Fatalf("a guest: %q", got)
	}
}

func TestAnAlertAsksToAcknowledgeIt(t *testing.T) {
	s := triggered(t, kingsLynn)
	if got, says := s.askedOf("N1", "CQC"); !slices.Equal(got, []string{"acknowledge"}) || says != "acknowledge this alert; " {
		t.Fatalf("%q, %q", got, says)
	}
	s.at("2013-09-11 12:00")
	chased := 0
	for _, n := range s.c.Notices {
		for _, a := range s.c.Asked(n) {
			if n.Kind == "N1" && n.Rung > 0 && a.How != "acknowledge" {
				t.Errorf("who is chased is to know how to answer: %+v", a)
			}
			chased += words.Flag(n.Kind == "N1" && n.Rung > 0 && slices.Contains(a.Of, "CQC"))
		}
	}
	if chased == 0 {
		t.Error("CQC is not chased for its acknowledgement")
	}
}

func TestNobodyIsChasedToAcknowledgeASummitThatIsOver(t *testing.T) {
	s := triggered(t, kingsLynn)
	s.by(regimetest.Nhse, &ConveneSummit{At: s.now.Add(time.Hour)})
	s.at(s.now.Add(61 * time.Minute).Format("2006-01-02 15:04"))
	s.by(regimetest.Nhse, &OpenSummit{Attending: []regime.Party{"CQC"}})
	chased := func() (out []regime.Party) {
		for _, n := range s.c.Notices {
			if n.Kind == "N1" && n.Rung > 0 {
				out = append(out, ledger.PartiesOf(n.To)...)
			}
		}
		return out
	}
	if got := s.c.roleParties("unacknowledged", *s.c.Duty(DutyAcknowledgeTrigger, s.c.Alerts[0].Subject)); slices.Contains(got, "CQC") ||
		slices.ContainsFunc(got, func(p regime.Party) bool { return !slices.Contains(s.c.Summit.invited(), p) }) {
		t.Fatalf("while it is in session: %v", got)
	}
	s.by(regimetest.Nhse, &EndSummit{})
	before := len(chased())
	s.at(s.now.Add(24 * time.Hour).Format("2006-01-02 15:04"))
	if got := chased(); len(got) != before {
		t.Fatalf("after its end: %v", got[before:])
	}
}

func TestADigestAsksForWhatIsOpenAndSaysByWhen(t *testing.T) {
	s := triggered(t, kingsLynn)
	s.at(s.now.AddDate(0, 0, 14).Format("2006-01-02 15:04"))
	found := false
	for _, n := range s.c.Notices {
		asks := len(s.c.Asked(n)) > 0
		open := slices.ContainsFunc(n.Items, func(i string) bool { return !strings.HasPrefix(i, "new in") })
		if n.Kind == "N44" && asks != open || asks && n.Kind == "N44" && n.By.IsZero() {
			t.Errorf("%+v", n)
		}
		found = found || n.Kind == "N44" && asks
	}
	if !found {
		t.Error("no digest asks for anything")
	}
}

func TestAReminderFollowsTheFirstMailAboutItsDuty(t *testing.T) {
	s := triggered(t, kingsLynn)
	first := s.c.Notices[slices.IndexFunc(s.c.Notices, func(n ledger.Notice) bool { return n.Kind == "N4" })]
	if got := s.c.FirstMail("REF", first, regimetest.Nhse); got != "" {
		t.Fatalf("the first follows %q", got)
	}
	s.c.pen.RecordSent([]ledger.SendResult{{Notice: first.ID, Party: regimetest.Nhse, Level: regime.LevelDuty,
		State: ledger.StateAccepted}}, s.now)
	s.at(s.now.Add(25 * time.Hour).Format("2006-01-02 15:04"))
	reminder := s.c.Notices[len(s.c.Notices)-1]
	for _, n := range s.c.Notices {
		if n.Kind == "N4" && n.Rung > 0 {
			reminder = n
		}
	}
	want := ledger.MailID("REF", first.ID, ledger.Recipient{Party: regimetest.Nhse, Level: regime.LevelDuty})
	if got := s.c.FirstMail("REF", reminder, regimetest.Nhse); got != want {
		t.Fatalf("%q, want %q (%+v)", got, want, reminder)
	}
	if got := s.c.FirstMail("REF", reminder, "CQC"); got != "" {
		t.Fatalf("a body that was not told follows %q", got)
	}
}

func TestWhatIsAheadIsAMeetingOrADeadlineInCalendars(t *testing.T) {
	s := triggered(t, kingsLynn)
	s.by(regimetest.Nhse, soon(s))
	meetings, deadlines := 0, 0
	for _, n := range s.c.Notices {
		switch e, ok := s.c.CalendarEntry(n); {
		case ok && e.Title == "Risk summit" && !e.Lasts.IsZero():
			meetings++
		case ok && e.Title == "" && e.Says != "" && e.Owner != "":
			deadlines++
		case ok:
			t.Errorf("%+v", e)
		}
	}
	if meetings == 0 || deadlines == 0 {
		t.Errorf("%d meetings, %d deadlines", meetings, deadlines)
	}
}
