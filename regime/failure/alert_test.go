package failure

import (
	"slices"
	"strings"
	"testing"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/regimetest"
)

func TestR12_AnAlertClimbsUntilEachBodyHasAcknowledgedIt(t *testing.T) {
	s := triggered(t, kingsLynn).by("CQC", &AcknowledgeAlert{}).at("2013-09-10 12:00").
		by("MONITOR", &ProposeRingHolder{Candidate: "MONITOR"}). // whoever acts has read it
		at("2013-09-11 09:00")
	got := s.told("N1")
	if len(got) != 4 {
		t.Fatalf("%s", strings.Join(got, "\n"))
	}
	for i, want := range []struct{ when, to, not string }{
		{"10 Sep 2013 09:00", "CQC duty", ""},
		{"10 Sep 2013 11:00", "MONITOR deputy", "CQC"},
		{"10 Sep 2013 13:00", "CCG/07J executive", "MONITOR"},
		{"10 Sep 2013 15:00", "NHSCB/Y55 duty", "CCG"},
	} {
		if !strings.Contains(got[i], want.when) || !strings.Contains(got[i], want.to) ||
			want.not != "" && strings.Contains(got[i], want.not) {
			t.Errorf("%s, want %+v", got[i], want)
		}
	}
	last := s.c.Entries[len(s.c.Entries)-1]
	if d := s.duty(DutyAcknowledgeTrigger, s.c.Alerts[0].Subject); d.Open() || last.Verb != ledger.ByClock ||
		!strings.Contains(last.Text, "CCG (07J)") || strings.Contains(last.Text, "Monitor") {
		t.Fatalf("%+v %s", d, last.Text)
	}
	s.by("CCG/07J", &AcknowledgeAlert{}) // late is better than never
	var m *regime.Mistake
	if err := s.perform("CCG/07J", &AcknowledgeAlert{}); !regimetest.AsMistake(err, &m) {
		t.Fatalf("nothing waits for it any more: %v", err)
	}
}

func TestR12_AnAlertEndsWhenAllHaveAcknowledgedByWordOrByComing(t *testing.T) {
	s := triggered(t, kingsLynn).by("CQC", &AcknowledgeAlert{})
	var rest []regime.Party
	for _, m := range s.c.Members {
		rest = append(rest, m.Party)
	}
	s.by(regimetest.Nhse, &OpenSummit{Attending: rest}).at("2013-09-12 09:00")
	if d := s.duty(DutyAcknowledgeTrigger, s.c.Alerts[0].Subject); d.End != ledger.EndDone || len(s.told("N1")) != 1 {
		t.Fatalf("%+v %v", d, s.told("N1"))
	}
}

func TestR10_AnImmediateRiskGoesToTheExecutivesOfWhoHasNotAcknowledgedItInAnHour(t *testing.T) {
	s := open(t, kingsLynn, "2013-09-10 09:00").by(regimetest.Nhse, &TriggerRiskSummit{Concern: "x", Source: "media",
		Immediate: true}).at("2013-09-10 09:30").by("PROVIDER", &AcknowledgeAlert{}).at("2013-09-10 10:00")
	got := s.told("N2")
	if len(got) != 2 || !strings.Contains(got[1], "10:00: CQC executive, MONITOR executive") ||
		strings.Contains(got[1], "PROVIDER") || strings.Contains(got[1], string(regimetest.Nhse)) {
		t.Fatalf("%v", got)
	}
}

func TestR31_ARingHolderByDefaultWhoStaysSilentIsToldToItsExecutiveAndTheRegions(t *testing.T) {
	s := responding(t, kingsLynn).at("2013-09-13 05:10")
	if got := s.told("N14"); len(got) != 2 ||
		!strings.HasSuffix(got[1], "05:10: NHSCB/Q56 executive, NHSCB/Y55 executive") {
		t.Fatalf("%v", got)
	}
	s = responding(t, kingsLynn).by(regimetest.Nhse, &AcknowledgeAlert{}).at("2013-09-13 06:00")
	if got := s.told("N14"); len(got) != 1 {
		t.Fatalf("%v", got)
	}
}

func TestR44_CQCsLeadHearsOfACopyThatHasNotGoneInAnHour(t *testing.T) {
	s := open(t, kingsLynn, "2014-11-03 09:00").by("CQC", warn())
	if d := s.duty(regime.DutySendCopies, s.c.Duties[len(s.c.Duties)-1].Subject); d.End != ledger.EndDone {
		t.Fatalf("every mail has gone: %+v", d)
	}
	c := open(t, kingsLynn, "2014-11-03 09:00").c
	if _, err := c.Perform(ledger.Request{Sure: true, By: ledger.Actor{For: "CQC", Person: "x", Channel: "test"}}, warn(),
		regimetest.At("2014-11-03 09:00")); err != nil {
		t.Fatal(err)
	}
	c.pen.Tick(regimetest.At("2014-11-03 10:00"))
	if n := c.Notices[len(c.Notices)-1]; n.Kind != "N23" || !slices.ContainsFunc(n.To,
		func(r ledger.Recipient) bool { return r.Party == "CQC" && r.Level == regime.LevelLead }) {
		t.Fatalf("%+v", n)
	}
}

func TestR15_ThePackGoesOutWithWhatIsThereAndHoldsUpNothing(t *testing.T) {
	convened := func() *script {
		return triggered(t, kingsLynn).refused("R15", "CQC", &GivePage{Page: "x"}).
			by(regimetest.Nhse, &ConveneSummit{At: regimetest.At("2013-09-12 10:00")})
	}
	s := convened().by("CQC", &GivePage{Page: "two breaches"}).
		refused("R73", "CQC", &SendSummitPack{}).at("2013-09-12 10:00")
	got := s.told("N3")
	if len(got) != 3 || !strings.Contains(got[1], "Wed 11 Sep 2013 22:00: ") ||
		!strings.Contains(got[2], "Thu 12 Sep 2013 04:00: ") || strings.Contains(got[2], "LETB/Q56 duty, CQC") {
		t.Fatalf("invitation, pack, reminder:\n%s", strings.Join(got, "\n"))
	}
	s = convened().by("CQC", &GivePage{Page: "two breaches"}).by(regimetest.Nhse, &SendSummitPack{})
	if s.c.Summit.PackReady.IsZero() || s.duty(DutyGatherPack, "").End != ledger.EndDone {
		t.Fatalf("%+v", s.c.Summit)
	}
	s = convened()
	for _, p := range s.c.Summit.invited() {
		if !s.c.Summit.PackReady.IsZero() {
			t.Errorf("the pack went before %s gave its page", p)
		}
		s.by(p, &GivePage{Page: "x"})
	}
	if !s.c.Summit.PackReady.Equal(s.now) || s.duty(DutyGatherPack, "").End != ledger.EndDone {
		t.Errorf("all pages have come, and the pack does not go: %+v", s.c.Summit)
	}
	s = convened().by(regimetest.Nhse, &OpenSummit{Attending: []regime.Party{"CQC"}, Early: "it is urgent"}) // nobody sent a page
	if d := s.duty(DutyGatherPack, ""); d.End != ledger.EndNotNeeded {
		t.Fatalf("%+v", d)
	}
	near := triggered(t, kingsLynn).by(regimetest.Nhse, &ConveneSummit{At: regimetest.At("2013-09-10 15:00")})
	for _, d := range near.c.Duties {
		if d.Kind == DutyGatherPack {
			t.Fatalf("no pack is asked for within six hours: %+v", d)
		}
	}
}

func TestR12_AnAlertWaitsForThoseWhoAreToldAtItsMomentAndSaysByWhen(t *testing.T) {
	s := triggered(t, kingsLynn)
	a := s.c.Alerts[0]
	if len(s.c.Alerts) != 1 || len(a.Of) != len(s.c.Members) ||
		!s.c.Notices[0].By.Equal(regimetest.At("2013-09-10 11:00")) {
		t.Errorf("%+v, by %s", a, s.c.Notices[0].By)
	}
	s.c.pen.Notify(ledger.Notice{Kind: "N1", To: []ledger.Recipient{{Party: "CQC"}, {Party: "GMC"}}})
	s.c.pen.Flush(s.now)
	s.c.pen.Notify(ledger.Notice{Kind: "N1", To: []ledger.Recipient{{Party: "CQC"}}})
	s.c.pen.Notify(ledger.Notice{Kind: "N2", To: []ledger.Recipient{{Party: "CQC"}}})
	s.c.pen.Flush(s.now.AddDate(0, 0, 1))
	var of []int
	for _, a := range s.c.Alerts {
		of = append(of, len(a.Of))
	}
	if !slices.Equal(of, []int{len(s.c.Members) + 1, 1, 1}) {
		t.Errorf("%v: %+v", of, s.c.Alerts)
	}
}

func TestT12_AStandingCaseAlertsItsMembersAgainAndAgain(t *testing.T) {
	s := responding(t, kingsLynn).by(regimetest.Nhse, &HoldMeeting{Present: []regime.Party{"CQC"}, Record: "x",
		Next: regimetest.At("2013-12-20 10:00")}).at("2013-10-20 10:00")
	if got := s.told("N41"); len(got) != 2 {
		t.Fatalf("%v", got)
	}
}

// Whatever moves an action moves the case; a proposal alone, or its refusal, does not.
func TestT12_WhatMovesTheCasePutsTheAlertOfStandstillOff(t *testing.T) {
	s := responding(t, kingsLynn).by("CCG", propose("MONITOR")).by("CCG", propose("CQC")).
		by("CQC", &AcceptAction{Action: "A2", Due: regimetest.At("2014-01-01")}).at("2013-09-20 10:00")
	before := s.duty(DutyKeepMoving, "").Due
	later := regimetest.At("2013-10-30 09:00")
	for name, x := range map[string]struct {
		by    regime.Party
		act   Act
		moves bool
	}{
		"propose":  {"CCG/07J", propose("CQC"), false},
		"decline":  {"MONITOR", &DeclineAction{Action: "A1", Reason: "x"}, false},
		"accept":   {"MONITOR", &AcceptAction{Action: "A1", Due: later}, true},
		"done":     {"CQC", &CompleteAction{Action: "A2", Evidence: "x"}, true},
		"redate":   {"CQC", &RedateAction{Action: "A2", Due: later, Reason: "x"}, true},
		"withdraw": {"CQC", &WithdrawAction{Action: "A2", Reason: "x"}, true},
		"meeting":  {regimetest.Nhse, &HoldMeeting{Present: []regime.Party{"CQC"}, Record: "x"}, true},
	} {
		if p, ok := x.act.(*ProposeAction); ok {
			p.Due = later
		}
		d := s.copied().by(x.by, x.act).duty(DutyKeepMoving, "")
		if x.moves != d.Due.After(before) || !x.moves && !d.Due.Equal(before) {
			t.Errorf("%s: due %s, before %s", name, d.Due, before)
		}
	}
	if got := s.at("2014-01-15").told("N41"); len(got) == 0 {
		t.Fatal("nobody hears that the case stands still")
	}
}
