package regime

import (
	"time"

	"holdthering/regime/calendar"
)

// HoursRow says when routine notices go: on working days, between two full hours of UK time.
// With none set, every notice goes at once.
type HoursRow struct {
	From   int    `json:"from"`
	To     int    `json:"to"`
	Source string `json:"source"`
	Basis  Basis  `json:"basis"`
}

// morning is the beginning of the first working day after that of t.
func (h HoursRow) morning(t time.Time) time.Time {
	return calendar.NextWorkingTime(atHour(aDay.After(t), 0), h.From, h.To)
}

// hold settles, for each recipient of a notice, from when on it goes. An urgent one goes at
// once, and so does one that would come too late by waiting. Of the routine ones, the first of
// a day goes at once in working hours; what comes later that day is gathered into one mail of
// the next working morning, so that nobody has more than one routine mail a day from a case.
func (l *Ledger) hold(n *Notice, now time.Time) {
	hours := l.host.profile().Hours
	for i := range n.To {
		r := &n.To[i]
		l.supersede(*n, *r)
		if hours == nil || l.host.profile().GoesAtOnce(*n) {
			continue
		}
		next := calendar.NextWorkingTime(now, hours.From, hours.To)
		if !next.After(now) {
			if !l.hadRoutine(*r, now) {
				continue
			}
			next = hours.morning(now)
		}
		if n.By.After(now) && !n.By.After(next) {
			continue
		}
		r.Hold = next.UTC()
	}
}

// GoesAtOnce tells whether a notice is urgent, by its kind or by its rung: it goes at any hour
// and in a mail of its own.
func (p *Profile) GoesAtOnce(n Notice) bool {
	row, _ := p.Notice(n.Kind)
	return row.Urgent || n.Urgent
}

// hadRoutine tells whether a routine mail of this day has gone before now to the contact. What
// arises at one moment goes in one mail, and does not count against itself.
func (l *Ledger) hadRoutine(r Recipient, now time.Time) bool {
	for i := len(l.Notices) - 1; i >= 0; i-- {
		n := &l.Notices[i]
		if now.Sub(n.At) > longestHold {
			return false
		}
		o := n.recipient(r.Party, r.Level)
		if o == nil || o.State == ToldSpared {
			continue
		}
		went := latest(n.At, o.Hold)
		if went.Before(now) && sameDay(went, now) && !l.overtakenFor(*n, *o) && !l.host.profile().GoesAtOnce(*n) {
			return true
		}
	}
	return false
}

// recipient is the contact among those whom the notice tells; nil where it is not.
func (n *Notice) recipient(p Party, level Level) *Recipient {
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

func latest(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// supersede spares a contact what it has not been sent yet and the new notice says better: an
// earlier reminder of the same duty, or the date before the last. So a day without a mail
// service ends with the latest reminder, and not with all of them.
func (l *Ledger) supersede(n Notice, r Recipient) {
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
		if o := m.recipient(r.Party, r.Level); o != nil && o.waits() {
			o.spare()
		}
	}
}

// spare has a recipient not told any more what a later notice says; what may have gone stays.
func (r *Recipient) spare() {
	if r.State == "" || r.waits() {
		r.State, r.Note, r.Retry = ToldSpared, "a later notice says it", time.Time{}
	}
}

// waits: it is to go in working hours, or when the service takes mails again.
func (r Recipient) waits() bool { return r.held() || r.State == ToldWaiting }

// held: it waits for working hours and nothing has been tried yet.
func (r Recipient) held() bool { return r.State == "" && !r.Hold.IsZero() }

// WaitsForHours tells that the recipient is not told yet because it is no working hour.
func (r Recipient) WaitsForHours(now time.Time) bool { return r.held() && r.Hold.After(now) }

// due is from when on the recipient is to be told; zero: at once.
func (r Recipient) due() time.Time {
	if r.held() {
		return r.Hold
	}
	return r.Retry
}
