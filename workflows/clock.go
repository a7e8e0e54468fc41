package workflows

import (
	"time"

	"go.temporal.io/sdk/workflow"
)

// keepTime is the one clock of the case: it waits on one durable timer for what falls due
// next, and works that out anew whenever an act has changed it.
func (f *failureCase) keepTime(ctx workflow.Context) {
	for {
		alarm, owed := f.c.NextAlarm()
		if !owed {
			f.await(ctx, time.Time{}, "", func() bool { _, ok := f.c.NextAlarm(); return ok })
			continue
		}
		if now := f.now(ctx); !now.Before(alarm.At) {
			f.c.Tick(now)
			f.show(ctx)
			continue
		}
		f.await(ctx, alarm.At, alarm.Says, func() bool {
			next, ok := f.c.NextAlarm()
			return !ok || !next.At.Equal(alarm.At)
		})
	}
}
