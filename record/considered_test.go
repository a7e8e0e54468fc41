package record_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"holdthering/record"
	"holdthering/regime"
	"holdthering/regime/failure"
	"holdthering/regime/ledger"
)

// everythingConsidered is a case with one of each of the things that stand beside its track.
func everythingConsidered(t *testing.T) *player {
	p := open(t)
	c, now := p.c, p.now
	by := ledger.Actor{For: "CQC", Person: "P. Erson", Channel: "command line"}
	later := at(t, "2013-09-11 09:00")
	fact := &failure.Fact{How: "by telephone", By: by, At: later}
	c.Trigger = &failure.TriggerRecord{By: by, At: now, Concern: "unsafe", Source: "whistleblower", Protect: true}
	c.Concerns = []failure.SharedConcern{{ID: "K1", Kind: "below-standards", What: "falls", By: by, At: now,
		From: "ROYAL_COLLEGE", Source: "patient", SourceNote: "QZXSOURCE", Protect: true,
		Told: []regime.Party{"MONITOR"}, Forum: []regime.Party{"CCG/07J"}, Consider: []failure.Considering{
			{To: "regulator", If: "a practitioner is concerned"},
			{To: "POLICE", Party: "POLICE/Q56", Answer: "no", Reason: "no sign of a crime", At: later}}}}
	c.Requests = []failure.InformationRequest{{ID: "Q1", By: by, To: "MONITOR", What: "the last board papers",
		At: now, Answer: "not yet final", Declined: true, Answered: later}}
	c.Safeguarding = []failure.SafeguardingFlag{{ID: "S1", About: "child", What: "on one ward", By: by, At: now,
		Chair: areaTeam, Notified: fact, Engaged: fact,
		Crime: &failure.Considered{Answer: "no", Reason: "the board decides", By: by, At: later}}}
	c.Referrals = []failure.Referral{{ID: "F1", Profession: "doctor", Regulator: "GMC", Referrer: areaTeam,
		Opened: now, Employer: later, Ended: later, Why: "the regulator knows already"}}
	c.Impacts = []failure.ImpactRequest{{ID: "I1", Considers: "to close a ward", At: now,
		Asked: []regime.Party{"MONITOR", "CCG/07J"}, Returns: []failure.ImpactReturn{
			{By: ledger.Actor{For: "MONITOR"}, Assessment: "no beds elsewhere", At: later}}}}
	c.Differences = []failure.Difference{{ID: "J1", Between: []regime.Party{"CQC", "MONITOR"}, Subject: "the pace",
		Safety: "no", View: "too slow", By: by, At: now, Discussed: []failure.Discussion{{At: later,
			Participants: []regime.Party{"CQC", "MONITOR"}, Outcome: "not-resolved", Will: "inspect again"}}}}
	c.Plans = []failure.PublicPlan{{Version: 1, By: by, At: now, Support: "a telephone line", Lead: "CQC",
		Assents: []failure.Assent{{By: ledger.Actor{For: "MONITOR"}, At: later}}}}
	c.Warned = []failure.PublicWarning{{By: by, At: now, What: "report", URL: "https://cqc.example/r",
		Planned: later}}
	c.PlanSteps = []failure.PlanStep{{Part: "experts", Action: "A1", By: by, At: now},
		{Part: "support", None: "nobody was harmed", By: by, At: later}, {Part: failure.OpenLine, How: "01553 555 0100", By: by, At: later}}
	c.Actions = []failure.ResponseAction{{Action: ledger.Action{ID: "A1", What: "find experts", Owner: "CQC", Proposer: areaTeam, Due: later,
		Status: regime.ActionAccepted}}}
	c.Named = []failure.NamedToAct{{Who: "MONITOR", By: "CQC", Where: "in its answer to the breach", At: now}}
	c.Acting = []failure.ActingAnswer{{By: ledger.Actor{For: "MONITOR"}, At: later, Acts: "no", Reason: "no condition is broken"}}
	c.MeetingRequests = []failure.MeetingRequest{{ID: "Y1", By: by, At: now, Reason: "nights are bare", Meeting: 2, Answered: later},
		{ID: "Y2", By: by, At: now, Reason: "again", Why: "they meet on Friday", Answered: later}, {ID: "Y3", By: by, At: now, Reason: "more"}}
	c.Provision = []failure.OtherProvision{{Use: "U1", By: by, At: now, Where: "the ward at Dereham", From: later, Patients: "letters of Monday"},
		{Use: "U2", By: by, At: now, None: "no patient was left"}}
	c.Deaths = []failure.Death{{ID: "L1", What: "one on the ward", By: by, At: now, Told: fact,
		Coroner: &failure.Considered{Answer: "yes", Reason: "the cause is not known", By: by, At: later}}, {ID: "L2", By: by, At: now}}
	c.Guests = []failure.GuestParty{{Party: "GUEST/G1", Name: "Fire service", Contact: "qzxcontact@fire.example", Why: "the escape routes", By: by,
		At: now, Told: []failure.GuestNews{{What: "Was it inspected?", By: by, At: now, Asks: true}, {What: "We met", By: by, At: now}}}}
	c.Agreements = []ledger.Agreement{{ID: "M1", Kind: ledger.ToSetAside, Of: "K1", By: "CQC", At: now, Until: later, Ended: later,
		Present: []regime.Party{"CQC", "MONITOR"}, Agreed: []regime.Party{"CQC"}, Reason: "the unit has closed", Evidence: "the register",
		Told: []regime.Party{"CQC", "MONITOR", "CCG/07J"}, Outcome: ledger.KeptOpen, Objections: []ledger.Objection{
			{By: "MONITOR", Why: "the ward has only moved", At: later, As: ledger.AsObjection}}},
		{ID: "M2", Kind: ledger.ToFinalise, Of: "1", By: "CQC", At: now, Until: later}}
	c.OwnViews = []failure.MemberJudgement{{By: by, View: "QZXVIEW", Intends: "QZXVIEW", Sealed: true, At: now}}
	return p
}

func TestTheRecordOfAllThatIsConsideredStaysAsItIs(t *testing.T) {
	p := everythingConsidered(t)
	html, err := record.HTML(p.c, p.now)
	require.NoError(t, err)
	golden(t, "considered.html", html)
	golden(t, "considered.md", record.Markdown(p.c, p.now))
}

func TestAProtectedSourceAndASealedViewStandInNoForm(t *testing.T) {
	p := everythingConsidered(t)
	html, err := record.HTML(p.c, p.now, record.Notices)
	require.NoError(t, err)
	raw, err := record.JSON(p.c, p.now)
	require.NoError(t, err)
	for _, form := range []string{record.Markdown(p.c, p.now), html, string(raw)} {
		for _, secret := range []string{"QZXSOURCE", "QZXVIEW", "qzxcontact", "whistleblower", "patient\""} {
			require.NotContains(t, form, secret)
		}
	}
	require.Equal(t, "QZXVIEW", p.c.OwnViews[0].View, "the case itself keeps them")
}
