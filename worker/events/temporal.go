package events

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/temporal"

	"holdthering/regime/ledger"
	"holdthering/seal"
	"holdthering/signpost"
	"holdthering/workflows"
)

// Temporal is Cases on a Temporal server.
type Temporal struct{ Client client.Client }

// Take sends the events as one Update. Its id is a mark of this run of the program, so that a batch
// that is repeated word for word is answered by the server; after a restart by the case. A digest
// that others can make would let a person who knows all but one thing of a batch guess that thing.
func (t Temporal) Take(ctx context.Context, ref string, events []ledger.MailEvent) error {
	raw, err := json.Marshal(events)
	if err != nil {
		return err
	}
	id, isGroup := workflows.GroupOf(ref)
	if !isGroup {
		id, err = signpost.Case(ctx, t.Client, ref)
	}
	var absent *serviceerror.NotFound
	if errors.As(err, &absent) {
		return ErrNoCase
	}
	if err != nil {
		return err
	}
	handle, err := t.Client.UpdateWorkflow(ctx, client.UpdateWorkflowOptions{
		UpdateID: "events/" + seal.Keys(nil).Mark(string(raw)), WorkflowID: id,
		UpdateName: workflows.UpdateNoteDeliveries, Args: []any{workflows.Deliveries{Events: events}},
		WaitForStage: client.WorkflowUpdateStageCompleted,
	})
	if err == nil {
		err = handle.Get(ctx, nil)
	}
	if errors.As(err, &absent) {
		return t.absent(ctx, id)
	}
	return meaning(err)
}

// aliveAgain is how long a case that was ended may be brought back and must then have heard all: as
// long as a service goes on telling.
const aliveAgain = 72 * time.Hour

// errDead: a case was ended that had not come to its end, and may be brought back.
var errDead = errors.New("the case was ended before its end, and may be brought back")

// absent tells a case that was ended lately before its own end from one that is not there: what is told
// of its mails is to be told again, or a case that is brought back would never have it.
func (t Temporal) absent(ctx context.Context, id string) error {
	answer, err := t.Client.DescribeWorkflow(ctx, id, "")
	var absent *serviceerror.NotFound
	switch {
	case errors.As(err, &absent):
		return ErrNoCase
	case err != nil:
		return err
	}
	e := answer.RawResponse.GetWorkflowExecutionInfo()
	switch e.GetStatus() {
	case enumspb.WORKFLOW_EXECUTION_STATUS_TERMINATED, enumspb.WORKFLOW_EXECUTION_STATUS_FAILED,
		enumspb.WORKFLOW_EXECUTION_STATUS_CANCELED, enumspb.WORKFLOW_EXECUTION_STATUS_TIMED_OUT:
		if time.Since(e.GetCloseTime().AsTime()) < aliveAgain {
			return errDead
		}
	case enumspb.WORKFLOW_EXECUTION_STATUS_RUNNING: // it was brought back meanwhile
		return errDead
	}
	return ErrNoCase
}

// meaning tells what no case will take from a case that cannot be reached.
// A workflow of an earlier program knows no such Update: it takes the events once it goes on
// in a new run.
func meaning(err error) error {
	var refused *temporal.ApplicationError
	if errors.As(err, &refused) && refused.Type() == workflows.ErrorTypeMistake {
		return ErrNoCase // events that this program never makes
	}
	return err
}
