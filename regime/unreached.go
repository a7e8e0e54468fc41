package regime

import (
	"slices"
	"time"
)

// Mailbox is one contact of one party.
type Mailbox struct {
	Party Party `json:"party"`
	Level Level `json:"level"`
}

// unreached makes a contact that was not reached a duty for a person, to find whom to tell
// and to mend the directory, and has the same notice go to the party's next contact, once.
func (l *Ledger) unreached(n *Notice, j int, now time.Time) {
	r := n.To[j]
	who := l.contact(r.Party, r.Level)
	text := "Could not tell " + who + ": " + r.Note
	next := l.nextContact(n, r)
	if next != "" {
		text += ". The " + string(next) + " contact is told instead"
	}
	l.owedTo(r, next, now)
	l.byClock(now, text)
	if next == "" {
		return
	}
	n.To = append(n.To, Recipient{Party: r.Party, Level: next, After: r.Level})
	n.Gone = false
}

func (l *Ledger) contact(p Party, level Level) string {
	return l.host.Name(p) + ", " + string(level) + " contact"
}

// owedTo opens the duty, unless it is open: one contact may fail to be reached many times,
// and one that was told in another's place belongs to the other's duty.
func (l *Ledger) owedTo(r Recipient, next Level, now time.Time) {
	who := l.contact(r.Party, r.Level)
	if l.duty(DutyMendDirectory, who) != nil || l.inPlace(r) {
		return
	}
	d := l.owe(owed{kind: DutyMendDirectory, owner: l.host.support(), subject: who, start: now})
	d.Unreached = Mailbox{r.Party, r.Level}
	text := l.owes(*d) + ". Reason: " + r.Note
	if next != "" {
		text += ". The same notice has gone to the " + string(next) + " contact"
	}
	l.notify(Notice{Kind: "N43", Duty: d.ID, Text: text, To: l.audiences([]string{"owner"}, *d)})
}

// inPlace tells that a person is to mend one of the contacts in whose place this one is told.
func (l *Ledger) inPlace(r Recipient) bool {
	if r.After == "" {
		return false
	}
	return slices.ContainsFunc(l.host.profile().Contacts.Order, func(level Level) bool {
		return l.duty(DutyMendDirectory, l.contact(r.Party, level)) != nil
	})
}

// nextContact is whom to tell after one who was not reached; empty when all have been told,
// when nobody needs telling any more, or when the directory itself has found no other.
func (l *Ledger) nextContact(n *Notice, r Recipient) Level {
	if l.overtaken(*n) || r.State == ToldNobody && r.After == "" {
		return ""
	}
	for _, level := range l.host.profile().Contacts.Order {
		if n.recipient(r.Party, level) == nil {
			return level
		}
	}
	return ""
}

// Unreached is whose contact a notice asks to be found; ok is false where it asks for none.
func (l *Ledger) Unreached(n Notice) (who Mailbox, ok bool) {
	if d := l.dutyNamed(n.Duty); d != nil && d.Kind == DutyMendDirectory {
		return d.Unreached, d.Unreached != Mailbox{}
	}
	return Mailbox{}, false
}

// askedOf keeps with a duty to mend the directory which person of its owner has it.
func (l *Ledger) askedOf(n Notice, t Telling) {
	d := l.dutyNamed(n.Duty)
	if d != nil && d.Kind == DutyMendDirectory && t.With != "" && t.Party == l.ownerOf(*d) {
		d.With = t.With
	}
}
