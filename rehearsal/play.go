package rehearsal

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/client"

	"holdthering/regime"
	"holdthering/starter/cases"
	"holdthering/timeskip"
	"holdthering/workflows"
)

// Play plays the scenario on a real server with real mails: a new case, marked as a
// demonstration, whose clock is set to the scenario's beginning and skips from line to line.
// It needs a worker, and a server that skips time. ok tells whether every line came as it is
// written. The case stays there to be looked at.
func Play(ctx context.Context, c client.Client, path string, o Options) (ok bool, err error) {
	s, err := load(path, uuid.NewString(), "demonstration")
	if err != nil {
		return false, err
	}
	w := &stage{client: c, clock: timeskip.Clock{Client: c, Namespace: o.Namespace}, ref: s.ref,
		cases: cases.New(c, "the address given", o.Namespace, cases.Settings{})}
	began := time.Now()
	report, err := perform(ctx, s, w, o)
	if err != nil {
		return false, err
	}
	if report.Server, err = whereToLook(ctx, c, o.Namespace, w.id()); err != nil {
		return false, err
	}
	report.Runs, report.Took = len(report.Server.Runs), time.Since(began)
	return report.OK, report.print(o)
}

// stage is a world with a server. Its clock runs while it is asked, so that an act comes a
// few moments after its line's time, never before.
type stage struct {
	client client.Client
	cases  *cases.Temporal
	clock  timeskip.Clock
	ref    string
	offset time.Duration // from the server's time to the case's own
}

func (s *stage) id() string { return workflows.CaseID(s.ref) }

func (s *stage) open(ctx context.Context, o regime.Opening, at time.Time) error {
	s.offset = time.Until(at)
	_, err := s.client.ExecuteWorkflow(ctx, client.StartWorkflowOptions{
		ID: s.id(), TaskQueue: workflows.TaskQueue, StaticSummary: "Case " + s.ref + " (demonstration)",
		WorkflowIDReusePolicy: enumspb.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE,
	}, workflows.CaseWorkflow,
		workflows.Input{Schema: regime.Schema, Opening: &o, ClockOffset: s.offset})
	return err
}

func (s *stage) reach(ctx context.Context, at time.Time) (workflows.Snapshot, error) {
	now, err := s.clock.Now(ctx, s.id())
	if err != nil {
		return workflows.Snapshot{}, err
	}
	if d := at.Sub(now.Add(s.offset)); d > 0 {
		if err := s.clock.Forward(ctx, s.id(), d); err != nil {
			return workflows.Snapshot{}, err
		}
	}
	return s.settled(ctx, at)
}

// slowest is for how long a case may be busy with what fell due at one moment.
const slowest = time.Minute

// settled waits until the case has done what fell due by a time, and all of it is told.
func (s *stage) settled(ctx context.Context, by time.Time) (workflows.Snapshot, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, slowest,
		fmt.Errorf("case %s is still busy with what fell due after %s", s.ref, slowest))
	defer cancel()
	for pause := 10 * time.Millisecond; ; pause = min(2*pause, 500*time.Millisecond) {
		snapshot, err := s.cases.Snapshot(ctx, s.ref)
		if err != nil {
			return snapshot, err
		}
		alarm, owed := snapshot.Case.NextAlarm()
		if (!owed || alarm.At.After(by)) && len(snapshot.Case.FreshNotices()) == 0 {
			return snapshot, nil
		}
		select {
		case <-time.After(pause):
		case <-ctx.Done():
			return snapshot, context.Cause(ctx)
		}
	}
}

func (s *stage) act(ctx context.Context, req regime.Request, act regime.Act) (regime.Receipt, error) {
	return s.cases.Act(ctx, s.ref, req, act)
}

func (s *stage) close(ctx context.Context) (workflows.Snapshot, error) {
	now, err := s.clock.Now(ctx, s.id())
	if err != nil {
		return workflows.Snapshot{}, err
	}
	return s.settled(ctx, now.Add(s.offset))
}
