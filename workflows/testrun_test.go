package workflows

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/testsuite"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"holdthering/regime"
	"holdthering/regime/ledger"
)

// patient keeps a busy machine from being taken for a deadlock.
var patient = worker.Options{DeadlockDetectionTimeout: time.Minute}

type quiet struct{}

func (quiet) Debug(string, ...any) {}
func (quiet) Info(string, ...any)  {}
func (quiet) Warn(string, ...any)  {}
func (quiet) Error(string, ...any) {}

// testRun has one workflow follow a script in the test environment, in as many runs as it takes.
type testRun struct {
	t       *testing.T
	name    string // of the workflow
	program any
	outside any // its activities
	look    func(*testsuite.TestWorkflowEnvironment)
	until   time.Time

	now   time.Time
	runs  int
	ended bool // for good, and not because the script is over
}

// timed is something that is done in the workflow's environment at a time.
type timed struct {
	at time.Time
	do func(*testsuite.TestWorkflowEnvironment)
}

// mostRuns is more than any script takes.
const mostRuns = 60

// follow plays the script to its end; I is what each run begins with.
func follow[I any](b *testRun, in I, script []timed) {
	b.t.Helper()
	for next := &in; next != nil; {
		if b.runs++; b.runs > mostRuns {
			b.t.Fatalf("%s never comes to an end", b.name)
		}
		var taken int
		next, taken = followOnce(b, *next, script)
		script = script[taken:]
	}
}

// followOnce is one run: it gives the input of the next, if there is one, and how much of the
// script it took.
func followOnce[I any](b *testRun, in I, script []timed) (*I, int) {
	b.t.Helper()
	var suite testsuite.WorkflowTestSuite
	suite.SetLogger(quiet{})
	env := suite.NewTestWorkflowEnvironment()
	env.SetWorkerOptions(patient)
	env.SetTestTimeout(time.Minute)
	env.SetStartTime(b.now)
	env.RegisterWorkflowWithOptions(b.program, workflow.RegisterOptions{Name: b.name})
	env.RegisterActivity(b.outside)
	taken, stopped := 0, false
	for i, s := range script {
		env.RegisterDelayedCallback(func() {
			taken = i + 1
			s.do(env)
		}, s.at.Sub(b.now))
	}
	env.RegisterDelayedCallback(func() {
		b.look(env)
		stopped = true
		env.SetContinueAsNewSuggested(true) // the one way to stop what does not end by itself
		env.SignalWorkflow("wake up", nil)
	}, b.until.Sub(b.now))
	env.ExecuteWorkflow(b.name, in)
	b.now = env.Now()
	if stopped {
		return nil, taken
	}
	err := env.GetWorkflowError()
	var again *workflow.ContinueAsNewError
	switch {
	case errors.As(err, &again):
		next := new(I)
		if err := converter.GetDefaultDataConverter().FromPayloads(again.Input, next); err != nil {
			b.t.Fatal(err)
		}
		return next, taken
	case err != nil:
		b.t.Fatalf("%s failed: %v", b.name, err)
	}
	b.look(env)
	b.ended = true
	return nil, taken
}

// stateOf asks the workflow how it stands.
func stateOf[S any](t *testing.T, env *testsuite.TestWorkflowEnvironment) (s S, ok bool) {
	v, err := env.QueryWorkflow(QueryState)
	if err == nil {
		err = v.Get(&s)
	}
	if err != nil {
		t.Errorf("query: %v", err)
	}
	return s, err == nil
}

// asked is an act and how it is to be answered.
type asked struct {
	at, key string
	n       int // in the script
	by      regime.Party
	update  string // the verb's
	path    string
	act     any
	refused string // the rule that refuses it
}

func (b *testRun) ask(env *testsuite.TestWorkflowEnvironment, a asked) {
	req := ledger.Request{By: ledger.Actor{For: a.by, Person: "an officer", Channel: "test"}, Key: a.key}
	if req.Key == "" {
		req.Key = fmt.Sprintf("%s/%d", a.at, a.n)
	}
	check := func(err error) {
		if got := regime.RefusedBy(Understand(err)); got != a.refused || (err != nil && got == "") {
			b.t.Errorf("%s %s by %s: %v, want refusal %q", a.at, a.path, a.by, err, a.refused)
		}
	}
	env.UpdateWorkflow(a.update, req.Key, &testsuite.TestUpdateCallback{
		OnAccept: func() {}, OnReject: check, OnComplete: func(_ any, err error) { check(err) },
	}, req, a.act)
}
