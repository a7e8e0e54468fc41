package timeskip

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	commonpb "go.temporal.io/api/common/v1"
	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/api/serviceerror"
	workflowpb "go.temporal.io/api/workflow/v1"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"
	"google.golang.org/protobuf/types/known/durationpb"
	"google.golang.org/protobuf/types/known/fieldmaskpb"
)

// ErrNotAllowed is the answer of a server that cannot skip time, or not in this namespace.
var ErrNotAllowed = errors.New("this server does not skip time in this namespace")

// ErrClosed says that the workflow came to its end before the whole duration had gone by.
var ErrClosed = errors.New("the workflow closed before the time was over")

// maxSkips ends a call in which a workflow wakes again and again, such as an activity that never
// succeeds. A year of a case is near 120 skips; the server's own default of 200 is too near to it.
const maxSkips = 2000

// Clock moves the clocks of the workflows of one namespace. Namespace is the one that Client was
// dialled with.
type Clock struct {
	Client    client.Client
	Namespace string
}

// Forward lets d pass for the workflow with this ID, across continue-as-new, and returns when it
// has. What falls due exactly at the end may still be under way then. It waits for a server that is
// started anew meanwhile, as long as ctx lasts.
func (c Clock) Forward(ctx context.Context, workflowID string, d time.Duration) error {
	if d <= 0 {
		return fmt.Errorf("forward by %v: the duration must be positive", d)
	}
	if err := c.letDueTimersFire(ctx, workflowID); err != nil {
		return fmt.Errorf("forward %s by %v: %w", workflowID, d, explain(err))
	}
	id := uuid.NewString()
	if err := c.start(ctx, workflowID, id, d); err != nil {
		return fmt.Errorf("forward %s by %v: %w", workflowID, d, explain(err))
	}
	for {
		done, err := c.reached(ctx, workflowID, id)
		switch {
		case done:
			return nil
		case away(err) && ctx.Err() == nil:
			time.Sleep(time.Second) // what was begun goes on in the server that comes back
		case err != nil:
			return fmt.Errorf("forward %s by %v: %w", workflowID, d, explain(err))
		}
	}
}

// Now is the time on the workflow's own clock.
func (c Clock) Now(ctx context.Context, workflowID string) (time.Time, error) {
	answer, err := c.Client.DescribeWorkflow(ctx, workflowID, "")
	if err != nil {
		return time.Time{}, err
	}
	skipped := answer.RawResponse.GetWorkflowExtendedInfo().GetTimeSkippingInfo().GetCurrentTime()
	if skipped == nil {
		return time.Now(), nil
	}
	return skipped.AsTime(), nil
}

func (c Clock) start(ctx context.Context, workflowID, id string, d time.Duration) error {
	_, err := c.Client.WorkflowService().UpdateWorkflowExecutionOptions(ctx,
		&workflowservice.UpdateWorkflowExecutionOptionsRequest{
			Namespace:         c.Namespace,
			WorkflowExecution: &commonpb.WorkflowExecution{WorkflowId: workflowID},
			WorkflowExecutionOptions: &workflowpb.WorkflowExecutionOptions{
				TimeSkippingConfig: &commonpb.TimeSkippingConfig{
					Enabled:             true,
					MaxSessionSkipCount: maxSkips,
					FastForwardConfig: &commonpb.FastForwardConfig{
						Id: id, Duration: durationpb.New(d),
					},
				},
			},
			UpdateMask: &fieldmaskpb.FieldMask{Paths: []string{"time_skipping_config"}},
		})
	return err
}

// reached waits for as long as one poll lasts on the server, about 20 s. The poll names no run, so
// it follows the workflow into the run that continues it.
func (c Clock) reached(ctx context.Context, workflowID, id string) (bool, error) {
	answer, err := c.Client.WorkflowService().PollWorkflowExecutionTimeSkipping(ctx,
		&workflowservice.PollWorkflowExecutionTimeSkippingRequest{
			Namespace:         c.Namespace,
			WorkflowExecution: &commonpb.WorkflowExecution{WorkflowId: workflowID},
			FastForwardId:     id,
		})
	if err != nil {
		return false, err
	}
	switch answer.GetFastForwardPollingResult() {
	case enumspb.FAST_FORWARD_POLLING_RESULT_FAST_FORWARD_COMPLETED:
		return true, nil
	case enumspb.FAST_FORWARD_POLLING_RESULT_FAST_FORWARD_FAILED:
		return false, c.whyNot(ctx, workflowID, answer.GetFailedReason())
	default:
		return false, nil
	}
}

// whyNot tells a workflow that ended from one whose clock somebody else took over.
func (c Clock) whyNot(ctx context.Context, workflowID, reason string) error {
	answer, err := c.Client.DescribeWorkflow(ctx, workflowID, "")
	if err != nil {
		return fmt.Errorf("%s (%w)", reason, err)
	}
	status := answer.RawResponse.GetWorkflowExecutionInfo().GetStatus()
	if status != enumspb.WORKFLOW_EXECUTION_STATUS_RUNNING {
		return ErrClosed
	}
	return errors.New(reason)
}

// away is a server that is gone for the moment, as when it is started anew.
func away(err error) bool {
	var unavailable *serviceerror.Unavailable
	return errors.As(err, &unavailable)
}

func explain(err error) error {
	var unimplemented *serviceerror.Unimplemented
	if errors.As(err, &unimplemented) {
		return fmt.Errorf("%w: %w", ErrNotAllowed, err)
	}
	return err
}
