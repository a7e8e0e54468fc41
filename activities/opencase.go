package activities

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/google/uuid"
	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/temporal"

	"holdthering/regime"
	"holdthering/regime/failure"
	"holdthering/regime/ledger"
	"holdthering/workflows"
)

// OpenCase begins a case with its first act, or does the act in the case where an earlier try has
// begun it: the case knows the key.
func (a *Activities) OpenCase(ctx context.Context, o workflows.CaseOpening) (ledger.Receipt, error) {
	var receipt ledger.Receipt
	verb, known := failure.VerbNamed(o.Verb)
	if !known {
		return receipt, temporal.NewNonRetryableApplicationError("there is no act "+o.Verb, workflows.ErrorTypeMistake, nil)
	}
	act := verb.New()
	if err := json.Unmarshal(o.Act, act); err != nil {
		return receipt, temporal.NewNonRetryableApplicationError(err.Error(), workflows.ErrorTypeMistake, nil)
	}
	c := activity.GetClient(ctx)
	ref := o.Opening.Ref
	handle, err := c.UpdateWithStartWorkflow(ctx, client.UpdateWithStartWorkflowOptions{
		StartWorkflowOperation: c.NewWithStartWorkflowOperation(client.StartWorkflowOptions{
			ID:                       workflows.CaseID(ref),
			TaskQueue:                workflows.TaskQueue,
			StaticSummary:            "Case " + ref,
			WorkflowIDConflictPolicy: enumspb.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING,
			WorkflowIDReusePolicy:    enumspb.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE,
		}, workflows.CaseWorkflow, workflows.Input{Schema: failure.Schema, Opening: &o.Opening}),
		UpdateOptions: client.UpdateWorkflowOptions{UpdateID: uuid.NewString(), WorkflowID: workflows.CaseID(ref),
			UpdateName: o.Verb, Args: []any{o.Request, act}, WaitForStage: client.WorkflowUpdateStageCompleted},
	})
	if err == nil {
		err = handle.Get(ctx, &receipt)
	}
	var ended *serviceerror.WorkflowExecutionAlreadyStarted
	if errors.As(err, &ended) {
		return receipt, temporal.NewNonRetryableApplicationError("the case has ended", workflows.ErrorTypeEnded, nil)
	}
	return receipt, err
}

// StandingCases are those of the cases that are open: at work, and not closed.
func (a *Activities) StandingCases(ctx context.Context, refs []string) ([]string, error) {
	var open []string
	for _, ref := range refs {
		answer, err := activity.GetClient(ctx).DescribeWorkflow(ctx, workflows.CaseID(ref), "")
		var none *serviceerror.NotFound
		switch {
		case errors.As(err, &none):
			continue
		case err != nil:
			return nil, err
		}
		e := answer.RawResponse.GetWorkflowExecutionInfo()
		var stage regime.Stage
		if p := e.GetSearchAttributes().GetIndexedFields()[workflows.AttrStage.GetName()]; p != nil {
			if err := converter.GetDefaultDataConverter().FromPayload(p, &stage); err != nil {
				return nil, err
			}
		}
		if e.GetCloseTime() == nil && stage != regime.Closed {
			open = append(open, ref)
		}
	}
	return open, nil
}
