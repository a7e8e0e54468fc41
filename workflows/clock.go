package workflows

import (
	"time"

	"go.temporal.io/sdk/workflow"
)

// keepTime is the one clock of the ledger. It waits on one durable timer for what falls due next,
// and works that out again each time an act has changed it.
func (d *runtime) keepTime(ctx workflow.Context) {
	w := d.alarms.place()
	for {
		alarm, owed := d.ledger.NextDue()
		if !owed {
			d.awaitIn(ctx, w, time.Time{}, "", func() bool { _, ok := d.ledger.NextDue(); return ok })
			continue
		}
		if d.runDue(ctx) {
			continue
		}
		d.awaitIn(ctx, w, alarm.At, alarm.Says, func() bool {
			next, ok := d.ledger.NextDue()
			return !ok || !next.At.Equal(alarm.At)
		})
	}
}

// runDue does what has fallen due by now, if anything has.
func (d *runtime) runDue(ctx workflow.Context) bool {
	alarm, owed := d.ledger.NextDue()
	now := d.now(ctx)
	if !owed || now.Before(alarm.At) {
		return false
	}
	d.ledger.Tick(now)
	d.refresh(ctx)
	return true
}
