package cases_test

import (
	"errors"
	"testing"
	"time"

	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"holdthering/cases"
	"holdthering/reference"
	"holdthering/regime"
	"holdthering/workflows"
)

func TestAGroupThatWasTerminatedIsNotStartedAnewButBroughtBack(t *testing.T) {
	h := open(t)
	defer h.work(func(w worker.Worker) {
		w.RegisterWorkflowWithOptions(workflows.SurveillanceGroup, workflow.RegisterOptions{Name: workflows.GroupWorkflow})
	})()
	c := h.asker(20 * time.Second)
	r, err := reference.Load()
	if err != nil {
		t.Fatal(err)
	}
	o, err := r.GroupOpening(regime.FirstProfile(), "Q56")
	if err != nil {
		t.Fatal(err)
	}
	if started, err := c.StartGroup(t.Context(), o); err != nil || !started {
		t.Fatal(started, err)
	}
	if s, err := c.Group(t.Context(), "Q56"); err != nil || s.Standing.Wrong() {
		t.Fatalf("%+v, %v", s.Standing, err)
	}
	if err := h.client.TerminateWorkflow(t.Context(), workflows.GroupID("Q56"), "", ""); err != nil {
		t.Fatal(err)
	}
	var gone *cases.Unreachable
	if started, err := c.StartGroup(t.Context(), o); started || !errors.As(err, &gone) || !gone.Dead {
		t.Errorf("%v, %v", started, err)
	}
	if s, err := c.Group(t.Context(), "Q56"); err != nil || s.Standing.State != cases.Terminated {
		t.Errorf("%+v, %v", s.Standing, err)
	}
	if !within(t, func() bool {
		rows, err := c.ListGroups(t.Context(), cases.GroupFilter{})
		return err == nil && len(rows) == 1 && rows[0].Standing != nil && rows[0].Standing.Dead()
	}) {
		t.Error("it is not listed as dead")
	}
	if err := c.ReviveGroup(t.Context(), "Q56", "a slip"); err != nil {
		t.Fatal(err)
	}
	if s, err := c.Group(t.Context(), "Q56"); err != nil || s.Standing.Wrong() {
		t.Errorf("%+v, %v", s.Standing, err)
	}
	if started, err := c.StartGroup(t.Context(), o); started || err != nil {
		t.Errorf("%v, %v", started, err)
	}
}

// A case that is ended before any worker has begun with it has nothing to be built up from.
func TestACaseThatDiedBeforeItBeganIsBroughtBackFromWhatItWasGiven(t *testing.T) {
	h := open(t)
	c := h.asker(20 * time.Second)
	p := trigger(t)
	if err := h.begin(p); err != nil {
		t.Fatal(err)
	}
	if err := h.client.TerminateWorkflow(t.Context(), workflows.SignpostID(p.Case), "", ""); err != nil {
		t.Fatal(err)
	}
	if err := c.Revive(t.Context(), p.Case, "a slip"); err != nil {
		t.Fatal(err)
	}
	defer h.work()()
	if r, err := c.Act(t.Context(), p.Case, p.Request, p.Act); err != nil || r.Entry.N != 1 {
		t.Errorf("%+v, %v", r, err)
	}
}
