package workflows

import (
	"context"
	"sync/atomic"
	"testing"
	"time"

	"go.temporal.io/sdk/testsuite"

	"holdthering/message"
	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/failure"
	"holdthering/regime/ledger"
)

func at(s string) time.Time {
	t, err := calendar.ParseInstant(s)
	if err != nil {
		panic(err)
	}
	return t
}

var kingsLynn = failure.Opening{
	Ref: "K7QM-3XRD", Profile: "ENGLAND_2013",
	Provider: regime.Provider{Code: "RCX", Name: "A trust", Type: regime.FoundationTrust,
		LeadCCG: "07J", AreaTeam: "Q56", Region: "Y55"},
	Members: []regime.Party{"NHSCB/Q56", "CCG/07J", "MONITOR", "CQC"},
}

// step is one act of a script, or the question how the case stands.
type step struct {
	at      string
	by      regime.Party
	act     failure.Act
	refused string // the rule that refuses it
	key     string
}

// played is what a script came to.
type played struct {
	testRun
	state failure.Case
	sent  []ledger.Notice
	files atomic.Int64 // a record may still be on its way to its folder when a case has ended
}

// outside is the world that the case talks to: it takes every mail, unless told otherwise.
type outside struct {
	p    *played
	tell func(attempt int, n ledger.Notice, r ledger.Recipient) ledger.SendResult
}

func (o *outside) SendNotices(_ context.Context, b message.Batch) (message.Report, error) {
	var r message.Report
	for _, n := range b.Notices {
		o.p.sent = append(o.p.sent, n)
		for _, to := range n.To {
			t := ledger.SendResult{State: ledger.StateAccepted}
			if o.tell != nil {
				t = o.tell(to.Tries, n, to)
			}
			t.Notice, t.Party, t.Level = n.ID, to.Party, to.Level
			r.Results = append(r.Results, t)
		}
	}
	return r, nil
}

func (o *outside) KeepRecord(context.Context, message.Register) error { o.p.files.Add(1); return nil }

// world is the activities that a script's case meets.
type world interface{ seenBy(p *played) }

func (o *outside) seenBy(p *played) { o.p = p }

// play runs a script through as many runs of the workflow as it takes, until a time.
func play(t *testing.T, in Input, steps []step, until string, o *outside) *played {
	t.Helper()
	if o == nil {
		o = &outside{}
	}
	return playWith(t, in, steps, until, o)
}

func playWith(t *testing.T, in Input, steps []step, until string, o world) *played {
	t.Helper()
	p := &played{testRun: testRun{t: t, name: CaseWorkflow, program: FailureCase, outside: o, until: at(until),
		now: at(steps[0].at)}}
	p.testRun.look = p.look
	o.seenBy(p)
	var script []timed
	for i, s := range steps {
		script = append(script, timed{at(s.at), func(env *testsuite.TestWorkflowEnvironment) { p.do(env, s, i) }})
	}
	follow(&p.testRun, in, script)
	return p
}

func (p *played) look(env *testsuite.TestWorkflowEnvironment) {
	if snap, ok := stateOf[Snapshot](p.t, env); ok {
		p.state = *snap.Case
	}
}

func (p *played) do(env *testsuite.TestWorkflowEnvironment, s step, i int) {
	if s.act == nil {
		endChapter(env)
		return
	}
	v := failure.VerbOf(s.act)
	p.ask(env, asked{at: s.at, key: s.key, n: i, by: s.by, update: v.Name(), path: v.Path, act: s.act,
		refused: s.refused})
}

// inChapters has each step be followed by the end of a chapter.
func inChapters(steps []step) []step {
	var out []step
	for _, s := range steps {
		out = append(out, s, step{at: at(s.at).Add(time.Minute).Format("2006-01-02 15:04")})
	}
	return out
}

func endChapter(env *testsuite.TestWorkflowEnvironment) {
	env.SetContinueAsNewSuggested(true) // as the server does when a history is long
	env.SignalWorkflow("wake up", nil)
}

var toTheJudgement = []step{
	{at: "2013-09-10 09:00", by: "NHSCB", act: &failure.TriggerRiskSummit{Concern: "x", Source: "qsg-sharing"}},
	{at: "2013-09-10 11:00", by: "NHSCB", act: &failure.ConveneSummit{At: at("2013-09-12 10:00")}},
	{at: "2013-09-12 10:00", by: "NHSCB", act: &failure.OpenSummit{Attending: []regime.Party{"CQC", "MONITOR"}}},
	{at: "2013-09-12 16:10", by: "NHSCB", act: &failure.JudgeCollectively{Value: failure.ActualFailure}},
}

func TestTheDefaultRingHolderComesByADurableTimer(t *testing.T) {
	p := play(t, Input{Opening: &kingsLynn}, toTheJudgement, "2013-09-13 04:09", nil)
	if r := p.state.Ring; r.Holder != "" {
		t.Fatalf("a minute before its time: %+v", r)
	}
	p = play(t, Input{Opening: &kingsLynn}, toTheJudgement, "2013-09-13 04:11", nil)
	if r := p.state.Ring; r.Holder != "NHSCB/Q56" || !r.Since.Equal(at("2013-09-13 04:10")) {
		t.Fatalf("%+v", r)
	}
}
