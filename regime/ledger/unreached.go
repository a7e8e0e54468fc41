package ledger

import (
	"slices"
	"strings"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/words"
)

// Mailbox is one contact of one party.
type Mailbox struct {
	Party regime.Party `json:"party"`
	Level regime.Level `json:"level"`
}

// unreached makes a contact that was not reached a duty for a person: to find out who is to be
// told, and to mend the directory. The same notice goes to the party's next contact, once.
func (l *Pen) unreached(n *Notice, j int, now time.Time) {
	r := n.To[j]
	who := l.contact(r.Party, r.Level)
	text := "Could not tell " + who + ": " + r.Note
	next := l.nextContact(n, r)
	if next != "" {
		text += ". The " + string(next) + " contact is told instead"
	}
	l.openContactDuty(r, next, now)
	l.EnterByClock(now, text)
	if next == "" {
		return
	}
	n.To = append(n.To, Recipient{Party: r.Party, Level: next, After: r.Level})
	n.Settled = false
}

func (l *Ledger) contact(p regime.Party, level regime.Level) string {
	return l.subject.Name(p) + ", " + string(level) + " contact"
}

// openContactDuty opens the duty, unless it is open: one contact may fail to be reached many times,
// and one that was told in another's place belongs to the other's duty. A duty that silence opened
// stays, whatever is heard later, once a mail to the contact has failed.
func (l *Pen) openContactDuty(r Recipient, next regime.Level, now time.Time) (opened bool) {
	who := l.contact(r.Party, r.Level)
	if d := l.Duty(regime.DutyMendDirectory, who); d != nil {
		if d.Silent && r.State.failed() {
			d.Silent, d.Said = false, r.Reason
		}
		return false
	}
	if l.isFallbackContact(r) {
		return false
	}
	d := l.OpenDuty(DutySpec{Kind: regime.DutyMendDirectory, Owner: l.subject.Support(), Subject: who, Start: now})
	d.Unreached, d.Said = Mailbox{r.Party, r.Level}, r.Reason
	text := l.dutySentence(*d) + ". Reason: " + r.Note
	if next != "" {
		text += ". The same notice has gone to the " + string(next) + " contact"
	}
	l.Notify(Notice{Kind: regime.NoticeUnreached, Duty: d.ID, Text: text,
		To: l.Audiences(regime.Contacts(regime.RoleOwner), *d)})
	return true
}

// isFallbackContact reports whether a person is to mend one of the contacts in whose place this one is told.
func (l *Ledger) isFallbackContact(r Recipient) bool {
	if r.After == "" {
		return false
	}
	return slices.ContainsFunc(l.subject.Profile().Contacts.Order, func(level regime.Level) bool {
		return l.Duty(regime.DutyMendDirectory, l.contact(r.Party, level)) != nil
	})
}

// nextContact is the contact to turn to after one that was not reached. It is empty when all have
// been told, when there is nothing to tell any more, or when the directory itself has found no
// other.
func (l *Ledger) nextContact(n *Notice, r Recipient) regime.Level {
	if l.overtaken(*n) || r.State == StateNoContact && r.After == "" {
		return ""
	}
	for _, level := range l.subject.Profile().Contacts.Order {
		if n.recipient(r.Party, level) == nil {
			return level
		}
	}
	return ""
}

// Unreached is whose contact a notice asks to be found; ok is false where it asks for none.
func (l *Ledger) Unreached(n Notice) (who Mailbox, ok bool) {
	if d := l.dutyNamed(n.Duty); d != nil && d.Kind == regime.DutyMendDirectory {
		return d.Unreached, d.Unreached != Mailbox{}
	}
	return Mailbox{}, false
}

// String is the contact as it is typed: "CCG/07J:duty".
func (m Mailbox) String() string { return string(m.Party) + ":" + string(m.Level) }

// Said is what the mail service said of the mail that a notice is about; empty where it said nothing.
func (l *Ledger) Said(n Notice) string {
	if d := l.dutyNamed(n.Duty); d != nil {
		return d.Said
	}
	return ""
}

// Mends is the open duty to find a contact that is named by it ("CCG/07J:duty") or by its own number
// ("D12"). The error says which are open.
func (l *Ledger) Mends(named string) (*Duty, error) {
	var open []string
	for i := range l.Duties {
		d := &l.Duties[i]
		if d.Kind != regime.DutyMendDirectory || !d.Open() {
			continue
		}
		if strings.EqualFold(named, d.ID) || l.names(named, d.Unreached) {
			return d, nil
		}
		open = append(open, d.Unreached.String()+" ("+d.ID+")")
	}
	if len(open) == 0 {
		return nil, regime.Mistakef("no contact is missing.")
	}
	return nil, regime.Mistakef("%q is not a missing contact; those are %s.", named, strings.Join(open, ", "))
}

// names reports whether a contact is meant by what was typed, also without the unit where the body
// has one only here, and with a blank for the colon.
func (l *Ledger) names(typed string, m Mailbox) bool {
	typed = strings.TrimSpace(typed)
	i := strings.LastIndexAny(typed, ": ")
	if i < 0 {
		return false
	}
	party := regime.Party(strings.TrimSpace(typed[:i]))
	return strings.EqualFold(typed[i+1:], string(m.Level)) &&
		(strings.EqualFold(string(party), string(m.Party)) || l.subject.ResolveUnit(party) == m.Party ||
			strings.EqualFold(string(party), l.subject.Name(m.Party)))
}

// Mended ends the duty to find one contact, and sends that contact again what it missed.
func (l *Pen) Mended(named string, m Moment) string {
	d, err := l.Mends(named)
	if err != nil {
		return "" // check has passed
	}
	who := d.Unreached
	l.Discharge(d.Kind, d.Subject, m)
	return "Found the contact: " + l.contact(who.Party, who.Level) + ". " + words.Count(l.sendAgain(who, m.Now), "mail") +
		" sent again. "
}

// sendAgain sends a contact what it missed and what is still of use, and says how many.
func (l *Pen) sendAgain(who Mailbox, now time.Time) int {
	sent := 0
	for i := range l.Notices {
		n := &l.Notices[i]
		r := n.recipient(who.Party, who.Level)
		if r != nil && r.State.failed() && r.State != StateComplained && l.ofUse(i, who) {
			l.newMail(n, r, now)
			sent++
		}
	}
	return sent
}

// ofUse reports whether a notice still says something to a contact that missed it: what it asks is
// still asked, and no later notice of the same has gone to the contact or is to go.
func (l *Ledger) ofUse(i int, who Mailbox) bool {
	n := l.Notices[i]
	if n.Kind == regime.EntryWithdrawn || l.ended(n) {
		return false
	}
	if d := l.dutyNamed(n.Enters()); d != nil && !d.Open() {
		return false
	}
	for _, later := range l.Notices[i+1:] {
		same := n.Duty != "" && later.Duty == n.Duty || n.Kind == digestKind && later.Kind == digestKind
		if r := later.recipient(who.Party, who.Level); same && r != nil && r.State != StateSuperseded {
			return false
		}
	}
	return true
}

// digestKind sums up what is open; the latest says it all.
const digestKind = "N44"

// newMail has a recipient told again, by a mail with an id of its own.
func (l *Pen) newMail(n *Notice, r *Recipient, now time.Time) {
	*r = Recipient{Party: r.Party, Level: r.Level, As: r.As, After: r.After, Round: r.Round + 1}
	n.Settled = false
	hours := l.subject.Profile().Hours
	if hours == nil || l.subject.Profile().GoesAtOnce(n.Kind, n.Urgent) || n.By.After(now) {
		return
	}
	if next := calendar.NextWorkingTime(now, hours.From, hours.To); next.After(now) {
		r.NotBefore = next.UTC()
	}
}

// Resendable finds what is to be sent again by name: "n12", or "all".
func (l *Ledger) Resendable(notice, to string, now time.Time) ([]place, error) {
	var out []place
	known := isNotice.MatchString(strings.ToLower(notice)) && numbered(notice) <= l.Serial // or it was, and has left
	for i := range l.Notices {
		n := &l.Notices[i]
		if notice != everything && !strings.EqualFold(notice, n.ID) {
			continue
		}
		for j := range n.To {
			r := &n.To[j]
			if to != "" && !l.names(to, Mailbox{r.Party, r.Level}) {
				continue
			}
			useful := l.ofUse(i, Mailbox{r.Party, r.Level}) || notice != everything && l.atHand(n, r, now)
			if r.State.failed() && useful || r.State == StateWaiting && !l.overtakenFor(*n, *r) {
				out = append(out, place{i, j})
			}
		}
	}
	switch {
	case !known && notice != everything:
		return nil, regime.Mistakef("there is no notice %q; 'record --notices', or 'group file --notices', lists them.", notice)
	case len(out) == 0:
		return nil, regime.Mistakef("no such mail was refused or is waiting: what has gone, or may have gone, is not sent twice.")
	}
	return out, nil
}

// atHand reports whether a mail is so fresh that it may still be sent by name, whatever it says.
func (l *Ledger) atHand(n *Notice, r *Recipient, now time.Time) bool {
	before := now.Add(-StaysFor)
	return !n.At.Before(before) || !r.lastMoved().Before(before)
}

const everything = "all"

// Resend sends mails again that were refused, and tries at once those that wait.
func (l *Pen) Resend(notice, to string, now time.Time) int {
	found, err := l.Resendable(notice, to, now)
	if err != nil {
		return 0 // check has passed
	}
	for _, p := range found {
		n, r := &l.Notices[p.notice], l.at(p)
		if r.State == StateWaiting {
			r.RetryAt = now
			continue
		}
		l.newMail(n, r, now)
		r.NotBefore = time.Time{}
	}
	if l.Hold != nil {
		l.Hold.Next = now
	}
	return len(found)
}

// recordAssignee keeps with a duty to mend the directory which person of its owner has it.
func (l *Pen) recordAssignee(n Notice, t SendResult) {
	d := l.dutyNamed(n.Duty)
	if d != nil && d.Kind == regime.DutyMendDirectory && t.AssignedTo != "" && t.Party == l.OwnerOf(*d) {
		d.AssignedTo = t.AssignedTo
	}
}
