package surveillance

import (
	"slices"
	"strings"
	"testing"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/regimetest"
)

func noted(ref string, stage regime.Stage) *NoteCase {
	return &NoteCase{Case: ref, Provider: "RCX", Stage: stage, Reason: "x"}
}

// told itself: the news of a case that tells by itself.
func itself(ref string, stage regime.Stage) *NoteCase {
	return &NoteCase{Case: ref, Provider: "RCX", Stage: stage, Profile: "ENGLAND_2013"}
}

func TestR131_R88_ANotedCaseGivesItsConcernsBackAtItsCloseAndTellsWhoRaisedThem(t *testing.T) {
	s := waited(t, true).by("LETB", &RaiseConcern{Provider: "RCX", What: "nights", Confidential: true}).
		by("CCG/07J", &AcknowledgeGroupAlert{}).
		by("CCG/07K", noted("AAAA-BBBB", regime.Convening)).saysIn("It takes along C1 and C2").
		by("CCG/07K", &LinkConcern{Concerns: "C1, C2", Case: "K9"})
	if len(s.g.Worries()) != 0 || s.g.concern("C1").Case != "AAAA-BBBB" {
		t.Fatalf("they go on in the case that took them: %+v", s.g.Concerns)
	}
	for _, stage := range []regime.Stage{regime.Closed, regime.UnderSurveillance} {
		over := s.copied().at("2013-04-03 09:00").by("CCG/07K", noted("AAAA-BBBB", stage)).saysIn("Open in the group again: C1 and C2")
		if got := over.g.Together("RCX").Concerns; len(got) != 2 || over.g.concern("C1").End != "" {
			t.Errorf("%s: one member has ended what two others raised: %+v", stage, over.g.Concerns)
		}
		if over.owes(DutyAnswerUrgent, "C1") == nil {
			t.Errorf("%s: nobody answered the urgent one, and nobody is asked any more", stage)
		}
		for id, who := range map[string]regime.Party{"C1": "HEALTHWATCH_LOCAL/Q56", "C2": "UNNAMED/C2"} {
			if to := over.mailed("N50", "("+id+"), which went on in case AAAA-BBBB, is open in the group again"); !slices.Equal(to,
				[]regime.Party{who}) {
				t.Errorf("%s: of %s was told %v", stage, id, to)
			}
		}
	}
}

func TestR131_ACaseThatDeadIsSaidToBeGivesItsConcernsBackAndOneThatEndsItselfDoesNot(t *testing.T) {
	s := waited(t, false).by(regimetest.Nhse, itself("K7QM-3XRD", regime.Convening)).at("2013-05-01 09:00")
	if dead := s.copied().by(regimetest.Nhse, noted("K7QM-3XRD", regime.Closed)); len(dead.g.Worries()) != 1 {
		t.Error("what became of it in the case is not known, and it is off the agenda")
	}
	if ended := s.by(regimetest.Nhse, itself("K7QM-3XRD", regime.Closed)); len(ended.g.Worries()) != 0 {
		t.Error("the case has dealt with it")
	}
}

func TestR131_TheNoteOfAnotherCaseEndsNothingOfOneThatIsOpen(t *testing.T) {
	for name, open := range map[string]*NoteCase{"itself": itself("K1", regime.Convening), "noted": noted("K1", regime.Convening)} {
		s := waited(t, false).by("CQC", &AgreeLevel{Provider: "RCX", Level: regime.EnhancedLevel, Reason: "x"}).
			by(regimetest.Nhse, open).at("2013-04-05 09:00")
		for _, stage := range []regime.Stage{regime.Convening, regime.UnderSurveillance, regime.Closed} {
			s.by("CCG/07K", noted("K2", stage)).saysIn("Case K1 is open still")
			if w := s.g.provider("RCX"); w.Case != "K1" || w.Level != regime.RiskSummitLevel || w.CaseTells != (name == "itself") {
				t.Errorf("%s, %s: %+v", name, stage, w)
			}
		}
		if len(s.g.Worries()) != 0 {
			t.Errorf("%s: the concern goes on in K1", name)
		}
		s.by(regimetest.Nhse, itself("K3", regime.Convening))
		if w := s.g.provider("RCX"); w.Case != "K3" {
			t.Errorf("%s: a case that tells itself is not heard: %+v", name, w)
		}
		if c := s.g.concern("C1"); name == "noted" && c.Case != "K3" {
			t.Errorf("it is to go on in the case that is known of: %+v", c)
		}
	}
}

func TestR131_WhoWasAskedForASummitIsToldWhereANotedCaseEndsThat(t *testing.T) {
	s := waited(t, false).by(regimetest.Nhse, &ConsiderProvider{Provider: "RCX", Outcome: TriggerSummit, Lead: "CQC"})
	if s.copied().by("CCG/07K", &LinkConcern{Concerns: "C1", Case: "K9"}).owes(DutySummitOrWhyNot, "RCX") == nil {
		t.Error("the number of a case of which the group has no news ends what CQC was asked")
	}
	s.refused("R131", "CCG/07K", &StopWatching{Provider: "RCX", Reason: "x"}).
		by("CCG/07K", noted("K9", regime.Convening))
	if to := s.mailed("N75", "your body need not"); !slices.Equal(to, []regime.Party{"CQC"}) {
		t.Errorf("told: %v", to)
	}
}

func TestR131_TakingAProviderOffTheListTellsAllMembers(t *testing.T) {
	s := waited(t, false).by("CCG/07K", &StopWatching{Provider: "RGP", Reason: "x"})
	if to := s.mailed("N39", "has taken a provider off the group's list"); len(to) != len(s.g.Members) {
		t.Errorf("told: %v", to)
	}
}

func TestR131_WhoeverHadAgreedToALowerLevelIsToldThatItIsOvertaken(t *testing.T) {
	s := group(t, "2013-04-01 09:00").by("CQC", &AgreeLevel{Provider: "RCX", Level: regime.EnhancedLevel, Reason: "x"}).
		at("2013-04-03 09:00").
		by("CQC", &AgreeLevel{Provider: "RCX", Level: regime.RoutineLevel, Reason: "x", Evidence: "x"}).
		by("CCG/07K", &AgreeLevel{Provider: "RCX", Level: regime.EnhancedLevel, Reason: "y"})
	to := s.mailed("N75", "M1 (")
	if len(to) != len(s.g.Members)-1 || slices.Contains(to, "CCG/07K") || s.g.Agreement("M1").Outcome != ledger.Overtaken {
		t.Errorf("told: %v", to)
	}
}

func TestR131_WhatAnotherHasRecordedOfAMeetingStaysBesideIt(t *testing.T) {
	s := group(t, "2013-04-01 09:00").at("2013-05-01 12:00").
		by(regimetest.Nhse, &HoldGroupMeeting{Present: []regime.Party{"CQC", "CCG/07J"}, Record: "x", Considered: "RCX"}).
		by(regimetest.Nhse, &ConsiderProvider{Provider: "RCX", Conclusion: "two wards are short of staff"}).
		by("CCG/07J", &ConsiderProvider{Provider: "RCX", Conclusion: "nothing to it"}).
		by("CCG/07J", &ConsiderProvider{Provider: "RCX", Conclusion: "nothing much to it"})
	var said []string
	for _, o := range s.g.Outcomes {
		said = append(said, string(o.By)+": "+o.Conclusion)
	}
	if got := strings.Join(said, "; "); got != string(regimetest.Nhse)+": two wards are short of staff; CCG/07J: nothing much to it" {
		t.Error(got)
	}
}

func TestR131_WhoAskedForAnActionOfTheGroupIsToldThatItIsWithdrawnAndWhoWasAskedForOne(t *testing.T) {
	ask := &ProposeGroupAction{Owner: "CQC", What: "visit", Due: regimetest.At("2013-05-20")}
	s := group(t, "2013-04-01 09:00").by("CCG/07K", ask)
	asked := s.copied().by("CCG/07K", &WithdrawGroupAction{Action: "A1", Reason: "x"})
	if to := asked.mailed("N75", "need not"); !slices.Equal(to, []regime.Party{"CQC"}) {
		t.Errorf("told: %v", to)
	}
	s.by("CQC", &AcceptGroupAction{Action: "A1"}).by("CQC", &WithdrawGroupAction{Action: "A1", Reason: "x"})
	if to := s.mailed("N18", "has withdrawn action A1"); !slices.Equal(to, []regime.Party{"CCG/07K"}) {
		t.Errorf("told: %v", to)
	}
}
