package cases

import (
	"context"

	"go.temporal.io/api/workflowservice/v1"

	"holdthering/regime"
)

// Forget has the server delete every run of a case that has come to its own end, and says how many there were. One
// that it knows nothing of, since their time was over, has none.
func (t *Temporal) Forget(ctx context.Context, ref string) (runs int, err error) {
	a := theCase(ref)
	err = t.ask(ctx, question{asked: a, once: func(ctx context.Context) error {
		runs = 0
		found, err := t.found(ctx, term("WorkflowId", "=", a.id))
		if err != nil {
			return err
		}
		if len(found) == 0 {
			return nil
		}
		answer, err := t.client.DescribeWorkflow(ctx, a.id, "")
		if err != nil {
			return err
		}
		if state := stateOf(answer.RawResponse.GetWorkflowExecutionInfo(), somebody); state != OnFile {
			return &regime.Mistake{Reason: a.what + " has not come to its own end; nothing of it is erased."}
		}
		for _, e := range found {
			_, err := t.client.WorkflowService().DeleteWorkflowExecution(ctx, &workflowservice.DeleteWorkflowExecutionRequest{
				Namespace: t.namespace, WorkflowExecution: e.GetExecution()})
			if err != nil {
				return err
			}
			runs++
		}
		return nil
	}})
	return runs, err
}
