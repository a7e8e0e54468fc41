package timeskip_test

import (
	"context"
	"errors"
	"os"
	"testing"
	"time"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"holdthering/launch/server"
	"holdthering/timeskip"
)

const (
	queue         = "timeskip"
	cases         = "holdthering"
	demonstration = "demonstration"
)

// Diary sleeps a day at a time and continues as new every ten days. It notes the clock of each
// waking, as the workflow and as an activity see it.
func Diary(ctx workflow.Context, woken []time.Time) error {
	if err := workflow.SetQueryHandler(ctx, "woken", func() ([]time.Time, error) {
		return woken, nil
	}); err != nil {
		return err
	}
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})
	for range 10 {
		if err := workflow.Sleep(ctx, 24*time.Hour); err != nil {
			return err
		}
		if err := workflow.ExecuteActivity(ctx, Note).Get(ctx, nil); err != nil {
			return err
		}
		woken = append(woken, workflow.Now(ctx))
	}
	if len(woken) >= 60 {
		return nil
	}
	return workflow.NewContinueAsNewError(ctx, Diary, woken)
}

func Note(context.Context) error { return nil }

// serve starts a server with a worker in the namespace.
func serve(t *testing.T, namespace string) timeskip.Clock {
	t.Helper()
	if os.Getenv("HTR_E2E") == "" {
		t.Skip("needs the embedded server: set HTR_E2E=1")
	}
	running, err := server.Start(t.Context(), server.Options{
		Namespaces:   []string{cases, demonstration},
		TimeSkipping: []string{demonstration},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(running.Stop)
	c, err := client.Dial(client.Options{HostPort: running.Address(), Namespace: namespace})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	w := worker.New(c, queue, worker.Options{WorkflowPanicPolicy: worker.FailWorkflow})
	w.RegisterWorkflow(Diary)
	w.RegisterActivity(Note)
	if err := w.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.Stop)
	return timeskip.Clock{Client: c, Namespace: namespace}
}

func start(t *testing.T, clock timeskip.Clock) client.WorkflowRun {
	t.Helper()
	run, err := clock.Client.ExecuteWorkflow(t.Context(),
		client.StartWorkflowOptions{ID: "diary", TaskQueue: queue}, Diary, nil)
	if err != nil {
		t.Fatal(err)
	}
	return run
}

func TestAMonthGoesByAcrossContinueAsNew(t *testing.T) {
	clock := serve(t, demonstration)
	run := start(t, clock)

	began := time.Now()
	const days = 31
	if err := clock.Forward(t.Context(), "diary", days*24*time.Hour+time.Hour); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d timers skipped, %v each", days, time.Since(began)/days)

	value, err := clock.Client.QueryWorkflow(t.Context(), "diary", "", "woken")
	if err != nil {
		t.Fatal(err)
	}
	var woken []time.Time
	if err := value.Get(&woken); err != nil {
		t.Fatal(err)
	}
	if len(woken) != days {
		t.Fatalf("woke %d times in %d days", len(woken), days)
	}
	if gone := woken[days-1].Sub(began); gone < days*24*time.Hour {
		t.Errorf("the workflow's clock moved %v in %d days", gone, days)
	}
	now, err := clock.Now(t.Context(), "diary")
	if err != nil {
		t.Fatal(err)
	}
	if gone := now.Sub(began); gone < days*24*time.Hour+time.Hour {
		t.Errorf("%v have gone by", gone)
	}
	described, err := clock.Client.DescribeWorkflowExecution(t.Context(), "diary", "")
	if err != nil {
		t.Fatal(err)
	}
	if current := described.GetWorkflowExecutionInfo().GetExecution().GetRunId(); current == run.GetRunID() {
		t.Error("31 days did not continue as new")
	}
}

func TestForwardPastTheEndSaysThatTheWorkflowClosed(t *testing.T) {
	clock := serve(t, demonstration)
	start(t, clock)
	err := clock.Forward(t.Context(), "diary", 70*24*time.Hour)
	if !errors.Is(err, timeskip.ErrClosed) {
		t.Errorf("got %v", err)
	}
}

func TestTimeIsNotSkippedWhereRealCasesRun(t *testing.T) {
	clock := serve(t, cases)
	start(t, clock)
	err := clock.Forward(t.Context(), "diary", time.Hour)
	if !errors.Is(err, timeskip.ErrNotAllowed) {
		t.Errorf("got %v", err)
	}
	now, err := clock.Now(t.Context(), "diary")
	if err != nil || time.Since(now).Abs() > time.Minute {
		t.Errorf("the clock stands at %v, %v", now, err)
	}
}
