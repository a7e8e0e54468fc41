package ledger

import (
	"time"

	"holdthering/regime"
	"holdthering/regime/words"
)

// DeliveryState is how far a recipient's mail has come.
type DeliveryState string

// The states of a mail; "" is not yet sent.
const (
	StateAccepted   DeliveryState = "accepted" // by the mail service: never called delivered
	StateWaiting    DeliveryState = "waiting"  // could not go yet
	StateUnknown    DeliveryState = "unknown"  // sent, and no answer
	StateRefused    DeliveryState = "refused"
	StateNoContact  DeliveryState = "nobody" // the directory has no contact
	StateSuperseded DeliveryState = "spared" // a later notice says it better, before this one went

	// What only the mail service can tell, afterwards.
	StateDeferred   DeliveryState = "deferred"  // the other side put it off; the service goes on trying
	StateDelivered  DeliveryState = "delivered" // to the other side's server; whether it is read nobody knows
	StateBounced    DeliveryState = "bounced"
	StateDropped    DeliveryState = "dropped" // the service does not write to this address
	StateComplained DeliveryState = "complained"
	StateBlocked    DeliveryState = "blocked" // came back, not because of the recipient: held, and sent again
)

// SendResult is what became of one mail.
type SendResult struct {
	Notice string        `json:"notice"`
	Party  regime.Party  `json:"party"`
	Level  regime.Level  `json:"level"`
	State  DeliveryState `json:"state"`
	// RetryAfter is how long to wait before the mail is tried again; zero when it is settled.
	RetryAfter time.Duration `json:"retry,omitempty"`
	Note       string        `json:"note,omitempty"` // why not; never an address
	// Mail is the id of the mail, where it is another contact's with the same mailbox.
	Mail string `json:"mail,omitempty"`
	// AwaitsEvents: the mail service will tell what becomes of the mail (RecordDeliveryEvents).
	// Until it has, or RetryAfter is over, nothing is known.
	AwaitsEvents bool `json:"awaits,omitempty"`
	// AssignedTo is who was asked, by name where the directory has one. It is set on mails that ask
	// a person to find a contact.
	AssignedTo string `json:"with,omitempty"`
	// Entry: the mail held a calendar entry, for a contact that wants them.
	Entry bool `json:"entry,omitempty"`
	// About, Reason and Sign are those of a refusal, as in Recipient.
	About  Matter `json:"about,omitempty"`
	Reason string `json:"reason,omitempty"`
	Sign   string `json:"sign,omitempty"`
	// Domain tells the mail domains of one batch apart: 1, 2, ...; it says nothing else of them.
	Domain int `json:"domain,omitempty"`
	Round  int `json:"round,omitempty"` // the recipient's
	// Untried: the mail waits with the others, and was not given to the service.
	Untried bool `json:"untried,omitempty"`
	// Interrupted: the sender was stopped before an answer came, so that nothing was found out of the service.
	Interrupted bool `json:"interrupted,omitempty"`
	// Works: no answer came, and yet the service took another case's mail just now.
	Works bool `json:"works,omitempty"`
	own   bool // see itsOwn
}

// settled reports whether nothing more is to be sent to the recipient.
func (r Recipient) settled() bool { return r.State != "" && r.RetryAt.IsZero() }

// ToSend gives the notices with those recipients who are to be told now. A reminder is withdrawn if
// its duty has ended in the meantime: what is done is not chased (R81).
func (l *Ledger) ToSend(now time.Time) []Notice {
	if l.Hold != nil {
		return l.probe(now)
	}
	var out []Notice
	for _, n := range l.Notices {
		if n.Settled {
			continue
		}
		var to []Recipient
		for _, r := range n.To {
			if !r.due().After(now) && l.wants(n, r) {
				to = append(to, r)
			}
		}
		if len(to) > 0 {
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
		n := &l.Notices[i]
		if n.Settled {
			continue
		}
		for _, r := range n.To {
			if !r.due().After(now) && l.wants(*n, r) {
				return true
			}
		}
	}
	return false
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

// RecordSent records what became of mails. What cannot go becomes a duty for a person: to find the
// contact and mend the directory (N43).
func (l *Pen) RecordSent(ts []SendResult, now time.Time) {
	l.gathered = nil
	var failed []place
	for k := range ts {
		t := &ts[k]
		t.veil()
		for i := range l.Notices {
			if l.Notices[i].ID != t.Notice {
				continue
			}
			if j, unreached := l.recordResult(&l.Notices[i], t, now); unreached {
				failed = append(failed, place{i, j})
			}
		}
	}
	l.weigh(ts, failed, now)
	l.MarkSettled()
	l.CopiesWent(now)
	l.withdrawLate(ts, now)
	l.Flush(now)
}

// NotKept stands with every mail to a voice that has left.
const NotKept = "what becomes of a mail to who spoke in confidence is not kept"

// veil takes out what would tell who is behind a voice: the mail service's words, the directory's, which mails go to
// one domain, and whether its contact was reached, since all see of whom else the same is said. Who sends the mail
// tries the body's contacts one after the other; what goes to all members goes to the body as well, openly.
func (t *SendResult) veil() {
	if t.Party.Body() != regime.Unnamed {
		return
	}
	switch {
	case t.State == StateWaiting && (t.About == "" || t.About.all() || t.About.ofText() || t.About == MatterMail),
		t.State == StateUnknown: // as it is for all
		t.Reason, t.Domain, t.AssignedTo, t.Entry, t.AwaitsEvents = "", 0, "", false, false
		if t.Note != "" {
			t.Note = "its contact was not reached"
		}
	default:
		*t = SendResult{Notice: t.Notice, Party: t.Party, Level: t.Level, Mail: t.Mail, Round: t.Round,
			State: StateAccepted, Note: NotKept}
	}
}

// MarkSettled marks the notices with nothing left to send.
func (l *Pen) MarkSettled() {
	for i := range l.Notices {
		l.Notices[i].Settled = l.allSettled(l.Notices[i])
	}
}

func (l *Ledger) allSettled(n Notice) bool {
	for _, r := range n.To {
		if !r.settled() && !l.overtakenFor(n, r) {
			return false
		}
	}
	return true
}

// recordResult takes what one mail came to; unreached reports that its recipient is not reached by it.
func (l *Pen) recordResult(n *Notice, t *SendResult, now time.Time) (to int, unreached bool) {
	for i := range n.To {
		if r := &n.To[i]; r.Party == t.Party && r.Level == t.Level && r.Round == t.Round {
			was := r.State
			l.itsOwn(*r, t)
			r.recordTry(*t, l.EventsUpTo, now)
			r.Entry = r.Entry || t.Entry
			l.shareKnownEvents(n, i, now)
			l.recordAssignee(*n, *t)
			r = &n.To[i]
			if l.alone(*r, now) {
				r.State, r.RetryAt = StateRefused, time.Time{}
				if r.Party.Body() == regime.Unnamed {
					r.State, r.Note = StateAccepted, NotKept
				}
				return i, r.State == StateRefused
			}
			if r.Times.Again == maxSilentTries && r.mayHaveGone() {
				l.recordSilence(*r, now)
			}
			return i, r.State.failed() && !was.failed()
		}
	}
	l.recordOfEnded(n, t, now)
	return 0, false
}

// itsOwn turns a refusal that sounds as if every mail met it into the mail's own, where the same mail
// met the same before, and others have been taken since: those wait for it no longer, and it is
// tried as one that a rule refuses.
func (l *Ledger) itsOwn(r Recipient, t *SendResult) {
	if t.State != StateWaiting || t.Untried || !t.About.all() || t.About == MatterRate {
		return
	}
	if r.Met.IsZero() || r.Sign != t.Sign || !l.takenLast(&r).After(r.Met) {
		return
	}
	t.own, t.About, t.RetryAfter = true, MatterPolicy, max(t.RetryAfter, min(firstProbe<<min(r.Tries, 6), 2*longestProbe))
}

// alone reports whether a mail has been refused for long while others were taken: then it is
// about this contact, but for a fault of our own text.
func (l *Ledger) alone(r Recipient, now time.Time) bool {
	return l.Hold == nil && r.State == StateWaiting && !r.Refused.IsZero() && !r.About.all() && !r.About.ofText() &&
		now.Sub(r.Refused) >= aloneFor && l.takenLast(&r).After(r.Refused)
}

// maxSilentTries is after how many further tries without a word of a mail a person is to look.
const maxSilentTries = 2

// recordTry takes what one try came to. Word from the service may have come before it; that of the
// latest mail is of one that was sent at heardOf.
func (r *Recipient) recordTry(t SendResult, heardOf, now time.Time) {
	r.Tries += words.Flag(!t.Untried) // one that was held with others was not tried
	if t.State == StateAccepted || t.State == StateUnknown {
		if r.mayHaveGone() {
			r.Times.Again++
			if !heardOf.After(r.Times.Tried) {
				r.Times.Silent++
			}
		}
		if r.Times.Sent.IsZero() {
			r.Times.Sent = now
		}
		r.Times.Tried, r.Times.AwaitsEvents = now, t.AwaitsEvents
	}
	if t.State == StateWaiting && t.About.all() && !t.Untried {
		r.Met = now
	}
	r.Mail = t.Mail
	r.advance(t.State, t.Note, now)
	r.refused(t, now)
	r.RetryAt = time.Time{}
	if t.RetryAfter > 0 && r.Times.FirstEvent.IsZero() && r.State != StateSuperseded {
		r.RetryAt = now.Add(t.RetryAfter)
	}
}

// refused keeps why a mail was not taken, until one is.
func (r *Recipient) refused(t SendResult, now time.Time) {
	switch {
	case t.State == StateAccepted, t.State == StateUnknown:
		r.About, r.Reason, r.Sign, r.Met = "", "", "", time.Time{}
		if r.Back == 0 {
			r.Refused = time.Time{}
		}
	case r.State == t.State:
		r.About, r.Reason, r.Sign = t.About, t.Reason, t.Sign
		if r.Refused.IsZero() && (t.About != "" || t.State.failed()) {
			r.Refused = now
		}
	}
}

// recordSilence: a mail has gone three times without a word from a service that is to tell.
func (l *Pen) recordSilence(r Recipient, now time.Time) {
	if !r.Times.AwaitsEvents || !r.Times.FirstEvent.IsZero() { // word may come while it goes
		return
	}
	r.Note = "the mail service says nothing of whether the mail arrived"
	if l.openContactDuty(r, "", now) {
		l.Duty(regime.DutyMendDirectory, l.contact(r.Party, r.Level)).Silent = true
	}
}

// heard ends the duty to find a contact of whose mails nothing was heard, now that word of them has
// come: nothing was wrong with the contact.
func (l *Pen) heard(r Recipient, now time.Time) {
	mend := l.Duty(regime.DutyMendDirectory, l.contact(r.Party, r.Level))
	if mend == nil || !mend.Silent {
		return
	}
	for i := range l.Notices {
		o := l.Notices[i].recipient(r.Party, r.Level)
		if o != nil && o.Times.AwaitsEvents && o.Times.FirstEvent.IsZero() && o.Times.Again >= maxSilentTries && o.mayHaveGone() {
			return // another is as silent
		}
	}
	l.callOff(mend, now)
}

// callOff ends a duty to find a contact that turns out to be right, and who was to be asked to find
// it is not.
func (l *Pen) callOff(mend *Duty, now time.Time) {
	l.EndDuty(mend.Kind, mend.Subject, EndNotNeeded, Moment{Now: now})
	for i := range l.Notices {
		for j := range l.Notices[i].To {
			if other := &l.Notices[i].To[j]; l.Notices[i].Duty == mend.ID {
				other.Supersede()
			}
		}
	}
}

// FreshNotices lists the notices with a recipient that has not been tried once and does not wait
// for working hours.
func (l *Ledger) FreshNotices() []Notice {
	var out []Notice
	if l.Hold != nil {
		return nil // they wait with the others, and are carried along
	}
	for _, n := range l.Notices {
		if n.Settled || l.overtaken(n) {
			continue
		}
		for _, r := range n.To {
			if r.State == "" && !r.Deferred() {
				out = append(out, n)
				break
			}
		}
	}
	return out
}

// Unsent reports whether some mail is still to go, now, in working hours or at another try. A mail
// that became a person's duty because the service stayed silent does not count: it may go again and
// again.
func (l *Ledger) Unsent() bool {
	for _, n := range l.Notices {
		for _, r := range n.To {
			if !r.settled() && !l.overtakenFor(n, r) && !(r.mayHaveGone() && r.Times.Again >= maxSilentTries) {
				return true
			}
		}
	}
	return false
}

// AnsweredBy names the verbs that answer a notice; empty when nothing is asked.
func (l *Ledger) AnsweredBy(n Notice) string {
	if d := l.dutyNamed(n.Duty); d != nil {
		return l.How(*d)
	}
	return ""
}

// How names the verbs that discharge a duty, with the contact that it is about.
func (l *Ledger) How(d Duty) string {
	row, _ := l.subject.Profile().Duty(d.Kind)
	how := l.subject.How(row)
	if d.Kind == regime.DutyMendDirectory && d.Unreached != (Mailbox{}) {
		named := d.Unreached.String()
		if d.Unreached.Party.Body() == regime.ProviderBody {
			named = d.ID // a mail that has it names no provider
		}
		how += " " + named
	}
	return how
}

// Unconfirmed reports whether no text that was seen confirms the duty that the notice is about.
func (l *Ledger) Unconfirmed(n Notice) bool { return l.rowBehind(n).Basis == regime.Unconfirmed }

// rowBehind is the row of the duty that a notice is about, empty where it is about none.
func (l *Ledger) rowBehind(n Notice) regime.DutyRow {
	if d := l.dutyNamed(n.Duty); d != nil {
		row, _ := l.subject.Profile().Duty(d.Kind)
		return row
	}
	return regime.DutyRow{}
}
