package record_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/failure"
	"holdthering/regime/ledger"
)

// player lives through a case: it acts, lets time pass, and has every mail accepted but those
// to the General Medical Council, whom the directory does not know.
type player struct {
	t   *testing.T
	c   *failure.Case
	now time.Time
}

const areaTeam = regime.Party("NHSCB/Q56")

func open(t *testing.T) *player {
	now := at(t, "2013-09-10 16:10")
	c, err := failure.Open(failure.Opening{Ref: "HTR-2013-0007", Profile: "ENGLAND_2013",
		Provider: regime.Provider{Code: "RXX", Name: "Fenland | Trust <b>", Town: "Lynn",
			Type: regime.FoundationTrust, LeadCCG: "07J", AreaTeam: "Q56", Region: "Y55"},
		Members: []regime.Party{"CQC", "MONITOR", areaTeam, "CCG/07J", "HEALTHWATCH_LOCAL/Q56"},
		Units: []regime.UnitName{{Party: "CCG/07J", Name: "NHS West Norfolk CCG"},
			{Party: areaTeam, Name: "NHS England East Anglia area team"}},
	}, now)
	require.NoError(t, err)
	return &player{t, c, now}
}

func at(t *testing.T, s string) time.Time {
	t.Helper()
	when, err := calendar.ParseInstant(s)
	require.NoError(t, err)
	return when
}

// until lets the clock of the case do what falls due.
func (p *player) until(s string) *player {
	p.t.Helper()
	end := at(p.t, s)
	for a, ok := p.c.NextDue(); ok && !a.At.After(end); a, ok = p.c.NextDue() {
		p.c.Tick(a.At)
		p.post(a.At)
	}
	p.now = end
	return p
}

func (p *player) post(now time.Time) {
	var results []ledger.SendResult
	for _, n := range p.c.ToSend(now) {
		for _, r := range n.To {
			t := ledger.SendResult{Notice: n.ID, Party: r.Party, Level: r.Level, State: ledger.StateAccepted}
			if r.Party == "GMC" {
				t.State, t.Note = ledger.StateNoContact, "not in the directory"
			}
			results = append(results, t)
		}
	}
	p.c.RecordSent(results, now)
}

func (p *player) act(by regime.Party, act failure.Act) *player {
	p.t.Helper()
	_, err := p.c.Perform(ledger.Request{By: ledger.Actor{For: by, Person: "P. Erson", Role: "officer",
		Channel: "command line"}}, act, p.now)
	require.NoError(p.t, err)
	p.post(p.now)
	return p
}

// wholeCase goes from the trigger through special measures, extended once, to the closing.
func wholeCase(t *testing.T) *player {
	p := open(t)
	respond(p)
	inMeasures(p)
	return closeCase(p)
}

func respond(p *player) {
	p.act("CQC", &failure.TriggerRiskSummit{Concern: "Unsafe staffing\nat night", Source: "inspection",
		Routine: "action plans failed", Immediate: true}).
		act(areaTeam, &failure.ConveneSummit{At: at(p.t, "2013-09-11 10:00"), Place: "by telephone",
			Also: []regime.Party{"GMC"}, Why: "supervision of trainees", LeftOut: []regime.Party{"POLICE/Q56"},
			WhyNot: "no sign of a crime"}).
		act("MONITOR", &failure.ReplyToInvitation{Answer: "attending"}).
		until("2013-09-11 10:05").
		act(areaTeam, &failure.OpenSummit{Attending: []regime.Party{"CQC", "MONITOR", "CCG/07J"}}).
		act("CQC", &failure.JudgeBreach{Value: failure.NotYetDetermined, Intends: "inspect this week"}).
		act("MONITOR", &failure.JudgeForOneself{View: "Governance has failed", Dissent: true}).
		until("2013-09-11 12:00").
		act(areaTeam, &failure.JudgeCollectively{Value: failure.PotentialFailure, Reason: "staffing at night"}).
		act("CCG/07J", &failure.ProposeRingHolder{Candidate: "MONITOR", Fitness: "regulates the trust"}).
		act("MONITOR", &failure.DeclineRing{Reason: "no capacity this week"}).
		until("2013-09-12 09:00").
		act(areaTeam, &failure.ScheduleMeeting{At: at(p.t, "2013-09-12 15:00"), Place: "Lynn"}).
		until("2013-09-12 15:00").
		act(areaTeam, &failure.HoldMeeting{Present: []regime.Party{"CQC", "MONITOR"},
			Record: "Night rota agreed", Next: at(p.t, "2013-09-19 15:00")}).
		act(areaTeam, &failure.ProposeAction{Owner: "MONITOR", Aim: failure.SafeguardPatients,
			What: "Appoint a turnaround lead", Due: at(p.t, "2013-10-01")}).
		act(areaTeam, &failure.ProposeAction{Owner: "CQC", Aim: failure.SecureImprovement,
			What: "Inspect at night", Due: at(p.t, "2013-09-20")}).
		act("MONITOR", &failure.AcceptAction{Action: "A1"}).
		act("CQC", &failure.DeclineAction{Action: "A2", Reason: "planned already"}).
		act("MONITOR", &failure.RedateAction{Action: "A1", Due: at(p.t, "2013-10-08"), Reason: "notice period"}).
		act("MONITOR", &failure.AddNote{Text: "The summit began at 10:05, not 10:00", Corrects: 5}).
		until("2013-09-16 12:00").
		act("CQC", &failure.JudgeBreach{Value: failure.BreachSignificant, Standards: "staffing",
			Evidence: "inspection of 14 September"}).
		act("CQC", &failure.UsePower{Power: "P-CQC-1", Reason: "no doctor at night", Immediate: true,
			Discussed: []regime.Party{"MONITOR"}}).
		act("CQC", &failure.ServeWarning{View: "unsafe", Care: "medicine", Reasons: "two nights without cover",
			Require: "a rota for the nights", Due: at(p.t, "2013-10-01")}).
		act("MONITOR", &failure.ConsiderBestPlaced{Answer: "jointly", With: []regime.Party{"CQC"},
			Reason: "licence"}).
		until("2013-09-19 15:00").
		act(areaTeam, &failure.HoldMeeting{Present: []regime.Party{"CQC", "MONITOR"}}).
		act(areaTeam, &failure.HandOverRing{To: "MONITOR", Reason: "Monitor has the powers"}).
		act("MONITOR", &failure.AcceptRing{}).
		until("2013-10-10 09:00").
		act(p.c.Provider.Party(), &failure.ReportRequirement{Warning: "W1", Requirement: 1, Evidence: "rota"}).
		act("CQC", &failure.DetermineWarning{Warning: "W1", Complied: "yes", Evidence: "visit of 9 October"}).
		act("CQC", &failure.LiftPower{Use: "U1", Evidence: "nights are covered"}).
		act("MONITOR", &failure.CompleteAction{Action: "A1", Evidence: "in post"}).
		act("MONITOR", &failure.BeginMonitoring{Reason: "all done"})
}

func inMeasures(p *player) {
	trust := p.c.Provider.Party()
	p.act("CQC", &failure.RecommendMeasures{Reason: "inadequate; weak leadership"}).
		act("MONITOR", &failure.DecideMeasures{Outcome: failure.Place, Reason: "breach of licence"}).
		act("MONITOR", &failure.Appoint{Role: "improvement-director", Who: "an interim"}).
		until("2013-11-01 09:00").
		act(trust, &failure.PublishPlan{URL: "https://trust.example/plan"}).
		until("2013-11-09 09:00").
		act(trust, &failure.PublishProgress{URL: "https://trust.example/1"}).
		until("2013-12-13 12:00").
		act(trust, &failure.PublishProgress{URL: "https://trust.example/2"}).
		until("2014-02-05 09:00").
		act(trust, &failure.PublishProgress{URL: "https://trust.example/4", Month: 4}).
		act(trust, &failure.PublishProgress{URL: "https://trust.example/3", Month: 3}).
		until("2014-07-04 09:00").
		act("CQC", &failure.Reinspect{From: at(p.t, "2014-07-01"), To: at(p.t, "2014-07-03")}).
		until("2014-08-01 09:00").
		act("CQC", &failure.ReportReinspection{Rating: "inadequate", Advice: "remain", Reason: "too early"}).
		act("MONITOR", &failure.DecideMeasures{Outcome: failure.Extend, Reason: "more time",
			Length: calendar.MustPeriod("6mo")}).
		until("2015-02-10 09:00").
		act("CQC", &failure.Reinspect{From: at(p.t, "2015-02-09")}).
		act("CQC", &failure.ReportReinspection{Rating: "good", Advice: "exit-with-support"}).
		act("MONITOR", &failure.DecideMeasures{Outcome: failure.ExitWithSupport, Reason: "sustained"})
}

func closeCase(p *player) *player {
	return p.act("MONITOR", &failure.AnswerStandards{Answer: "no", Reason: "no individual's practice"}).
		act("MONITOR", &failure.AnswerPublic{Answer: "no", Reason: "no recall needed"}).
		act("MONITOR", &failure.SendLetter{}).
		act("CQC", &failure.SetLevel{Level: "enhanced", Reason: "watch staffing", Review: at(p.t, "2015-06-01")}).
		act("MONITOR", &failure.ProposeClosing{Lessons: "share trainees' reports earlier"}).
		act("HEALTHWATCH_LOCAL/Q56", &failure.ObjectToClosing{Reason: "long waits are still reported"}).
		until("2015-02-13 09:00").
		act(areaTeam, &failure.CloseCase{})
}
