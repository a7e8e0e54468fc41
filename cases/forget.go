package cases

import (
	"context"
	"errors"

	commonpb "go.temporal.io/api/common/v1"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/api/workflowservice/v1"

	"holdthering/regime"
	"holdthering/workflows"
)

// Forget has the server delete every run of a case that has come to its own end, and says how many there were. One
// that it knows nothing of, since their time was over, has none.
func (t *Temporal) Forget(ctx context.Context, ref string) (runs int, err error) {
	a := theCase(ref)
	err = t.ask(ctx, question{asked: a, once: func(ctx context.Context) (err error) {
		a, err := t.placed(ctx, a)
		if err == nil {
			runs, err = t.forget(ctx, a)
		}
		var none *serviceerror.NotFound
		if errors.As(err, &none) {
			return nil
		}
		return err
	}})
	return runs, err
}

func (t *Temporal) forget(ctx context.Context, a asked) (runs int, err error) {
	found, err := t.found(ctx, term("WorkflowId", "=", a.id))
	if err != nil {
		return 0, err
	}
	answer, err := t.client.DescribeWorkflow(ctx, a.id, "")
	var none *serviceerror.NotFound
	switch {
	case errors.As(err, &none):
		return 0, t.takeDown(ctx, a)
	case err != nil:
		return 0, err
	}
	latest, whole := answer.RawResponse.GetWorkflowExecutionInfo(), false // the list may lag behind
	if state := stateOf(latest, somebody); state != OnFile {
		return 0, &regime.Mistake{Reason: a.what + " has not come to its own end; nothing of it is erased."}
	}
	for _, e := range found {
		_, err := t.client.WorkflowService().DeleteWorkflowExecution(ctx, &workflowservice.DeleteWorkflowExecutionRequest{
			Namespace: t.namespace, WorkflowExecution: e.GetExecution()})
		if err != nil {
			return runs, err
		}
		runs++
		whole = whole || e.GetExecution().GetRunId() == latest.GetExecution().GetRunId()
	}
	if !whole {
		return runs, nil
	}
	return runs, t.takeDown(ctx, a)
}

// takeDown has the server delete what led from the reference to the case.
func (t *Temporal) takeDown(ctx context.Context, a asked) error {
	own := workflows.SignpostID(a.ref)
	if a.id == own {
		return nil
	}
	_, err := t.client.WorkflowService().DeleteWorkflowExecution(ctx, &workflowservice.DeleteWorkflowExecutionRequest{
		Namespace: t.namespace, WorkflowExecution: &commonpb.WorkflowExecution{WorkflowId: own}})
	t.ids.Delete(a.ref)
	return err
}
