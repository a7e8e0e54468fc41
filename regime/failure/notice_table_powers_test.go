package failure

import (
	"testing"

	"holdthering/regime"
	"holdthering/regime/ledger/ledgertest"
	"holdthering/regime/regimetest"
)

var noticesBesideIt = []noticeRow{
	{"N23", "CQC acts under section 31 and a copy does not go", func(t *testing.T) ledgertest.Mailing {
		return inCase(unsent(open(t, kingsLynn, "2014-11-03 09:00"), &UsePower{Power: "P-CQC-1"}))
	}, []string{
		"0h: PROVIDER/RCX, MONITOR",
		"0h: NHSCB, CCG/07J, CCG/07K, LA_COMM",
		"1h: lead of CQC",
	}},
	{"N24", "a warning notice's requirement comes near and CQC determines nothing", func(t *testing.T) ledgertest.Mailing {
		return inCase(open(t, kingsLynn, "2014-11-03 09:00").
			by("CQC", warnUntil("2015-01-15 17:00")).
			by("CQC", &DecideWarning{Warning: "W1", Outcome: Proceed, Reason: "x"}).
			at("2015-01-23 09:00"))
	}, []string{
		"0h: PROVIDER/RCX, MONITOR, CQC",
		"11d: PROVIDER/RCX, MONITOR, CQC",
		"14d: PROVIDER/RCX, MONITOR, CQC",
		"14d: CQC",
		"21d: CQC, MONITOR; executive of CQC",
	}},
	{"N25", "special measures are recommended and not decided on", func(t *testing.T) ledgertest.Mailing {
		return inCase(open(t, kingsLynn, "2013-10-01 10:00").
			by("CQC", &RecommendMeasures{Reason: "x"}).
			at("2013-10-23 09:00"))
	}, []string{
		"0h: MONITOR",
		"14d: MONITOR",
		"21d: MONITOR; executive of MONITOR, CQC",
	}},
	{"N26", "special measures are recommended and decided on", func(t *testing.T) ledgertest.Mailing {
		return inCase(open(t, kingsLynn, "2013-10-01 10:00").
			by("CQC", &RecommendMeasures{Reason: "x"}).
			by("MONITOR", &DecideMeasures{Outcome: Place, Reason: "x"}))
	}, []string{
		"0h: members, PROVIDER/RCX",
		"0h: members, PROVIDER/RCX, NHSCB/Y55",
	}},
	{"N27", "nobody is appointed", func(t *testing.T) ledgertest.Mailing {
		return inCase(placed(t).
			by("MONITOR", &Appoint{Role: "partner-trust", Who: "x"}).
			by("MONITOR", &Appoint{Role: "leadership-review", Who: "x"}).
			at("2013-12-01 10:00"))
	}, []string{
		"0h: MONITOR",
		"16d: executive of MONITOR",
	}},
	{"N28", "the first month's progress is not published", func(t *testing.T) ledgertest.Mailing {
		return inCase(placed(t).
			by("MONITOR", &Appoint{Role: "improvement-director", Who: "an office"}).
			by("PROVIDER", &PublishPlan{URL: "https://trust.example/plan"}).
			at("2013-12-10 10:00"))
	}, []string{
		"0h: PROVIDER/RCX; lead of PROVIDER/RCX",
		"5d: PROVIDER/RCX; lead of PROVIDER/RCX",
		"8d: PROVIDER/RCX, MONITOR; executive of PROVIDER/RCX",
		"14d: MONITOR, NHSCB; executive of PROVIDER/RCX",
	}},
	{"N29", "the re-inspection does not come", func(t *testing.T) ledgertest.Mailing {
		return inCase(placed(t).at("2014-11-10 10:00"))
	}, []string{
		"0h: CQC, MONITOR, PROVIDER/RCX",
		"62d: CQC, MONITOR, PROVIDER/RCX",
		"78d: CQC, MONITOR, PROVIDER/RCX",
		"92d: CQC, MONITOR, PROVIDER/RCX, NHSCB",
		"99d+1h: CQC, MONITOR, NHSCB; executive of CQC",
		"106d+1h: CQC, MONITOR, NHSCB; executive of CQC",
	}},
	{"N30", "the decision after the re-inspection does not come", func(t *testing.T) ledgertest.Mailing {
		return inCase(reinspected(t).at("2014-11-20 10:00"))
	}, []string{
		"0h: MONITOR",
		"0h: members, PROVIDER/RCX",
		"14d: MONITOR",
		"21d: MONITOR; executive of MONITOR",
	}},
	{"N31", "special measures are extended and the end comes near", func(t *testing.T) ledgertest.Mailing {
		return inCase(reinspected(t).
			by("MONITOR", &DecideMeasures{Outcome: Extend, Reason: "x", Length: regimetest.Period("6mo")}).
			at("2015-04-19 10:00"))
	}, []string{
		"0h: members, PROVIDER/RCX, NHSCB/Y55",
		"122d: members, PROVIDER/RCX",
		"167d+23h: members, PROVIDER/RCX",
	}},
	{"N32", "a practice's six months pass", func(t *testing.T) ledgertest.Mailing {
		return inCase(open(t, practice, "2015-02-02 10:00").
			by("CQC", &DecideMeasures{Outcome: Place, Reason: "x"}).
			at("2015-08-12 10:00"))
	}, []string{
		"0h: CQC, NHSCB, PROVIDER/D82001",
		"46d: CQC, NHSCB, PROVIDER/D82001",
		"60d: CQC, NHSCB, PROVIDER/D82001",
		"67d: CQC, NHSCB; executive of CQC",
	}},
	{"N33", "CQC does not pass on what it found at a practice", func(t *testing.T) ledgertest.Mailing {
		return inCase(open(t, practice, "2015-04-02 16:00").
			by("CQC", &JudgeBreach{Value: PotentialBreach}).
			at("2015-04-09 18:00"))
	}, []string{
		"0h: CQC",
		"5d: CQC",
		"6d: CQC; executive of CQC",
		"7d: CQC; executive of CQC",
	}},
	{"N34", "special administration is required, ordered and not gone on with", func(t *testing.T) ledgertest.Mailing {
		return inCase(placed(t).
			by("CQC", &RequireAdministration{Reason: "x"}).
			at("2013-10-28 10:00").
			by("MONITOR", &OrderAdministration{}).
			at("2013-11-07 10:00"))
	}, []string{
		"0h: MONITOR",
		"3d+1h: members, PROVIDER/RCX, NHSCB/Y55",
		"7d+14h: MONITOR, CQC, CCG/07J, CCG/07K, LA_COMM",
	}},
	{"N65", "CQC records that the provider has closed, and the stay is not ended", func(t *testing.T) ledgertest.Mailing {
		return inCase(placed(t).at("2014-03-27 12:00").
			by("CQC", &EndProvider{How: "closed", None: true, Reason: "x"}).
			at("2014-04-20 10:00"))
	}, []string{
		"0h: MONITOR",
		"0h: members, NHSCB/Y55",
		"13d+23h: MONITOR",
		"20d+23h: MONITOR, NHSCB; executive of MONITOR",
	}},
	{"N66", "a review is asked for and does not come", func(t *testing.T) ledgertest.Mailing {
		return inCase(placed(t).
			by("MONITOR", &AskReview{Of: "a college", What: "x", Due: regimetest.At("2013-11-25 10:00")}).
			at("2013-12-10 10:00"))
	}, []string{
		"0h: members, PROVIDER/RCX",
		"17d+1h: MONITOR",
		"31d+1h: members",
		"45d+1h: MONITOR, NHSCB/Y55; executive of MONITOR",
	}},
	{"N67", "a recommendation is not answered", func(t *testing.T) ledgertest.Mailing {
		return inCase(placed(t).
			by("MONITOR", &AskReview{Of: "a college", What: "x", Due: regimetest.At("2013-11-25 10:00")}).
			by("MONITOR", &ReceiveReview{Review: "E1", Members: true}).
			by("MONITOR", &AddReviewRecommendation{Review: "E1", What: "x"}).
			at("2013-12-01 10:00"))
	}, []string{
		"0h: MONITOR",
		"21d+1h: MONITOR",
		"28d+1h: MONITOR",
		"35d+1h: MONITOR, NHSCB; executive of MONITOR",
	}},
	{"N68", "a further summit is called and not recorded", func(t *testing.T) ledgertest.Mailing {
		return inCase(responding(t, kingsLynn).
			by("CQC", &ConveneFurtherSummit{At: regimetest.At("2013-09-20 10:00"), Reason: "x"}).
			at("2013-09-22 10:00"))
	}, []string{
		"0h: members but CCG/07K, PHE, GMC",
		"6d+5h: members",
		"7d+6h: CQC",
		"8d+5h: CQC, NHSCB/Y55",
	}},
	{"N35", "the public needs to be told and one body does not assent", func(t *testing.T) ledgertest.Mailing {
		return inCase(judged(t, kingsLynn).
			at("2013-09-13 05:00").
			by(regimetest.Nhse, &AnswerPublic{Answer: "yes", Reason: "x"}).
			at("2013-09-13 06:00").
			by(regimetest.Nhse, &DraftPlan{Support: "x", Lead: "x", Experts: "x", Communications: "x",
				Responsibility: "x"}).
			at("2013-09-16 09:00"))
	}, []string{
		"0h: NHSCB",
		"1h: PROVIDER/RCX",
		"1h: CQC",
		"1h: MONITOR",
		"25h: PROVIDER/RCX",
		"25h: CQC",
		"25h: MONITOR",
		"2d+1h: PROVIDER/RCX, NHSCB",
		"2d+1h: CQC, NHSCB",
		"2d+1h: MONITOR, NHSCB",
		"3d+1h: PROVIDER/RCX, NHSCB",
		"3d+1h: CQC, NHSCB",
		"3d+1h: MONITOR, NHSCB",
	}},
	{"N36", "a body plans to publish", func(t *testing.T) ledgertest.Mailing {
		return inCase(inSession(t, kingsLynn).
			by("CQC", &WarnPublic{Planned: regimetest.At("2013-09-15 10:00")}))
	}, []string{
		"0h: members but CQC, PROVIDER/RCX",
	}},
	{"N37", "the provider is not written to", func(t *testing.T) ledgertest.Mailing {
		return inCase(inSession(t, kingsLynn).
			by(regimetest.Nhse, &EndSummit{}).
			at("2013-09-19 09:00"))
	}, []string{
		"0h: NHSCB",
		"24h: NHSCB, NHSCB/Y55",
	}},
	{"N41", "nothing moves in the response", func(t *testing.T) ledgertest.Mailing {
		return inCase(responding(t, kingsLynn).at("2013-09-28 09:00"))
	}, []string{
		"0h: members, NHSCB/Y55",
	}},
	{"N42", "closing is proposed, and comes late", func(t *testing.T) ledgertest.Mailing {
		return inCase(closable(t).
			by(regimetest.Nhse, &ProposeClosing{}).
			at("2013-09-28 09:00").
			by(regimetest.Nhse, &CloseCase{}))
	}, []string{
		"0h: members",
		"7d: NHSCB",
		"14d: NHSCB, NHSCB/Y55",
		"15d+4h: members, NHSCB/Y55, PROVIDER/RCX",
	}},
	{"N43", "Monitor's duty contact cannot be reached", func(t *testing.T) ledgertest.Mailing {
		return inCase(bounced(open(t, kingsLynn, "2013-09-10 09:00")).
			at("2013-09-12 10:00"))
	}, []string{
		"0h: NHSCB",
		"24h: NHSCB",
		"2d: NHSCB, NHSCB/Y55",
	}},
	{"N44", "a week's digest", func(t *testing.T) ledgertest.Mailing {
		return inCase(responding(t, kingsLynn).at("2013-09-23 09:00"))
	}, []string{
		"0h: NHSCB",
		"0h: CCG/07J",
		"0h: CCG/07K",
		"0h: LA_COMM",
		"0h: MONITOR",
		"0h: CQC",
		"0h: LETB",
		"0h: HEALTHWATCH_LOCAL",
		"0h: PHE",
		"0h: GMC",
		"7d: NHSCB", // each week again, as long as nobody acts (R94)
		"7d: CCG/07J",
		"7d: CCG/07K",
		"7d: LA_COMM",
		"7d: MONITOR",
		"7d: CQC",
		"7d: LETB",
		"7d: HEALTHWATCH_LOCAL",
		"7d: PHE",
		"7d: GMC",
	}},
	{"N57", "a power stops a service, and it is not said where patients go", func(t *testing.T) ledgertest.Mailing {
		return inCase(responding(t, kingsLynn).by("CQC", &UsePower{Power: "P-CQC-1"}).at("2013-09-14 18:00"))
	}, []string{
		"0h: CCG/07J",
		"6h: CCG/07J",
		"12h: CCG/07J, NHSCB",
		"36h: CCG/07J, NHSCB, NHSCB/Y55; executive of CCG/07J",
	}},
	{"N55", "a member asks for a meeting, and nobody answers", func(t *testing.T) ledgertest.Mailing {
		return inCase(responding(t, kingsLynn).by("HEALTHWATCH_LOCAL", &AskForMeeting{Reason: "x"}).at("2013-09-15 09:00"))
	}, []string{
		"0h: NHSCB",
		"24h: NHSCB",
		"2d: NHSCB, NHSCB/Y55; executive of NHSCB",
	}},
	{"N56", "CQC finds a breach, and nothing is judged together", func(t *testing.T) ledgertest.Mailing {
		return inCase(inSession(t, kingsLynn).by("CQC", &JudgeBreach{Value: BreachSignificant}).at("2013-09-14 11:00"))
	}, []string{
		"0h: NHSCB",
		"12h: NHSCB",
		"24h: members",
		"2d: NHSCB, NHSCB/Y55; executive of NHSCB",
	}},
	{"N54", "a body is named as the one who acts, and says nothing", func(t *testing.T) ledgertest.Mailing {
		return inCase(responding(t, kingsLynn).by("CQC", &AskWhoActs{Who: []regime.Party{"MONITOR"}}).at("2013-09-22 04:20"))
	}, []string{
		"0h: MONITOR",
		"24h: MONITOR, NHSCB",
		"2d: MONITOR, NHSCB; executive of MONITOR",
		"3d: MONITOR, NHSCB; executive of MONITOR",
		"4d: MONITOR, NHSCB; executive of MONITOR",
		"5d: MONITOR, NHSCB; executive of MONITOR",
		"6d: MONITOR, NHSCB; executive of MONITOR",
		"7d: MONITOR, NHSCB; executive of MONITOR",
		"8d: MONITOR, NHSCB; executive of MONITOR",
		"9d: NHSCB, NHSCB/Y55; executive of MONITOR",
	}},
}
