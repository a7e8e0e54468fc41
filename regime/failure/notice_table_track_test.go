package failure

import (
	"testing"

	"holdthering/regime"
	"holdthering/regime/ledger/ledgertest"
	"holdthering/regime/regimetest"
)

var noticesOfTheTrack = []noticeRow{
	{"N1", "a summit is triggered and nobody acknowledges", func(t *testing.T) ledgertest.Mailing {
		return inCase(triggered(t, kingsLynn).at("2013-09-11 08:00"))
	}, []string{
		"0h: members",
		"2h: deputy of members but NHSCB",
		"4h: executive of members but NHSCB",
		"6h: NHSCB/Y55",
	}},
	{"N2", "a summit is triggered over an immediate risk", func(t *testing.T) ledgertest.Mailing {
		return inCase(open(t, kingsLynn, "2013-09-10 09:00").
			by(regimetest.Nhse, &TriggerRiskSummit{Concern: "x", Source: "media", Immediate: true}).
			at("2013-09-11 08:00"))
	}, []string{
		"0h: members but LETB, HEALTHWATCH_LOCAL, PHE, PROVIDER/RCX",
		"1h: executive of CQC, MONITOR, CCG/07J, CCG/07K, LA_COMM, PROVIDER/RCX",
	}},
	{"N3", "the summit is convened; Monitor answers, CQC sends a page", func(t *testing.T) ledgertest.Mailing {
		return inCase(triggered(t, kingsLynn).
			by(regimetest.Nhse, &ConveneSummit{At: regimetest.At("2013-09-12 09:00")}).
			by("MONITOR", &ReplyToInvitation{Answer: "attending"}).
			by("CQC", &GivePage{Page: "x"}).
			at("2013-09-12 09:00"))
	}, []string{
		"0h: members but CCG/07K, PHE",
		"36h: members but CCG/07K, PHE",
		"42h: members but CCG/07K, PHE",
	}},
	{"N4", "nobody convenes the summit", func(t *testing.T) ledgertest.Mailing {
		return inCase(triggered(t, kingsLynn).at("2013-09-13 10:00"))
	}, []string{
		"0h: NHSCB",
		"24h: NHSCB",
		"36h: NHSCB",
		"2d: members, NHSCB/Y55",
		"3d: NHSCB, NHSCB/Y55",
	}},
	{"N5", "nobody answers which parties are told of a concern", func(t *testing.T) ledgertest.Mailing {
		return inCase(triggered(t, kingsLynn).
			by("CCG/07J", &RecordConcern{Kind: "possible-crime", What: "x"}).
			at("2013-09-19 09:00"))
	}, []string{
		"0h: CCG/07J",
		"20h: CCG/07J, NHSCB",
		"7d: CCG/07J; executive of CCG/07J",
	}},
	{"N6", "the professional standards question stays open", func(t *testing.T) ledgertest.Mailing {
		return inCase(inSession(t, kingsLynn).
			by(regimetest.Nhse, &EndSummit{}).
			at("2013-09-21 09:00"))
	}, []string{
		"0h: NHSCB",
		"4h: NHSCB",
		"24h: NHSCB, NHSCB/Y55",
		"7d+4h: NHSCB, NHSCB/Y55",
	}},
	{"N7", "neither employer nor regulator is told of a practitioner", func(t *testing.T) ledgertest.Mailing {
		return inCase(inSession(t, kingsLynn).
			by("CQC", &OpenReferral{Profession: "doctor"}).
			at("2013-09-23 09:00"))
	}, []string{
		"0h: CQC",
		"0h: CQC",
		"2d: CQC; executive of CQC",
		"2d: CQC; executive of CQC",
		"9d: CQC; executive of CQC",
		"9d: CQC; executive of CQC",
	}},
	{"N8", "an adult may be at risk", func(t *testing.T) ledgertest.Mailing {
		return inCase(judged(t, kingsLynn).
			by("CQC", &FlagSafeguarding{About: regime.Adult, Boards: adultTeam}).
			at("2013-09-14 18:00"))
	}, []string{
		"0h: NHSCB, LA_SAFEGUARDING",
		"4h: NHSCB, LA_SAFEGUARDING",
		"24h: NHSCB, NHSCB/Y55; executive of LA_SAFEGUARDING",
		"2d: NHSCB, LA_SAFEGUARDING, NHSCB/Y55; executive of NHSCB",
	}},
	{"N9", "a child may be at risk", func(t *testing.T) ledgertest.Mailing {
		return inCase(judged(t, kingsLynn).
			by("CQC", &FlagSafeguarding{About: regime.Child, Boards: childBoard}).
			by(regimetest.Nhse, &EngageChildrenBoard{Flag: "S1", How: "x"}).
			at("2013-09-14 18:00"))
	}, []string{
		"0h: NHSCB, LSCB",
		"0h: NHSCB",
		"4h: NHSCB, LSCB",
		"24h: NHSCB, NHSCB/Y55; executive of LSCB, LA_COMM",
		"2d: NHSCB, LSCB, NHSCB/Y55; executive of NHSCB",
	}},
	{"N10", "an impact assessment is asked for and returned by one of two", func(t *testing.T) ledgertest.Mailing {
		return inCase(inSession(t, kingsLynn).
			by("CQC", &RequestImpact{Considers: "x", Asked: []regime.Party{"MONITOR", "CCG/07J"}}).
			by("MONITOR", &ReturnImpact{Request: "I1", Assessment: "x"}).
			at("2013-09-16 09:00"))
	}, []string{
		"0h: MONITOR",
		"0h: CCG/07J",
		"0h: CQC",
		"18h: CCG/07J",
		"24h: CCG/07J, CQC",
	}},
	{"N11", "the summit ends; CQC's judgement comes late", func(t *testing.T) ledgertest.Mailing {
		return inCase(inSession(t, kingsLynn).
			by(regimetest.Nhse, &EndSummit{}).
			by(regimetest.Nhse, &JudgeCollectively{Value: PotentialFailure}).
			at("2013-09-15 10:00").
			by("CQC", &JudgeBreach{Value: NoMaterialBreach}))
	}, []string{
		"0h: NHSCB",
		"0h: CQC",
		"0h: MONITOR",
		"12h: CQC",
		"24h: CQC",
		"2d: CQC, NHSCB; executive of CQC",
		"3d: CQC, NHSCB; executive of CQC",
		"3d: members",
	}},
	{"N12", "the collective judgement is recorded", func(t *testing.T) ledgertest.Mailing {
		return inCase(judged(t, kingsLynn))
	}, []string{
		"0h: members, NHSCB/Y55",
	}},
	{"N13", "nobody proposes a ring-holder", func(t *testing.T) ledgertest.Mailing {
		return inCase(judged(t, kingsLynn).at("2013-09-14 09:00"))
	}, []string{
		"0h: members",
		"6h: members",
		"9h: members",
	}},
	{"N14", "the default holds the ring and stays silent", func(t *testing.T) ledgertest.Mailing {
		return inCase(responding(t, kingsLynn).at("2013-09-14 09:00"))
	}, []string{
		"0h: members, NHSCB/Y55; executive of NHSCB",
		"1h: executive of NHSCB, NHSCB/Y55",
	}},
	{"N15", "no first meeting is held", func(t *testing.T) ledgertest.Mailing {
		return inCase(judged(t, kingsLynn).at("2013-09-15 18:00"))
	}, []string{
		"0h: NHSCB",
		"8h: NHSCB",
		"12h: NHSCB",
		"36h: members, NHSCB/Y55",
		"2d+12h: NHSCB, NHSCB/Y55; executive of NHSCB",
	}},
	{"N16", "a meeting is called, held without a record, and recorded", func(t *testing.T) ledgertest.Mailing {
		return inCase(responding(t, kingsLynn).
			by(regimetest.Nhse, &ScheduleMeeting{At: regimetest.At("2013-09-18 10:00")}).
			at("2013-09-18 10:00").
			by(regimetest.Nhse, &HoldMeeting{Present: []regime.Party{"CQC"}}).
			at("2013-09-21 10:00").
			by(regimetest.Nhse, &RecordMeeting{Record: "x"}))
	}, []string{
		"0h: members but CCG/07K, PHE",
		"4d+5h: members but CCG/07K, PHE",
		"6d+5h: NHSCB",
		"7d+5h: NHSCB",
		"8d+5h: members but NHSCB, CQC",
	}},
	{"N17", "no date follows a meeting", func(t *testing.T) ledgertest.Mailing {
		return inCase(responding(t, kingsLynn).
			by(regimetest.Nhse, &HoldMeeting{Present: []regime.Party{"CQC"}, Record: "x"}).
			at("2013-09-23 09:00"))
	}, []string{
		"0h: NHSCB",
		"24h: members",
		"8d: members",
	}},
	{"N18", "an action is proposed and not answered", func(t *testing.T) ledgertest.Mailing {
		return inCase(responding(t, kingsLynn).
			by("CQC", &ProposeAction{Owner: "MONITOR", Aim: SafeguardPatients, What: "x",
				Due: regimetest.At("2013-12-01")}).
			at("2013-09-17 09:00"))
	}, []string{
		"0h: MONITOR",
		"24h: MONITOR, CQC",
		"3d: MONITOR; executive of MONITOR",
	}},
	{"N19", "an action is accepted and not done", func(t *testing.T) ledgertest.Mailing {
		return inCase(responding(t, kingsLynn).
			by(regimetest.Nhse, &ProposeAction{Owner: "MONITOR", Aim: SafeguardPatients, What: "x",
				Due: regimetest.At("2013-10-01 10:00")}).
			by("MONITOR", &AcceptAction{Action: "A1"}).
			at("2013-10-17 10:00"))
	}, []string{
		"0h: MONITOR",
		"2d: MONITOR",
		"3d: MONITOR",
		"4d: MONITOR, NHSCB",
		"6d: executive of MONITOR",
		"11d: MONITOR, NHSCB",
		"18d: MONITOR, NHSCB",
	}},
	{"N20", "the ring is handed over", func(t *testing.T) ledgertest.Mailing {
		return inCase(responding(t, kingsLynn).
			by(regimetest.Nhse, &HandOverRing{To: "MONITOR", Reason: "x"}).
			by("MONITOR", &AcceptRing{}))
	}, []string{
		"0h: MONITOR",
		"0h: members but NHSCB, MONITOR",
		"0h: members, NHSCB/Y55",
	}},
	{"N21", "a body uses a power of its own", func(t *testing.T) ledgertest.Mailing {
		return inCase(inSession(t, kingsLynn).
			by("MONITOR", &UsePower{Power: "P-MON-3"}))
	}, []string{
		"0h: members but MONITOR, PROVIDER/RCX",
	}},
	{"N22", "a difference of judgement is not discussed", func(t *testing.T) ledgertest.Mailing {
		return inCase(inSession(t, kingsLynn).
			by("CQC", &RegisterDifference{Other: "MONITOR", Subject: "x", Safety: "no"}).
			at("2013-09-30 09:00"))
	}, []string{
		"0h: CQC, MONITOR, NHSCB",
		"24h: CQC, NHSCB",
		"24h: MONITOR, NHSCB",
		"2d: CQC",
		"2d: MONITOR",
		"3d: CQC",
		"3d: MONITOR",
		"4d: CQC",
		"4d: MONITOR",
		"5d: CQC",
		"5d: MONITOR",
	}},
}
