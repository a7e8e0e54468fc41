package events

import (
	"context"
	"encoding/json"
	"errors"

	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/temporal"

	"holdthering/regime/ledger"
	"holdthering/seal"
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
	handle, err := t.Client.UpdateWorkflow(ctx, client.UpdateWorkflowOptions{
		UpdateID: "events/" + seal.Keys(nil).Mark(string(raw)), WorkflowID: workflows.WorkflowOf(ref),
		UpdateName: workflows.UpdateNoteDeliveries, Args: []any{workflows.Deliveries{Events: events}},
		WaitForStage: client.WorkflowUpdateStageCompleted,
	})
	if err == nil {
		err = handle.Get(ctx, nil)
	}
	return meaning(err)
}

// meaning tells a case that is not there, or not any more, from one that cannot be reached.
// A workflow of an earlier program knows no such Update: it takes the events once it goes on
// in a new run.
func meaning(err error) error {
	var absent *serviceerror.NotFound
	var noNamespace *serviceerror.NamespaceNotFound
	var refused *temporal.ApplicationError
	switch {
	case errors.As(err, &noNamespace):
		return err
	case errors.As(err, &absent):
		return ErrNoCase
	case errors.As(err, &refused) && refused.Type() == workflows.ErrorTypeMistake:
		return ErrNoCase // events that this program never makes
	}
	return err
}
