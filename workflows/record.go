package workflows

import (
	"time"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"
)

// keepRecord puts the case on file outside Temporal: its history is evidence, not the
// register. A failure holds nothing up; the next chapter puts it on file again.
func (f *failureCase) keepRecord(ctx workflow.Context) {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{
		StartToCloseTimeout: time.Minute,
		RetryPolicy:         &temporal.RetryPolicy{MaximumAttempts: 5},
		Summary:             "Case record put on file",
	})
	err := workflow.ExecuteActivity(ctx, ActivityKeepRecord,
		Register{Case: f.c.Public(), Now: f.now(ctx)}).Get(ctx, nil)
	if err != nil {
		workflow.GetLogger(ctx).Warn("The case record could not be put on file", "case", f.c.Ref)
	}
}
