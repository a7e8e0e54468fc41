package surveillance

import (
	"slices"
	"strings"
	"testing"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/regimetest"
)

// waited is a group that Healthwatch has told that a man died waiting, and that meets a month later.
func waited(t *testing.T, urgent bool) *groupScript {
	return group(t, "2013-04-01 09:00").
		by("HEALTHWATCH_LOCAL", &RaiseConcern{Provider: "RCX", What: "a man died waiting", Urgent: urgent})
}

// mailed lists the parties that were told by a notice of a kind whose text holds some words.
func (s *groupScript) mailed(k regime.NoticeKind, words string) []regime.Party {
	for i := len(s.g.Notices) - 1; i >= 0; i-- {
		if n := s.g.Notices[i]; n.Kind == k && strings.Contains(n.Text, words) {
			return ledger.PartiesOf(n.To)
		}
	}
	return nil
}

func TestR87_AConcernIsWithdrawnByWhoRaisedItAlone(t *testing.T) {
	s := waited(t, true).
		refused("R87", "CCG/07J", &WithdrawConcern{Concern: "C1", Reason: "x"}).
		refused("R87", regimetest.Nhse, &WithdrawConcern{Concern: "C1", Reason: "x"}).
		refused("", "CQC", &WithdrawConcern{Concern: "C7", Reason: "x"}).
		by("CCG/07J", &ConsiderProvider{Provider: "RCX", Outcome: "note-and-watch"})
	if len(s.g.Together("RCX").Concerns) != 1 {
		t.Fatal("another's consideration has settled it")
	}
	s.by("HEALTHWATCH_LOCAL", &WithdrawConcern{Concern: "c1", Reason: "another hospital was meant"}).
		saysIn("Withdrew concern C1 about provider RCX: another hospital was meant").
		refused("", "HEALTHWATCH_LOCAL", &WithdrawConcern{Concern: "c1", Reason: "x"})
	if len(s.g.Worries()) != 0 || s.g.Concerns[0].End != Withdrawn {
		t.Fatalf("%+v", s.g.Concerns[0])
	}
	if to := s.mailed("N50", "has withdrawn its concern C1"); len(to) != len(s.g.Members) {
		t.Fatalf("told: %v", to)
	}
}

func TestR88_OnlyAMeetingGivesAConcernNoFurtherAttention(t *testing.T) {
	aside := &SetConcernsAside{Concerns: "C1", Reason: "the unit has closed"}
	s := waited(t, false).
		refused("R88", "CCG/07J", aside).
		refused("R69", "GMC", aside).at("2013-05-01 12:00")
	alone := s.copied().by(regimetest.Nhse, &HoldGroupMeeting{Present: []regime.Party{"POLICE/Q56"}, Record: "x"})
	alone.refused("R88", regimetest.Nhse, aside)
	s.by(regimetest.Nhse, &HoldGroupMeeting{Present: []regime.Party{"CCG/07J", "CQC"}, Record: "x"}).
		refused("R88", "CCG/07J", &SetConcernsAside{Concerns: "C1", Reason: "x", Dissent: []regime.Party{"CQC", "CCG/07J"}}).
		refused("", "CCG/07J", &SetConcernsAside{Concerns: "C2", Reason: "x"}).
		by("CCG/07J", &SetConcernsAside{Concerns: "c1", Reason: "the unit has closed", Evidence: "CQC's register",
			Dissent: []regime.Party{"CQC"}}).
		saysIn("C1 of Local Healthwatch (Q56) about provider RCX (M2)", "agreed at meeting 1 by NHS England (Q56) and CCG (07J)",
			"otherwise sees it CQC", "the unit has closed", "Evidence: CQC's register").
		refused("", "CCG/07J", aside)
	if to := s.mailed("N50", "(M2)"); to[0] != "HEALTHWATCH_LOCAL/Q56" || len(to) != len(s.g.Members) {
		t.Fatalf("told: %v", to)
	}
	if got := linesOf(s.item("rotation")) + linesOf(s.item("urgent")); !strings.Contains(s.g.concernWords(s.g.Together("RCX")),
		"no further attention after 15 May 2013") {
		t.Fatal(got)
	}
	s.at("2013-05-15 11:00")
	if len(s.g.Worries()) != 1 {
		t.Fatal("it is off the agenda before its time")
	}
	s.at("2013-05-15 12:01")
	if len(s.g.Worries()) != 0 || s.g.Concerns[0].End != SetAside || !slices.ContainsFunc(s.g.Entries, func(e ledger.Entry) bool {
		return strings.Contains(e.Text, "Concern C1 about provider RCX gets no further attention, agreed by NHS England (Q56) and "+
			"CCG (07J); objection by CQC")
	}) {
		t.Fatalf("%+v", s.g.Concerns[0])
	}
}

func TestR88_WhoRaisedAConcernKeepsItOpenBeforeItsTimeAndAfter(t *testing.T) {
	aside := &SetConcernsAside{Concerns: "C1", Reason: "x"}
	s := waited(t, false).at("2013-05-01 12:00").
		by(regimetest.Nhse, &HoldGroupMeeting{Present: []regime.Party{"CQC"}, Record: "x"}).
		refused("", "HEALTHWATCH_LOCAL", &KeepConcernOpen{Concern: "C1", Reason: "x"}).by("CQC", aside).
		refused("R88", "CQC", &KeepConcernOpen{Concern: "C1", Reason: "x"})
	early := s.copied().by("HEALTHWATCH_LOCAL", &KeepConcernOpen{Concern: "C1", Reason: "two more have waited"}).
		saysIn("Keeps concern C1 about provider RCX open: two more have waited").at("2013-06-03 09:00")
	late := s.at("2013-05-20 09:00").by("HEALTHWATCH_LOCAL", &KeepConcernOpen{Concern: "C1", Reason: "two more have waited"})
	for _, s := range []*groupScript{early, late} {
		if len(s.g.Worries()) != 1 || s.g.Concerns[0].End != "" || s.mailed("N50", "keeps its concern C1 open") == nil {
			t.Errorf("%+v", s.g.Concerns[0])
		}
	}
	if a := early.g.Agreement("M2"); a.Outcome != ledger.KeptOpen || a.Objections[0].Why != "two more have waited" {
		t.Errorf("%+v", a)
	}
	withdrawn := waited(t, false).at("2013-05-01 12:00").
		by(regimetest.Nhse, &HoldGroupMeeting{Present: []regime.Party{"CQC"}, Record: "x"}).by("CQC", aside).
		by("HEALTHWATCH_LOCAL", &WithdrawConcern{Concern: "C1", Reason: "x"}).at("2013-06-01 09:00")
	if a := withdrawn.g.Agreement("M2"); a.Outcome != ledger.Overtaken || withdrawn.g.Concerns[0].End != Withdrawn {
		t.Errorf("%+v", a)
	}
}

func TestR88_AnUrgentConcernThatNobodyHasAcknowledgedIsNotSetAside(t *testing.T) {
	aside := &SetConcernsAside{Concerns: "C1", Reason: "x"}
	s := group(t, "2013-05-01 09:00", Opening{Profile: eastAnglia.Profile, Tier: eastAnglia.Tier, Area: "Q56", Region: "Y55",
		PlaceName: "East Anglia", Members: eastAnglia.Members, Watched: eastAnglia.Watched, First: regimetest.At("2013-05-02 10:00")}).
		at("2013-05-02 10:30").
		by(regimetest.Nhse, &HoldGroupMeeting{Present: []regime.Party{"PHE/Q56", "HEALTHWATCH_LOCAL/Q56"}, Record: "x"}).
		at("2013-05-02 11:00").
		by("HEALTHWATCH_LOCAL", &RaiseConcern{Provider: "RCX", What: "a man died waiting", Urgent: true}).
		at("2013-05-02 11:30").
		refused("R88", "PHE/Q56", aside).
		by("HEALTHWATCH_LOCAL", &AddGroupNote{Text: "it was on the ward"}).
		refused("R88", "PHE/Q56", aside).
		by("CQC", &AcknowledgeGroupAlert{}).
		by("PHE/Q56", aside)
	if s.g.Pending(ledger.ToSetAside, "C1") == nil {
		t.Fatal("it is not on its way")
	}
}

func TestR88_WhoToldInConfidenceIsToldUnderItsVoiceAndKeepsItsConcernOpen(t *testing.T) {
	s := group(t, "2013-04-01 09:00").
		by("LETB", &RaiseConcern{Provider: "RCX", What: "nights", Source: "whistleblower", Confidential: true}).
		at("2013-05-01 12:00").
		by(regimetest.Nhse, &HoldGroupMeeting{Present: []regime.Party{"CQC"}, Record: "x"}).
		by("CQC", &SetConcernsAside{Concerns: "C1", Reason: "x"}).
		saysIn("C1 of a body not named")
	n := s.g.Notices[len(s.g.Notices)-1]
	if n.To[0].Party != "UNNAMED/C1" || s.g.Behind(n.To[0].Party) != "LETB/Q56" || s.g.Behind("CQC") != "CQC" {
		t.Fatalf("%+v", n.To)
	}
	if !slices.Contains(ledger.PartiesOf(n.To), "LETB/Q56") {
		t.Fatal("it is missing among the members, and so known")
	}
	s.refused("R88", "CQC", &KeepConcernOpen{Concern: "C1", Reason: "x"}).
		refused("R87", "CQC", &WithdrawConcern{Concern: "C1", Reason: "x"}).
		by("LETB", &KeepConcernOpen{Concern: "C1", Reason: "it goes on"})
	e := s.g.Public().Entries[len(s.g.Entries)-1]
	if e.By.For != "UNNAMED/C1" || e.By.Person != "" || e.By.Channel != "" {
		t.Errorf("%+v", e.By)
	}
	s.by("LETB", &WithdrawConcern{Concern: "C1", Reason: "it is over"})
	if e := s.g.Public().Entries[len(s.g.Entries)-1]; e.By.For != "UNNAMED/C1" || e.By.Person != "" {
		t.Errorf("%+v", e.By)
	}
	if strings.Contains(regimetest.AsText(s.g.Public().Agreements), "LETB/Q56\" raised") ||
		s.mailed("N50", "a body not named has withdrawn its concern C1") == nil {
		t.Errorf("%s", regimetest.AsText(s.g.Public().Agreements))
	}
}

func TestR88_AConcernThatGoesIntoACaseIsNotLostWithoutAWord(t *testing.T) {
	s := waited(t, false).by("CCG/07J", &NoteCase{Case: "K7QM-3XRD", Provider: "RCX", Stage: regime.Convening})
	if to := s.mailed("N50", "goes on in case K7QM-3XRD"); !slices.Equal(to, []regime.Party{"HEALTHWATCH_LOCAL/Q56"}) {
		t.Fatalf("told: %v", to)
	}
	if s.by("HEALTHWATCH_LOCAL", &KeepConcernOpen{Concern: "C1", Reason: "that case is another's"}); len(s.g.Worries()) != 1 {
		t.Fatal("it stays closed")
	}
}

func TestR89_ALevelGoesDownOnEvidenceAndNotBeforeAllHaveHadTimeToObject(t *testing.T) {
	lower := AgreeLevel{Provider: "RCX", Level: regime.RoutineLevel, Reason: "better", Agreed: []regime.Party{"CQC", "MONITOR"}}
	s := group(t, "2013-04-01 09:00").by(regimetest.Nhse, &AgreeLevel{Provider: "RCX", Level: regime.EnhancedLevel,
		Reason: "staffing", Agreed: []regime.Party{"CQC", "CCG/07J", "MONITOR"}}).
		at("2013-04-08 09:00").
		refused("R89", "CCG/07K", &lower).
		refused("R89", "CCG/07K", &StopWatching{Provider: "RCX", Reason: "x"})
	lower.Evidence = "the audit of March"
	s.by("CCG/07K", &lower).saysIn("is to go from enhanced to routine (M1), agreed by CCG (07K)",
		"to answer for themselves: CQC and Monitor", "Evidence: the audit of March").
		refused("", "CCG/07J", &lower)
	n := s.g.Notices[len(s.g.Notices)-1]
	if n.Kind != "N51" || len(n.To) != len(s.g.Members) || !n.By.Equal(regimetest.At("2013-04-15 09:00")) || len(n.Asks[0].Of) != len(n.To)-1 {
		t.Fatalf("%+v", n)
	}
	alone := s.copied().at("2013-04-16 09:00")
	if w := alone.g.provider("RCX"); w.Level != regime.EnhancedLevel || w.Lowering != nil || alone.owes(DutyLevelReview, "RCX") == nil ||
		alone.mailed("N51", "was not agreed by enough members") == nil || alone.g.Agreement("M1").Outcome != ledger.NotAgreed {
		t.Fatalf("one body takes it down: %+v", w)
	}
	s.refused("R69", "GMC", &AgreeInGroup{Matter: "M1"}).refused("", "CQC", &AgreeInGroup{Matter: "M9"}).
		by("CQC", &AgreeInGroup{Matter: "m1"}).at("2013-04-15 08:00")
	if s.g.provider("RCX").Level != regime.EnhancedLevel {
		t.Fatal("it takes effect before its time")
	}
	s.at("2013-04-15 09:01").refused("", "CQC", &AgreeInGroup{Matter: "M1"})
	w := s.g.provider("RCX")
	if c := w.Current(); w.Level != regime.RoutineLevel || !slices.Equal(c.Agreed, []regime.Party{"CCG/07K", "CQC"}) ||
		c.Evidence != "the audit of March" || c.Agreement != "M1" || s.owes(DutyLevelReview, "RCX") != nil {
		t.Fatalf("%+v", w)
	}
}

func TestR89_AHigherLevelHoldsAtOnceAndOvertakesALowerOne(t *testing.T) {
	s := group(t, "2013-04-01 09:00").by("CQC", &AgreeLevel{Provider: "RCX", Level: regime.EnhancedLevel, Reason: "x"})
	if s.g.provider("RCX").Level != regime.EnhancedLevel {
		t.Fatal("it has to wait")
	}
	s.at("2013-04-03 09:00").by("CQC", &AgreeLevel{Provider: "RCX", Level: regime.RoutineLevel, Reason: "x", Evidence: "x"}).
		by("MONITOR", &AgreeInGroup{Matter: "M1"}).
		by("CCG/07J", &AgreeLevel{Provider: "RCX", Level: regime.EnhancedLevel, Reason: "a second ward"}).at("2013-05-01 09:00")
	if w := s.g.provider("RCX"); w.Level != regime.EnhancedLevel || s.g.Agreement("M1").Outcome != ledger.Overtaken {
		t.Fatalf("%+v", w)
	}
}

func TestR92_AnObjectionIsKeptBesideALowerLevelAndBlocksNothing(t *testing.T) {
	s := group(t, "2013-04-01 09:00").by("CQC", &AgreeLevel{Provider: "RCX", Level: regime.EnhancedLevel, Reason: "x"}).
		at("2013-05-01 12:00").
		by(regimetest.Nhse, &HoldGroupMeeting{Present: []regime.Party{"CCG/07J", "CQC"}, Record: "x"}).
		by("CCG/07J", &AgreeLevel{Provider: "RCX", Level: regime.RoutineLevel, Reason: "better", Evidence: "the audit"}).
		by("HEALTHWATCH_LOCAL", &ObjectInGroup{Matter: "M2", Reason: "patients still report long waits"}).
		saysIn("Objection to M2, kept beside it; it blocks nothing (R92): patients still report long waits").
		by("CQC", &ObjectInGroup{Matter: "M2", Reason: "seen otherwise since"}).
		at("2013-05-08 12:01")
	c := s.g.provider("RCX").Current()
	if c.To != regime.RoutineLevel || !slices.Equal(c.Dissent, []regime.Party{"HEALTHWATCH_LOCAL/Q56", "CQC"}) ||
		!slices.Equal(c.Agreed, []regime.Party{regimetest.Nhse, "CCG/07J"}) {
		t.Fatalf("%+v", c)
	}
	if got := s.g.Beside(*s.g.Agreement("M2")); got[0] != "Local Healthwatch (Q56), objection: patients still report long waits" {
		t.Fatalf("%v", got)
	}
}

func TestR90_TheRecordOfAGroupIsADraftToThoseWhoWereThereAndThenFinal(t *testing.T) {
	s := group(t, "2013-04-01 09:00").at("2013-05-01 12:00").
		by(regimetest.Nhse, &HoldGroupMeeting{Present: []regime.Party{"CQC", "POLICE/Q56"}, Record: "Staffing looked at"}).
		saysIn("Draft M1", "until Wednesday 8 May 2013")
	if to := s.mailed("N52", "The draft record of meeting 1"); !slices.Equal(to, []regime.Party{regimetest.Nhse, "CQC", "POLICE/Q56"}) {
		t.Fatalf("sent to %v", to)
	}
	if to := s.mailed("N38", "The draft record of meeting 1"); len(to) != len(s.g.Members)-2 {
		t.Fatalf("also told: %v", to)
	}
	if got := linesOf(s.item("record")); !strings.Contains(got, "a draft (M1); corrections until Wednesday 8 May 2013") {
		t.Fatal(got)
	}
	s.by("CQC", &ObjectInGroup{Matter: "M1", Reason: "it was the ward above"}).saysIn("Correction to M1").
		by("POLICE/Q56", &ObjectInGroup{Matter: "M1", As: ledger.AsDissent, Reason: "we did not say so"}).saysIn("Dissent to M1").
		refused("R69", "GMC", &ObjectInGroup{Matter: "M1", Reason: "x"})
	if !s.g.Meetings[0].Final.IsZero() {
		t.Fatal("it is final while it can be corrected")
	}
	s.at("2013-05-08 12:01").refused("", "CQC", &ObjectInGroup{Matter: "M1", Reason: "x"})
	last := s.g.Entries[len(s.g.Entries)-1].Text
	if s.g.Meetings[0].Final.IsZero() || !strings.Contains(last, "The record of meeting 1 of the group is final; correction by CQC; "+
		"dissent by Police (Q56)") || len(s.g.Agreement("M1").Objections) != 2 {
		t.Fatalf("%s", last)
	}
	if to := s.mailed("N52", "is final; correction by CQC"); len(to) != 3 {
		t.Fatalf("told: %v", to)
	}
	if got := linesOf(s.item("record")); !strings.Contains(got, "The record of meeting 1 is final") {
		t.Fatal(got)
	}
}

func TestR91_AGroupsActionIsDoneOnlyWithWhatShowsIt(t *testing.T) {
	s := group(t, "2013-04-01 09:00").
		by("CQC", &ProposeGroupAction{Owner: "CQC", What: "visit", Due: regimetest.At("2013-05-20")}).
		refused("", "CQC", &CompleteGroupAction{Action: "A1"}).
		refused("", "CQC", &CompleteGroupAction{Action: "A1", Evidence: "  "}).
		by("CQC", &CompleteGroupAction{Action: "A1", Evidence: "report of 3 April"})
	if a := s.g.Actions[0]; a.Status != regime.ActionDone || a.Evidence == "" {
		t.Fatalf("%+v", a)
	}
}

func TestR92_AGroupThatEndsSaysWhichConcernsAreOpen(t *testing.T) {
	s := waited(t, false).by("LETB", &RaiseConcern{Provider: "RGP", What: "nights", Confidential: true}).
		by(regimetest.Nhse, &EndGroup{Reason: "joined with Essex"}).
		saysIn("Concerns open: C1 of Local Healthwatch (Q56) and C2 of a body not named")
	if to := s.mailed("N38", "The group has ended; concerns were open"); !slices.Contains(to, "UNNAMED/C2") {
		t.Fatalf("%v", to)
	}
}

func TestR91_AGroupsImportantActionIsAskedAfterAgainAndStaysUntilThen(t *testing.T) {
	s := group(t, "2013-04-01 09:00").
		by("CQC", &ProposeGroupAction{Owner: "CQC", What: "visit", Due: regimetest.At("2013-05-20"), Important: true}).
		by("CQC", &CompleteGroupAction{Action: "A1", Evidence: "report of 3 April"}).
		at("2013-07-02 09:00")
	if d := s.owes(regime.DutyStillHolds, "A1"); d == nil || d.Owner != "CQC" || !d.Due.Equal(regimetest.At("2013-07-01 09:00")) {
		t.Fatalf("%+v", d)
	}
	if over := s.g.Over(s.now); len(over.Actions) > 0 {
		t.Fatalf("it leaves before it was asked after: %+v", over.Actions)
	}
	s.refused("R1", regimetest.Nhse, &SayGroupActionHolds{Action: "A1", Answer: "yes", Evidence: "x"}).
		refused("", "CQC", &SayGroupActionHolds{Action: "A1", Answer: "no", Evidence: "x"}).
		by("CQC", &SayGroupActionHolds{Action: "A1", Answer: "no", Evidence: "two nights unfilled", Due: regimetest.At("2013-08-01 17:00")}).
		saysIn("does not hold any more (R91): two nights unfilled")
	if a := s.g.Actions[0]; a.Status != regime.ActionAccepted || !a.Closed.IsZero() || s.owes(DutyDoGroupAction, "A1") == nil ||
		s.mailed("N53", "does not hold any more") == nil {
		t.Fatalf("%+v", a)
	}
}

func TestR91_WhatAClosedCaseHadStillToAskAfterIsAskedByTheGroupOfItsArea(t *testing.T) {
	convening := NoteCase{Case: "K7QM-3XRD", Provider: "RCX", Stage: regime.Convening, Profile: "ENGLAND_2013", Home: "Q56"}
	closed := convening
	closed.Stage, closed.AskAfter = regime.Closed, []ledger.HandedAction{
		{ID: "A1", What: "a second doctor at night", Owner: "CQC", Evidence: "the rota", Due: regimetest.At("2013-06-25 09:00")},
		{ID: "A4", What: "no bare wards", Owner: "PROVIDER/RCX", Due: regimetest.At("2013-07-20 09:00")}}
	elsewhere := closed
	elsewhere.Home = "Q57"
	s := group(t, "2013-04-02 09:00").by(regimetest.Nhse, &convening).at("2013-04-20 09:00")
	if other := s.copied().by(regimetest.Nhse, &elsewhere); len(other.g.Actions) != 0 {
		t.Errorf("another area's group asks too: %+v", other.g.Actions)
	}
	if never := group(t, "2013-04-02 09:00").by(regimetest.Nhse, &closed); len(never.g.Actions) != 0 {
		t.Errorf("the group asks after a case that was not open here: %+v", never.g.Actions)
	}
	s.by(regimetest.Nhse, &closed).saysIn("A1 (its A1) and A2 (its A4)")
	if d := s.owes(regime.DutyStillHolds, "A1"); d == nil || d.Owner != "CQC" || !d.Due.Equal(regimetest.At("2013-06-25 09:00")) {
		t.Fatalf("%+v", d)
	}
	if d := s.owes(regime.DutyStillHolds, "A2"); d == nil || d.Owner != regimetest.Nhse {
		t.Fatalf("the provider has no seat: %+v", d)
	}
	s.meet()
	if all := linesOf(s.item(itemActions)); !strings.Contains(all, "Does it still hold? A1, CQC, to be said by 25 June 2013") {
		t.Error(all)
	}
	s.by("CQC", &SayGroupActionHolds{Action: "A1", Answer: "no", Evidence: "nobody at night in June", Due: regimetest.At("2013-08-01 09:00")})
	if s.g.Actions[0].Status != regime.ActionAccepted || s.owes(DutyDoGroupAction, "A1") == nil {
		t.Errorf("%+v", s.g.Actions[0])
	}
}
