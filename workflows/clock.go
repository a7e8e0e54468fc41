package workflows

import (
	"time"

	"go.temporal.io/sdk/workflow"
)

// keepTime is the one clock of the ledger: it waits on one durable timer for what falls due
// next, and works that out anew whenever an act has changed it.
func (d *desk) keepTime(ctx workflow.Context) {
	for {
		alarm, owed := d.ledger.NextAlarm()
		if !owed {
			d.await(ctx, time.Time{}, "", func() bool { _, ok := d.ledger.NextAlarm(); return ok })
			continue
		}
		if now := d.now(ctx); !now.Before(alarm.At) {
			d.ledger.Tick(now)
			d.refresh(ctx)
			continue
		}
		d.await(ctx, alarm.At, alarm.Says, func() bool {
			next, ok := d.ledger.NextAlarm()
			return !ok || !next.At.Equal(alarm.At)
		})
	}
}
