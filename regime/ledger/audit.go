package ledger

import (
	"errors"
	"time"
)

// NextCheck is when the clock next has something to do; ok is false where it never has.
func (l *Ledger) NextCheck() (at time.Time, ok bool) {
	at, _ = l.nextCheck()
	return at, at != never
}

// Audit reports what the clock owes an open duty and has not done by now, having run until now.
// It serves tests that play random courses: nil is the only right answer.
func (l *Ledger) Audit(d *Duty, now time.Time) error {
	row := l.subject.Profile().DutyRow(d.Kind)
	switch {
	case l.OwnerOf(*d) == "":
		return errors.New("every duty is somebody's")
	case !d.Overdue && now.After(d.Limit()):
		return errors.New("the clock sees what is overdue")
	case d.Overdue && !l.escalated(d, now):
		return errors.New("every duty ends or is escalated")
	case !l.nextCheckFor(d).Equal(nextCheckOf(row, d)):
		return errors.New("the clock wakes when it must")
	}
	return nil
}

// escalated reports whether each step of the ladder has been taken whose time has come.
func (l *Ledger) escalated(d *Duty, now time.Time) bool {
	row := l.subject.Profile().DutyRow(d.Kind)
	for i := range row.Ladder {
		at, ok := row.Ladder[i].Falls(d.Start, d.Due, d.TimesSent(i))
		if ok && at.Before(now) {
			return false
		}
	}
	return true
}
