package failure

import (
	"slices"
	"strings"
	"testing"

	"holdthering/regime"
	"holdthering/regime/regimetest"
)

// Where there are two of a kind, what is done to one is not done to the other.
func TestOfTwoOfAKindTheOneThatIsNamedIsMeant(t *testing.T) {
	s := judged(t, kingsLynn).
		by("CCG", propose("MONITOR")).by("CCG", propose("MONITOR")).
		by("CQC", &RequestImpact{Considers: "x", Asked: []regime.Party{"MONITOR"}}).
		by("CQC", &RequestImpact{Considers: "y", Asked: []regime.Party{"MONITOR", "CCG"}}).
		by("CQC", &OpenReferral{Profession: "doctor"}).by("MONITOR", &OpenReferral{Profession: "doctor"}).
		by("CQC", &FlagSafeguarding{About: regime.Adult}).by("CQC", &FlagSafeguarding{About: regime.Adult}).
		by("MONITOR", &RequestInformation{To: "CQC", What: "x"}).
		by("CCG", &RequestInformation{To: "MONITOR", What: "x"}).
		by("CCG", differ()).by("LA_COMM", differ()).
		by("CCG", &RecordConcern{Kind: "immediate-risk", What: "x"}).
		by("LA_COMM", &RecordConcern{Kind: "immediate-risk", What: "y"}).
		by("CQC", warn()).by("CQC", warn()).
		by("CQC", &UsePower{Power: "P-CQC-5"}).by("CQC", &UsePower{Power: "P-CQC-5"}).
		by("CCG", &ProposeRingHolder{Candidate: "MONITOR"}).by("CCG", &ProposeRingHolder{Candidate: "CQC"})
	request := s.c.Requests[1].ID
	for _, x := range []struct {
		by   regime.Party
		act  Act
		ends string // the one duty that it ends, with its subject
	}{
		{"MONITOR", &AcceptAction{Action: "A2"}, "ANSWER_PROPOSED_ACTION A2"},
		{"MONITOR", &DeclineAction{Action: "A2", Reason: "x"}, "ANSWER_PROPOSED_ACTION A2"},
		{"MONITOR", &ReturnImpact{Request: "I2", Assessment: "x"}, "IMPACT_ASSESSMENT I2|MONITOR"},
		{"MONITOR", &NotifyEmployer{Referral: "F2"}, "NOTIFY_EMPLOYER F2"},
		{regimetest.Nhse, &FollowProtocol{Flag: "S2", How: "x"}, "ADULT_SAFEGUARDING_PROTOCOL S2"},
		{"MONITOR", &AnswerInformation{Request: request, Answer: "x"}, "GIVE_INFORMATION " + request},
		{"CQC", &DecideWarning{Warning: "W2", Outcome: Proceed, Reason: "x"}, "DECIDE_ON_WARNING W2"},
		{"PROVIDER", &ReportRequirement{Warning: "W2", Requirement: 1, Evidence: "x"},
			"MEET_WARNING_REQUIREMENT W2/1"},
		{"CQC", &DecidePower{Use: "U2", Outcome: Proceed, Reason: "x"}, "DECIDE_AFTER_REPRESENTATIONS U2"},
	} {
		c := s.copied()
		c.idle = true
		c.by(x.by, x.act)
		var ended []string
		for i, d := range c.c.Duties {
			if i < len(s.c.Duties) && s.c.Duties[i].Open() && !d.Open() &&
				!strings.HasPrefix(string(d.Kind), "ACKNOWLEDGE") {
				ended = append(ended, string(d.Kind)+" "+d.Subject)
			}
		}
		if !slices.Equal(ended, []string{x.ends}) {
			t.Errorf("%s ended %v, want %s", VerbOf(x.act).Path, ended, x.ends)
		}
	}
	s.by("LA_COMM", &DiscussDifference{Difference: "J2", Outcome: Resolved})
	if len(s.c.Differences[0].Discussed) != 0 || len(s.c.Differences[1].Discussed) != 1 ||
		!strings.Contains(s.c.openDifferences(), "J1") ||
		strings.Contains(s.c.openDifferences(), "J2") {
		t.Errorf("%+v", s.c.Differences)
	}
	s.by("LA_COMM", &ConsiderParty{Concern: "K2", Party: "POLICE", Answer: "no", Reason: "x"})
	for i, want := range []YesNo{"", "no"} {
		k := s.c.Concerns[i].Consider
		at := slices.IndexFunc(k, func(k Considering) bool { return k.To == "POLICE" })
		if k[at].Answer != want {
			t.Errorf("concern %d: %+v", i+1, k[at])
		}
	}
}

func TestR1_R21_R75_WhatWasRecordedOrAskedIsAnsweredByItsOwnBodyAndKept(t *testing.T) {
	s := judged(t, kingsLynn).by("CCG", &RecordConcern{Kind: "immediate-risk", What: "x"}).
		by("CQC", &RequestImpact{Considers: "x", Asked: []regime.Party{"MONITOR"}})
	consider := &ConsiderParty{Concern: "K1", Party: "POLICE", Answer: "no", Reason: "x"}
	done := s.copied().by("CCG", consider)
	tryAll(t,
		trial{s, "CCG/07J", consider, ""}, trial{s, "CQC", consider, "R1: "},
		trial{done, "CCG/07J", consider, "is not waiting for an answer"},
		trial{s, "CCG/07J", &ConsiderParty{Concern: "K2", Party: "POLICE", Answer: "no", Reason: "x"}, "there is no concern"},
		trial{s, "CCG/07J", &ConsiderParty{Concern: "K1", Party: "CQC", Answer: "no", Reason: "x"}, "is not waiting for an answer"},
	)
	s.by("MONITOR", &ReturnImpact{Request: "I1", Assessment: "none"})
	if r := s.c.Impacts[0].Returns; len(r) != 1 || r[0].Assessment != "none" || r[0].By.For != "MONITOR" {
		t.Errorf("%+v", r)
	}
}
