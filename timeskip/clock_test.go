package timeskip_test

import (
	"context"
	"errors"
	"net"
	"os"
	"path/filepath"
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

// launched starts a server with both namespaces.
func launched(t *testing.T, opts server.Options) *server.Server {
	t.Helper()
	if os.Getenv("HTR_E2E") == "" {
		t.Skip("needs the embedded server: set HTR_E2E=1")
	}
	opts.Namespaces = []string{cases, demonstration}
	opts.TimeSkipping = []string{demonstration}
	running, err := server.Start(t.Context(), opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(running.Stop)
	return running
}

// serve starts a server with a worker in the namespace.
func serve(t *testing.T, namespace string) timeskip.Clock {
	t.Helper()
	return work(t, launched(t, server.Options{}), namespace)
}

func work(t *testing.T, running *server.Server, namespace string) timeskip.Clock {
	t.Helper()
	c, err := client.Dial(client.Options{HostPort: running.Address(), Namespace: namespace})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	w := worker.New(c, queue, worker.Options{WorkflowPanicPolicy: worker.FailWorkflow,
		DeadlockDetectionTimeout: time.Minute}) // a busy machine is no deadlock
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

func wakings(t *testing.T, clock timeskip.Clock) []time.Time {
	t.Helper()
	value, err := clock.Client.QueryWorkflow(t.Context(), "diary", "", "woken")
	if err != nil {
		t.Fatal(err)
	}
	var woken []time.Time
	if err := value.Get(&woken); err != nil {
		t.Fatal(err)
	}
	return woken
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

	woke := wakings(t, clock)
	if len(woke) != days {
		t.Fatalf("woke %d times in %d days", len(woke), days)
	}
	if gone := woke[days-1].Sub(began); gone < days*24*time.Hour {
		t.Errorf("the workflow's clock moved %v in %d days", gone, days)
	}
	now, err := clock.Now(t.Context(), "diary")
	if err != nil {
		t.Fatal(err)
	}
	if gone := now.Sub(began); gone < days*24*time.Hour+time.Hour {
		t.Errorf("%v have gone by", gone)
	}
	described, err := clock.Client.DescribeWorkflow(t.Context(), "diary", "")
	if err != nil {
		t.Fatal(err)
	}
	if described.RawResponse.GetWorkflowExecutionInfo().GetExecution().GetRunId() == run.GetRunID() {
		t.Error("31 days did not continue as new")
	}
}

func TestForwardGoesOnAfterAServerThatWasKilled(t *testing.T) {
	opts := server.Options{DBFile: filepath.Join(t.TempDir(), "diary.db"), Port: freePort(t)}
	first := launched(t, opts)
	clock := work(t, first, demonstration)
	start(t, clock)
	done := make(chan error, 1)
	go func() { done <- clock.Forward(t.Context(), "diary", 50*24*time.Hour) }()
	for len(wakings(t, clock)) < 5 {
		time.Sleep(10 * time.Millisecond)
	}
	first.Kill()
	launched(t, opts)
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	if woken := len(wakings(t, clock)); woken < 49 {
		t.Errorf("woke %d times", woken)
	}
}

func freePort(t *testing.T) int {
	t.Helper()
	listener, err := net.Listen("tcp", server.Local(0))
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().(*net.TCPAddr).Port
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

// TestATimerThatFallsDueAsForwardBeginsHidesNoOther holds the first waking back on the server for
// two seconds after it is due, and moves the clock in that moment.
func TestATimerThatFallsDueAsForwardBeginsHidesNoOther(t *testing.T) {
	clock := work(t, launched(t, server.Options{
		Settings: []string{`history.timerProcessorMaxTimeShift="2s"`},
	}), demonstration)
	start(t, clock)
	began, err := clock.Now(t.Context(), "diary")
	if err != nil {
		t.Fatal(err)
	}
	if err := clock.Forward(t.Context(), "diary", 24*time.Hour-200*time.Millisecond); err != nil {
		t.Fatal(err)
	}
	for due := began.Add(24 * time.Hour); ; time.Sleep(50 * time.Millisecond) {
		now, err := clock.Now(t.Context(), "diary")
		if err != nil {
			t.Fatal(err)
		}
		if now.After(due) {
			break
		}
	}
	if err := clock.Forward(t.Context(), "diary", 5*24*time.Hour); err != nil {
		t.Fatal(err)
	}
	if woken := wakings(t, clock); len(woken) < 5 {
		t.Errorf("woke at %v", woken)
	}
}
