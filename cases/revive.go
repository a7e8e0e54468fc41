package cases

import (
	"context"

	"github.com/google/uuid"
	commonpb "go.temporal.io/api/common/v1"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/api/workflowservice/v1"

	"holdthering/regime"
)

// Revive brings a case back that died, as it stood when it did.
func (t *Temporal) Revive(ctx context.Context, ref, reason string) error {
	return t.revive(ctx, theCase(ref), reason)
}

// ReviveGroup brings a group back that died, as it stood when it did.
func (t *Temporal) ReviveGroup(ctx context.Context, place, reason string) error {
	return t.revive(ctx, theGroup(place), reason)
}

// revive has the server build the last run up again to its last step. What fell due meanwhile is
// done at once, as after any time without a worker. A case that is alive, or has come to its own
// end, is left alone.
func (t *Temporal) revive(ctx context.Context, a asked, reason string) error {
	return t.ask(ctx, question{asked: a, once: func(ctx context.Context) error {
		a, err := t.placed(ctx, a)
		if err != nil {
			return err
		}
		answer, err := t.client.DescribeWorkflow(ctx, a.id, "")
		if err != nil {
			return err
		}
		e := answer.RawResponse.GetWorkflowExecutionInfo()
		switch state := stateOf(e, somebody); {
		case state == OnFile:
			return &regime.Mistake{Reason: a.what + " has come to its own end and is on file; nothing brings it back."}
		case !(Standing{State: state}).Dead():
			return &regime.Mistake{Reason: a.what + " is not dead; nothing was done."}
		}
		first, step, err := t.lastStep(ctx, e.GetExecution())
		switch {
		case err != nil:
			return err
		case step == 0:
			return t.beginAgain(ctx, a.id, first)
		}
		_, err = t.client.ResetWorkflowExecution(ctx, &workflowservice.ResetWorkflowExecutionRequest{
			Namespace: t.namespace, WorkflowExecution: e.GetExecution(), Reason: reason,
			WorkflowTaskFinishEventId: step, RequestId: uuid.NewString()})
		return err
	}})
}

// beginAgain starts a run that died before any worker had begun with it, from what it was given.
func (t *Temporal) beginAgain(ctx context.Context, id string, first *historypb.HistoryEvent) error {
	was := first.GetWorkflowExecutionStartedEventAttributes()
	_, err := t.client.WorkflowService().StartWorkflowExecution(ctx, &workflowservice.StartWorkflowExecutionRequest{
		Namespace: t.namespace, WorkflowId: id, RequestId: uuid.NewString(),
		WorkflowType: was.GetWorkflowType(), TaskQueue: was.GetTaskQueue(), Input: was.GetInput(), Header: was.GetHeader(),
		SearchAttributes:      was.GetSearchAttributes(),
		WorkflowIdReusePolicy: enumspb.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE_FAILED_ONLY})
	return err
}

// lastStep is the first event of a run, and the last at which it can be taken up: the latest step
// that a worker has done, or begun. It is zero where none ever has.
func (t *Temporal) lastStep(ctx context.Context, run *commonpb.WorkflowExecution) (
	first *historypb.HistoryEvent, last int64, err error) {
	events := t.client.GetWorkflowHistory(ctx, run.GetWorkflowId(), run.GetRunId(), false,
		enumspb.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT)
	for events.HasNext() {
		e, err := events.Next()
		if err != nil {
			return nil, 0, err
		}
		if first == nil {
			first = e
		}
		if takesUp(e) {
			last = e.GetEventId()
		}
	}
	return first, last, nil
}

func takesUp(e *historypb.HistoryEvent) bool {
	switch e.GetEventType() {
	case enumspb.EVENT_TYPE_WORKFLOW_TASK_COMPLETED, enumspb.EVENT_TYPE_WORKFLOW_TASK_FAILED,
		enumspb.EVENT_TYPE_WORKFLOW_TASK_TIMED_OUT, enumspb.EVENT_TYPE_WORKFLOW_TASK_STARTED:
		return true
	}
	return false
}
