package ledger

import (
	"slices"
	"strconv"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/words"
)

// MailHold is that the mail service takes none of the ledger's mails. One at a time finds out
// whether it does again; the others wait, however many they are.
type MailHold struct {
	Since time.Time `json:"since"`
	Next  time.Time `json:"next"` // when one mail tries
	Tries int       `json:"tries"`
	About Matter    `json:"about"`
	Why   string    `json:"why,omitempty"`    // in words of ours
	Said  string    `json:"reason,omitempty"` // in the service's
	Sign  string    `json:"sign,omitempty"`
	// FromEvent: it was the service's later word that said so. Then a mail that it accepts says
	// nothing, and only one that arrives ends the hold.
	FromEvent bool `json:"heard,omitempty"`
}

const (
	// firstProbe and longestProbe bound the wait between two mails that try. Our choice: an outage
	// of a night costs a case some forty tries, and its end is found out in a quarter of an hour.
	firstProbe   = 30 * time.Second
	longestProbe = 15 * time.Minute
	// shortProbe is the wait after a try that was not given to the service, where the worker names no longer one.
	shortProbe = 10 * time.Second
	// alikeFor is how long a refusal counts as one of several that are alike.
	alikeFor = 30 * time.Minute
	// aloneFor is after how long a mail that is refused, while others are taken, is for another
	// contact: by then it is about this one, whatever the service says.
	aloneFor = 2 * time.Hour
)

// place is one recipient of one notice, by their indices.
type place struct{ notice, to int }

func (l *Ledger) at(p place) *Recipient { return &l.Notices[p.notice].To[p.to] }

// weigh draws what follows from what a batch of mails came to, in the order in which they went:
// failed are the recipients that are now known not to be reached.
func (l *Pen) weigh(ts []SendResult, failed []place, now time.Time) {
	last := -1 // of the mails that were taken
	for i, t := range ts {
		if t.State == StateAccepted {
			last = i
		}
	}
	if last >= 0 {
		l.TakenAt = now
		if l.Hold != nil && !l.Hold.FromEvent {
			l.release(now)
		}
	}
	for _, p := range l.ours(ts[last+1:], failed, now) {
		l.unreached(&l.Notices[p.notice], p.to, now)
	}
	l.probed(ts[last+1:], last >= 0, now)
}

// probed begins, lengthens or ends the hold by what the tries of a batch were answered.
func (l *Pen) probed(ts []SendResult, taken bool, now time.Time) {
	var why *SendResult
	for i := range ts {
		if t := &ts[i]; t.State == StateWaiting && t.About.all() && (why == nil || t.RetryAfter > why.RetryAfter) {
			why = t
		}
	}
	switch {
	case why != nil:
		l.holdAll(*why, false, now)
	case l.Hold == nil || l.Hold.Next.After(now) || len(ts) == 0 && !taken:
	case !taken && !slices.ContainsFunc(ts, func(t SendResult) bool { return !t.Interrupted }):
		l.Hold.Next = now // no answer came, so another mail tries
	case !l.Hold.FromEvent && slices.ContainsFunc(ts, func(t SendResult) bool { return t.Works }):
		l.release(now) // it is this mail alone that has no answer
	case l.Hold.FromEvent || taken || slices.ContainsFunc(ts, func(t SendResult) bool { return t.State == StateUnknown || t.own }):
		l.Hold.later(0, now)
	default: // mails are judged one by one again
		l.release(now)
	}
}

// holdAll has nothing go until one mail that tries has been taken.
func (l *Pen) holdAll(t SendResult, heard bool, now time.Time) {
	if l.Hold == nil {
		l.Hold = &MailHold{Since: now}
	}
	h := l.Hold
	h.About, h.Why, h.Said, h.Sign, h.FromEvent = t.About, t.Note, t.Reason, t.Sign, h.FromEvent || heard
	if t.Untried { // it found out nothing: another case's mail is the one that tries
		h.Next = now.Add(max(shortProbe, t.RetryAfter))
		return
	}
	h.later(t.RetryAfter, now)
}

// later puts the next try off: for half as long as the service has taken none so far, so that the end of an
// outage is found out while it is still short beside it, and never to before the time that it names.
func (h *MailHold) later(named time.Duration, now time.Time) {
	wait := min(now.Sub(h.Since)/2, longestProbe)
	if named <= 0 {
		named = firstProbe
	}
	h.Tries++
	h.Next = now.Add(max(wait, named))
}

// release has all that waits for the service go at once.
func (l *Pen) release(now time.Time) {
	l.Hold = nil
	for i := range l.Notices {
		for j := range l.Notices[i].To {
			if r := &l.Notices[i].To[j]; !l.Notices[i].Settled && r.State == StateWaiting && (r.About == "" || r.About.all()) {
				r.RetryAt = now
			}
		}
	}
}

// ours takes out of the refusals of a moment those that are about us, though each looks as if it
// were about its recipient: several domains refused alike, and none has taken a mail since. They
// are held, with what was refused alike shortly before, and no contact is blamed. ts goes on with
// what came after the last mail that was taken.
func (l *Pen) ours(ts []SendResult, failed []place, now time.Time) []place {
	for _, p := range failed {
		why := *l.at(p)
		if !why.State.failed() || why.Sign == "" || l.provenBefore(ts, p) {
			continue
		}
		alike, ours := l.alike(ts, why.Sign, now)
		if !ours {
			continue
		}
		t := SendResult{About: MatterSystem, Sign: why.Sign, Reason: why.Reason,
			Note: "several bodies' mails are refused alike, and none is taken: " + why.Note}
		for _, other := range alike {
			l.takeBack(other, t, now)
		}
		if l.Hold == nil || l.Hold.Sign != t.Sign || !l.Hold.Next.After(now) {
			l.holdAll(t, !why.Times.Accepted.IsZero(), now)
		}
	}
	return slices.DeleteFunc(failed, func(p place) bool { return !l.at(p).State.failed() })
}

// provenBefore reports whether the refusal came in a batch in which another mail was taken after it.
func (l *Ledger) provenBefore(ts []SendResult, p place) bool {
	r := l.at(p)
	return r.Times.Accepted.IsZero() && !l.TakenAt.Before(r.Refused) && !l.among(ts, p)
}

// among reports whether a send result is the recipient's.
func (l *Ledger) among(ts []SendResult, p place) bool {
	r := l.at(p)
	return slices.ContainsFunc(ts, func(t SendResult) bool {
		return t.Notice == l.Notices[p.notice].ID && t.Party == r.Party && t.Level == r.Level
	})
}

// alike are the recipients that were refused with a sign since a mail was taken last; ours reports
// whether they are too many for each to be at fault: of several domains, or many bodies of one. Of
// mails of one batch the domains are known; of others the bodies stand for them.
func (l *Ledger) alike(ts []SendResult, sign string, now time.Time) (out []place, ours bool) {
	domains, bodies := map[string]bool{}, map[regime.Party]bool{}
	for i := range l.Notices {
		for j := range l.Notices[i].To {
			p, r := place{i, j}, &l.Notices[i].To[j]
			fresh := now.Sub(r.Refused) <= alikeFor && r.Refused.After(l.takenLast(r)) || l.among(ts, p)
			if r.Sign != sign || !r.refusedBy() || !fresh {
				continue
			}
			out = append(out, p)
			domains[l.domain(ts, l.Notices[i].ID, r)], bodies[r.Party] = true, true
		}
	}
	known := l.Hold != nil && l.Hold.Sign == sign
	several := len(ts) > 0 && len(bodies) > 1 && len(domains) > 1
	return out, known || several || len(bodies) >= manyBodies
}

// manyBodies is how many bodies refuse alike before it is about us, even if they share one mail
// domain, or only a later event of the service says so.
const manyBodies = 3

// refusedBy reports whether it is the service, or the other side, that did not take the mail.
func (r *Recipient) refusedBy() bool {
	return r.State == StateRefused || r.State == StateBounced || r.State == StateDropped ||
		r.State == StateWaiting && r.About == MatterSystem
}

// takenLast is when a mail was taken last in the way in which this one was not.
func (l *Ledger) takenLast(r *Recipient) time.Time {
	if !r.Times.Accepted.IsZero() {
		return l.ArrivedAt
	}
	return l.TakenAt
}

func (l *Ledger) domain(ts []SendResult, notice string, r *Recipient) string {
	for _, t := range ts {
		if t.Notice == notice && t.Party == r.Party && t.Level == r.Level && t.Domain > 0 {
			return strconv.Itoa(t.Domain)
		}
	}
	return string(r.Party)
}

// takeBack holds a mail that was wrongly taken for refused because of its recipient. The contact
// that was to be told instead is not told if nothing has gone to it, and no one has to mend
// anything.
func (l *Pen) takeBack(at place, t SendResult, now time.Time) {
	notice := &l.Notices[at.notice]
	who := l.at(at)
	if !who.State.failed() {
		return
	}
	l.heldAgain(who, t, now)
	notice.Settled = false
	for j := range notice.To {
		if other := &notice.To[j]; other.Party == who.Party && other.After == who.Level && !other.mayHaveGone() && !other.State.taken() {
			other.State, other.Note, other.RetryAt = StateSuperseded, "the contact before is told after all", time.Time{}
		}
	}
	mend := l.Duty(regime.DutyMendDirectory, l.contact(who.Party, who.Level))
	if mend == nil || l.failsElsewhere(*who) {
		return
	}
	l.callOff(mend, now)
}

// failsElsewhere reports whether a mail to the contact, which has one that is held, was refused as well.
func (l *Ledger) failsElsewhere(who Recipient) bool {
	for i := range l.Notices {
		if r := l.Notices[i].recipient(who.Party, who.Level); r != nil && r.State.failed() {
			return true
		}
	}
	return false
}

// heldAgain has a mail wait that was refused or that came back. It goes under a new id, so that
// what is told twice or late of the last try is of no mail that is known.
func (l *Pen) heldAgain(r *Recipient, t SendResult, now time.Time) {
	refused, back := r.Refused, r.Back
	*r = Recipient{Party: r.Party, Level: r.Level, As: r.As, After: r.After, Tries: r.Tries,
		Entry: r.Entry, Round: r.Round + 1, State: StateWaiting, About: t.About, Note: t.Note,
		Reason: t.Reason, Sign: t.Sign, Refused: refused, Back: back,
		RetryAt: now.Add(max(t.RetryAfter, time.Second))}
	if r.Refused.IsZero() {
		r.Refused = now
	}
}

// probe is the one mail that finds out whether the service takes mails again: one of those tried least, so that no
// single mail decides for all, and before them one that was not refused as all are taken to be. Where only those are
// left, each may be refused for itself.
func (l *Ledger) probe(now time.Time) []Notice {
	if l.Hold.Next.After(now) {
		return nil
	}
	var found *Recipient
	var of Notice
	for _, n := range l.Notices {
		if n.Settled {
			continue
		}
		for i := range n.To {
			if r := &n.To[i]; l.wants(n, *r) && !l.from(*r).After(now) && (found == nil || l.tellsMore(r, found)) {
				found, of = r, n
			}
		}
	}
	if found == nil {
		return nil
	}
	of.To = []Recipient{*found}
	return []Notice{of}
}

// tellsMore reports whether to try one mail tells more of the service than to try another.
func (l *Ledger) tellsMore(one, other *Recipient) bool {
	alike := func(r *Recipient) bool { return l.Hold.Sign != "" && r.Sign == l.Hold.Sign && !r.Refused.IsZero() }
	if alike(one) != alike(other) {
		return alike(other)
	}
	return one.Tries < other.Tries
}

// wants reports whether the recipient is still to be told.
func (l *Ledger) wants(n Notice, r Recipient) bool {
	return !r.settled() && !l.overtakenFor(n, r) && !l.awaitingDeliveryEvents(n, r)
}

// from is when a recipient is to be told at the earliest: at due, but that what waits for the
// service goes when it takes mails again.
func (l *Ledger) from(r Recipient) time.Time {
	if l.Hold == nil {
		return r.due()
	}
	if r.State == StateWaiting && (r.About == "" || r.About.all()) {
		return l.Hold.Next
	}
	return calendar.Latest(l.Hold.Next, r.due())
}

// HeldMails is what a person is to know of mails that do not go.
type HeldMails struct {
	Mails int       `json:"mails"`
	Since time.Time `json:"since"`
	About Matter    `json:"about"`
	Why   string    `json:"why,omitempty"`
	// Said is in the service's own words, and for no place that is open.
	Said string    `json:"said,omitempty"`
	Next time.Time `json:"next,omitzero"` // when a mail tries again
}

// HeldMails sums up the mails that are held, for another way than mail; ok is false where none is.
func (l *Ledger) HeldMails(now time.Time) (h HeldMails, ok bool) {
	if l.Hold != nil {
		h = HeldMails{Since: l.Hold.Since, About: l.Hold.About, Why: l.Hold.Why, Said: l.Hold.Said, Next: l.Hold.Next}
	}
	for _, n := range l.Notices {
		if n.Settled {
			continue
		}
		for _, r := range n.To {
			refused := r.State == StateWaiting && !r.Refused.IsZero()
			waits := l.Hold != nil && r.State == "" && !r.WaitsForHours(now)
			if !refused && !waits || l.overtakenFor(n, r) {
				continue
			}
			h.Mails++
			if l.Hold != nil || !h.Since.IsZero() && !r.Refused.Before(h.Since) {
				continue
			}
			h.Since, h.About, h.Why, h.Said, h.Next = r.Refused, r.About, r.Note, r.Reason, r.RetryAt
		}
	}
	return h, h.Mails > 0
}

// Words say it in words that may stand anywhere.
func (h HeldMails) Words() string {
	says := words.Count(h.Mails,
		"mail") + " held since " + calendar.Short(h.Since) + ": the mail service " + h.About.words()
	if h.Why != "" {
		says += " (" + h.Why + ")"
	}
	return says
}

// Advice is what to do about it.
func (h HeldMails) Advice() string {
	if h.About.ofText() || h.About == MatterPolicy || h.About == MatterRoute {
		return "Nothing is lost; it is tried again by itself. Mend the notice's text, or ask those who run the mail service"
	}
	return "Nothing is lost; all go by themselves, once, when the service takes mails again. Tell those who run it"
}

// HeldLines are a board's, empty where no mail is held.
func (l *Ledger) HeldLines(now time.Time) []string {
	h, held := l.HeldMails(now)
	if !held {
		return nil
	}
	return []string{"**MAILS DO NOT GO** — " + h.Words() + ". " + h.Advice() + ".", ""}
}
