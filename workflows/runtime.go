package workflows

import (
	"time"

	"go.temporal.io/sdk/workflow"

	"holdthering/message"
	"holdthering/regime"
	"holdthering/regime/ledger"
)

// subject is what a runtime keeps: a *failure.Case or a *surveillance.Group.
type subject interface {
	message.Source
	NextDue() (ledger.NextDue, bool)
	NextWake() (ledger.NextDue, bool)
	WakesAt() time.Time
	NextQuiet(now time.Time) (time.Time, bool)
	Tick(now time.Time)
	ToSend(now time.Time) []ledger.Notice
	AnyToSend(now time.Time) bool
	FreshNotices() []ledger.Notice
	Unsent() bool
	NextRetry() time.Time
	RecordSent(ts []ledger.SendResult, now time.Time)
	RecordDeliveryEvents(es []ledger.MailEvent, now time.Time) int
	HeldMails(now time.Time) (ledger.HeldMails, bool)
	Labels() regime.Labels
}

// runtime is where a ledger is at work: with its time, its one clock and its post.
type runtime struct {
	ledger subject
	// batchTemplate is what every batch of notices says of its sender.
	batchTemplate message.Batch
	offset        time.Duration // see Input.ClockOffset
	sending       bool
	filing        message.Filing
	files         files
	alarms        alarms
	// refresh brings what the Temporal UI shows up to date.
	refresh func(workflow.Context)
}

// now is the ledger's own time.
func (d *runtime) now(ctx workflow.Context) time.Time {
	return workflow.Now(ctx).Add(d.offset).UTC()
}

// await waits for a condition, or for a moment of the ledger's own time if one is given. The
// context is never cancelled, so there is no error to hand on.
func (d *runtime) await(ctx workflow.Context, until time.Time, why string, cond func() bool) {
	w := d.alarms.place()
	defer d.alarms.leave(w)
	d.awaitIn(ctx, w.set(until, why), cond)
}

// awaitIn does so for one that has a place among the alarms.
func (d *runtime) awaitIn(ctx workflow.Context, w *wait, cond func() bool) {
	for {
		d.setAlarms(ctx)
		_ = workflow.Await(ctx, func() bool { return !d.alarms.right(d.now(ctx)) || w.over(d.now(ctx)) || cond() })
		if w.over(d.now(ctx)) || cond() {
			return
		}
	}
}

// summary keeps to what is read at a glance in the Temporal UI, which shows 200 characters: each stands in the history.
func summary(s string) string {
	const most = 120
	if len(s) <= most {
		return s
	}
	r := []rune(s)
	for len(string(r)) > most-3 {
		r = r[:len(r)-1]
	}
	return string(r) + "..."
}
