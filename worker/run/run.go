package run

import (
	"context"
	"fmt"
	"time"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/log"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"holdthering/activities/directory"
	"holdthering/workflows"
)

// stopTimeout is what a worker has, once told to stop, to finish the mail in hand; a service
// manager should wait a little longer before it kills.
const stopTimeout = 25 * time.Second

// noteEvery is how long a note may wait. What a killed worker forgets is sent again
// under the same id, which only an outbox is sure to recognise.
const noteEvery = 250 * time.Millisecond

// Run works until ctx ends, and then stops gracefully. The error is why it could not begin or
// go on; having been told to stop is none.
func Run(ctx context.Context, s Settings) error {
	if err := s.Check(); err != nil {
		return err
	}
	stop, err := s.measure()
	if err != nil {
		return err
	}
	defer stop()
	if s.Only == OnlyPages {
		return s.serveAlone(ctx)
	}
	o, err := temporalOptions()
	if err != nil {
		return err
	}
	s.awaited()
	o.Logger = log.NewStructuredLogger(s.Log)
	o.MetricsHandler = s.metrics
	untraced, err := s.trace(ctx, &o)
	if err != nil {
		return err
	}
	defer untraced()
	if err := work(ctx, o, s); err != nil && ctx.Err() == nil {
		return err
	}
	return nil
}

func work(ctx context.Context, o client.Options, s Settings) error {
	c, reader, err := unlock(ctx, o, s.Log)
	if err != nil {
		return err
	}
	defer c.Close()
	s.reader = reader
	s.watched(c, o.Namespace)
	if err := Prepare(ctx, c.OperatorService(), o.Namespace); err != nil {
		return err
	}
	w, err := Start(c, s)
	if err != nil {
		return err
	}
	defer w.Stop()
	s.asksForWork()
	defer s.count(c, o)()
	defer s.health.Await("pollers", "the worker is stopping")
	deaf, err := s.receive(c)
	if err != nil {
		return err
	}
	defer deaf()
	closed, err := s.servePages(c, o)
	if err != nil {
		return err
	}
	defer closed()
	if s.MakeCurrent {
		d := c.WorkerDeploymentClient().GetHandle(s.Deployment)
		if err := makeCurrent(ctx, d, s.BuildID); err != nil {
			return err
		}
	}
	s.Log.Info("Working", "address", o.HostPort, "namespace", o.Namespace, "queue", workflows.TaskQueue,
		"version", s.BuildID)
	select {
	case <-ctx.Done():
		s.Log.Info("Stopping; what is in hand is finished first")
		return nil
	case err := <-w.Failed():
		return fmt.Errorf("the server sent the worker away: %w", err)
	}
}

// Worker is one at work.
type Worker struct {
	worker  worker.Worker
	failed  chan error
	unwatch func()
}

// Stop finishes what is in hand and returns; twenty-five seconds are the limit.
func (w *Worker) Stop() {
	w.unwatch()
	w.worker.Stop()
}

// Failed yields the error after which a worker cannot go on.
func (w *Worker) Failed() <-chan error { return w.failed }

// Start begins to work on a connection whose namespace is prepared. Log must be set.
func Start(c client.Client, s Settings) (*Worker, error) {
	hands, err := s.supplies(c)
	if err != nil {
		return nil, err
	}
	out := &Worker{failed: make(chan error, 1), unwatch: func() {}}
	out.worker = worker.New(c, workflows.TaskQueue, s.options(out.fail))
	Register(out.worker)
	hands.Register(out.worker)
	if err := out.worker.Start(); err != nil {
		return nil, fmt.Errorf("start the worker: %w", err)
	}
	if book, ok := hands.Directory.(*directory.Directory); ok && s.Directory != "" {
		out.unwatch = s.watch(book)
	}
	return out, nil
}

func (w *Worker) fail(err error) {
	select {
	case w.failed <- err:
	default: // the first error is the one that is told
	}
}

// Register makes cases and surveillance groups known to a worker or a replayer. Each is pinned
// to the version of the program that its run started under; an unversioned worker does not mind. What
// opens the cases goes with the current version: it sleeps for years, and would keep an old one going.
func Register(r worker.WorkflowRegistry) {
	r.RegisterWorkflowWithOptions(workflows.FailureCase, workflow.RegisterOptions{
		Name: workflows.CaseWorkflow, VersioningBehavior: workflow.VersioningBehaviorPinned})
	r.RegisterWorkflowWithOptions(workflows.SurveillanceGroup, workflow.RegisterOptions{
		Name: workflows.GroupWorkflow, VersioningBehavior: workflow.VersioningBehaviorPinned})
	r.RegisterWorkflowWithOptions(workflows.Provider, workflow.RegisterOptions{
		Name: workflows.ProviderWorkflow, VersioningBehavior: workflow.VersioningBehaviorAutoUpgrade})
	r.RegisterWorkflowWithOptions(workflows.Reader, workflow.RegisterOptions{
		Name: workflows.ReaderWorkflow, VersioningBehavior: workflow.VersioningBehaviorAutoUpgrade})
}

// options leave WorkflowPanicPolicy at its default: a case that a faulty program cannot go on
// with is held until a better one is there, never ended.
func (s Settings) options(fail func(error)) worker.Options {
	o := worker.Options{
		WorkerStopTimeout:            stopTimeout,
		MaxHeartbeatThrottleInterval: noteEvery,
		OnFatalError:                 fail,
	}
	if s.BuildID != "" {
		o.DeploymentOptions = worker.DeploymentOptions{UseVersioning: true,
			Version: worker.WorkerDeploymentVersion{DeploymentName: s.Deployment, BuildID: s.BuildID}}
	}
	if s.Tune != nil {
		s.Tune(&o)
	}
	return o
}
