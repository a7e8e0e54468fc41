package ledger

import (
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
)

// A reminder that falls outside working hours waits for them, so that nobody need be awake when it does: who keeps
// the clock may do it when the hours begin, or before anything else happens, at its own time all the same. Such a
// moment is quiet, as is that of a reminder which is passed over; all others are loud.

// NextWake is the next moment at which somebody must be there: NextDue, but where only what is quiet falls then, when
// it is to be told.
func (l *Ledger) NextWake() (NextDue, bool) {
	at, d := l.firstOf(l.wakes)
	return l.dueAt(at, d)
}

// WakesAt is when NextWake is, without what falls then; zero where nothing is owed.
func (l *Ledger) WakesAt() time.Time {
	at, _ := l.firstOf(l.wakes)
	if at == never {
		return time.Time{}
	}
	return at
}

// NextQuiet is the first moment that has passed by now and was quiet, and with nothing loud before it; ok is false
// where there is none.
func (l *Ledger) NextQuiet(now time.Time) (at time.Time, ok bool) {
	if at, _ = l.nextCheck(); at.After(now) {
		return at, false
	}
	loud, _ := l.firstOf(l.nextLoud)
	return at, at.Before(loud)
}

// wakes is when somebody must be there for the duty.
func (l *Ledger) wakes(d *Duty) time.Time {
	return l.checkedAt(d, func(told time.Time) time.Time { return told })
}

// nextLoud is the duty's first moment that is not quiet.
func (l *Ledger) nextLoud(d *Duty) time.Time {
	return l.checkedAt(d, func(time.Time) time.Time { return never })
}

// checkedAt is nextCheckOf with another moment for the rungs that are quiet, by when they are told.
func (l *Ledger) checkedAt(d *Duty, quiet func(told time.Time) time.Time) time.Time {
	row := l.subject.Profile().DutyRow(d.Kind)
	return nextMoment(row, d, func(rung *regime.Rung, at time.Time) time.Time {
		if l.subject.Holds(rung.Unless, *d) { // it is passed over, unless something changes before
			return quiet(never)
		}
		if told := l.toldAt(rung, d, at); told.After(at) {
			return quiet(told)
		}
		return at
	})
}

// toldAt is when a reminder that falls at a moment is told at the earliest, as DeferToHours has it.
func (l *Ledger) toldAt(rung *regime.Rung, d *Duty, at time.Time) time.Time {
	p := l.subject.Profile()
	if p.Hours == nil || p.GoesAtOnce(rung.Notice, rung.Urgent) {
		return at
	}
	next := calendar.NextWorkingTime(at, p.Hours.From, p.Hours.To)
	if d.Due.After(at) && !d.Due.After(next) {
		return at
	}
	return next.UTC()
}
