package failure

import (
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
