package surveillance

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/regimetest"
)

// inConfidence is a group that a training board has told something in confidence, beside an
// open concern of CQC's.
func inConfidence(t *testing.T) *groupScript {
	return group(t, "2013-04-02 09:00").
		by("LETB", &RaiseConcern{Provider: "RCX", What: "nights", Source: "whistleblower", Urgent: true,
			Confidential: true, Kind: regime.AboutTraining}).
		by("CQC", &RaiseConcern{Provider: "RCX", What: "falls"}).
		by("LETB", &RaiseConcern{Provider: "RGP", What: "rotas", Confidential: true}).
		by(regimetest.Nhse, &ConsiderProvider{Provider: "RCX", Outcome: "note-and-watch"})
}

func TestR14_WhoSpokeInConfidenceStandsNowhereThatMembersLook(t *testing.T) {
	s := inConfidence(t)
	s.at("2013-04-20 10:00") // the invitation goes to all, so its recipients tell nothing
	for _, n := range s.g.Notices {
		if strings.Contains(n.Text, "Training Board") {
			t.Errorf("a mail names it: %s", n.Text)
		}
	}
	k := s.g.Public()
	k.Members, k.Minimum, k.Notices = nil, nil, nil // a member is a member, and is written to as one
	raw, err := json.Marshal(k)
	if err != nil {
		t.Fatal(err)
	}
	shown := map[string]string{"state": string(raw), "agenda": s.g.AgendaMarkdown(s.now),
		"board": s.g.Board(s.now), "outcomes": s.g.OutcomeLog().CSV(), "actions": s.g.ActionLog(s.now).CSV()}
	for name, text := range shown {
		for _, secret := range []string{"LETB/Q56", "Education and Training Board (Q56)", "whistleblower"} {
			if name == "agenda" { // it lists who has a seat and who has not
				text = strings.ReplaceAll(text, "of the minimum (R69): Local Education", "")
			}
			if strings.Contains(text, secret) {
				t.Errorf("%s tells %q: %s", name, secret, text)
			}
		}
	}
	if !strings.Contains(shown["agenda"], "2 bodies, the latest concern the second in the last 24 months. URGENT a body not named (C1): nights / CQC (C2): falls") {
		t.Error(shown["agenda"])
	}
	if s.g.Confided[0].By.For != "LETB/Q56" || s.g.Confided[0].Source != "whistleblower" {
		t.Error("the group itself has forgotten")
	}
}

func TestR14_TheChairAndTheSupportMayAskWhoSpokeAndEachBodySeesItsOwn(t *testing.T) {
	s := inConfidence(t).by(regimetest.Nhse, &ScheduleGroupMeeting{At: regimetest.At("2013-05-07 10:00"),
		Chair: "CCG/07J"})
	for _, p := range []regime.Party{regimetest.Nhse, "NHSCB", "CCG/07J", "LETB"} {
		got, err := s.g.Sources(p)
		if err != nil || len(got) != 2 || got[0].By.For != "LETB/Q56" || got[0].Source != "whistleblower" ||
			got[1].Concern != "C3" {
			t.Errorf("%s: %+v, %v", p, got, err)
		}
	}
	for _, p := range []regime.Party{"CQC", "CCG/07K", "MONITOR"} {
		if got, err := s.g.Sources(p); len(got) != 0 || regime.RefusedBy(err) != "R14" {
			t.Errorf("%s: %+v, %v", p, got, err)
		}
	}
}

func TestR14_AnOpenVoiceDoesNotGiveAwayTheOneInConfidence(t *testing.T) {
	s := group(t, "2013-04-02 09:00").
		by("CQC", &RaiseConcern{Provider: "RCX", What: "falls"}).
		by("CQC", &RaiseConcern{Provider: "RCX", What: "nights", Confidential: true}).
		by("CQC", &RaiseConcern{Provider: "RCX", What: "rotas", Confidential: true})
	if got := s.g.Together("RCX").Bodies; len(got) != 2 || got[1] != "UNNAMED/C2" {
		t.Errorf("%v", got)
	}
	if got := s.g.Public().Together("RCX").Bodies; len(got) != 2 || got[1] != "UNNAMED/C2" {
		t.Errorf("what is shown counts otherwise: %v", got)
	}
	s.refused("", "UNNAMED/C2", &RaiseConcern{Provider: "RCX", What: "x"})
}

func TestR14_WhatWasToldInConfidenceGivesItsBodyAwayInNoWay(t *testing.T) {
	s := group(t, "2013-04-01 09:00").at("2013-04-02 09:00")
	req := ledger.Request{By: ledger.Actor{For: "LETB", Person: "x", Channel: "test"}, Key: "k1", Fingerprint: "p1"}
	in := func(code string, confidential bool) {
		t.Helper()
		if _, err := s.g.Perform(req, &RaiseConcern{Provider: code, What: "x",
			Confidential: confidential, Source: "whistleblower"}, s.now); err != nil {
			t.Fatal(err)
		}
		req.Key, req.Fingerprint = req.Key+"k", req.Fingerprint+"p"
	}
	in("RCX", true)
	in("RCX", false)
	in("RCX", true)
	in("RGP", true)
	s.by("CCG/07J", &RaiseConcern{Provider: "RCX", What: "x", Confidential: true})
	var voices []string
	for _, c := range s.g.Public().Concerns {
		voices = append(voices, string(c.By.For))
	}
	if got := strings.Join(voices, " "); got != "UNNAMED/C1 LETB/Q56 UNNAMED/C1 UNNAMED/C4 UNNAMED/C5" {
		t.Error(got)
	}
	for i, e := range s.g.Public().Entries {
		secret := i != 1
		if (e.By.For.Body() == unnamed) != secret || secret && e.By.Person != "" || e.Key+e.Fingerprint != "" {
			t.Errorf("%+v", e)
		}
	}
	for p, want := range map[regime.Party]int{regimetest.Nhse: 4, "LETB": 3, "CCG/07J": 1} {
		if got, err := s.g.Sources(p); err != nil || len(got) != want {
			t.Errorf("%s sees %+v, %v", p, got, err)
		}
	}
	if _, err := s.g.Sources("CQC"); regime.RefusedBy(err) != "R14" {
		t.Error(err)
	}
	if got, err := group(t, "2013-04-01 09:00").g.Sources(regimetest.Nhse); err != nil || len(got) != 0 {
		t.Errorf("%v %v", got, err)
	}
	if got := s.g.yetToSend(); !slices.Contains(got, "CCG/07J") || slices.Contains(got, "LETB/Q56") {
		t.Errorf("yet to send: %v", got)
	}
}

func TestR14_WhoOnlyTriesForAnotherBodyDoesNotLearnThatItToldInConfidence(t *testing.T) {
	s := group(t, "2013-04-02 09:00").by("CCG/07K", &RaiseConcern{Provider: "RCX", What: "nights", Confidential: true})
	for what, act := range map[string]Act{
		"one that is open":                    &KeepConcernOpen{Concern: "C1", Reason: "x"},
		"a day before it was raised":          &WithdrawConcern{Concern: "C1", Reason: "x", At: regimetest.At("2013-04-01 09:00")},
		"a day to come":                       &WithdrawConcern{Concern: "C1", Reason: "x", At: regimetest.At("2014-04-01 09:00")},
		"a concern that there is not":         &WithdrawConcern{Concern: "C9", Reason: "x"},
		"no reason, which every act asks for": &WithdrawConcern{Concern: "C1"},
	} {
		teller, other := s.answer("CCG/07K", act), s.answer("CQC", act)
		if teller != other || teller == "" {
			t.Errorf("%s: the teller gets %q, another body %q", what, teller, other)
		}
	}
	if s.refused("R87", "CQC", &WithdrawConcern{Concern: "C1", Reason: "x"}); len(s.g.Entries) != 1 {
		t.Errorf("%+v", s.g.Entries)
	}
	s.by("CCG/07K", &WithdrawConcern{Concern: "C1", Reason: "x"})
}
