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
	// State is StateAccepted, StateDeferred, StateDelivered, StateBounced, StateDropped,
	// StateComplained or StateBlocked.
	State DeliveryState `json:"state"`
	At    time.Time     `json:"at"` // by the service's clock
	// About is what a drop or a block is about, Reason what the service said of it.
	About  Matter `json:"about,omitempty"`
	Reason string `json:"reason,omitempty"`
	Sign   string `json:"sign,omitempty"`
	// Ours: it is a worker's own word, of a mail that it saw taken and could not report.
	Ours bool `json:"ours,omitempty"`
}

// eventStates are those that a service can tell of.
var eventStates = []DeliveryState{StateAccepted, StateDeferred, StateDelivered, StateBounced, StateDropped,
	StateComplained, StateBlocked}

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
		if e.About != "" && !slices.Contains(Matters, e.About) || len(e.Reason)+len(e.Sign) > maxReason {
			return regime.Mistakef("an event of a mail says in a few words what a refusal is about.")
		}
	}
	return nil
}

// maxReason is more, in bytes, than what a channel keeps of a service's words.
const maxReason = 2000

// MaxEvents is how many events are taken at once: a batch of the service holds some hundreds.
const MaxEvents = 2000

// RecordDeliveryEvents records what the mail service tells of the ledger's mails, and says how much of it was
// news. What it told before, and what it tells of mails that are not of this ledger, changes
// nothing.
func (l *Pen) RecordDeliveryEvents(es []MailEvent, now time.Time) int {
	l.gathered = nil
	news := 0
	var failed []place
	for _, e := range es {
		for i := range l.Notices {
			n := &l.Notices[i]
			for j := range n.To {
				if r := n.To[j]; r.Mail == e.Mail || MailID(l.subject.Reference(), n.ID, r) == e.Mail {
					was := r.State
					news += l.report(n, j, e, now)
					if r = n.To[j]; r.State.failed() && !was.failed() {
						failed = append(failed, place{i, j})
					}
				}
			}
		}
	}
	for _, p := range l.ours(nil, failed, now) {
		l.unreached(&l.Notices[p.notice], p.to, now)
	}
	l.MarkSettled()
	l.Flush(now)
	return news
}

// report takes one event of one recipient's mail.
func (l *Pen) report(n *Notice, j int, e MailEvent, now time.Time) int {
	r := &n.To[j]
	if r.Party.Body() == regime.Unnamed && !e.Ours {
		return 0 // it would tell whose mailbox it is
	}
	if e.State == StateBlocked {
		return l.cameBack(r, e, now)
	}
	at := e.At
	if at.Before(n.At) || at.After(now) {
		at = now // another clock than the case's
	}
	if r.Times.FirstEvent.IsZero() {
		r.Times.FirstEvent = now
	}
	if r.Times.Tried.After(l.EventsUpTo) && !e.Ours {
		l.EventsUpTo = r.Times.Tried
	}
	if e.State == StateDelivered {
		l.arrived(now)
	}
	if r.State != StateWaiting {
		r.RetryAt = time.Time{} // a mail that waits was never taken: this is word of an earlier try
	}
	was := r.State
	news := r.advance(e.State, noteOf(e.State), at)
	if !e.State.failed() && !e.Ours {
		l.heard(*r, now)
	}
	if !news {
		return 0
	}
	r.RetryAt = time.Time{}
	if e.State.failed() && !was.failed() {
		r.About, r.Reason, r.Sign, r.Refused = e.About, e.Reason, e.Sign, now
		if r.Sign == "" {
			r.Sign = string(e.State)
		}
	}
	return 1
}

// arrived: a mail has come through, so that whatever was held by the service's later word goes.
func (l *Pen) arrived(now time.Time) {
	l.ArrivedAt = now
	if l.Hold != nil && l.Hold.FromEvent {
		l.release(now)
	}
}

// firstReturn is when a mail that came back goes again, the first time; then it is longer.
const firstReturn = time.Minute

// cameBack takes word that a mail was refused on its way for another reason than its recipient. It
// was not delivered, so that to send it again doubles nothing; what has arrived has, and word of
// an earlier mail of the recipient's is of another id.
func (l *Pen) cameBack(r *Recipient, e MailEvent, now time.Time) int {
	if r.State.rank() >= StateDelivered.rank() {
		return 0
	}
	t := SendResult{About: e.About, Reason: e.Reason, Sign: e.Sign, Note: "the mail was blocked on its way",
		RetryAfter: min(firstReturn<<min(r.Back, 8), longestProbe)}
	if t.About == "" || t.About == MatterRecipient {
		t.About = MatterPolicy
	}
	if t.About.all() && t.About != MatterRate && !r.Refused.IsZero() && l.ArrivedAt.After(r.Refused) {
		t.About = MatterPolicy // others have arrived since it came back the first time: it is its own
	}
	r.Back++
	l.heldAgain(r, t, now)
	l.heard(*r, now)
	if l.blockedAlike(r.Sign, now) {
		t.About, t.Note = MatterSystem, "several bodies' mails come back alike, and none arrives"
	}
	if now.Sub(r.Refused) >= aloneFor && l.ArrivedAt.After(r.Refused) && !t.About.all() && !t.About.ofText() {
		r.State, r.RetryAt = StateRefused, time.Time{} // others arrive: it is about this contact after all
		return 1
	}
	if t.About.all() && (l.Hold == nil || !l.Hold.Next.After(now)) {
		t.RetryAfter = 0
		l.holdAll(t, true, now)
	}
	return 1
}

// blockedAlike reports whether mails to several bodies came back alike since one arrived last.
func (l *Ledger) blockedAlike(sign string, now time.Time) bool {
	bodies := map[regime.Party]bool{}
	for _, n := range l.Notices {
		for _, r := range n.To {
			if r.Back > 0 && r.State == StateWaiting && r.Sign == sign && now.Sub(r.Refused) <= alikeFor &&
				r.Refused.After(l.ArrivedAt) {
				bodies[r.Party] = true
			}
		}
	}
	return len(bodies) >= manyBodies
}

// shareKnownEvents gives a recipient the events that the service has told already of a mail that it
// shares with another. An event may come while other mails of the batch are on their way, and only
// the result of the batch says that the mail is shared.
func (l *Pen) shareKnownEvents(n *Notice, j int, now time.Time) {
	mail := n.To[j].Mail
	if mail == "" || !n.To[j].Times.FirstEvent.IsZero() {
		return
	}
	for _, m := range l.Notices {
		for _, o := range m.To {
			if o.Times.FirstEvent.IsZero() || o.Mail != mail && MailID(l.subject.Reference(), m.ID, o) != mail {
				continue
			}
			for _, state := range eventStates {
				if state == StateBlocked {
					continue // its mail is known no more
				}
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

// awaitingDeliveryEvents reports whether silence about a mail says nothing yet: the service is to tell what
// becomes of its mails, and has told of none that was sent later. The mail that was sent
// last is never withheld, so that one goes where the service's word does not come through.
func (l *Ledger) awaitingDeliveryEvents(n Notice, r Recipient) bool {
	if !r.awaitingEvent() || !r.Times.Tried.After(l.EventsUpTo) {
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
			case o.awaitingEvent() && (o.Times.Tried.After(r.Times.Tried) || passed && o.Times.Tried.Equal(r.Times.Tried)):
				return true
			}
		}
	}
	return false
}

// awaitingEvent reports whether the mail may have gone and that the service is yet to say so.
func (r Recipient) awaitingEvent() bool {
	return r.Times.AwaitsEvents && r.mayHaveGone() && !r.settled()
}
