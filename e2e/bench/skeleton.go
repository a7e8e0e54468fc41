package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"time"

	commonpb "go.temporal.io/api/common/v1"
	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
	"google.golang.org/protobuf/proto"

	"holdthering/launch/process"
	"holdthering/workflows"
)

// A skeleton is a workflow without any regime: it does what a case was seen to do, step by step, with contents of the
// same length that mean nothing.
const (
	skeletonQueue = "skeleton"
	skeletonStep  = "Step"
	skeletonJob   = "Job"
	skeletonName  = "Skeleton"
)

// stride is what one Update of a case leads to.
type stride struct {
	Timers, Cancels int
	Jobs            []job
	Markers         []int // bytes of each
	Upserts         int
	Answer          int // bytes
}

// job is an activity with the bytes that go to it and come back.
type job struct{ In, Out int }

// meaningless has a length, and cannot be compressed.
func meaningless(length int) []byte {
	out := make([]byte, length*3/4) // it is written in base 64
	chance := rand.New(rand.NewPCG(1, uint64(length)))
	for i := range out {
		out[i] = byte(chance.Uint32())
	}
	return out
}

func skeleton(ctx workflow.Context) error {
	var timers []workflow.CancelFunc
	err := workflow.SetUpdateHandler(ctx, skeletonStep, func(ctx workflow.Context, s stride, _ []byte) ([]byte, error) {
		for range min(s.Cancels, len(timers)) {
			timers[0]()
			timers = timers[1:]
		}
		for range s.Timers {
			own, cancel := workflow.WithCancel(ctx)
			workflow.NewTimer(own, 1000*time.Hour)
			timers = append(timers, cancel)
		}
		for i := range s.Upserts {
			if err := workflow.UpsertTypedSearchAttributes(ctx, workflows.AttrOverdue.ValueSet(int64(i))); err != nil {
				return nil, err
			}
		}
		for _, n := range s.Markers {
			workflow.SideEffect(ctx, func(workflow.Context) any { return meaningless(n) })
		}
		workflow.Go(ctx, func(ctx workflow.Context) {
			for _, j := range s.Jobs {
				ctx := workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})
				_ = workflow.ExecuteActivity(ctx, skeletonJob, j.Out, meaningless(j.In)).Get(ctx, nil) // it cannot fail
			}
		})
		return meaningless(s.Answer), nil
	})
	if err != nil {
		return err
	}
	return workflow.Await(ctx, func() bool { return false })
}

// bareWorker works on skeletons until it is killed.
func bareWorker(address, namespace string) error {
	c, err := client.Dial(client.Options{HostPort: address, Namespace: namespace, Logger: quiet{}})
	if err != nil {
		return err
	}
	w := worker.New(c, skeletonQueue, worker.Options{})
	w.RegisterWorkflowWithOptions(skeleton, workflow.RegisterOptions{Name: skeletonName})
	w.RegisterActivityWithOptions(func(out int, _ []byte) ([]byte, error) { return meaningless(out), nil },
		activityNamed(skeletonJob))
	return w.Run(worker.InterruptCh())
}

// strides reads off a case's history what each of its Updates has led to.
func (s *site) strides(ctx context.Context, ref string) (lengths []int, out []stride, err error) {
	places := map[int64][2]int{} // of an activity: the stride, and the job in it
	iter := s.client.GetWorkflowHistory(ctx, workflows.CaseID(provider, ref), "", false, enumspb.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT)
	for iter.HasNext() {
		e, err := iter.Next()
		if err != nil {
			return nil, nil, err
		}
		if a := e.GetWorkflowExecutionUpdateAcceptedEventAttributes(); a != nil {
			lengths = append(lengths, bytesOf(a.GetAcceptedRequest().GetInput().GetArgs()))
			out = append(out, stride{})
		}
		if len(out) == 0 {
			continue
		}
		now := &out[len(out)-1]
		switch e.GetEventType() {
		case enumspb.EVENT_TYPE_TIMER_STARTED:
			now.Timers++
		case enumspb.EVENT_TYPE_TIMER_CANCELED:
			now.Cancels++
		case enumspb.EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES:
			now.Upserts++
		case enumspb.EVENT_TYPE_MARKER_RECORDED:
			now.Markers = append(now.Markers, proto.Size(e.GetMarkerRecordedEventAttributes()))
		case enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_COMPLETED:
			now.Answer = bytesOf(e.GetWorkflowExecutionUpdateCompletedEventAttributes().GetOutcome().GetSuccess())
		case enumspb.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED:
			places[e.GetEventId()] = [2]int{len(out) - 1, len(now.Jobs)}
			now.Jobs = append(now.Jobs, job{In: bytesOf(e.GetActivityTaskScheduledEventAttributes().GetInput())})
		case enumspb.EVENT_TYPE_ACTIVITY_TASK_COMPLETED:
			a := e.GetActivityTaskCompletedEventAttributes()
			if at, ok := places[a.GetScheduledEventId()]; ok {
				out[at[0]].Jobs[at[1]].Out = bytesOf(a.GetResult())
			}
		}
	}
	return lengths, out, nil
}

func bytesOf(p *commonpb.Payloads) int {
	n := 0
	for _, one := range p.GetPayloads() {
		n += len(one.GetData())
	}
	return n
}

// inSkeletons has skeletons take the strides, each of its own, and says what that cost.
func (s *site) inSkeletons(ctx context.Context, each []string) (spent, error) {
	self, err := os.Executable()
	if err != nil {
		return spent{}, err
	}
	lengths, all := make([][]int, len(each)), make([][]stride, len(each))
	for i, ref := range each {
		if lengths[i], all[i], err = s.strides(ctx, ref); err != nil {
			return spent{}, err
		}
	}
	bare, err := process.Start(process.Spec{Path: self, LogFile: filepath.Join(s.dir, "skeleton.log"), Env: os.Environ(),
		Args: []string{"-skeleton", s.server.Address(), "-namespace", s.namespace}})
	if err != nil {
		return spent{}, err
	}
	defer bare.Kill()
	open, err := client.Dial(client.Options{HostPort: s.server.Address(), Namespace: s.namespace, Logger: quiet{}})
	if err != nil {
		return spent{}, err
	}
	defer open.Close()
	step := func(ctx context.Context, id string, length int, of stride) error {
		h, err := open.UpdateWorkflow(ctx, client.UpdateWorkflowOptions{WorkflowID: id, UpdateName: skeletonStep,
			Args: []any{of, meaningless(length)}, WaitForStage: client.WorkflowUpdateStageCompleted})
		if err != nil {
			return err
		}
		return h.Get(ctx, nil)
	}
	for _, ref := range each {
		_, err := open.ExecuteWorkflow(ctx, client.StartWorkflowOptions{ID: skeletonName + ref, TaskQueue: skeletonQueue}, skeletonName)
		if err == nil {
			err = step(ctx, skeletonName+ref, 1, stride{})
		}
		if err != nil {
			return spent{}, err
		}
	}
	return s.cost(ctx, bare.ID(), func(ctx context.Context) error {
		for i, ref := range each {
			for k, of := range all[i] {
				if err := step(ctx, skeletonName+ref, lengths[i][k], of); err != nil {
					return fmt.Errorf("step %d: %w", k, err)
				}
			}
		}
		return sleep(ctx, time.Second)
	})
}

func sleep(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return errors.New("interrupted")
	case <-time.After(d):
		return nil
	}
}
