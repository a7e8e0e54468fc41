package message

import (
	"holdthering/regime"
	"holdthering/regime/ledger"
)

// Source is what a batch asks of the case or group that tells.
type Source interface {
	Asked(n ledger.Notice) []ledger.Ask
	CalendarEntry(n ledger.Notice) (ledger.CalendarEntry, bool)
	FirstMail(ref string, n ledger.Notice, p regime.Party) string
	Unconfirmed(n ledger.Notice) bool
	Unreached(n ledger.Notice) (ledger.Mailbox, bool)
	Said(n ledger.Notice) string
	Name(p regime.Party) string
}

// Put adds a notice, with all that its mails need to know.
func (b *Batch) Put(l Source, n ledger.Notice) {
	b.Notices = append(b.Notices, n)
	who, _ := l.Unreached(n)
	for _, a := range l.Asked(n) {
		b.Hows = append(b.Hows, How{Notice: n.ID, Ask: a, Unreached: who, Said: l.Said(n)})
	}
	if l.Unconfirmed(n) {
		b.Unconfirmed = append(b.Unconfirmed, n.ID)
	}
	if e, ok := l.CalendarEntry(n); ok {
		b.Dates = append(b.Dates, Date{n.ID, e})
		b.name(e.Owner, l.Name(e.Owner))
	}
	for _, to := range n.To {
		b.voice(l, to.Party)
		b.guest(l, to.Party)
		b.name(to.Party, l.Name(to.Party))
		if first := l.FirstMail(b.MailRef(), n, to.Party); first != "" {
			b.follows(Thread{n.ID, to.Party, first})
		}
	}
}

// voice notes who is behind a recipient, where the group keeps that to itself.
func (b *Batch) voice(l Source, p regime.Party) {
	if p.Body() != regime.Unnamed || b.Behind(p) != p {
		return
	}
	if g, ok := l.(interface {
		Behind(regime.Party) regime.Party
	}); ok {
		b.Voices = append(b.Voices, Voice{p, g.Behind(p)})
		b.name(g.Behind(p), l.Name(g.Behind(p)))
	}
}

func (b *Batch) follows(t Thread) {
	for _, o := range b.Threads {
		if o.Notice == t.Notice && o.Party == t.Party {
			return
		}
	}
	b.Threads = append(b.Threads, t)
}

// guest takes along the contact of a guest; groups have none.
func (b *Batch) guest(l Source, p regime.Party) {
	for _, g := range b.Guests {
		if g.Party == p {
			return
		}
	}
	if c, ok := l.(interface {
		GuestContact(regime.Party) string
	}); ok && c.GuestContact(p) != "" {
		b.Guests = append(b.Guests, Guest{Party: p, Contact: c.GuestContact(p)})
	}
}

func (b *Batch) name(p regime.Party, name string) {
	if p == "" {
		return
	}
	for _, n := range b.Names {
		if n.Party == p {
			return
		}
	}
	b.Names = append(b.Names, regime.UnitName{Party: p, Name: name})
}
