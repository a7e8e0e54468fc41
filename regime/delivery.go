package regime

import (
	"slices"
	"time"
)

// MailEvent is what a mail service tells of a mail that it was given. It may tell the same
// twice, late, and in any order.
type MailEvent struct {
	Mail string `json:"mail"` // as MailID has it
	// State is ToldAccepted, ToldDeferred, ToldDelivered, ToldBounced, ToldDropped or
	// ToldComplained.
	State Told      `json:"state"`
	At    time.Time `json:"at"` // by the service's clock
}

// eventStates are those that a service can tell of.
var eventStates = []Told{ToldAccepted, ToldDeferred, ToldDelivered, ToldBounced, ToldDropped, ToldComplained}

// CheckEvents refuses what no mail service of ours tells; what the mail ids mean is not
// looked at, since a case may have no mail of that id. The error is a *Mistake.
func CheckEvents(es []MailEvent) error {
	if len(es) == 0 || len(es) > MaxEvents {
		return mistake("1 to %d events are taken at once, not %d.", MaxEvents, len(es))
	}
	for _, e := range es {
		if len(e.Mail) != 36 || !slices.Contains(eventStates, e.State) {
			return mistake("an event of a mail names the mail and what became of it.")
		}
	}
	return nil
}

// MaxEvents is how many events are taken at once: a batch of the service holds some hundreds.
const MaxEvents = 2000

// Hear records what the mail service tells of the ledger's mails, and says how much of it was
// news. What it told before, and what it tells of mails that are not of this ledger, changes
// nothing.
func (l *Ledger) Hear(es []MailEvent, now time.Time) int {
	l.tell = nil
	news := 0
	for _, e := range es {
		for i := range l.Notices {
			n := &l.Notices[i]
			for j := range n.To {
				if r := n.To[j]; r.Mail == e.Mail || MailID(l.host.reference(), n.ID, r) == e.Mail {
					news += l.report(n, j, e, now)
				}
			}
		}
	}
	l.putAway()
	l.flush(now)
	return news
}

// report takes one event of one recipient's mail.
func (l *Ledger) report(n *Notice, j int, e MailEvent, now time.Time) int {
	r := &n.To[j]
	at := e.At
	if at.Before(n.At) || at.After(now) {
		at = now // another clock than the case's
	}
	if r.Way.Heard.IsZero() {
		r.Way.Heard = now
	}
	if r.Way.Tried.After(l.HeardOf) {
		l.HeardOf = r.Way.Tried
	}
	if r.State != ToldWaiting {
		r.Retry = time.Time{} // a mail that waits was never taken: this is word of an earlier try
	}
	was := r.State
	if !r.advance(e.State, noteOf(e.State), at) {
		return 0
	}
	r.Retry = time.Time{}
	if e.State.failed() && !was.failed() {
		l.unreached(n, j, now)
	}
	return 1
}

// learn has a recipient know what the service has told already of a mail that it shares with
// another. Word may come while other mails of the batch are still on their way, and until the
// batch is told of nobody here knows that the mail is shared.
func (l *Ledger) learn(n *Notice, j int, now time.Time) {
	mail := n.To[j].Mail
	if mail == "" || !n.To[j].Way.Heard.IsZero() {
		return
	}
	for _, m := range l.Notices {
		for _, o := range m.To {
			id := MailID(l.host.reference(), m.ID, o)
			if o.Way.Heard.IsZero() || o.Mail != mail && id != mail {
				continue
			}
			for _, state := range eventStates {
				at := *o.Way.stamp(state)
				if !at.IsZero() && (state == o.State || !state.failed()) {
					l.report(n, j, MailEvent{State: state, At: at}, now)
				}
			}
			return
		}
	}
}

// noteOf says in words why a contact was not reached.
func noteOf(t Told) string {
	switch t {
	case ToldBounced:
		return "the mail bounced"
	case ToldDropped:
		return "the mail service dropped the mail: the address is on its list of those not to be written to"
	case ToldComplained:
		return "the recipient reported the mail as unwanted"
	}
	return ""
}

// withheld tells that silence about a mail says nothing yet: the service is to tell what
// becomes of its mails, and has told of none that was sent later. The mail that was sent
// last is never withheld, so that one goes where the service's word does not come through.
func (l *Ledger) withheld(n Notice, r Recipient) bool {
	if !r.unheardOf() || !r.Way.Tried.After(l.HeardOf) {
		return false
	}
	passed := false
	for _, m := range l.Notices {
		if m.Gone || l.overtaken(m) {
			continue
		}
		for _, o := range m.To {
			switch {
			case m.ID == n.ID && o.Party == r.Party && o.Level == r.Level:
				passed = true
			case o.unheardOf() && (o.Way.Tried.After(r.Way.Tried) || passed && o.Way.Tried.Equal(r.Way.Tried)):
				return true
			}
		}
	}
	return false
}

// unheardOf tells that the mail may have gone and that the service is yet to say so.
func (r Recipient) unheardOf() bool { return r.Way.Awaits && r.mayHaveGone() && !r.settled() }
