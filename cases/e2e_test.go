package cases_test

import (
	"context"
	"errors"
	"os"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"holdthering/activities"
	"holdthering/cases"
	"holdthering/launch/server"
	"holdthering/message"
	"holdthering/regime"
	"holdthering/regime/failure"
	"holdthering/regime/ledger"
	"holdthering/verbs"
	"holdthering/workflows"
	"holdthering/workflows/servertest"
)

const namespace = "holdthering"

// hall is a real server with the real workflow; its workers come and go.
type hall struct {
	t         *testing.T
	server    *server.Server
	client    client.Client
	namespace string
	told      atomic.Int64 // recipients of notices
	kinds     sync.Map     // the same by kind: *atomic.Int64
	mu        sync.Mutex
	notes     []string
}

func open(t *testing.T) *hall { return openIn(t, namespace) }

// openIn starts the server with one namespace; in those of skipping, time can be skipped.
func openIn(t *testing.T, namespace string, skipping ...string) *hall {
	t.Helper()
	if os.Getenv("HTR_E2E") == "" {
		t.Skip("needs the embedded server: set HTR_E2E=1")
	}
	s, c := servertest.Open(t, server.Options{Namespaces: []string{namespace}, TimeSkipping: skipping}, namespace)
	return &hall{t: t, server: s, client: c, namespace: namespace}
}

// work starts a worker, which is stopped by the function that it gives.
func (h *hall) work(more ...func(worker.Worker)) (stop func()) {
	w := worker.New(h.client, workflows.TaskQueue, worker.Options{})
	w.RegisterWorkflowWithOptions(workflows.FailureCase,
		workflow.RegisterOptions{Name: workflows.CaseWorkflow})
	w.RegisterActivityWithOptions(func(_ context.Context, b message.Batch) (message.Report, error) {
		var r message.Report
		for _, n := range b.Notices {
			h.told.Add(int64(len(n.To)))
			of, _ := h.kinds.LoadOrStore(string(n.Kind)+" rung "+strconv.Itoa(n.Rung), new(atomic.Int64))
			of.(*atomic.Int64).Add(int64(len(n.To)))
			for _, to := range n.To {
				r.Results = append(r.Results, ledger.SendResult{Notice: n.ID, Party: to.Party, Level: to.Level,
					State: ledger.StateAccepted})
			}
		}
		return r, nil
	}, activity.RegisterOptions{Name: message.ActivitySendNotices})
	w.RegisterWorkflowWithOptions(workflows.Provider, workflow.RegisterOptions{Name: workflows.ProviderWorkflow})
	(&activities.Activities{}).RegisterOpening(w)
	w.RegisterActivityWithOptions(func(context.Context, message.Register) error { return nil },
		activity.RegisterOptions{Name: message.ActivityKeepRecord})
	w.RegisterActivityWithOptions(func(context.Context, message.News) error { return nil },
		activity.RegisterOptions{Name: message.ActivityTellGroups})
	for _, register := range more {
		register(w)
	}
	if err := w.Start(); err != nil {
		h.t.Fatal(err)
	}
	return w.Stop
}

// asker asks with a patience.
func (h *hall) asker(patience time.Duration) *cases.Temporal {
	return cases.New(h.client, h.server.Address(), h.namespace, cases.Settings{Patience: patience,
		Note: func(line string) {
			h.mu.Lock()
			defer h.mu.Unlock()
			h.notes = append(h.notes, line)
		}})
}

func (h *hall) noted(part string) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return strings.Contains(strings.Join(h.notes, "\n"), part)
}

func parsed(t *testing.T, args ...string) verbs.Parsed {
	t.Helper()
	p, err := verbs.Parse(args, verbs.Env{Person: "A. Tester"})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func trigger(t *testing.T) verbs.Parsed {
	t.Helper()
	return parsed(t, "trigger", "--provider", "RCX", "--by", "NHS England", "--source", "media",
		"--concern", "staffing")
}

func mustOpen(t *testing.T, c cases.Cases, p verbs.Parsed) ledger.Receipt {
	t.Helper()
	r, err := c.Open(t.Context(), *p.Opening, p.Request, p.Act)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestACaseIsOpenedOnceUnderOneKeyAndListed(t *testing.T) {
	h := open(t)
	defer h.work()()
	c := h.asker(time.Minute)
	p := trigger(t)
	if r := mustOpen(t, c, p); r.Entry.N != 1 || r.Repeated || r.Stage != regime.Convening {
		t.Fatalf("first: %+v", r)
	}
	if r := mustOpen(t, c, p); r.Entry.N != 1 {
		t.Fatalf("the same key again: %+v", r)
	}
	s, err := c.Snapshot(t.Context(), p.Case)
	if err != nil || len(s.Case.Entries) != 1 {
		t.Fatalf("entries %v, %v", s.Case, err)
	}
	var rows []cases.Row
	for range 50 { // the list lags behind
		rows, err = c.List(t.Context(), cases.Filter{Provider: "RCX", Stage: regime.Convening, Area: "Q56"})
		if err != nil {
			t.Fatal(err)
		}
		if len(rows) == 1 {
			break
		}
		time.Sleep(100 * time.Millisecond)
	}
	if len(rows) != 1 || rows[0].Ref != p.Case || rows[0].Measures != "NONE" || rows[0].NextDue.IsZero() {
		t.Errorf("listed %+v", rows)
	}
	if rows, err = c.List(t.Context(), cases.Filter{Overdue: true}); err != nil || len(rows) != 0 {
		t.Errorf("overdue: %+v, %v", rows, err)
	}
}

func TestARefusalCrossesTheServerWithItsRule(t *testing.T) {
	h := open(t)
	defer h.work()()
	c := h.asker(time.Minute)
	p := trigger(t)
	mustOpen(t, c, p)
	no := parsed(t, "measures", "decide", "--case", p.Case, "--by", "TDA", "--outcome", "place",
		"--reason", "x")
	_, err := c.Act(t.Context(), p.Case, no.Request, no.Act)
	if regime.RefusedBy(err) != "R55" {
		t.Errorf("%T %v", err, err)
	}
	wrong := parsed(t, "note", "add", "--case", p.Case, "--by", "CQC", "--text", "x",
		"--corrects", "99")
	_, err = c.Act(t.Context(), p.Case, wrong.Request, wrong.Act)
	var mistake *regime.Mistake
	if !errors.As(err, &mistake) {
		t.Errorf("%T %v", err, err)
	}
	again := parsed(t, "trigger", "--case", p.Case, "--by", "CQC", "--source", "media",
		"--concern", "more")
	if _, err = c.Act(t.Context(), p.Case, again.Request, again.Act); regime.RefusedBy(err) != "T1" {
		t.Errorf("a second trigger: %T %v", err, err)
	}
	_, err = c.Act(t.Context(), "NO-SUCH", no.Request, no.Act)
	if !errors.As(err, &mistake) || !strings.Contains(err.Error(), "no case NO-SUCH") {
		t.Errorf("%T %v", err, err)
	}
	if _, err = c.Snapshot(t.Context(), "NO-SUCH"); !errors.As(err, &mistake) {
		t.Errorf("%T %v", err, err)
	}
}

func TestWithoutAWorkerTheKeyIsGivenBackAndGoesOnLater(t *testing.T) {
	h := open(t)
	p := trigger(t)
	_, err := h.asker(8*time.Second).Open(t.Context(), *p.Opening, p.Request, p.Act)
	var gone *cases.Unreachable
	if !errors.As(err, &gone) || gone.Key != p.Request.Key || !strings.Contains(gone.Reason, "no worker") {
		t.Fatalf("%T %v", err, err)
	}
	if !h.noted("no worker is there") {
		t.Errorf("notes: %q", h.notes)
	}
	defer h.work()()
	c := h.asker(time.Minute)
	if r := mustOpen(t, c, p); r.Entry.N != 1 {
		t.Errorf("%+v", r)
	}
	s, err := c.Snapshot(t.Context(), p.Case)
	if err != nil || len(s.Case.Entries) != 1 {
		t.Errorf("%+v, %v", s.Case, err)
	}
}

func TestAQuestionWaitsForTheWorkerThatComes(t *testing.T) {
	h := open(t)
	stop := h.work()
	c := h.asker(time.Minute)
	p := trigger(t)
	mustOpen(t, c, p)
	stop()
	_, err := h.asker(3*time.Second).Snapshot(t.Context(), p.Case)
	var gone *cases.Unreachable
	if !errors.As(err, &gone) || gone.Key != "" {
		t.Fatalf("%T %v", err, err)
	}
	later := make(chan func())
	go func() {
		time.Sleep(2 * time.Second)
		later <- h.work()
	}()
	note := parsed(t, "note", "add", "--case", p.Case, "--by", "CQC", "--text", "x")
	r, err := c.Act(t.Context(), p.Case, note.Request, note.Act)
	if err != nil || r.Entry.N != 2 {
		t.Errorf("%+v, %v", r, err)
	}
	(<-later)()
}

func TestAServerThatIsKilledIsNotReachable(t *testing.T) {
	h := open(t)
	defer h.work()()
	p := trigger(t)
	mustOpen(t, h.asker(time.Minute), p)
	h.server.Kill()
	note := parsed(t, "note", "add", "--case", p.Case, "--by", "CQC", "--text", "x")
	_, err := h.asker(4*time.Second).Act(t.Context(), p.Case, note.Request, note.Act)
	var gone *cases.Unreachable
	if !errors.As(err, &gone) || gone.Key == "" {
		t.Errorf("%T %v", err, err)
	}
	t.Log(err)
}

func TestAKeyWithOtherContentIsRefusedByTheServersCaseToo(t *testing.T) {
	h := open(t)
	defer h.work()()
	c := h.asker(time.Minute)
	p := trigger(t)
	mustOpen(t, c, p)
	note := func(text string) verbs.Parsed {
		return parsed(t, "note", "add", "--case", p.Case, "--by", "CQC", "--text", text, "--key", "k9")
	}
	first := note("x")
	for i, same := range []verbs.Parsed{first, first, note("x")} {
		if r, err := c.Act(t.Context(), p.Case, same.Request, same.Act); err != nil || r.Entry.N != 2 || r.Repeated != (i > 0) {
			t.Errorf("%+v, %v", r, err)
		}
	}
	other := note("y")
	if _, err := c.Act(t.Context(), p.Case, other.Request, other.Act); !isMistake(err) {
		t.Errorf("%v", err)
	}
	elsewhere := parsed(t, "trigger", "--provider", "RGP", "--by", "NHS England", "--source", "media",
		"--concern", "staffing", "--key", p.Request.Key)
	if _, err := c.Open(t.Context(), *elsewhere.Opening, elsewhere.Request, elsewhere.Act); !isMistake(err) {
		t.Errorf("the key of an opening, for another provider: %v", err)
	}
}

// begin starts a case as earlier builds did, under the id of its reference alone, and without its first act, for which
// no worker need be there.
func (h *hall) begin(p verbs.Parsed) error {
	_, err := h.client.ExecuteWorkflow(h.t.Context(), client.StartWorkflowOptions{ID: workflows.SignpostID(p.Case),
		TaskQueue: workflows.TaskQueue}, workflows.CaseWorkflow, workflows.Input{Schema: failure.Schema, Opening: p.Opening})
	return err
}
