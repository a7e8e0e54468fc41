package rehearsal

import (
	"context"
	"errors"
	"fmt"
	"time"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/testsuite"
	"go.temporal.io/sdk/workflow"

	"holdthering/regime"
	"holdthering/workflows"
)

// bench is a world without a server: the real workflow and the real activities in Temporal's
// test environment, whose clock goes from one event to the next.
//
// The environment runs in a goroutine of its own. At every stop it hands over to the player
// (see turn) and stands still until the player asks for something, so that the case's time
// passes only when the player lets it. A case that continues as new ends its environment;
// the next one begins where it ended.
type bench struct {
	register func(*testsuite.TestWorkflowEnvironment)
	env      *testsuite.TestWorkflowEnvironment
	asked    chan func() // what the player wants done, taken up in the environment's own goroutine
	ended    chan error
	last     workflows.Snapshot // as the case stood when it ended for good
	over     bool
	runs     int
}

// stuck is for how long of the world's time the environment may do nothing at all.
const stuck = 3 * time.Minute

func newBench(register func(*testsuite.TestWorkflowEnvironment)) *bench {
	return &bench{register: register, asked: make(chan func()), ended: make(chan error, 1)}
}

func (b *bench) open(_ context.Context, o regime.Opening, at time.Time) error {
	b.start(workflows.Input{Schema: regime.Schema, Opening: &o}, o.Ref, at)
	return nil
}

// start begins a run of the case at a time.
func (b *bench) start(in workflows.Input, ref string, at time.Time) {
	var suite testsuite.WorkflowTestSuite
	suite.SetLogger(silence{})
	env := suite.NewTestWorkflowEnvironment()
	env.SetTestTimeout(stuck)
	env.SetStartTime(at)
	env.SetStartWorkflowOptions(client.StartWorkflowOptions{ID: workflows.CaseID(ref),
		TaskQueue: workflows.TaskQueue})
	env.RegisterWorkflowWithOptions(workflows.FailureCase,
		workflow.RegisterOptions{Name: workflows.CaseWorkflow})
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
		env.ExecuteWorkflow(workflows.CaseWorkflow, in)
		b.ended <- env.GetWorkflowError()
	}()
}

// whenListening hands over as soon as the workflow has begun to listen: the environment
// starts it in a goroutine of its own, and no time passes until it has.
func (b *bench) whenListening() {
	if _, err := b.env.QueryWorkflow(workflows.QueryState); err != nil {
		time.Sleep(20 * time.Microsecond)
		b.env.RegisterDelayedCallback(b.whenListening, 0)
		return
	}
	b.turn()
}

// turn holds the environment at this moment until the player asks for something.
func (b *bench) turn() { (<-b.asked)() }

// ask has the environment do something at its next stop. A case that has ended meanwhile is
// carried on in its next run first; over tells that there is none.
func (b *bench) ask(ctx context.Context, do func()) (over bool, err error) {
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
func (b *bench) carryOn(end error) error {
	var next *workflow.ContinueAsNewError
	switch {
	case errors.As(end, &next):
		var in workflows.Input
		if err := converter.GetDefaultDataConverter().FromPayloads(next.Input, &in); err != nil {
			return fmt.Errorf("the input of run %d: %w", b.runs+1, err)
		}
		b.start(in, in.Case.Ref, b.env.Now())
		return nil
	case end != nil:
		return fmt.Errorf("the case failed: %w", end)
	}
	b.over = true
	return b.lookInto(&b.last)
}

func (b *bench) lookInto(s *workflows.Snapshot) error {
	v, err := b.env.QueryWorkflow(workflows.QueryState)
	if err != nil {
		return err
	}
	return v.Get(s)
}

// found is a look at the case, or why there is none.
type found struct {
	snapshot workflows.Snapshot
	err      error
}

func (b *bench) reach(ctx context.Context, at time.Time) (workflows.Snapshot, error) {
	for {
		answer := make(chan found, 1)
		over, err := b.ask(ctx, func() {
			b.env.RegisterDelayedCallback(func() {
				var f found
				f.err = b.lookInto(&f.snapshot)
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
			return workflows.Snapshot{}, ctx.Err()
		}
	}
}

// act repeats an act whose answer was lost with the end of a run; the request's key keeps it
// from being done twice.
func (b *bench) act(ctx context.Context, req regime.Request, act regime.Act) (regime.Receipt, error) {
	name := regime.VerbOf(act).Name()
	for {
		answer := make(chan outcome, 1)
		over, err := b.ask(ctx, func() {
			b.env.UpdateWorkflow(name, req.Key, &callbacks{b.env, answer, b.turn}, req, act)
		})
		if err != nil {
			return regime.Receipt{}, err
		}
		if over {
			return regime.Receipt{}, errOver
		}
		select {
		case o := <-answer:
			return o.receipt, workflows.Understand(o.err)
		case end := <-b.ended:
			if err := b.carryOn(end); err != nil {
				return regime.Receipt{}, err
			}
			if len(answer) > 0 { // both came at once
				o := <-answer
				return o.receipt, workflows.Understand(o.err)
			}
		case <-ctx.Done():
			return regime.Receipt{}, ctx.Err()
		}
	}
}

var errOver = errors.New("the case has ended and takes no more acts")

// close gives mails a minute of the case's time to go. A closed case runs on to its very end;
// an open one would be reminded for ever and is left where it stands.
func (b *bench) close(ctx context.Context) (workflows.Snapshot, error) {
	s, err := b.reach(ctx, b.env.Now().Add(time.Minute))
	if err != nil || b.over {
		return s, err
	}
	if end := s.Case.AftercareEnds(); !end.IsZero() {
		return b.reach(ctx, end.AddDate(0, 1, 0))
	}
	_, err = b.ask(ctx, func() {
		b.env.SetContinueAsNewSuggested(true)
		b.env.SignalWorkflow("leave", nil)
	})
	if err == nil {
		<-b.ended
	}
	return s, err
}
