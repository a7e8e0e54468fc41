package workflows

import (
	"slices"
	"time"

	"go.temporal.io/sdk/workflow"
)

// alarms are the timers of a workflow, for all that it waits for together: at each time one at least runs, for
// the next moment. One that was started for a later moment stays, since what came between seldom changes
// it; one that has become too early is cancelled, so that nothing ever wakes for nothing.
type alarms struct {
	waits   []*wait
	running []running // the earliest first
}

// wait is a moment that somebody waits for, by the ledger's own time; zero is none.
type wait struct {
	at  time.Time
	why string
}

type running struct {
	at     time.Time
	timer  workflow.Future
	cancel workflow.CancelFunc
}

// place is where one that waits again and again keeps its moment. It counts until the next is put there.
func (a *alarms) place() *wait {
	w := &wait{}
	a.waits = append(a.waits, w)
	return w
}

// set makes it another moment.
func (w *wait) set(at time.Time, why string) *wait {
	w.at, w.why = at, why
	return w
}

// over reports whether it has come.
func (w *wait) over(now time.Time) bool { return !w.at.IsZero() && !now.Before(w.at) }

func (a *alarms) leave(w *wait) {
	a.waits = slices.DeleteFunc(a.waits, func(o *wait) bool { return o == w })
}

// next is the first moment after now that is waited for; nil where there is none.
func (a *alarms) next(now time.Time) *wait {
	var first *wait
	for _, w := range a.waits {
		if w.at.After(now) && (first == nil || w.at.Before(first.at)) {
			first = w
		}
	}
	return first
}

// right reports whether the timers are those that are needed.
func (a *alarms) right(now time.Time) bool {
	next := a.next(now)
	switch {
	case next == nil:
		return len(a.running) == 0
	case len(a.running) == 0 || a.running[0].timer.IsReady() || a.running[0].at.Before(next.at):
		return false
	}
	return a.running[0].at.Equal(next.at)
}

// setAlarms starts and cancels timers as what is waited for has changed.
func (d *runtime) setAlarms(ctx workflow.Context) {
	a, now := &d.alarms, d.now(ctx)
	next := a.next(now)
	for len(a.running) > 0 && (next == nil || a.running[0].timer.IsReady() || a.running[0].at.Before(next.at)) {
		a.running[0].cancel()
		a.running = a.running[1:]
	}
	if next == nil || len(a.running) > 0 && a.running[0].at.Equal(next.at) {
		return
	}
	timed, cancel := workflow.WithCancel(ctx)
	timer := workflow.NewTimerWithOptions(timed, next.at.Sub(now), workflow.TimerOptions{Summary: summary(next.why)})
	a.running = slices.Insert(a.running, 0, running{next.at, timer, cancel})
}
