package workflows

import (
	"time"

	"go.temporal.io/sdk/workflow"
)

// keepTime is the one clock of the ledger. It waits on one durable timer for what falls due next,
// and works that out again each time an act has changed it. For a reminder that is told in working hours only it
// wakes no earlier than they begin.
func (d *runtime) keepTime(ctx workflow.Context) {
	w := d.alarms.place()
	for {
		at, why := d.nextWake()
		if !at.IsZero() && d.runDue(ctx) {
			continue
		}
		d.awaitIn(ctx, w.set(at, why), func() bool { return !d.ledger.WakesAt().Equal(at) })
	}
}

// nextWake is when the clock next has something to do, and what; zero where it has nothing. It is apart from keepTime so that the duty that is due
// lies on no stack which waits for months.
//
//go:noinline
func (d *runtime) nextWake() (at time.Time, why string) {
	alarm, _ := d.ledger.NextWake()
	return alarm.At, alarm.Says
}

// runDue does what has fallen due by now, if anything has.
func (d *runtime) runDue(ctx workflow.Context) bool {
	wakes, now := d.ledger.WakesAt(), d.now(ctx)
	if wakes.IsZero() || now.Before(wakes) {
		return false
	}
	d.catchUp(now)
	if alarm, owed := d.ledger.NextDue(); owed && !alarm.At.After(now) {
		d.ledger.Tick(now)
	}
	d.refresh(ctx)
	return true
}

// catchUp does at its own time what fell while the clock slept on, since it need not have been told yet. It comes
// before whatever else changes the ledger.
func (d *runtime) catchUp(now time.Time) {
	for at, ok := d.ledger.NextQuiet(now); ok; at, ok = d.ledger.NextQuiet(now) {
		d.ledger.Tick(at)
	}
}
