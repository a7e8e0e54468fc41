package ledger

import (
	"iter"
	"slices"
	"time"

	"holdthering/regime"
)

// ToSend gives the notices with those recipients who are to be told now. A reminder is withdrawn if
// its duty has ended in the meantime: what is done is not chased (R81).
func (l *Ledger) ToSend(now time.Time) []Notice {
	if l.Hold != nil {
		return l.probe(now)
	}
	var out []Notice
	for i := range l.Notices {
		if to := slices.Collect(l.dueOf(&l.Notices[i], now)); len(to) > 0 {
			n := l.Notices[i]
			n.To = to
			out = append(out, n)
		}
	}
	return out
}

// AnyToSend reports whether ToSend gives any.
func (l *Ledger) AnyToSend(now time.Time) bool {
	if l.Hold != nil {
		return len(l.probe(now)) > 0
	}
	for i := range l.Notices {
		for range l.dueOf(&l.Notices[i], now) {
			return true
		}
	}
	return false
}

// dueOf are those whom a notice is to be sent now.
func (l *Ledger) dueOf(n *Notice, now time.Time) iter.Seq[Recipient] {
	return func(yield func(Recipient) bool) {
		if n.Settled {
			return
		}
		for _, r := range n.To {
			if !r.due().After(now) && l.wants(*n, r) && !yield(r) {
				return
			}
		}
	}
}

// overtaken: a reminder is not sent once its duty has ended. One that went out with the end
// itself, as the last of an alert's ladder, tells of it and is sent. Nor does an invitation go to a
// meeting that has been held.
func (l *Ledger) overtaken(n Notice) bool { return (n.Rung > 0 || n.Entry != "") && l.ended(n) }

// overtakenFor is overtaken for one recipient: what waited for working hours is not sent any
// more either, once its duty has ended.
func (l *Ledger) overtakenFor(n Notice, r Recipient) bool {
	return l.overtaken(n) || r.Deferred() && n.Kind != regime.EntryWithdrawn && l.ended(n)
}

func (l *Ledger) ended(n Notice) bool {
	d := l.dutyNamed(n.Enters())
	return d != nil && !d.Open() && d.Ended.After(n.At)
}

// NextRetry is when a mail that could not go, or that waits for working hours, is to be tried;
// zero when none waits.
func (l *Ledger) NextRetry() time.Time {
	var first time.Time
	for _, n := range l.Notices {
		if n.Settled {
			continue
		}
		for _, r := range n.To {
			at := l.from(r)
			waits := !at.IsZero() && l.wants(n, r)
			if waits && (first.IsZero() || at.Before(first)) {
				first = at
			}
		}
	}
	return first
}
