package rehearsal

import (
	"context"
	"errors"
	"fmt"
	"time"

	commonpb "go.temporal.io/api/common/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/testsuite"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"holdthering/regime/ledger"
	"holdthering/workflows"
)

// testRun is one workflow without a server: the real one, with the real activities, in
// Temporal's test environment, whose clock goes from one event to the next. I is what its
// runs begin with, S what it tells of itself.
//
// The environment runs in a goroutine of its own. At every stop it hands over to the player
// (see turn) and stands still until the player asks for something, so that the workflow's
// time passes only when the player lets it. One that continues as new ends its environment;
// the next one begins where it ended.
type testRun[I, S any] struct {
	register func(*testsuite.TestWorkflowEnvironment)
	program  any
	name, id string // of the workflow
	env      *testsuite.TestWorkflowEnvironment
	looks    *looks[S]
	asked    chan func() // what the player wants done, taken up in the environment's own goroutine
	ended    chan error
	last     S // as it stood when it ended for good
	over     bool
	runs     int
}

// stuck is for how long of the world's time the environment may do nothing at all.
const stuck = 3 * time.Minute

// lifetime is longer than any case.
const lifetime = 100 * 365 * 24 * time.Hour

func newTestRun[I, S any](register func(*testsuite.TestWorkflowEnvironment)) *testRun[I, S] {
	worker.SetBinaryChecksum("rehearsal") // else the environment reads the whole program to make one
	return &testRun[I, S]{register: register, asked: make(chan func()), ended: make(chan error, 1)}
}

// start begins a run at a time.
func (b *testRun[I, S]) start(in I, at time.Time) {
	var suite testsuite.WorkflowTestSuite
	suite.SetLogger(silence{})
	env := suite.NewTestWorkflowEnvironment()
	// A busy machine is no deadlock.
	env.SetWorkerOptions(worker.Options{DeadlockDetectionTimeout: time.Minute})
	env.SetTestTimeout(stuck)
	env.SetWorkflowRunTimeout(lifetime) // without it the environment ends a case after ten years
	b.looks = &looks[S]{DataConverter: converter.GetDefaultDataConverter()}
	env.SetDataConverter(b.looks)
	env.SetStartTime(at)
	env.SetStartWorkflowOptions(client.StartWorkflowOptions{ID: b.id, TaskQueue: workflows.TaskQueue})
	env.RegisterWorkflowWithOptions(b.program, workflow.RegisterOptions{Name: b.name})
	b.register(env)
	b.env, b.runs = env, b.runs+1
	// Once begun, the environment first takes this, then starts the workflow, then asks it.
	env.RegisterDelayedCallback(func() { env.RegisterDelayedCallback(b.whenListening, 0) }, 0)
	go func() {
		defer func() {
			if r := recover(); r != nil {
				b.ended <- fmt.Errorf("the test environment gave up: %v", r)
			}
		}()
		env.ExecuteWorkflow(b.name, in)
		b.ended <- env.GetWorkflowError()
	}()
}

// whenListening hands over as soon as the workflow has begun to listen: the environment
// starts it in a goroutine of its own, and no time passes until it has.
func (b *testRun[I, S]) whenListening() {
	if _, err := b.env.QueryWorkflow(workflows.QueryState); err != nil {
		time.Sleep(20 * time.Microsecond)
		b.env.RegisterDelayedCallback(b.whenListening, 0)
		return
	}
	b.turn()
}

// turn holds the environment at this moment until the player asks for something.
func (b *testRun[I, S]) turn() { (<-b.asked)() }

// ask has the environment do something at its next stop. A workflow that has ended meanwhile
// is carried on in its next run first; over reports whether there is none.
func (b *testRun[I, S]) ask(ctx context.Context, do func()) (over bool, err error) {
	for !b.over {
		select {
		case b.asked <- do:
			return false, nil
		case end := <-b.ended:
			if err := b.carryOn(end); err != nil {
				return false, err
			}
		case <-ctx.Done():
			return false, ctx.Err()
		}
	}
	return true, nil
}

// carryOn starts the next run from what the last one left.
func (b *testRun[I, S]) carryOn(end error) error {
	var next *workflow.ContinueAsNewError
	switch {
	case errors.As(end, &next):
		var in I
		if err := converter.GetDefaultDataConverter().FromPayloads(next.Input, &in); err != nil {
			return fmt.Errorf("the input of run %d: %w", b.runs+1, err)
		}
		b.start(in, b.env.Now())
		return nil
	case end != nil:
		return fmt.Errorf("%s failed: %w", b.id, end)
	}
	b.over = true
	return b.lookInto(&b.last)
}

// lookInto shows the workflow as it stands.
func (b *testRun[I, S]) lookInto(s *S) error {
	if _, err := b.env.QueryWorkflow(workflows.QueryState); err != nil {
		return err
	}
	*s = *b.looks.last
	return nil
}

// looks keeps what a workflow tells of itself, a copy, as it is: written out and read again at every look it would be
// most of what a rehearsal costs. All else goes to and fro as on a server.
type looks[S any] struct {
	converter.DataConverter
	last *S
}

// ToPayloads writes nothing of a look.
func (c *looks[S]) ToPayloads(values ...any) (*commonpb.Payloads, error) {
	if len(values) == 1 {
		if s, ok := values[0].(S); ok {
			c.last = &s
			return nil, nil
		}
	}
	return c.DataConverter.ToPayloads(values...)
}

// found is a look at the workflow, or why there is none.
type found[S any] struct {
	snapshot S
	err      error
}

// reach lets its time come to a moment, and shows the workflow as it then stands.
func (b *testRun[I, S]) reach(ctx context.Context, at time.Time) (S, error) {
	return b.reachAnd(ctx, at, b.lookInto)
}

// pass lets its time come to a moment.
func (b *testRun[I, S]) pass(ctx context.Context, at time.Time) error {
	_, err := b.reachAnd(ctx, at, func(*S) error { return nil })
	return err
}

func (b *testRun[I, S]) reachAnd(ctx context.Context, at time.Time, look func(*S) error) (S, error) {
	for {
		answer := make(chan found[S], 1)
		over, err := b.ask(ctx, func() {
			b.env.RegisterDelayedCallback(func() {
				var f found[S]
				f.err = look(&f.snapshot)
				answer <- f
				b.turn()
			}, max(0, at.Sub(b.env.Now())))
		})
		if over || err != nil {
			return b.last, err
		}
		select {
		case f := <-answer:
			return f.snapshot, f.err
		case end := <-b.ended:
			if err := b.carryOn(end); err != nil || b.over {
				return b.last, err
			}
		case <-ctx.Done():
			return b.last, ctx.Err()
		}
	}
}

// act repeats an act whose answer was lost with the end of a run; the request's key keeps it
// from being done twice. name is that of its Update.
func (b *testRun[I, S]) act(ctx context.Context, name string, req ledger.Request, act any) (
	ledger.Receipt, error) {
	for {
		answer := make(chan outcome, 1)
		over, err := b.ask(ctx, func() {
			b.env.UpdateWorkflow(name, req.Key, &callbacks{b.env, answer, b.turn}, req, act)
		})
		if err != nil {
			return ledger.Receipt{}, err
		}
		if over {
			return ledger.Receipt{}, errOver
		}
		select {
		case o := <-answer:
			return o.receipt, workflows.Understand(o.err)
		case end := <-b.ended:
			if err := b.carryOn(end); err != nil {
				return ledger.Receipt{}, err
			}
			if len(answer) > 0 { // both came at once
				o := <-answer
				return o.receipt, workflows.Understand(o.err)
			}
		case <-ctx.Done():
			return ledger.Receipt{}, ctx.Err()
		}
	}
}

var errOver = errors.New("it has ended and takes no more acts")

// leave ends the environment where it stands: an open case, or a group, would be reminded
// for ever.
func (b *testRun[I, S]) leave(ctx context.Context) error {
	over, err := b.ask(ctx, func() {
		b.env.SetContinueAsNewSuggested(true)
		b.env.SignalWorkflow("leave", nil)
	})
	if err == nil && !over {
		<-b.ended
	}
	return err
}
