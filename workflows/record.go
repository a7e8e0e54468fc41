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

// mostTries is how often it is tried to put a chapter on file where the folder takes nothing, as on
// a full disk, a minute apart: a day is long enough for somebody to make room, and short of what a
// history can grow by.
const mostTries = 24 * 60

// keepRecord does the same for what a desk keeps; what is "Case" or "Group". Acts, the clock and
// the post go on meanwhile.
func (d *desk) keepRecord(ctx workflow.Context, what string, r Register) {
	r.Now = d.now(ctx)
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{
		StartToCloseTimeout: time.Minute,
		RetryPolicy:         &temporal.RetryPolicy{MaximumInterval: time.Minute, MaximumAttempts: mostTries},
		Summary:             what + " record put on file",
	})
	if err := workflow.ExecuteActivity(ctx, ActivityKeepRecord, r).Get(ctx, nil); err != nil {
		workflow.GetLogger(ctx).Warn(what+" record could not be put on file", "of", d.letterhead.Ref)
	}
}
