package cases_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"holdthering/cases"
	"holdthering/regime"
	"holdthering/workflows"
)

// within waits for the list to show what it lags behind with.
func within(t *testing.T, ok func() bool) bool {
	t.Helper()
	for range 100 {
		if ok() {
			return true
		}
		time.Sleep(100 * time.Millisecond)
	}
	return false
}

func (h *hall) row(c cases.Cases, ref string, f cases.Filter) *cases.Row {
	h.t.Helper()
	rows, err := c.List(h.t.Context(), f)
	if err != nil {
		h.t.Fatal(err)
	}
	for _, r := range rows {
		if r.Ref == ref {
			return &r
		}
	}
	return nil
}

func TestACaseThatWasTerminatedIsDeadEverywhereAndIsBroughtBack(t *testing.T) {
	h := open(t)
	stop := h.work()
	c := h.asker(20 * time.Second)
	p := trigger(t)
	mustOpen(t, c, p)
	if err := c.Revive(t.Context(), p.Case, "x"); !isMistake(err) {
		t.Errorf("a case that is alive was brought back: %v", err)
	}
	if err := h.client.TerminateWorkflow(t.Context(), workflows.CaseID("RCX", p.Case), "", "a slip\x1b[31m"); err != nil {
		t.Fatal(err)
	}
	note := parsed(t, "note", "add", "--case", p.Case, "--by", "CQC", "--text", "x")
	for name, err := range map[string]error{
		"an act":            second(c.Act(t.Context(), p.Case, note.Request, note.Act)),
		"its opening again": second(c.Open(t.Context(), *p.Opening, p.Request, p.Act)),
	} {
		var gone *cases.Unreachable
		if !errors.As(err, &gone) || gone.Key != "" || !strings.Contains(err.Error(), "was terminated") ||
			!strings.Contains(err.Error(), "reason given: a slip [31m") || !strings.Contains(err.Error(), "revive "+p.Case) {
			t.Errorf("%s: %T %v", name, err, err)
		}
	}
	s, err := c.Snapshot(t.Context(), p.Case)
	if err != nil || s.Standing.State != cases.Terminated || s.Standing.Since.IsZero() || s.Case.Ref != p.Case {
		t.Errorf("%+v, %v", s.Standing, err)
	}
	for _, f := range []cases.Filter{{}, {Provider: "RCX"}, {Overdue: true}, {Ended: true}} {
		if !within(t, func() bool { r := h.row(c, p.Case, f); return r != nil && r.Dead() }) {
			t.Errorf("%+v lists %+v", f, h.row(c, p.Case, f))
		}
	}
	stop()
	_, err = h.asker(3*time.Second).Snapshot(t.Context(), p.Case)
	if err == nil || !strings.Contains(err.Error(), "was terminated") {
		t.Errorf("without a worker: %v", err)
	}
	defer h.work()()
	if err := c.Revive(t.Context(), p.Case, "a slip"); err != nil {
		t.Fatal(err)
	}
	if r, err := c.Act(t.Context(), p.Case, note.Request, note.Act); err != nil || r.Entry.N != 2 {
		t.Errorf("%+v, %v", r, err)
	}
	if s, err = c.Snapshot(t.Context(), p.Case); err != nil || s.Standing.Wrong() || len(s.Case.Entries) != 2 {
		t.Errorf("%+v, %v", s.Standing, err)
	}
	if !within(t, func() bool { r := h.row(c, p.Case, cases.Filter{}); return r != nil && r.Standing == nil }) {
		t.Errorf("listed %+v", h.row(c, p.Case, cases.Filter{}))
	}
	if r, err := c.Open(t.Context(), *p.Opening, p.Request, p.Act); err != nil || !r.Repeated || r.Entry.N != 1 {
		t.Errorf("its key is answered from the record: %+v, %v", r, err)
	}
}

func second[T any](_ T, err error) error { return err }

func isMistake(err error) bool {
	var m *regime.Mistake
	return errors.As(err, &m)
}

// What ends a run against the case's will, in each of its ways.
func TestEveryWayToDieIsToldFromAClosing(t *testing.T) {
	h := open(t)
	w := worker.New(h.client, workflows.TaskQueue, worker.Options{})
	w.RegisterWorkflowWithOptions(func(ctx workflow.Context, how string) error {
		switch how {
		case "fails":
			return errors.New("a fault")
		case "waits":
			return workflow.Sleep(ctx, time.Hour)
		}
		return nil
	}, workflow.RegisterOptions{Name: workflows.CaseWorkflow})
	if err := w.Start(); err != nil {
		t.Fatal(err)
	}
	defer w.Stop()
	c := h.asker(20 * time.Second)
	for ref, x := range map[string]struct {
		how   string
		end   func(id string) error
		limit time.Duration
		want  cases.State
	}{
		"F-1": {how: "fails", want: cases.Failed},
		"T-1": {how: "waits", limit: time.Second, want: cases.TimedOut},
		"C-1": {how: "waits", want: cases.Cancelled, end: func(id string) error {
			return h.client.CancelWorkflow(t.Context(), id, "")
		}},
		"K-1": {how: "waits", want: cases.Terminated, end: func(id string) error {
			return h.client.TerminateWorkflow(t.Context(), id, "", "")
		}},
		"E-1": {how: "ends", want: cases.CutShort},
	} {
		run, err := h.client.ExecuteWorkflow(t.Context(), client.StartWorkflowOptions{ID: workflows.SignpostID(ref),
			TaskQueue: workflows.TaskQueue, WorkflowExecutionTimeout: x.limit}, workflows.CaseWorkflow, x.how)
		if err != nil {
			t.Fatal(err)
		}
		if x.end != nil {
			if err := x.end(workflows.SignpostID(ref)); err != nil {
				t.Fatal(err)
			}
		}
		_ = run.Get(t.Context(), nil)
		note := parsed(t, "note", "add", "--case", ref, "--by", "CQC", "--text", "x")
		_, err = c.Act(t.Context(), ref, note.Request, note.Act)
		var gone *cases.Unreachable
		if !errors.As(err, &gone) || !strings.Contains(err.Error(), "It is dead") {
			t.Errorf("%s: %v", ref, err)
		}
		f := cases.Filter{Ended: x.want == cases.CutShort}
		if !within(t, func() bool {
			r := h.row(c, ref, f)
			return r != nil && r.Standing != nil && r.Standing.State == x.want
		}) {
			t.Errorf("%s lists %+v", ref, h.row(c, ref, f))
		}
	}
}

func TestACaseInWhichTheWorkerMeetsAFaultStandsStill(t *testing.T) {
	h := open(t)
	stop := h.work()
	p := trigger(t)
	c := h.asker(time.Minute)
	mustOpen(t, c, p)
	stop()
	w := worker.New(h.client, workflows.TaskQueue, worker.Options{})
	worker.PurgeStickyWorkflowCache() // else the case goes on in what the first worker holds
	w.RegisterWorkflowWithOptions(func(workflow.Context, workflows.Input) error { panic("a fault") },
		workflow.RegisterOptions{Name: workflows.CaseWorkflow})
	if err := w.Start(); err != nil {
		t.Fatal(err)
	}
	defer w.Stop()
	var err error
	for range 5 { // a task that the first worker had been given already is still done by it
		note := parsed(t, "note", "add", "--case", p.Case, "--by", "CQC", "--text", "x")
		if _, err = h.asker(25*time.Second).Act(t.Context(), p.Case, note.Request, note.Act); err != nil {
			break
		}
		worker.PurgeStickyWorkflowCache()
	}
	var gone *cases.Unreachable
	if !errors.As(err, &gone) || gone.Key == "" || !strings.Contains(err.Error(), "stands still") {
		t.Errorf("%v", err)
	}
	if !within(t, func() bool {
		r := h.row(c, p.Case, cases.Filter{})
		return r != nil && r.Standing != nil && r.Standing.State == cases.Stuck
	}) {
		t.Errorf("listed %+v", h.row(c, p.Case, cases.Filter{}))
	}
	if err := c.Revive(t.Context(), p.Case, "x"); !isMistake(err) {
		t.Errorf("%v", err)
	}
}
