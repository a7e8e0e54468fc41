package workflows

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/testsuite"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"holdthering/regime"
	"holdthering/regime/calendar"
)

func at(s string) time.Time {
	t, err := calendar.ParseInstant(s)
	if err != nil {
		panic(err)
	}
	return t
}

var kingsLynn = regime.Opening{
	Ref: "K7QM-3XRD", Profile: "ENGLAND_2013",
	Provider: regime.Provider{Code: "RCX", Name: "A trust", Type: regime.FoundationTrust,
		LeadCCG: "07J", AreaTeam: "Q56", Region: "Y55"},
	Members: []regime.Party{"NHSCB/Q56", "CCG/07J", "MONITOR", "CQC"},
}

// step is one act of a script, or the question how the case stands.
type step struct {
	at      string
	by      regime.Party
	act     regime.Act
	refused string // the rule that refuses it
	key     string
}

// played is what a script came to.
type played struct {
	t     *testing.T
	runs  int
	state regime.Case
	sent  []regime.Notice
	files int
	ended bool
	now   time.Time
}

// outside is the world that the case talks to: it takes every mail, unless told otherwise.
type outside struct {
	p    *played
	tell func(attempt int, n regime.Notice, r regime.Recipient) regime.Telling
}

func (o *outside) SendNotices(_ context.Context, b Batch) (Report, error) {
	var r Report
	for _, n := range b.Notices {
		o.p.sent = append(o.p.sent, n)
		for _, to := range n.To {
			t := regime.Telling{State: regime.ToldAccepted}
			if o.tell != nil {
				t = o.tell(to.Tries, n, to)
			}
			t.Notice, t.Party, t.Level = n.ID, to.Party, to.Level
			r.Tellings = append(r.Tellings, t)
		}
	}
	return r, nil
}

func (o *outside) KeepRecord(context.Context, Register) error { o.p.files++; return nil }

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
	p := &played{t: t, now: at(steps[0].at)}
	o.seenBy(p)
	for !p.ended {
		if p.runs++; p.runs > 60 {
			t.Fatal("the case never comes to an end")
		}
		next, rest := p.run(in, steps, at(until), o)
		if next == nil {
			break
		}
		in, steps = *next, rest
	}
	return p
}

// run is one run in the test environment: it returns the input of the next, if there is one,
// and the steps that are left.
func (p *played) run(in Input, steps []step, until time.Time, o world) (*Input, []step) {
	p.t.Helper()
	var suite testsuite.WorkflowTestSuite
	suite.SetLogger(quiet{})
	env := suite.NewTestWorkflowEnvironment()
	env.SetWorkerOptions(patient)
	env.SetTestTimeout(time.Minute)
	env.SetStartTime(p.now)
	env.RegisterWorkflowWithOptions(FailureCase, workflow.RegisterOptions{Name: CaseWorkflow})
	env.RegisterActivity(o)
	taken := 0
	for i, s := range steps {
		env.RegisterDelayedCallback(func() {
			taken = i + 1
			p.do(env, s, i)
		}, at(s.at).Sub(p.now))
	}
	stopped := false
	env.RegisterDelayedCallback(func() {
		p.look(env)
		stopped = true
		env.SetContinueAsNewSuggested(true) // the one way to stop a case that is not closed
		env.SignalWorkflow("wake up", nil)
	}, until.Sub(p.now))
	env.ExecuteWorkflow(CaseWorkflow, in)
	p.now = env.Now()
	var again *workflow.ContinueAsNewError
	if stopped {
		return nil, nil
	}
	if err := env.GetWorkflowError(); errors.As(err, &again) {
		next := new(Input)
		if err := converter.GetDefaultDataConverter().FromPayloads(again.Input, next); err != nil {
			p.t.Fatal(err)
		}
		return next, steps[taken:]
	} else if err != nil {
		p.t.Fatalf("the case failed: %v", err)
	} else {
		p.look(env)
		p.ended = true
	}
	return nil, nil
}

func (p *played) look(env *testsuite.TestWorkflowEnvironment) {
	v, err := env.QueryWorkflow(QueryState)
	var snap Snapshot
	if err == nil {
		err = v.Get(&snap)
	}
	if err != nil {
		p.t.Errorf("query: %v", err)
		return
	}
	p.state = *snap.Case
}

func (p *played) do(env *testsuite.TestWorkflowEnvironment, s step, i int) {
	req := regime.Request{By: regime.Actor{For: s.by, Person: "an officer", Channel: "test"},
		Key: s.key}
	if req.Key == "" {
		req.Key = fmt.Sprintf("%s/%d", s.at, i)
	}
	check := func(err error) {
		if got := regime.RefusedBy(Understand(err)); got != s.refused || (err != nil && got == "") {
			p.t.Errorf("%s %s by %s: %v, want refusal %q", s.at, regime.VerbOf(s.act).Path, s.by, err, s.refused)
		}
	}
	env.UpdateWorkflow(regime.VerbOf(s.act).Name(), req.Key, &testsuite.TestUpdateCallback{
		OnAccept: func() {}, OnReject: check, OnComplete: func(_ any, err error) { check(err) },
	}, req, s.act)
}

type quiet struct{}

func (quiet) Debug(string, ...any) {}
func (quiet) Info(string, ...any)  {}
func (quiet) Warn(string, ...any)  {}
func (quiet) Error(string, ...any) {}

var toTheJudgement = []step{
	{at: "2013-09-10 09:00", by: "NHSCB", act: &regime.TriggerRiskSummit{Concern: "x", Source: "qsg-sharing"}},
	{at: "2013-09-10 11:00", by: "NHSCB", act: &regime.ConveneSummit{At: at("2013-09-12 10:00")}},
	{at: "2013-09-12 10:00", by: "NHSCB", act: &regime.OpenSummit{Attending: []regime.Party{"CQC", "MONITOR"}}},
	{at: "2013-09-12 16:10", by: "NHSCB", act: &regime.JudgeCollectively{Value: regime.ActualFailure}},
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

// patient keeps a busy machine from being taken for a deadlock.
var patient = worker.Options{DeadlockDetectionTimeout: time.Minute}
