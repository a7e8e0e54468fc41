package activities

import (
	"log/slog"
	"slices"
	"strings"

	"holdthering/activities/directory"
	"holdthering/notices"
	"holdthering/regime"
	"holdthering/regime/ledger"
)

// letter is one mail: a notice for those contacts of a party that share a mailbox (R81), or
// several that go to it at one moment: routine ones, or urgent ones of one kind, as when a chair
// is reminded of what two bodies owe.
type letter struct {
	parts []letterPart
	party regime.Party
}

type letterPart struct {
	notice ledger.Notice
	to     []ledger.Recipient
}

// letter gathers what goes in the mail to a recipient of a notice. What was tried before goes
// again with what it was tried with, so that a mail stays the same from try to try: of one
// try, all share its number and its time.
func (s *sending) letter(n ledger.Notice, r ledger.Recipient, address string) letter {
	gathered := letter{party: r.Party}
	for _, other := range s.batch.Notices {
		if other.ID != n.ID && !s.together(other, n) {
			continue
		}
		var to []ledger.Recipient
		for _, contact := range other.To {
			sameTry := other.ID == n.ID || contact.Tries == r.Tries && contact.RetryAt.Equal(r.RetryAt)
			same := other.ID == n.ID && contact.Level == r.Level // whatever has become of the directory meanwhile
			if contact.Party == r.Party && sameTry && !s.hasResult(other, contact) &&
				(same || s.reaches(contact, address)) {
				to = append(to, contact)
			}
		}
		if len(to) > 0 {
			gathered.parts = append(gathered.parts, letterPart{other, to})
		}
	}
	return gathered
}

// together reports whether two notices may go in one mail. An urgent one waits for nothing and is
// hidden among nothing else; only what arose with it and is of its kind goes with it.
func (s *sending) together(m, n ledger.Notice) bool {
	if s.urgent(m) || s.urgent(n) {
		return m.Kind == n.Kind && m.At.Equal(n.At) && s.urgent(m) == s.urgent(n)
	}
	return true
}

func (s *sending) reaches(r ledger.Recipient, address string) bool {
	c, err := s.contact(r)
	return err == nil && strings.EqualFold(c.Address, address)
}

// only is the letter without what was to go with a notice.
func (l letter) only(n ledger.Notice) letter {
	for _, p := range l.parts {
		if p.notice.ID == n.ID {
			l.parts = []letterPart{p}
			break
		}
	}
	return l
}

// levels are the contacts that the mail is for, each once.
func (l letter) levels() []regime.Level {
	var out []regime.Level
	for _, p := range l.parts {
		out = append(out, levelsOf(p.to, out)...)
	}
	return out
}

func levelsOf(rs []ledger.Recipient, known []regime.Level) []regime.Level {
	var out []regime.Level
	for _, r := range rs {
		if !slices.Contains(known, r.Level) && !slices.Contains(out, r.Level) {
			out = append(out, r.Level)
		}
	}
	return out
}

// write is the mail in words.
func (s *sending) write(l letter, c directory.Contact) (notices.Mail, error) {
	if s.Unread {
		return notices.Mail{}, nil
	}
	to := notices.Recipient{Party: l.party, Levels: l.levels(), Answering: regime.Level(c.Level),
		Instead: c.Instead, Program: c.Program, Secretariat: s.Secretariat, ReplyTo: s.ReplyTo}
	if s.Links != nil && l.party.Body() != regime.Unnamed { // a page is the body's, and would be kept under its name
		to.Link = func(n ledger.Notice, level regime.Level) string { return s.linkTo(n, l.party, level, c.Address) }
	}
	if len(l.parts) == 1 {
		return s.templates().Render(s.batch, l.parts[0].notice, to)
	}
	var parts []notices.Part
	for _, p := range l.parts {
		parts = append(parts, notices.Part{Notice: p.notice, Levels: levelsOf(p.to, nil)})
	}
	return s.templates().Gather(s.batch, parts, to)
}

// linkTo is the page on which a contact answers. One that cannot be made keeps no mail from going: it says
// how the secretariat is reached.
func (s *sending) linkTo(n ledger.Notice, p regime.Party, level regime.Level, address string) string {
	text, err := s.Links.To(s.batch.MailRef(), n, p, level, address)
	if err != nil {
		slog.Error("A mail goes without its link", "kind", n.Kind, "reason", err)
	}
	return text
}

// result is what became of the mail, for each notice and each contact that it stands for; the
// first of them gives it its id.
func (s *sending) result(l letter, t ledger.SendResult) sendResults {
	var out sendResults
	id := s.mailID(l)
	for _, p := range l.parts {
		for _, r := range p.to {
			t.Notice, t.Party, t.Level, t.Mail, t.Round = p.notice.ID, r.Party, r.Level, "", r.Round
			if id != ledger.MailID(s.batch.Ref, p.notice.ID, r) {
				t.Mail = id
			}
			out = append(out, t)
		}
	}
	return out
}
