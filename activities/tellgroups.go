package activities

import (
	"context"
	"errors"
	"fmt"

	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/temporal"

	"holdthering/message"
	"holdthering/regime/surveillance"
	"holdthering/workflows"
)

// updater is the part of a Temporal client that news is brought by.
type updater interface {
	UpdateWorkflow(context.Context, client.UpdateWorkflowOptions) (client.WorkflowUpdateHandle, error)
}

// TellGroups brings news to the surveillance groups that it concerns. A group that does not
// run, or that does not take the news, is passed over: the sender neither needs nor awaits
// any. The error is what may be mended by trying again.
func (a *Activities) TellGroups(ctx context.Context, n message.News) error {
	return tellGroups(ctx, activity.GetClient(ctx), n)
}

func tellGroups(ctx context.Context, c updater, n message.News) error {
	var failed []error
	for _, place := range n.Groups {
		if err := tellGroup(ctx, c, place, n); err != nil {
			failed = append(failed, fmt.Errorf("group %s: %w", place, err))
		}
	}
	return errors.Join(failed...)
}

func tellGroup(ctx context.Context, c updater, place string, n message.News) error {
	act := n.Act()
	handle, err := c.UpdateWorkflow(ctx, client.UpdateWorkflowOptions{
		UpdateID: n.Request.Key, WorkflowID: workflows.GroupID(place),
		UpdateName: surveillance.VerbOf(act).Name(), Args: []any{n.Request, act},
		WaitForStage: client.WorkflowUpdateStageCompleted,
	})
	if err == nil {
		err = handle.Get(ctx, nil)
	}
	var absent *serviceerror.NotFound
	var refused *temporal.ApplicationError
	switch {
	case errors.As(err, &absent):
		return nil
	case errors.As(err, &refused) && refused.NonRetryable():
		activity.GetLogger(ctx).Warn("A surveillance group does not take the news", "group", place,
			"reason", refused.Message())
		return nil
	}
	return err
}
