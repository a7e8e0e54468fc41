package workflows

import (
	"time"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"holdthering/message"
	"holdthering/regime/calendar"
)

// files is how a case or a group is put on file.
type files struct {
	what string // "Case" or "Group", for who looks at the history
	// carried is what there is of it, as everybody may see it; over what may leave, nil where nothing may.
	carried func() message.Register
	over    func(time.Time) *message.Part
	letGo   func(p *message.Part, digest string, now time.Time)
	// written is how much stands in its entries, lastEntry the number of the latest.
	written   func() int
	lastEntry func() int
	opened    time.Time
	// turned reports whether something has happened since that people will look for in the record.
	turned func() bool
	// mark remembers the current state; calling its result records that this state is on file.
	mark func() func()

	turn  workflow.Mutex
	entry int // the latest that is on file
}

const (
	// filedAfter is after how long what has happened is on file at the latest, if it is awake then: longer than from
	// one monthly report to the next, at which it is put there anyway.
	filedAfter = 35 * 24 * time.Hour
	// mostWritten is how much may be written in entries, in bytes, before those that no rule asks for leave.
	mostWritten = 192 << 10
)

// A folder that takes nothing, as on a full disk, is tried for a day, after waits that grow from a second to an
// hour: long enough for somebody to make room, and short of what a history can grow by.
const (
	longestWait = time.Hour
	maxTries    = 36
)

// keepRecord puts a case or group on file outside Temporal: its history is evidence, not the register.
// What is over leaves it then, once the register has it. A failure holds nothing up; it is shown, and tried
// again. Acts, the clock and the post go on meanwhile.
func (d *runtime) keepRecord(ctx workflow.Context) { d.putOnFile(ctx, false) }

func (d *runtime) putOnFile(ctx workflow.Context, unread bool) {
	_ = d.files.turn.Lock(ctx) // the context is never cancelled
	defer d.files.turn.Unlock()
	for {
		r := d.files.carried()
		r.Part, r.Now, r.Filed = d.files.over(d.now(ctx)), d.now(ctx), d.filing.Last
		more := r.Part != nil && d.files.big(r.Part)
		r.Unread = unread || more
		entry, filed := d.files.lastEntry(), d.files.mark()
		kept, left := d.put(ctx, r)
		if !kept {
			return
		}
		d.files.entry = entry
		if !more || !left {
			filed()
			return
		}
	}
}

// big reports whether a part is so full that more may have been left for the next.
func (f *files) big(p *message.Part) bool {
	if p.Case != nil {
		return p.Case.Full()
	}
	return p.Group.Full()
}

// put does it once, and reports whether it is on file now, and whether something has left for the register.
func (d *runtime) put(ctx workflow.Context, r message.Register) (kept, left bool) {
	filed, err := d.file(ctx, r)
	before := d.filing.Trouble()
	log, ref := workflow.GetLogger(ctx), d.batchTemplate.Ref
	switch {
	case err != nil:
	case filed.Behind:
		d.filing.Apart, d.filing.Failing = r.Now, r.Now
		log.Error(d.files.what+" record could not be put on file: the register here lacks what was put there before. "+
			"Give all workers one folder, or put the register back", "of", ref)
	default:
		d.filing = message.Filing{Last: r.Now}
		if filed.Apart {
			d.filing.Apart = r.Now
			log.Warn(d.files.what+" record went to another folder than before: workers keep records "+
				"in several, and the one there is out of date", "of", ref)
		}
		if left = r.Part != nil && filed.Digest != ""; left {
			d.files.letGo(r.Part, filed.Digest, d.now(ctx))
		}
	}
	if d.filing.Trouble() != before {
		d.refresh(ctx)
	}
	return err == nil && !filed.Behind, left
}

// atOnce is how long the worker that has the case may take to put it on file before that becomes an activity
// that is tried for long. It is well within the time that a server gives a worker for a step.
const atOnce = 5 * time.Second

// file has the worker that has the case put it on file, which leaves nothing in the history but the answer. Where
// it cannot, that is shown at once, and any worker tries, for a day.
func (d *runtime) file(ctx workflow.Context, r message.Register) (filed message.Filed, err error) {
	said := d.files.what + " record put on file"
	if d.filing.Failing.IsZero() {
		here := workflow.WithLocalActivityOptions(ctx, workflow.LocalActivityOptions{
			ScheduleToCloseTimeout: atOnce, StartToCloseTimeout: atOnce,
			RetryPolicy: &temporal.RetryPolicy{MaximumAttempts: 1}, Summary: said,
		})
		// What is in r is a copy: what is typed goes on meanwhile.
		if err = workflow.ExecuteLocalActivity(here, message.ActivityKeepRecord, r).Get(ctx, &filed); err == nil {
			return filed, nil
		}
		d.filing.Failing = r.Now
		workflow.GetLogger(ctx).Error(d.files.what+" record could not be put on file; it is tried again", "of", d.batchTemplate.Ref)
		d.refresh(ctx)
	}
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{
		StartToCloseTimeout: 2 * time.Minute,
		RetryPolicy:         &temporal.RetryPolicy{MaximumInterval: longestWait, MaximumAttempts: maxTries},
		Summary:             said,
	})
	err = workflow.ExecuteActivity(ctx, message.ActivityKeepRecord, r).Get(ctx, &filed)
	return filed, err
}

// anotherTry is how long after a failure the record is put on file again.
const anotherTry = time.Hour

// keepOnFile puts it on file when something has happened that people will look for, now and then
// otherwise, and again where it could not be.
func (d *runtime) keepOnFile(ctx workflow.Context) {
	for {
		if !d.filing.Failing.IsZero() {
			d.await(ctx, d.now(ctx).Add(anotherTry), "The record could not be put on file: another try", func() bool {
				return d.filing.Failing.IsZero()
			})
			if !d.filing.Failing.IsZero() {
				d.keepRecord(ctx)
			}
			continue
		}
		d.await(ctx, time.Time{}, "", func() bool {
			return !d.filing.Failing.IsZero() || d.toBeFiled(ctx) || d.writtenFull()
		})
		if d.filing.Failing.IsZero() {
			d.putOnFile(ctx, !d.toBeFiled(ctx))
		}
	}
}

// toBeFiled waits until the mails about what has happened have gone, so that the record says so.
func (d *runtime) toBeFiled(ctx workflow.Context) bool {
	if !d.allSent() || d.files.lastEntry() == d.files.entry {
		return false
	}
	return d.files.turned() || !d.now(ctx).Before(calendar.Latest(d.files.opened, d.filing.Last).Add(filedAfter))
}

// writtenFull: so much is written that what no rule asks for leaves at once.
func (d *runtime) writtenFull() bool {
	return d.files.written() > mostWritten && d.files.lastEntry() > d.files.entry
}
