package workflows_test

import (
	"context"
	"os"
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

// alert is the one urgent batch of another case; it says how long that waited for a worker.
func alert(ctx workflow.Context, p temporal.Priority) (time.Duration, error) {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute, Priority: p})
	var waited time.Duration
	err := workflow.ExecuteActivity(ctx, "batch").Get(ctx, &waited)
	return waited, err
}

// TestAnUrgentMailOvertakesAStormOfOthersThatWaitForAWorker measures the wait of an urgent batch behind 200 others,
// with the priorities that batches of mails have and without any.
func TestAnUrgentMailOvertakesAStormOfOthersThatWaitForAWorker(t *testing.T) {
	if os.Getenv("HTR_E2E") == "" {
		t.Skip("needs the embedded server: set HTR_E2E=1")
	}
	_, c := servertest.Open(t, server.Options{Namespaces: []string{"holdthering"}}, "holdthering")
	w := worker.New(c, "storm", worker.Options{MaxConcurrentActivityExecutionSize: atOnce})
	w.RegisterWorkflowWithOptions(storm, workflow.RegisterOptions{Name: "storm"})
	w.RegisterWorkflowWithOptions(alert, workflow.RegisterOptions{Name: "alert"})
	w.RegisterActivityWithOptions(func(ctx context.Context) (time.Duration, error) {
		i := activity.GetInfo(ctx)
		waited := time.Since(i.ScheduledTime)
		time.Sleep(batchTakes)
		return waited, nil
	}, activity.RegisterOptions{Name: "batch"})
	if err := w.Start(); err != nil {
		t.Fatal(err)
	}
	defer w.Stop()
	waits := func(routine, urgent temporal.Priority) (waited time.Duration) {
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
		if err := one.Get(t.Context(), &waited); err != nil {
			t.Fatal(err)
		}
		if err := all.Get(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		return waited
	}
	without := waits(temporal.Priority{}, temporal.Priority{})
	with := waits(workflows.MailPriority(false), workflows.MailPriority(true))
	t.Logf("an urgent batch behind %d others waited %v with priorities and %v without", stormBatches,
		with.Round(time.Millisecond), without.Round(time.Millisecond))
	if with > without/2 {
		t.Errorf("the priorities do not help: %v, %v", with, without)
	}
}
