package main

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	mathrand "math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	commonpb "go.temporal.io/api/common/v1"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
	"google.golang.org/protobuf/proto"

	"holdthering/launch/process"
	"holdthering/message"
	"holdthering/regime/ledger"
	"holdthering/workflows"
)

// A skeleton is a workflow without any regime: it does what a case was seen to do, step by step, with contents of the
// same length that mean nothing. Its mails are files that are made durable, with nothing in them that anybody reads.
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

// job is an activity with the bytes that go to it and come back, the mails that it keeps, and the surveillance groups
// that it brings news to by an Update: this server has none.
type job struct{ In, Out, Mails, Groups int }

// meaningless has a length, and cannot be compressed.
func meaningless(length int) []byte {
	out := make([]byte, length*3/4) // it is written in base 64
	chance := mathrand.New(mathrand.NewPCG(1, uint64(length)))
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
				_ = workflow.ExecuteActivity(ctx, skeletonJob, j.Out, j.Mails, j.Groups, meaningless(j.In)).Get(ctx, nil) // nobody asks
			}
		})
		return meaningless(s.Answer), nil
	})
	if err != nil {
		return err
	}
	return workflow.Await(ctx, func() bool { return false })
}

// bareWorker works on skeletons until it is killed. Their mails, each of so many bytes, go into a folder.
func bareWorker(address, namespace, folder string, length int) error {
	c, err := dialBare(address, namespace)
	if err != nil {
		return err
	}
	w := worker.New(c, skeletonQueue, worker.Options{})
	w.RegisterWorkflowWithOptions(skeleton, workflow.RegisterOptions{Name: skeletonName})
	w.RegisterActivityWithOptions(func(ctx context.Context, out, mails, groups int, in []byte) ([]byte, error) {
		for range groups {
			_, err := c.UpdateWorkflow(ctx, client.UpdateWorkflowOptions{WorkflowID: "nobody", UpdateName: skeletonStep,
				Args: []any{in}, WaitForStage: client.WorkflowUpdateStageCompleted})
			var absent *serviceerror.NotFound
			if !errors.As(err, &absent) {
				return nil, errors.Join(errors.New("an Update of nobody"), err)
			}
		}
		return meaningless(out), bareMails(folder, mails, meaningless(length))
	}, activityNamed(skeletonJob))
	return w.Run(worker.InterruptCh())
}

// dialBare sends requests as they are, as the product does: neither's contents can be made smaller.
func dialBare(address, namespace string) (client.Client, error) {
	o := client.Options{HostPort: address, Namespace: namespace, Logger: quiet{}}
	o.ConnectionOptions.GrpcCompression = &client.GrpcCompressionNone{}
	return client.Dial(o)
}

// bareMails keeps some mails as durably as can be done with least: each in a file of its own, and the folder's names once.
func bareMails(folder string, mails int, content []byte) error {
	if mails == 0 {
		return nil
	}
	for range mails {
		file, err := os.OpenFile(filepath.Join(folder, rand.Text()), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
		if err != nil {
			return err
		}
		_, err = file.Write(content)
		if err = errors.Join(err, file.Sync(), file.Close()); err != nil {
			return err
		}
	}
	names, err := os.Open(folder)
	if err != nil {
		return err
	}
	return errors.Join(names.Sync(), names.Close())
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
			a := e.GetActivityTaskScheduledEventAttributes()
			now.Jobs = append(now.Jobs, job{In: bytesOf(a.GetInput()), Groups: s.groupsIn(a)})
		case enumspb.EVENT_TYPE_ACTIVITY_TASK_COMPLETED:
			a := e.GetActivityTaskCompletedEventAttributes()
			if at, ok := places[a.GetScheduledEventId()]; ok {
				done := &out[at[0]].Jobs[at[1]]
				done.Out, done.Mails = bytesOf(a.GetResult()), s.mailsIn(a.GetResult())
			}
		}
	}
	return lengths, out, nil
}

// groupsIn is how many groups an activity brings news to.
func (s *site) groupsIn(a *historypb.ActivityTaskScheduledEventAttributes) int {
	var news message.News
	if a.GetActivityType().GetName() != message.ActivityTellGroups || s.sealed.FromPayloads(a.GetInput(), &news) != nil {
		return 0
	}
	return len(news.Groups)
}

// mailsIn counts the mails that a batch reports: contacts that share one are told of by its id.
func (s *site) mailsIn(result *commonpb.Payloads) int {
	var report message.Report
	if len(result.GetPayloads()) == 0 || s.sealed.FromPayloads(result, &report) != nil {
		return 0 // of another activity
	}
	ids := map[string]bool{}
	for _, t := range report.Results {
		if t.State == ledger.StateAccepted {
			ids[cmp.Or(t.Mail, t.Notice+string(t.Party)+string(t.Level))] = true
		}
	}
	return len(ids)
}

func bytesOf(p *commonpb.Payloads) int {
	n := 0
	for _, one := range p.GetPayloads() {
		n += len(one.GetData())
	}
	return n
}

// walk is what some cases were seen to do, for as many skeletons.
type walk struct {
	lengths [][]int // of what each Update brings
	strides [][]stride
	mails   int // in all of it
}

func (s *site) walkOf(ctx context.Context, refs []string) (w walk, err error) {
	for _, ref := range refs {
		lengths, strides, err := s.strides(ctx, ref)
		if err != nil {
			return w, err
		}
		w.lengths, w.strides = append(w.lengths, lengths), append(w.strides, strides)
		for _, one := range strides {
			for _, j := range one.Jobs {
				w.mails += j.Mails
			}
		}
	}
	return w, nil
}

// inSkeletons has skeletons walk so, keeping mails of a length or with none keeping none, and says what that cost.
func (s *site) inSkeletons(ctx context.Context, w walk, length int) (spent, error) {
	self, err := os.Executable()
	if err != nil {
		return spent{}, err
	}
	folder := s.path("bare")
	before, err := os.ReadDir(folder)
	if err != nil {
		return spent{}, err
	}
	bare, err := process.Start(process.Spec{Path: self, LogFile: filepath.Join(s.dir, "skeleton.log"), Env: os.Environ(),
		Args: []string{"-skeleton", s.server.Address(), "-namespace", s.namespace, "-mails", folder, "-length", strconv.Itoa(length)}})
	if err != nil {
		return spent{}, err
	}
	defer bare.Kill()
	open, err := dialBare(s.server.Address(), s.namespace)
	if err != nil {
		return spent{}, err
	}
	defer open.Close()
	id := func(i int) string { return fmt.Sprintf("%s-%d-%d", skeletonName, bare.ID(), i) }
	step := func(ctx context.Context, id string, bytes int, of stride) error {
		h, err := open.UpdateWorkflow(ctx, client.UpdateWorkflowOptions{WorkflowID: id, UpdateName: skeletonStep,
			Args: []any{of, meaningless(bytes)}, WaitForStage: client.WorkflowUpdateStageCompleted})
		if err != nil {
			return err
		}
		return h.Get(ctx, nil)
	}
	for i := range w.strides {
		_, err := open.ExecuteWorkflow(ctx, client.StartWorkflowOptions{ID: id(i), TaskQueue: skeletonQueue}, skeletonName)
		if err == nil {
			err = step(ctx, id(i), 1, stride{})
		}
		if err != nil {
			return spent{}, err
		}
	}
	return s.cost(ctx, bare.ID(), func(ctx context.Context) error {
		for i, strides := range w.strides {
			for k, of := range strides {
				if length == 0 {
					of = of.withoutMails()
				}
				if err := step(ctx, id(i), w.lengths[i][k], of); err != nil {
					return fmt.Errorf("step %d: %w", k, err)
				}
			}
		}
		return s.allKept(ctx, folder, len(before), w.mails, length)
	})
}

func (s stride) withoutMails() stride {
	s.Jobs = slices.Clone(s.Jobs)
	for i := range s.Jobs {
		s.Jobs[i].Mails = 0
	}
	return s
}

// allKept waits until the skeletons have kept their mails beside those before, as one waits for those of the cases.
func (s *site) allKept(ctx context.Context, folder string, before, mails, length int) error {
	kept, err := settled(ctx, func() int {
		files, _ := os.ReadDir(folder) // it is there
		return len(files)
	})
	if kept -= before; err == nil && length > 0 && kept != mails {
		err = fmt.Errorf("the skeletons kept %d mails of %d", kept, mails)
	}
	return err
}

func sleep(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return errors.New("interrupted")
	case <-time.After(d):
		return nil
	}
}
