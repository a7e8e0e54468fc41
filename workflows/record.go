package workflows

import (
	"time"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"
)

// keepRecord puts the case on file outside Temporal: its history is evidence, not the
// register. A failure holds nothing up; the next chapter puts it on file again.
func (f *failureCase) keepRecord(ctx workflow.Context) {
	f.desk.keepRecord(ctx, "Case", Register{Case: f.c.Public()})
}

// keepRecord does the same for what a desk keeps; what is "Case" or "Group".
func (d *desk) keepRecord(ctx workflow.Context, what string, r Register) {
	r.Now = d.now(ctx)
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{
		StartToCloseTimeout: time.Minute,
		RetryPolicy:         &temporal.RetryPolicy{MaximumAttempts: 5},
		Summary:             what + " record put on file",
	})
	if err := workflow.ExecuteActivity(ctx, ActivityKeepRecord, r).Get(ctx, nil); err != nil {
		workflow.GetLogger(ctx).Warn(what+" record could not be put on file", "of", d.letterhead.Ref)
	}
}
