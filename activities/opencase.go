package activities

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/google/uuid"
	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/api/serviceerror"
	workflowpb "go.temporal.io/api/workflow/v1"
	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/temporal"

	"holdthering/regime"
	"holdthering/regime/failure"
	"holdthering/regime/ledger"
	"holdthering/signpost"
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
	id, err := signpost.Put(ctx, c, ref, o.Opening.Provider.Code)
	if err != nil {
		return receipt, err
	}
	if id != workflows.CaseID(o.Opening.Provider.Code, ref) && id != workflows.SignpostID(ref) {
		return receipt, temporal.NewNonRetryableApplicationError("this key has opened case "+ref+" about another provider; "+
			"leave --key out, or take another", workflows.ErrorTypeMistake, nil)
	}
	handle, err := c.UpdateWithStartWorkflow(ctx, client.UpdateWithStartWorkflowOptions{
		StartWorkflowOperation: c.NewWithStartWorkflowOperation(client.StartWorkflowOptions{
			ID:                       id,
			TaskQueue:                workflows.TaskQueue,
			StaticSummary:            "Case " + ref,
			WorkflowIDConflictPolicy: enumspb.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING,
			WorkflowIDReusePolicy:    enumspb.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE,
		}, workflows.CaseWorkflow, workflows.Input{Schema: failure.Schema, Opening: &o.Opening}),
		UpdateOptions: client.UpdateWorkflowOptions{UpdateID: uuid.NewString(), WorkflowID: id,
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
		e, err := caseOf(ctx, activity.GetClient(ctx), ref)
		var none *serviceerror.NotFound
		switch {
		case errors.As(err, &none):
			continue
		case err != nil:
			return nil, err
		}
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

func caseOf(ctx context.Context, c client.Client, ref string) (*workflowpb.WorkflowExecutionInfo, error) {
	id, err := signpost.Case(ctx, c, ref)
	if err != nil {
		return nil, err
	}
	answer, err := c.DescribeWorkflow(ctx, id, "")
	if err != nil {
		return nil, err
	}
	return answer.RawResponse.GetWorkflowExecutionInfo(), nil
}
