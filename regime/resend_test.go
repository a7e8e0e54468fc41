package regime

import (
	"strings"
	"testing"
	"time"
)

func TestADutyToFindAContactIsMetByItselfAloneAndSendsWhatTheContactMissed(t *testing.T) {
	m := mailed(t)
	m.answer = func(n Notice, r Recipient) Telling {
		if (r.Party == "CQC" || r.Party == "MONITOR") && r.Level == LevelDuty && r.Round == 0 {
			return refusesRecipients(n, r)
		}
		return Telling{State: ToldAccepted}
	}
	m.run(m.now.Add(time.Hour))
	n := m.c.Notices[0]
	if m.duties() != 2 {
		t.Fatalf("%d duties", m.duties())
	}
	m.by(nhse, &AddNote{Text: "rang them", Mended: "CQC duty"})
	if m.c.duty(DutyMendDirectory, "CQC, duty contact") != nil {
		t.Error("it is still owed")
	}
	m.duty(DutyMendDirectory, m.c.Name("MONITOR")+", duty contact")
	m.run(m.now.Add(time.Hour))
	if m.taken[n.ID+" CQC duty"] != 1 || m.taken[n.ID+" MONITOR duty"] != 0 {
		t.Errorf("%v", m.taken)
	}
	if _, err := m.c.Perform(Request{By: Actor{For: nhse, Person: "x"}, Key: "k"}, &AddNote{Text: "x", Mended: "CQC:duty"}, m.now); err == nil ||
		!strings.Contains(err.Error(), "MONITOR:duty (D") {
		t.Errorf("%v", err)
	}
}

func TestWhatWasRefusedForGoodGoesAgainByNameAndNothingElseDoes(t *testing.T) {
	m := mailed(t)
	m.answer = func(n Notice, r Recipient) Telling {
		if r.Party == "CQC" && r.Round == 0 {
			return refusesRecipients(n, r)
		}
		return Telling{State: ToldAccepted}
	}
	m.run(m.now.Add(time.Hour))
	n := m.c.Notices[0]
	for _, bad := range []ResendMail{{Notice: "n999"}, {Notice: n.ID, To: "MONITOR:duty"}} {
		if err := m.c.Check(Request{By: Actor{For: nhse, Person: "x"}}, &bad, m.now); err == nil {
			t.Errorf("%+v is taken", bad)
		}
	}
	m.by(nhse, &ResendMail{Notice: n.ID, To: "CQC:duty"})
	m.run(m.now.Add(time.Hour))
	if m.taken[n.ID+" CQC duty"] != 1 || m.taken[n.ID+" MONITOR duty"] != 1 || m.taken[n.ID+" CQC lead"] != 0 {
		t.Errorf("%v", m.taken)
	}
}
