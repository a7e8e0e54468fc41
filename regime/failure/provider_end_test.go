package failure

import (
	"slices"
	"strings"
	"testing"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/regimetest"
)

func acquired(on string) *EndProvider {
	return &EndProvider{How: "acquired", On: regimetest.At(on), Successors: []regime.Party{"PROVIDER/RDU"}, Reason: "by its partner"}
}

func TestR113_TheDecidersRecordEndsTheStayWithNoReinspection(t *testing.T) {
	s := placed(t).at("2014-03-27 12:00").by("MONITOR", acquired("2014-03-27"))
	e := s.c.episode()
	if e.State != regime.MeasuresCeased || len(e.Reinspections) != 0 || e.Decisions[1].Outcome != ProviderCeased ||
		!e.Ended.Equal(regimetest.At("2014-03-27")) {
		t.Fatalf("%+v", e)
	}
	for _, k := range []regime.DutyKind{DutyReinspect, DutyProgress, DutyDecideOutcome} {
		if s.c.Duty(k, "") != nil || s.c.owedOpen(k) {
			t.Errorf("%s is still owed", k)
		}
	}
	if said := lastSaid(s); !strings.Contains(said, "its services go to another provider (RDU)") ||
		!strings.Contains(said, "Ended with it:") || !strings.Contains(said, "publish its progress for month 6") {
		t.Error(said)
	}
	if to := s.told("N65"); len(to) != 1 || !strings.Contains(to[0], "PROVIDER/RDU duty") || strings.Contains(to[0], "PROVIDER/RCX") {
		t.Error(to)
	}
}

// owedOpen reports whether anything of the kind is owed.
func (c *Case) owedOpen(k regime.DutyKind) bool {
	for _, d := range c.Duties {
		if d.Kind == k && d.Open() {
			return true
		}
	}
	return false
}

func TestR113_WhatSomebodyElseRecordsLeavesTheStayToTheDecider(t *testing.T) {
	s := placed(t).at("2014-03-27 12:00").
		refused("R113", "MONITOR", &DecideMeasures{Outcome: ProviderCeased, Reason: "x"}).
		refused("R113", "CCG/07J", acquired("2014-03-27")).
		by("CQC", &EndProvider{How: "closed", None: true, Reason: "x"})
	d := s.duty(DutyEndStay, "")
	if e := s.c.episode(); !e.InForce() || !d.Open() || d.Owner != "MONITOR" {
		t.Fatalf("%+v %+v", e, d)
	}
	s.refused("R55", "TDA", &DecideMeasures{Outcome: ProviderCeased, Reason: "x"}).
		by("MONITOR", &DecideMeasures{Outcome: ProviderCeased, Reason: "x"})
	if e := s.c.episode(); e.State != regime.MeasuresCeased || s.duty(DutyEndStay, "").End != ledger.EndDone {
		t.Fatalf("%+v", e)
	}
	s.refused("R113", "MONITOR", &DecideMeasures{Outcome: Place, Reason: "x"}).
		refused("R113", "CQC", &RecommendMeasures{Reason: "x"})
}

func TestR113_ANoticeOfProposalEndsNothing(t *testing.T) {
	proposed := open(t, practice, "2015-02-02 10:00").by("CQC", &DecideMeasures{Outcome: Place, Reason: "x"}).
		at("2015-10-02 10:00").by("CQC", &UsePower{Power: regime.CancelsRegistration})
	if !proposed.c.episode().InForce() {
		t.Fatal("the proposal ended the stay")
	}
	cancelled := &EndProvider{How: RegistrationCancelled, None: true, Reason: "x"}
	proposed.refused("R113", "CQC", cancelled).refused("R113", "CQC", &DecideMeasures{Outcome: ProviderCeased, Reason: "x"})
	decided := proposed.copied().at("2015-11-02 10:00").by("CQC", &DecidePower{Use: "U1", Outcome: Proceed, Reason: "x"}).
		by("CQC", cancelled)
	givenUp := proposed.copied().at("2015-12-31 10:00").by("CQC", &EndProvider{How: RegistrationGivenUp, None: true, Reason: "at its request"})
	for _, s := range []*script{decided, givenUp} {
		if e := s.c.episode(); e.State != regime.MeasuresCeased || s.c.Duty(DutyDecidePower, "U1") != nil {
			t.Errorf("%+v", e)
		}
	}
	if days := int(givenUp.c.episode().Ended.Sub(givenUp.c.episode().Entered).Hours() / 24); days != 332 {
		t.Errorf("it lasted %d days", days)
	}
}

func TestR113_AnEndIsRecordedOnceAndSaysWhoFollows(t *testing.T) {
	s := placed(t).at("2014-03-27 12:00")
	ended := s.copied().by("MONITOR", acquired("2014-03-27"))
	moved := s.copied().by("MONITOR", &EndProvider{How: ServicesMoved, Successors: []regime.Party{"PROVIDER/RJE", "PROVIDER/RRK"}, Reason: "x"})
	tryAll(t,
		trial{s, "MONITOR", &EndProvider{How: "closed", Reason: "x"}, "--no-successor"},
		trial{s, "MONITOR", &EndProvider{How: "closed", None: true, Successors: []regime.Party{"PROVIDER/RDU"}, Reason: "x"}, "--no-successor"},
		trial{s, "MONITOR", &EndProvider{How: "merged", Successors: []regime.Party{"PROVIDER/RCX"}, Reason: "x"}, "the provider itself"},
		trial{s, "MONITOR", &EndProvider{How: "merged", Successors: []regime.Party{"PROVIDER/RDU"}, Passes: "D999", Reason: "x"}, "no open duty"},
		trial{s, "PROVIDER", &EndProvider{How: "closed", None: true, Reason: "x"}, ""},
		trial{ended, "MONITOR", acquired("2014-03-27"), "has ended already"},
		trial{moved, "MONITOR", &EndProvider{How: ServicesMoved, None: true, Reason: "x"}, "has ended already"},
		trial{moved, "MONITOR", &EndProvider{How: "dissolved", None: true, Reason: "x"}, ""},
	)
}

func TestR114_ADissolvedBodyOwesNothingActsNoMoreAndGetsNoMail(t *testing.T) {
	s := responding(t, kingsLynn).
		by(regimetest.Nhse, &ProposeAction{Owner: "PROVIDER/RCX", Aim: SafeguardPatients, What: "staff the wards", Due: regimetest.At("2013-12-01 10:00")}).
		by("PROVIDER", &AcceptAction{Action: "A1"}).
		by("MONITOR", &DecideMeasures{Outcome: Place, Reason: "x"}).
		by("CQC", &AskReview{Of: "a college", What: "x", Due: regimetest.At("2014-01-10 10:00")}).
		at("2013-11-01 23:00")
	s.idle = true // what the provider is to be told tomorrow does not go any more
	s.by("CQC", &JudgeBreach{Value: PotentialBreach}).
		by("MONITOR", &Appoint{Role: "other", Who: "x"}).by("MONITOR", acquired("2013-11-01"))
	for _, d := range s.c.OpenDuties() {
		if d.Owner == "PROVIDER/RCX" {
			t.Errorf("it owes %s", d.Kind)
		}
	}
	if a := s.c.action("A1"); a.Status != regime.ActionWithdrawn {
		t.Errorf("%+v", a)
	}
	if a := s.c.action("A2"); a == nil || a.Status != regime.ActionProposed || a.Owner != "PROVIDER/RDU" || a.What != "staff the wards" {
		t.Fatalf("%+v", a)
	}
	for _, n := range s.c.ToSend(regimetest.At("2013-11-30 12:00")) {
		for _, r := range n.To {
			if r.Party == "PROVIDER/RCX" && (r.State == "" || r.State == ledger.StateWaiting) {
				t.Errorf("%s still goes to it", n.Kind)
			}
		}
	}
	s.idle = false
	s.at("2013-11-10 09:00").refused("R114", "PROVIDER", &ProposeAction{Owner: "CQC", Aim: SafeguardPatients, What: "x", Due: regimetest.At("2013-12-01 10:00")}).
		by("PROVIDER/RDU", &AcceptAction{Action: "A2"}).
		by("MONITOR", &Appoint{Role: "other", Who: "x"}).
		by("CQC", &ReceiveReview{Review: "E1", Members: true}).at("2014-02-01 09:00")
	for _, n := range s.c.Notices {
		for _, r := range n.To {
			if r.Party == "PROVIDER/RCX" && n.At.After(s.c.Gone.On.Add(24*3600e9)) {
				t.Errorf("%s of %s goes to it", n.Kind, n.At)
			}
		}
	}
}

func TestR114_WhatOneWithoutServicesIsServedStillReachesIt(t *testing.T) {
	s := open(t, kingsLynn, "2014-11-03 09:00").
		by("MONITOR", &EndProvider{How: ServicesMoved, Successors: []regime.Party{"PROVIDER/RJE"}, Reason: "x"}).
		at("2015-11-03 09:00").by("CQC", &UsePower{Power: "P-CQC-1"})
	if got := s.told("N23"); len(got) == 0 || !strings.Contains(strings.Join(got, " "), "PROVIDER/RCX") {
		t.Errorf("the legal person is not told: %v", got)
	}
	s.by("PROVIDER", &UsePower{Power: "P-PROV-1"})
	if board := s.c.Board(s.now); !strings.Contains(board, "the provider ended on 3 November 2014: services moved") {
		t.Error(board)
	}
}

func TestR113_R114_ADutyThatPassesIsTheSuccessorsAndTheCaseCanClose(t *testing.T) {
	s := placed(t).at("2014-03-27 12:00").by("PROVIDER", &AskReview{Of: "a college", What: "x", Due: regimetest.At("2014-06-27 12:00")})
	d := s.duty(DutyReviewReport, "E1")
	end := acquired("2014-03-27")
	end.Passes, end.Case = d.ID, "P4WD-8YHN"
	s.by("MONITOR", end)
	if d := s.duty(DutyReviewReport, "E1"); !d.Open() || d.Owner != "PROVIDER/RDU" || len(s.c.Gone.Passed) != 1 || s.c.Links[0].Ref != "P4WD-8YHN" {
		t.Fatalf("%+v %+v", d, s.c.Gone)
	}
	s.at("2014-04-01 10:00").by("PROVIDER/RDU", &EndReview{Review: "E1", Reason: "overtaken"}).
		by(regimetest.Nhse, &AnswerPublic{Answer: "no", Reason: "x"}).
		by("MONITOR", &ProposeClosing{}).days(3).by(regimetest.Nhse, &CloseCase{}).stage(regime.Closed)
	if said := lastSaid(s); !strings.Contains(said, "The provider has ended.") {
		t.Error(said)
	}
}

func TestR113_WhatWasOnlyRecommendedEndsWithTheProviderWhoeverRecordsIt(t *testing.T) {
	s := open(t, kingsLynn, "2013-10-21 10:00").by("CQC", &RecommendMeasures{Reason: "x"}).days(1).
		by("CQC", &EndProvider{How: "closed", None: true, Reason: "x"})
	if n := len(s.c.OpenDuties()); s.c.owesNow(DutyEndStay) || s.c.owesNow(DutyAnswerRecommend) {
		t.Errorf("%d duties are open: nobody is in special measures, and no answer is needed", n)
	}
	if e := s.c.episode(); e.State != regime.MeasuresCeased || e.Decisions[0].Outcome != ProviderCeased {
		t.Errorf("%+v", e)
	}
}

func TestR113_WhatWasDeclinedIsNotEndedOnceMore(t *testing.T) {
	s := open(t, kingsLynn, "2013-10-21 10:00").by("CQC", &RecommendMeasures{Reason: "x"}).
		by("MONITOR", &DecideMeasures{Outcome: Decline, Reason: "x"}).days(1).
		by("MONITOR", &EndProvider{How: "closed", None: true, Reason: "x"})
	if e := s.c.episode(); e.State != regime.MeasuresDeclined || len(e.Decisions) != 1 {
		t.Errorf("%+v", e)
	}
}

func (c *Case) owesNow(k regime.DutyKind) bool {
	return slices.ContainsFunc(c.OpenDuties(), func(d ledger.Duty) bool { return d.Kind == k })
}
