package failure

import (
	"strings"
	"testing"

	"holdthering/regime"
	"holdthering/regime/regimetest"
)

func TestR18_R40_R41_R42_R64_WhatTheChairAnswersIsTheChairsAndRecordedOnce(t *testing.T) {
	watched, s := open(t, kingsLynn, "2013-09-10 09:00"), judged(t, kingsLynn).
		by("CQC", &FlagSafeguarding{About: regime.Adult}).by("CQC", &FlagSafeguarding{About: regime.Child})
	done := s.copied().by(regimetest.Nhse, &FollowProtocol{Flag: "S1", How: "x"}).
		by(regimetest.Nhse, &NotifyChildrenBoard{Flag: "S2", How: "x"}).
		by(regimetest.Nhse, &EngageChildrenBoard{Flag: "S2", How: "x"})
	follow := func(id string) Act { return &FollowProtocol{Flag: id, How: "x"} }
	notify := func(id string) Act { return &NotifyChildrenBoard{Flag: id, How: "x"} }
	engage := func(id string) Act { return &EngageChildrenBoard{Flag: id, How: "x"} }
	police := func(id string) Act { return &ConsiderPolice{Flag: id, Answer: "no", Reason: "x"} }
	for rule, act := range map[string]func(string) Act{"R40: ": follow, "R41: ": notify, "R42: ": police} {
		tryAll(t, trial{s, "CQC", act("S1"), rule},
			trial{s, regimetest.Nhse, act("S3"), "there is no safeguarding flag"})
	}
	tryAll(t,
		trial{s, "CQC", engage("S2"), "R41: "},
		trial{s, regimetest.Nhse, engage("S3"), "there is no safeguarding flag"},
		trial{s, regimetest.Nhse, follow("S2"), "not about"}, trial{s, regimetest.Nhse, notify("S1"), "not about"},
		trial{s, regimetest.Nhse, engage("S1"), "not about"},
		trial{s, regimetest.Nhse, follow("S1"), ""}, trial{s, regimetest.Nhse, notify("S2"), ""},
		trial{s, regimetest.Nhse, engage("S2"), ""}, trial{s, regimetest.Nhse, police("S2"), ""},
		trial{done, regimetest.Nhse, follow("S1"), "already been recorded"},
		trial{done, regimetest.Nhse, notify("S2"), "already been recorded"},
		trial{done, regimetest.Nhse, engage("S2"), "already been recorded"},
		trial{watched, regimetest.Nhse, &AnswerPublic{Answer: "no", Reason: "x"}, "R64: "},
		trial{s, "CQC", &AnswerPublic{Answer: "no", Reason: "x"}, "R64: "},
		trial{watched, regimetest.Nhse, &SendLetter{}, "2.4: "}, trial{s, "CQC", &SendLetter{}, "2.4: "},
		trial{s, regimetest.Nhse, &SendLetter{}, ""},
		trial{watched, regimetest.Nhse, &AnswerStandards{Answer: "no", Reason: "x"}, "R18: "},
		trial{s, "CQC", &AnswerStandards{Answer: "no", Reason: "x"}, "R18: "},
		trial{s, regimetest.Nhse, &AnswerStandards{Answer: "no", Reason: "x", Profession: "doctor"},
			"belong to --answer yes"},
		trial{s, regimetest.Nhse, &AnswerStandards{Answer: "no", Reason: "x", Referrer: "CQC"},
			"belong to --answer yes"},
		trial{s, regimetest.Nhse, &AnswerStandards{Answer: "yes", Reason: "x"}, "--profession is missing"},
		trial{s, regimetest.Nhse, &AnswerStandards{Answer: "yes", Reason: "x", Profession: "doctor",
			Referrer: "QSG_LOCAL"}, "cannot refer"},
		trial{s, regimetest.Nhse, &AnswerStandards{Answer: "yes", Reason: "x", Profession: "doctor",
			Referrer: "CQC"}, ""},
		trial{s, "PROVIDER", &SetLevel{Level: "routine", Reason: "x"}, "R15: "},
		trial{s, "NMC", &SetLevel{Level: "routine", Reason: "x"}, "R15: "},
		trial{s, "CCG/07K", &SetLevel{Level: "routine", Reason: "x"}, "R89: "},
		trial{s, "CCG/07K", &SetLevel{Level: "routine", Reason: "x", Evidence: "x"}, ""},
	)
}

func TestR1_R19_R21_R24_R78_WhatIsAskedOfABodyIsItsOwnToAnswerOnce(t *testing.T) {
	s := judged(t, kingsLynn).by("CQC", &OpenReferral{Profession: "nurse"}).
		by("CQC", &RequestImpact{Considers: "x", Asked: []regime.Party{"MONITOR"}}).
		by("MONITOR", &RequestInformation{To: "CQC", What: "x"})
	regulator := s.c.Referrals[0].Regulator
	other := regime.Party("GMC")
	done := s.copied().by("CQC", &NotifyEmployer{Referral: "F1"}).
		by("CQC", &Refer{Referral: "F1", Regulator: regulator}).
		by("CQC", &AnswerInformation{Request: s.c.Requests[0].ID, Answer: "x"})
	ended := done.copied().by("CQC", &EndReferral{Referral: "F1", Reason: "x"})
	impact, request := s.c.Impacts[0].ID, s.c.Requests[0].ID
	breach := s.copied().by("CQC", &JudgeBreach{Value: PotentialBreach})
	tryAll(t,
		trial{s, "MONITOR", &NotifyEmployer{Referral: "F1"}, "R1: "},
		trial{s, "CQC", &NotifyEmployer{Referral: "F2"}, "there is no referral"},
		trial{s, "CQC", &NotifyEmployer{Referral: "F1"}, ""},
		trial{done, "CQC", &NotifyEmployer{Referral: "F1"}, "already been notified"},
		trial{s, "MONITOR", &Refer{Referral: "F1", Regulator: regulator}, "R1: "},
		trial{s, "CQC", &Refer{Referral: "F1", Regulator: other}, "R19: "},
		trial{done, "CQC", &Refer{Referral: "F1", Regulator: regulator}, "already been made"},
		trial{ended, "CQC", &NotifyEmployer{Referral: "F1"}, "has ended"},
		trial{s, "MONITOR", &EndReferral{Referral: "F1", Reason: "x"}, "R1: "},
		trial{s, "MONITOR", &RequestImpact{Considers: "x", Asked: []regime.Party{"CCG/07J"}}, "R21: "},
		trial{s, "CQC", &RequestImpact{Considers: "x", Asked: []regime.Party{"MONITOR", "NMC"}}, "R21: "},
		trial{s, "CQC", &RequestImpact{Considers: "x", Asked: []regime.Party{"CQC"}}, "R21: "},
		trial{s, "MONITOR", &ReturnImpact{Request: impact, Assessment: "x"}, ""},
		trial{s, "CCG/07J", &ReturnImpact{Request: impact, Assessment: "x"}, "R21: "},
		trial{s, "MONITOR", &ReturnImpact{Request: "I9", Assessment: "x"}, "there is no impact request"},
		trial{s, "CQC", &RequestInformation{To: "QSG_LOCAL", What: "x"}, "R68: "},
		trial{s, "CQC", &RequestInformation{To: "CQC", What: "x"}, "not another body"},
		trial{s, "MONITOR", &AnswerInformation{Request: request, Answer: "x"}, "R78: "},
		trial{s, "CQC", &AnswerInformation{Request: "Q9", Answer: "x"}, "there is no request"},
		trial{s, "CQC", &AnswerInformation{Request: request, Answer: "x"}, ""},
		trial{done, "CQC", &AnswerInformation{Request: request, Answer: "x"}, "already been answered"},
		trial{s, "CQC", &AnswerBreach{Reason: "x"}, "no breach"},
		trial{breach, "MONITOR", &AnswerBreach{Reason: "x"}, "R24: "},
		trial{breach, "CQC", &AnswerBreach{Reason: "x"}, ""},
		trial{s, "MONITOR", &PassConcern{}, "R1: "},
		trial{s, "CQC", &PassConcern{To: "MONITOR"}, "--to is"},
		trial{s, "CQC", &PassConcern{To: regimetest.Nhse}, ""},
		trial{s, "CQC", &ConsiderBestPlaced{Answer: "itself", Reason: "x"}, "R1: "},
		trial{s, "MONITOR", &ConsiderBestPlaced{Answer: "itself", Reason: "x"}, ""},
		trial{s, "CQC", &AddNote{Text: "x", Corrects: -1}, "there is no entry"},
		trial{s, "CQC", &AddNote{Text: "x", Corrects: s.c.LastEntry + 1}, "there is no entry"},
		trial{s, "CQC", &AddNote{Text: "x", Corrects: s.c.LastEntry}, ""},
		trial{s, "CQC", &CorrectProvider{Type: regime.FoundationTrust, Reason: "x"}, "already the type"},
		trial{s, "CQC", &CorrectProvider{Type: regime.NHSTrust, Reason: "x"}, ""},
		trial{s, "CQC", &LinkCase{To: s.c.Ref}, "the case itself"},
		trial{s, "CQC", &LinkCase{To: "ABCD EFGH"}, "no reference"},
		trial{s, "CQC", &LinkCase{To: strings.Repeat("A", 21)}, "no reference"},
		trial{s, "CQC", &LinkCase{To: strings.Repeat("A", 20)}, ""},
		trial{s.copied().by("CQC", &LinkCase{To: "ABCD-EFGH"}), "CQC", &LinkCase{To: "ABCD-EFGH"},
			"linked to"},
		trial{s.copied().by("CQC", &LinkCase{To: "ABCD-EFGH"}), "CQC", &LinkCase{To: "ABCD-EFGX"}, ""},
	)
}
