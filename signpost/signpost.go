// Package signpost leads from the reference of a case to its workflow. The workflow's id names the provider, so that
// whoever reads a list of them understands it; people, mails and links know the case by its reference alone.
//
// A signpost is a workflow under an id that is made of the reference, and its memo says where the case is. It is put up
// before the case begins, and never begins itself: no worker is asked for anything. The server holds one workflow of an
// id, so that a reference leads to one case, whoever puts it up in the same second; and it knows at once what it holds,
// where its lists lag behind. A case that has the signpost's own id is found there itself.
package signpost

import (
	"context"
	"errors"
	"fmt"
	"time"

	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/converter"

	"holdthering/workflows"
)

// Type is the name of the workflow that no program has.
const Type = "Signpost"

const (
	queue = "holdthering-signposts" // on which nobody asks for work
	never = 100 * 365 * 24 * time.Hour
	field = "case" // of the memo; a text, which is not sealed
)

// Put puts up the signpost of a case about the provider with that code, and says where it leads: elsewhere than
// workflows.CaseID where the reference was taken before.
func Put(ctx context.Context, c client.Client, ref, code string) (id string, err error) {
	id = workflows.CaseID(code, ref)
	if id == workflows.SignpostID(ref) {
		return id, nil
	}
	_, err = c.ExecuteWorkflow(ctx, client.StartWorkflowOptions{
		ID: workflows.SignpostID(ref), TaskQueue: queue, StartDelay: never,
		StaticSummary: "Leads from the reference to " + id + ": leave it alone", Memo: map[string]any{field: id},
		WorkflowIDReusePolicy:                    enumspb.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE,
		WorkflowExecutionErrorWhenAlreadyStarted: true,
	}, Type)
	var there *serviceerror.WorkflowExecutionAlreadyStarted
	if errors.As(err, &there) {
		return Case(ctx, c, ref)
	}
	return id, err
}

// Case is the id of the workflow of a case. The error is a *serviceerror.NotFound where there never was one.
func Case(ctx context.Context, c client.Client, ref string) (id string, err error) {
	own := workflows.SignpostID(ref)
	answer, err := c.DescribeWorkflow(ctx, own, "")
	if err != nil {
		return "", err
	}
	e := answer.RawResponse.GetWorkflowExecutionInfo()
	if e.GetType().GetName() != Type {
		return own, nil
	}
	if err := converter.GetDefaultDataConverter().FromPayload(e.GetMemo().GetFields()[field], &id); err != nil {
		return "", fmt.Errorf("where %s leads: %w", own, err)
	}
	return id, nil
}
