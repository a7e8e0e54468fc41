package ledger

import (
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
)

// DeferToHours sets, for each recipient of a notice, from when on it goes. An urgent one goes at
// once, and so does one that would come too late by waiting. The first routine one of a day goes at
// once in working hours. What comes later that day is gathered into one mail of the next working
// morning, so that a contact has at most one routine mail a day from a case.
func (l *Pen) DeferToHours(n *Notice, now time.Time) {
	hours := l.subject.Profile().Hours
	for i := range n.To {
		r := &n.To[i]
		l.supersede(*n, *r)
		if hours == nil || l.subject.Profile().GoesAtOnce(n.Kind, n.Urgent) {
			continue
		}
		next := calendar.NextWorkingTime(now, hours.From, hours.To)
		if !next.After(now) {
			if !l.hadRoutine(*r, now) {
				continue
			}
			next = hours.Morning(now)
		}
		if n.By.After(now) && !n.By.After(next) {
			continue
		}
		r.NotBefore = next.UTC()
	}
}

// hadRoutine reports whether a routine mail of this day has gone before now to the contact. What
// arises at one moment goes in one mail, and does not count against itself.
func (l *Ledger) hadRoutine(r Recipient, now time.Time) bool {
	for i := len(l.Notices) - 1; i >= 0; i-- {
		n := &l.Notices[i]
		if now.Sub(n.At) > longestHold {
			return false
		}
		o := n.recipient(r.Party, r.Level)
		if o == nil || o.State == StateSuperseded {
			continue
		}
		went := calendar.Latest(n.At, o.NotBefore)
		if went.Before(now) && calendar.SameDay(went, now) && !l.overtakenFor(*n, *o) && !l.subject.Profile().GoesAtOnce(n.Kind, n.Urgent) {
			return true
		}
	}
	return false
}

// recipient is the contact among the notice's recipients; nil where it is none of them.
func (n *Notice) recipient(p regime.Party, level regime.Level) *Recipient {
	for i := range n.To {
		if r := &n.To[i]; r.Party == p && r.Level == level {
			return r
		}
	}
	return nil
}

// longestHold is more than any row of days without work has.
const longestHold = 14 * 24 * time.Hour

func earliest(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

// supersede spares a contact what it has not been sent yet and the new notice says better: an
// earlier reminder of the same duty, or the date before the last. So a day without a mail
// service ends with the latest reminder, and not with all of them.
func (l *Pen) supersede(n Notice, r Recipient) {
	if n.Duty == "" {
		return
	}
	for i := len(l.Notices) - 1; i >= 0; i-- {
		m := &l.Notices[i]
		if n.At.Sub(m.At) > longestHold {
			return
		}
		if m.Duty != n.Duty || !m.At.Before(n.At) {
			continue
		}
		if o := m.recipient(r.Party, r.Level); o != nil && o.waiting() {
			o.Supersede()
		}
	}
}

// Supersede has a recipient not told any more what a later notice says; what may have gone stays.
func (r *Recipient) Supersede() {
	if r.State == "" || r.waiting() {
		r.State, r.Note, r.RetryAt = StateSuperseded, "a later notice says it", time.Time{}
	}
}

// waiting: it is to go in working hours, or when the service takes mails again.
func (r Recipient) waiting() bool { return r.Deferred() || r.State == StateWaiting }

// Deferred: it waits for working hours and nothing has been tried yet.
func (r Recipient) Deferred() bool { return r.State == "" && !r.NotBefore.IsZero() }

// WaitsForHours reports whether the recipient's mail waits for working hours.
func (r Recipient) WaitsForHours(now time.Time) bool { return r.Deferred() && r.NotBefore.After(now) }

// due is from when on the recipient is to be told; zero: at once.
func (r Recipient) due() time.Time {
	if r.Deferred() {
		return r.NotBefore
	}
	return r.RetryAt
}
