package ledger

import (
	"slices"
	"time"

	"holdthering/regime"
)

// Mailbox is one contact of one party.
type Mailbox struct {
	Party regime.Party `json:"party"`
	Level regime.Level `json:"level"`
}

// unreached makes a contact that was not reached a duty for a person, to find whom to tell
// and to mend the directory, and has the same notice go to the party's next contact, once.
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
// and one that was told in another's place belongs to the other's duty.
func (l *Pen) openContactDuty(r Recipient, next regime.Level, now time.Time) {
	who := l.contact(r.Party, r.Level)
	if l.Duty(regime.DutyMendDirectory, who) != nil || l.isFallbackContact(r) {
		return
	}
	d := l.OpenDuty(DutySpec{Kind: regime.DutyMendDirectory, Owner: l.subject.Support(), Subject: who, Start: now})
	d.Unreached = Mailbox{r.Party, r.Level}
	text := l.owes(*d) + ": " + r.Note
	if next != "" {
		text += ". The same notice has gone to the " + string(next) + " contact"
	}
	l.Notify(Notice{Kind: regime.NoticeUnreached, Duty: d.ID, Text: text, To: l.Audiences(regime.Contacts(regime.RoleOwner), *d)})
}

// isFallbackContact tells that a person is to mend one of the contacts in whose place this one is told.
func (l *Ledger) isFallbackContact(r Recipient) bool {
	if r.After == "" {
		return false
	}
	return slices.ContainsFunc(l.subject.Profile().Contacts.Order, func(level regime.Level) bool {
		return l.Duty(regime.DutyMendDirectory, l.contact(r.Party, level)) != nil
	})
}

// nextContact is whom to tell after one who was not reached; empty when all have been told,
// when nobody needs telling any more, or when the directory itself has found no other.
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

// recordAssignee keeps with a duty to mend the directory which person of its owner has it.
func (l *Pen) recordAssignee(n Notice, t SendResult) {
	d := l.dutyNamed(n.Duty)
	if d != nil && d.Kind == regime.DutyMendDirectory && t.AssignedTo != "" && t.Party == l.OwnerOf(*d) {
		d.AssignedTo = t.AssignedTo
	}
}
