package workflows_test

import (
	"context"
	"os"
	"sync"
	"testing"
	"time"

	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"holdthering/launch/server"
	"holdthering/workflows"
	"holdthering/workflows/servertest"
)

const (
	stormBatches = 200
	batchTakes   = 50 * time.Millisecond
	atOnce       = 4
)

// storm has a worker do many batches of mails that are not urgent; each is of another case, as far as the queue is
// concerned.
func storm(ctx workflow.Context, p temporal.Priority) error {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute, Priority: p})
	var all []workflow.Future
	for range stormBatches {
		all = append(all, workflow.ExecuteActivity(ctx, "batch"))
	}
	for _, one := range all {
		if err := one.Get(ctx, nil); err != nil {
			return err
		}
	}
	return nil
}

// alert is the one urgent batch of another case; it says how many others began while that waited for a worker.
func alert(ctx workflow.Context, p temporal.Priority) (before int, err error) {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute, Priority: p})
	err = workflow.ExecuteActivity(ctx, "batch").Get(ctx, &before)
	return before, err
}

// begun are the moments at which batches began.
type begun struct {
	mu sync.Mutex
	at []time.Time
}

// one notes that a batch begins, and counts those that began since the moment.
func (b *begun) one(since time.Time) (n int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, at := range b.at {
		if at.After(since) {
			n++
		}
	}
	b.at = append(b.at, time.Now())
	return n
}

// TestAnUrgentMailOvertakesAStormOfOthersThatWaitForAWorker counts what goes before an urgent batch behind 200 others,
// with the priorities that batches of mails have and without any.
func TestAnUrgentMailOvertakesAStormOfOthersThatWaitForAWorker(t *testing.T) {
	if os.Getenv("HTR_E2E") == "" {
		t.Skip("needs the embedded server: set HTR_E2E=1")
	}
	_, c := servertest.Open(t, server.Options{Namespaces: []string{"holdthering"}}, "holdthering")
	w := worker.New(c, "storm", worker.Options{MaxConcurrentActivityExecutionSize: atOnce})
	w.RegisterWorkflowWithOptions(storm, workflow.RegisterOptions{Name: "storm"})
	w.RegisterWorkflowWithOptions(alert, workflow.RegisterOptions{Name: "alert"})
	var batches begun
	w.RegisterActivityWithOptions(func(ctx context.Context) (int, error) {
		before := batches.one(activity.GetInfo(ctx).ScheduledTime)
		time.Sleep(batchTakes)
		return before, nil
	}, activity.RegisterOptions{Name: "batch"})
	if err := w.Start(); err != nil {
		t.Fatal(err)
	}
	defer w.Stop()
	waits := func(routine, urgent temporal.Priority) (before int) {
		t.Helper()
		all, err := c.ExecuteWorkflow(t.Context(), client.StartWorkflowOptions{TaskQueue: "storm"}, "storm", routine)
		if err != nil {
			t.Fatal(err)
		}
		time.Sleep(700 * time.Millisecond) // until the storm is in the queue
		one, err := c.ExecuteWorkflow(t.Context(), client.StartWorkflowOptions{TaskQueue: "storm"}, "alert", urgent)
		if err != nil {
			t.Fatal(err)
		}
		if err := one.Get(t.Context(), &before); err != nil {
			t.Fatal(err)
		}
		if err := all.Get(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		return before
	}
	without := waits(temporal.Priority{}, temporal.Priority{})
	with := waits(workflows.MailPriority(false), workflows.MailPriority(true))
	t.Logf("of %d others, %d went before an urgent batch with priorities and %d without", stormBatches, with, without)
	if with > without/2 {
		t.Errorf("the priorities do not help: %d, %d", with, without)
	}
}
