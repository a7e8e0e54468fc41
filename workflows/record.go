package workflows

import (
	"time"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"holdthering/message"
)

// keepRecord puts the case on file outside Temporal: its history is evidence, not the
// register. A failure holds nothing up; it is shown, and tried again.
func (f *failureCase) keepRecord(ctx workflow.Context) {
	f.runtime.keepRecord(ctx, "Case", message.Register{Case: f.c.Public()})
}

// maxTries is how often it is tried to put a chapter on file where the folder takes nothing, as on
// a full disk, a minute apart: a day is long enough for somebody to make room, and short of what a
// history can grow by.
const maxTries = 24 * 60

// keepRecord does the same for what a runtime keeps; what is "Case" or "Group". Acts, the clock and
// the post go on meanwhile.
func (d *runtime) keepRecord(ctx workflow.Context, what string, r message.Register) {
	r.Now, r.Filed = d.now(ctx), d.filing.Last
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{
		StartToCloseTimeout: time.Minute,
		RetryPolicy:         &temporal.RetryPolicy{MaximumInterval: time.Minute, MaximumAttempts: maxTries},
		Summary:             what + " record put on file",
	})
	var filed message.Filed
	before := d.filing.Trouble()
	err := workflow.ExecuteActivity(ctx, message.ActivityKeepRecord, r).Get(ctx, &filed)
	switch {
	case err != nil && d.filing.Failing.IsZero():
		d.filing.Failing = r.Now
		workflow.GetLogger(ctx).Error(what+" record could not be put on file", "of", d.batchTemplate.Ref)
	case err != nil:
	default:
		d.filing = message.Filing{Last: r.Now}
		if filed.Apart {
			d.filing.Apart = r.Now
			workflow.GetLogger(ctx).Warn(what+" record went to another folder than before: workers keep records "+
				"in several, and the one there is out of date", "of", d.batchTemplate.Ref)
		}
	}
	if d.filing.Trouble() != before {
		d.refresh(ctx)
	}
}

// anotherTry is how long after a failure the record is put on file again.
const anotherTry = time.Hour

// refile tries again what could not be put on file.
func (d *runtime) refile(ctx workflow.Context, keep func(workflow.Context)) {
	for {
		d.await(ctx, time.Time{}, "", func() bool { return !d.filing.Failing.IsZero() })
		d.await(ctx, d.now(ctx).Add(anotherTry), "The record could not be put on file: another try", func() bool {
			return d.filing.Failing.IsZero()
		})
		if !d.filing.Failing.IsZero() {
			keep(ctx)
		}
	}
}
