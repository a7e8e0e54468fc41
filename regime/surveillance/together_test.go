package surveillance

import (
	"slices"
	"strings"
	"testing"

	"holdthering/regime"
	"holdthering/regime/regimetest"
)

func TestR132_AnIndicatorStandsOnTheAgendaAndNothingFollowsFromIt(t *testing.T) {
	s := group(t, "2013-04-01 09:00")
	duties, notices, level := len(s.g.OpenDuties()), len(s.g.Notices), s.g.provider("RCX").Level
	worst := &NoteIndicator{Provider: "rcx", What: "Hospital mortality", Value: "164", Source: "quality dashboard",
		Of: regimetest.At("2013-03-31")}
	s.by("CQC", worst).saysIn("Indicator I1 about provider RCX: Hospital mortality 164, of 31 March 2013 (quality dashboard)")
	if len(s.g.OpenDuties()) != duties || len(s.g.Notices) != notices || s.g.provider("RCX").Level != level || len(s.g.Worries()) != 0 {
		t.Error("something follows from it")
	}
	next := *worst
	next.Value, next.Of = "121", regimetest.At("2013-04-30")
	s.at("2013-05-01 09:00").by("CCG/07K", &next)
	other := next
	other.Source = "the trust"
	s.by("GMC", &other).refused("", "CQC", &NoteIndicator{Provider: "?", What: "x", Value: "x", Source: "x"})
	want := "Indicator I1, RCX: Hospital mortality 121, of 30 April 2013 (quality dashboard); before: 164, of 31 March 2013"
	if got := linesOf(s.item(itemPacks)); !strings.Contains(got, want) || strings.Count(got, "Indicator") != 2 {
		t.Error(got)
	}
	board := s.g.Board(s.now)
	if !strings.Contains(board, "2 indicators about 1 provider, the latest of 30 April 2013") || strings.Contains(board, "mortality") {
		t.Error(board)
	}
	for what, says := range map[string]string{"I1": "Hospital mortality", "RCX": "121, of 30 April 2013"} {
		if e, err := s.g.Why(what); err != nil || !strings.Contains(regimetest.AsText(e), says) {
			t.Errorf("why %s: %v %+v", what, err, e)
		}
	}
}

func TestR133_WhatTwoBodiesSaidIsToldToTheOtherAndBothAreRemindedOfTheNextTime(t *testing.T) {
	s := group(t, "2013-04-01 09:00").
		refused("", "CQC", &RecordTalk{With: "CQC", What: "x"}).
		refused("", "CQC", &RecordTalk{With: "PROVIDER/RCX", What: "x"}).
		by("MONITOR", &RecordTalk{With: "CQC", What: "Monitor looks at governance", Next: regimetest.At("2013-05-02 17:00")}).
		saysIn("Talked with CQC (B1)", "They talk again by Thursday 2 May 2013")
	if to := s.mailed("N76", "(B1)"); !slices.Equal(to, []regime.Party{"CQC"}) {
		t.Errorf("told: %v", to)
	}
	for day, want := range map[string]int{"2013-04-29 12:00": 1, "2013-04-30 12:00": 3} { // three days before, both
		n := 0
		for _, mail := range s.copied().at(day).g.Notices {
			if mail.Kind == "N76" {
				n += len(mail.To)
			}
		}
		if n != want {
			t.Errorf("by %s %d are told or reminded", day, n)
		}
	}
	late := s.copied().at("2013-05-20 09:00")
	for _, p := range []regime.Party{"CQC", "MONITOR"} {
		if d := late.owes(regime.DutyTalkAgain, "B1|"+string(p)); d == nil || !d.Overdue {
			t.Errorf("%s is not asked: %+v", p, d)
		}
	}
	if got := linesOf(late.item(itemActions)); !strings.Contains(got, "LATE B1, Monitor and CQC were to talk again by 2 May 2013") {
		t.Error(got)
	}
	s.at("2013-05-01 09:00").by("CQC", &RecordTalk{With: "MONITOR", What: "an inspection in May"}).
		saysIn("(B1)", "No time is named for the next talk")
	if s.owes(regime.DutyTalkAgain, "B1|CQC") != nil || s.owes(regime.DutyTalkAgain, "B1|MONITOR") != nil || len(s.g.Talks) != 1 {
		t.Errorf("they have talked: %+v", s.g.Talks)
	}
}

func TestR134_CommissionersOfOneProviderSayWhoLeadsAndEachTakesPartByItsOwnWord(t *testing.T) {
	propose := func(lead regime.Party, with ...regime.Party) *ProposeArrangement {
		return &ProposeArrangement{Provider: "RCX", Lead: lead, With: with, What: "one contract meeting a month"}
	}
	s := group(t, "2013-04-01 09:00").
		refused("R134", "CQC", propose("CCG/07J", "CCG/07J")).
		refused("R134", "CCG/07J", propose("CCG/07J", "MONITOR")).
		refused("", "CCG/07J", propose("CCG/07K", regimetest.Nhse)).
		refused("", "CCG/07J", propose("CCG/07J", "CCG/07J")).
		by("CCG/07J", propose("CCG/07J", "CCG/07K", regimetest.Nhse, "CCG/07K"))
	if to := s.mailed("N76", "(P1)"); !slices.Equal(to, []regime.Party{"CCG/07K", regimetest.Nhse}) {
		t.Errorf("asked: %v", to)
	}
	s.refused("R134", "CQC", &AnswerArrangement{Arrangement: "P1", Answer: "yes"}).
		refused("", "CCG/07K", &AnswerArrangement{Arrangement: "P2", Answer: "yes"}).
		by("CCG/07K", &AnswerArrangement{Arrangement: "p1", Answer: "yes"}).
		by(regimetest.Nhse, &AnswerArrangement{Arrangement: "P1", Answer: "no", Reason: "it commissions nothing there"})
	want := "P1, RCX, led by CCG (07J), agreed by CCG (07J) and CCG (07K); not: NHS England (Q56)"
	if got := linesOf(s.item(itemActions)); !strings.Contains(got, want) {
		t.Error(got)
	}
	if to := s.mailed("N76", "takes no part in arrangement P1"); !slices.Equal(to, []regime.Party{"CCG/07J", "CCG/07K"}) {
		t.Errorf("told: %v", to)
	}
	led := s.copied().by("CCG/07J", &AnswerArrangement{Arrangement: "P1", Answer: "no"}).saysIn("With that it has ended")
	if led.g.Arrangements[0].Ended.IsZero() || strings.Contains(linesOf(led.item(itemActions)), "P1") {
		t.Error("without who leads it goes on")
	}
	s.by("CCG/07K", &AnswerArrangement{Arrangement: "P1", Answer: "no"}).
		refused("", "CCG/07K", &AnswerArrangement{Arrangement: "P1", Answer: "yes"})
	if e, err := s.g.Why("P1"); err != nil || s.g.Arrangements[0].Ended.IsZero() {
		t.Errorf("%v %+v", err, e)
	}
}

func TestR71_ManyCommissionersCouncilsAndHealthwatchSitInARegionalGroup(t *testing.T) {
	s := group(t, "2013-04-01 09:00", inRegion())
	for _, p := range []regime.Party{"CCG/07J", "CCG/07K", "LA_COMM/E10000020", "LA_COMM/E10000029", "HEALTHWATCH_LOCAL/E10000020"} {
		s.by(p, &JoinGroup{})
		if !s.g.IsMember(p) {
			t.Errorf("%s has no seat", p)
		}
	}
	s.by("CCG/07J", &RaiseConcern{Provider: "RCX", What: "x"}).by("CCG/07K", &RaiseConcern{Provider: "RCX", What: "y"})
	if got := s.g.Together("RCX").Bodies; len(got) != 2 {
		t.Errorf("they count as %v", got)
	}
	if to := s.by("CQC", &RaiseConcern{Provider: "RCX", What: "z", Urgent: true}).mailed("N2", ""); !slices.Contains(to, "CCG/07J") ||
		!slices.Contains(to, "CCG/07K") {
		t.Errorf("told: %v", to)
	}
}
