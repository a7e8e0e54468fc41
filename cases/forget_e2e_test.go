package cases_test

import (
	"errors"
	"testing"
	"time"

	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"holdthering/regime"
	"holdthering/signpost"
	"holdthering/workflows"
)

// shut is a case that is closed in its second run.
func shut(ctx workflow.Context, again bool) error {
	if err := workflow.UpsertTypedSearchAttributes(ctx, workflows.AttrStage.ValueSet(string(regime.Closed))); err != nil {
		return err
	}
	if again {
		return workflow.NewContinueAsNewError(ctx, workflows.CaseWorkflow, false)
	}
	return nil
}

func TestTheServerForgetsACaseThatWasClosedAndNoOther(t *testing.T) {
	h := open(t)
	stop := h.work()
	c := h.asker(20 * time.Second)
	p := trigger(t)
	mustOpen(t, c, p)
	if !within(t, func() bool { _, err := c.Forget(t.Context(), p.Case); return isMistake(err) }) {
		t.Error("an open case is forgotten")
	}
	if err := h.client.TerminateWorkflow(t.Context(), workflows.CaseID("RCX", p.Case), "", "x"); err != nil {
		t.Fatal(err)
	}
	if n, err := c.Forget(t.Context(), p.Case); !isMistake(err) || n != 0 {
		t.Errorf("a case that died is forgotten: %d, %v", n, err)
	}
	stop()

	w := worker.New(h.client, workflows.TaskQueue, worker.Options{})
	w.RegisterWorkflowWithOptions(shut, workflow.RegisterOptions{Name: workflows.CaseWorkflow})
	if err := w.Start(); err != nil {
		t.Fatal(err)
	}
	defer w.Stop()
	id, err := signpost.Put(t.Context(), h.client, "SHUT-SHUT", "RCX")
	if err != nil || id != "case-RCX-SHUT-SHUT" {
		t.Fatal(id, err)
	}
	run, err := h.client.ExecuteWorkflow(t.Context(), client.StartWorkflowOptions{ID: id, TaskQueue: workflows.TaskQueue},
		workflows.CaseWorkflow, true)
	if err != nil {
		t.Fatal(err)
	}
	if err := run.Get(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	forgotten := 0
	if !within(t, func() bool {
		n, err := c.Forget(t.Context(), "SHUT-SHUT")
		if err != nil {
			t.Fatal(err)
		}
		forgotten = max(forgotten, n)
		return forgotten == 2
	}) {
		t.Errorf("%d of two runs are forgotten", forgotten)
	}
	for _, gone := range []string{id, workflows.SignpostID("SHUT-SHUT")} {
		for began := time.Now(); ; time.Sleep(200 * time.Millisecond) { // the server deletes behind the request
			_, err := h.client.DescribeWorkflow(t.Context(), gone, "")
			var none *serviceerror.NotFound
			if errors.As(err, &none) {
				break
			}
			if time.Since(began) > time.Minute {
				t.Fatalf("the server still has %s: %v", gone, err)
			}
		}
	}
	if n, err := c.Forget(t.Context(), "NONE-NONE"); n != 0 || err != nil {
		t.Errorf("of a case that never was: %d, %v", n, err)
	}
}
