package ledger

import (
	"slices"
	"time"

	"holdthering/regime"
)

// MailEvent is what a mail service tells of a mail that it was given. It may tell the same
// twice, late, and in any order.
type MailEvent struct {
	Mail string `json:"mail"` // as MailID has it
	// State is ToldAccepted, ToldDeferred, ToldDelivered, ToldBounced, ToldDropped or
	// ToldComplained.
	State DeliveryState `json:"state"`
	At    time.Time     `json:"at"` // by the service's clock
}

// eventStates are those that a service can tell of.
var eventStates = []DeliveryState{StateAccepted, StateDeferred, StateDelivered, StateBounced, StateDropped, StateComplained}

// CheckEvents refuses what no mail service of ours tells; what the mail ids mean is not
// looked at, since a case may have no mail of that id. The error is a *Mistake.
func CheckEvents(es []MailEvent) error {
	if len(es) == 0 || len(es) > MaxEvents {
		return regime.Mistakef("1 to %d events are taken at once, not %d.", MaxEvents, len(es))
	}
	for _, e := range es {
		if len(e.Mail) != 36 || !slices.Contains(eventStates, e.State) {
			return regime.Mistakef("an event of a mail names the mail and what became of it.")
		}
	}
	return nil
}

// MaxEvents is how many events are taken at once: a batch of the service holds some hundreds.
const MaxEvents = 2000

// RecordDeliveryEvents records what the mail service tells of the ledger's mails, and says how much of it was
// news. What it told before, and what it tells of mails that are not of this ledger, changes
// nothing.
func (l *Pen) RecordDeliveryEvents(es []MailEvent, now time.Time) int {
	l.gathered = nil
	news := 0
	for _, e := range es {
		for i := range l.Notices {
			n := &l.Notices[i]
			for j := range n.To {
				if r := n.To[j]; r.Mail == e.Mail || MailID(l.subject.Reference(), n.ID, r) == e.Mail {
					news += l.report(n, j, e, now)
				}
			}
		}
	}
	l.MarkSettled()
	l.Flush(now)
	return news
}

// report takes one event of one recipient's mail.
func (l *Pen) report(n *Notice, j int, e MailEvent, now time.Time) int {
	r := &n.To[j]
	at := e.At
	if at.Before(n.At) || at.After(now) {
		at = now // another clock than the case's
	}
	if r.Times.FirstEvent.IsZero() {
		r.Times.FirstEvent = now
	}
	if r.Times.Tried.After(l.EventsUpTo) {
		l.EventsUpTo = r.Times.Tried
	}
	if r.State != StateWaiting {
		r.RetryAt = time.Time{} // a mail that waits was never taken: this is word of an earlier try
	}
	was := r.State
	if !r.advance(e.State, noteOf(e.State), at) {
		return 0
	}
	r.RetryAt = time.Time{}
	if e.State.failed() && !was.failed() {
		l.unreached(n, j, now)
	}
	return 1
}

// shareKnownEvents has a recipient know what the service has told already of a mail that it shares with
// another. Word may come while other mails of the batch are still on their way, and until the
// batch is told of nobody here knows that the mail is shared.
func (l *Pen) shareKnownEvents(n *Notice, j int, now time.Time) {
	mail := n.To[j].Mail
	if mail == "" || !n.To[j].Times.FirstEvent.IsZero() {
		return
	}
	for _, m := range l.Notices {
		for _, o := range m.To {
			id := MailID(l.subject.Reference(), m.ID, o)
			if o.Times.FirstEvent.IsZero() || o.Mail != mail && id != mail {
				continue
			}
			for _, state := range eventStates {
				at := *o.Times.stamp(state)
				if !at.IsZero() && (state == o.State || !state.failed()) {
					l.report(n, j, MailEvent{State: state, At: at}, now)
				}
			}
			return
		}
	}
}

// noteOf says in words why a contact was not reached.
func noteOf(t DeliveryState) string {
	switch t {
	case StateBounced:
		return "the mail bounced"
	case StateDropped:
		return "the mail service dropped the mail: the address is on its list of those not to be written to"
	case StateComplained:
		return "the recipient reported the mail as unwanted"
	}
	return ""
}

// awaitingDeliveryEvents tells that silence about a mail says nothing yet: the service is to tell what
// becomes of its mails, and has told of none that was sent later. The mail that was sent
// last is never withheld, so that one goes where the service's word does not come through.
func (l *Ledger) awaitingDeliveryEvents(n Notice, r Recipient) bool {
	if !r.unheardOf() || !r.Times.Tried.After(l.EventsUpTo) {
		return false
	}
	passed := false
	for _, m := range l.Notices {
		if m.Settled || l.overtaken(m) {
			continue
		}
		for _, o := range m.To {
			switch {
			case m.ID == n.ID && o.Party == r.Party && o.Level == r.Level:
				passed = true
			case o.unheardOf() && (o.Times.Tried.After(r.Times.Tried) || passed && o.Times.Tried.Equal(r.Times.Tried)):
				return true
			}
		}
	}
	return false
}

// unheardOf tells that the mail may have gone and that the service is yet to say so.
func (r Recipient) unheardOf() bool { return r.Times.AwaitsEvents && r.mayHaveGone() && !r.settled() }
