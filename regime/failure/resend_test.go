package failure

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/regimetest"
)

func TestADutyToFindAContactIsMetByItselfAloneAndSendsWhatTheContactMissed(t *testing.T) {
	m := mailed(t)
	m.answer = func(n ledger.Notice, r ledger.Recipient) ledger.SendResult {
		if (r.Party == "CQC" || r.Party == "MONITOR") && r.Level == regime.LevelDuty && r.Round == 0 {
			return refusesRecipients(n, r)
		}
		return ledger.SendResult{State: ledger.StateAccepted}
	}
	m.run(m.now.Add(time.Hour))
	n := m.c.Notices[0]
	if m.duties() != 2 {
		t.Fatalf("%d duties", m.duties())
	}
	m.by(regimetest.Nhse, &AddNote{Text: "rang them", Mended: "CQC duty"})
	if m.c.Duty(regime.DutyMendDirectory, "CQC, duty contact") != nil {
		t.Error("it is still owed")
	}
	m.duty(regime.DutyMendDirectory, m.c.Name("MONITOR")+", duty contact")
	m.run(m.now.Add(time.Hour))
	if m.taken[n.ID+" CQC duty"] != 1 || m.taken[n.ID+" MONITOR duty"] != 0 {
		t.Errorf("%v", m.taken)
	}
	if _, err := m.c.Perform(ledger.Request{By: ledger.Actor{For: regimetest.Nhse, Person: "x"}, Key: "k"}, &AddNote{Text: "x", Mended: "CQC:duty"}, m.now); err == nil ||
		!strings.Contains(err.Error(), "MONITOR:duty (D") {
		t.Errorf("%v", err)
	}
}

func TestWhatWasRefusedForGoodGoesAgainByNameAndNothingElseDoes(t *testing.T) {
	m := mailed(t)
	m.answer = func(n ledger.Notice, r ledger.Recipient) ledger.SendResult {
		if r.Party == "CQC" && r.Round == 0 {
			return refusesRecipients(n, r)
		}
		return ledger.SendResult{State: ledger.StateAccepted}
	}
	m.run(m.now.Add(time.Hour))
	n := m.c.Notices[0]
	for _, bad := range []ResendMail{{Notice: "n999"}, {Notice: n.ID, To: "MONITOR:duty"}} {
		if err := m.c.Check(ledger.Request{By: ledger.Actor{For: regimetest.Nhse, Person: "x"}}, &bad, m.now); err == nil {
			t.Errorf("%+v is taken", bad)
		}
	}
	m.by(regimetest.Nhse, &ResendMail{Notice: n.ID, To: "CQC:duty"})
	m.run(m.now.Add(time.Hour))
	if m.taken[n.ID+" CQC duty"] != 1 || m.taken[n.ID+" MONITOR duty"] != 1 || m.taken[n.ID+" CQC lead"] != 0 {
		t.Errorf("%v", m.taken)
	}
}

func (s *script) sendsLink(by regime.Party, to string) *script { return s.by(by, &SendLink{To: to}) }

func TestR128_OnlyTheBodyAndTheOfficeThatKeepsTheRecordSeeToItsLinks(t *testing.T) {
	s := triggered(t, kingsLynn)
	s.refused("R128", "MONITOR", &WithdrawLinks{To: "CQC:duty", Reason: "x"}).
		refused("R128", "MONITOR", &SendLink{To: "CQC:duty"}).
		by("CQC", &WithdrawLinks{To: "cqc duty", Reason: "the mailbox is shared"}).
		sendsLink(regimetest.Nhse, "CQC:duty")
	for _, wrong := range []Act{&SendLink{To: "CQC:duty"}, &SendLink{To: "CQC"}, &SendLink{To: "CQC:desk"},
		&SendLink{To: "GDC:duty"}, &WithdrawLinks{To: "CQC:duty", Notice: "n999", Reason: "x"}} {
		if err := s.perform("CQC", wrong); err == nil || regime.RefusedBy(err) != "" {
			t.Errorf("%+v: %v", wrong, err)
		}
	}
	s.at("2013-09-10 10:30").sendsLink("CQC", "CQC:duty")
	if n := len(s.told(regime.NoticeNewLink)); n != 2 {
		t.Errorf("%d new links", n)
	}
}

func TestR128_OnlyWhatHasGoneIsWithdrawnAndStaysSo(t *testing.T) {
	s := triggered(t, kingsLynn).by("CQC", &WithdrawLinks{To: "CQC:duty", Reason: "x"})
	was := s.c.Notices[0].ID
	s.by(regimetest.Nhse, &ConveneSummit{At: regimetest.At("2013-09-12 10:00")})
	for _, n := range s.c.Notices {
		for _, r := range n.To {
			if want := n.ID == was && r.Party == "CQC" && r.Level == regime.LevelDuty; want && !r.NoLink ||
				r.NoLink && (r.Party != "CQC" || n.Kind == regime.NoticeAnswerInvitation) {
				t.Errorf("%s to %s, %s: %v", n.ID, r.Party, r.Level, r.NoLink)
			}
		}
	}
}

func TestR129_ABodyPassesOnWhatItWasAskedItselfAndNothingElse(t *testing.T) {
	s := triggered(t, kingsLynn)
	s.by(regimetest.Nhse, &ConveneSummit{At: regimetest.At("2013-09-12 10:00")})
	var asked ledger.Notice
	for _, n := range s.c.Notices {
		if n.Kind == regime.NoticeAnswerInvitation {
			asked = n
		}
	}
	s.refused("R129", "GDC", &PassOn{To: regime.LevelDeputy, Notice: asked.ID}).
		refused("R129", "CQC", &PassOn{To: regime.LevelDeputy, Notice: "n999"}).
		by("CQC", &PassOn{To: regime.LevelDeputy, Notice: asked.ID})
	passed := s.c.Notices[len(s.c.Notices)-1]
	asks := s.c.Asked(passed)
	if passed.Kind != regime.NoticePassedOn || len(passed.To) != 1 || passed.To[0].Party != "CQC" ||
		passed.To[0].Level != regime.LevelDeputy || len(asks) == 0 || !strings.Contains(asks[0].How, "summit reply") {
		t.Errorf("%+v asks %+v", passed, asks)
	}
	if passed.Entry == "" || passed.Entry != asked.Enters() || passed.By.IsZero() {
		t.Errorf("it does not say by when: %+v", passed)
	}
}

func TestR130_AnAnswerByPageIsToldToTheBodysOtherContactsAlone(t *testing.T) {
	s := triggered(t, kingsLynn)
	act := &AddNote{Text: "staff are afraid"}
	if _, err := s.c.Perform(ledger.Request{By: ledger.Actor{For: "CQC", Person: "Jo Bloggs", Channel: ledger.ChannelPage,
		Contact: regime.LevelDuty, Notice: s.c.Notices[0].ID}}, act, s.now); err != nil {
		t.Fatal(err)
	}
	told := s.c.Notices[len(s.c.Notices)-1]
	if told.Kind != regime.NoticeAnswered || strings.Contains(told.Text, "afraid") || len(told.To) == 0 {
		t.Errorf("%+v", told)
	}
	for _, r := range told.To {
		if r.Party != "CQC" || r.Level == regime.LevelDuty {
			t.Errorf("%+v is told", r)
		}
	}
	if w := s.c.ContactUses(); !slices.ContainsFunc(w, func(u ledger.ContactUse) bool { return u.Party == "CQC" && u.Pages == 1 }) ||
		!slices.ContainsFunc(w, ledger.ContactUse.Never) {
		t.Errorf("%+v", w)
	}
	e, ok := s.c.Explain(strconv.Itoa(s.c.LastEntry))
	if !ok || !strings.Contains(e.Points[1].Says, "page, by the link of the duty contact (n") {
		t.Errorf("%+v", e)
	}
}
