package workflows

import (
	"time"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"holdthering/message"
)

// ReaderWorkflow is the name under which Reader is registered.
const ReaderWorkflow = "Reader"

// Reader lets a program without access to the folder read a register: a worker that has the folder reads it.
// It has no part in the case.
func Reader(ctx workflow.Context, r message.Reading) (out message.Read, err error) {
	err = workflow.ExecuteActivity(workflow.WithActivityOptions(ctx, workflow.ActivityOptions{
		StartToCloseTimeout:    time.Minute,
		ScheduleToCloseTimeout: 2 * time.Minute,
		RetryPolicy:            &temporal.RetryPolicy{MaximumAttempts: 3},
		Summary:                "Register read",
	}), message.ActivityReadRegister, r).Get(ctx, &out)
	return out, err
}
