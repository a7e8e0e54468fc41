package ledger

import (
	"cmp"
	"slices"
	"strings"

	"holdthering/regime"
	"holdthering/regime/calendar"
)

// Ask is something that a notice asks of some of its recipients.
type Ask struct {
	// Of lists who is asked; empty in a notice that asks all its recipients.
	Of []regime.Party `json:"of,omitempty"`
	// Says is what is asked, said to the reader, as an infinitive without "to"; "{on}" stands for
	// the time where that is when and not by when. Empty: nothing is asked, but the verbs are open
	// to the reader.
	Says string `json:"says,omitempty"`
	// How lists the verbs that answer, parted by commas; it may be empty.
	How string `json:"how,omitempty"`
}

// Asking is what a notice asks of all its recipients.
func Asking(says, how string) []Ask { return []Ask{{Says: says, How: how}} }

// Asked lists what a notice asks, for each reader the most pressing first.
func (l *Ledger) Asked(n Notice) []Ask {
	if n.Kind == regime.EntryWithdrawn {
		return nil
	}
	var out []Ask
	add := func(of []regime.Party, says, how string) {
		if len(of) > 0 && says+how != "" {
			out = append(out, Ask{Of: of, Says: says, How: how})
		}
	}
	row, _ := l.subject.Profile().Notice(n.Kind)
	if a := row.Acknowledge; a != nil && n.Rung == 0 {
		duty := l.subject.Profile().DutyRow(a.Duty)
		add(acknowledging(n, a.By, l), duty.Acknowledgement(), l.subject.How(*duty))
	}
	for _, a := range n.Asks {
		of := a.Of
		if len(of) == 0 {
			of = PartiesOf(n.To)
		}
		add(of, a.Says, a.How)
	}
	open := l.dutyNamed(n.Enters())
	if open == nil {
		return out
	}
	duty := l.subject.Profile().DutyRow(open.Kind)
	if n.Rung > 0 && n.Rung <= len(duty.Ladder) && duty.Ladder[n.Rung-1].Notice == n.Kind {
		rung := duty.Ladder[n.Rung-1]
		how := rung.How
		if how == "" && rung.Of == regime.RoleUnacknowledged {
			how = l.How(*open)
		}
		add(askedByRung(n, rung), about(rung.Asks, *open), how)
	}
	if owner := l.OwnerOf(*open); slices.Contains(PartiesOf(n.To), owner) && !l.hasAsked(out, owner, *duty) {
		add([]regime.Party{owner}, about(cmp.Or(duty.Asks, duty.Says), *open), l.How(*open))
	}
	return out
}

// hasAsked reports whether the same verbs have been shown to the owner of a duty already.
func (l *Ledger) hasAsked(asks []Ask, owner regime.Party, duty regime.DutyRow) bool {
	return slices.ContainsFunc(asks, func(a Ask) bool {
		return slices.Contains(a.Of, owner) && strings.Contains(a.How, l.subject.How(duty))
	})
}

func acknowledging(n Notice, roles []regime.Role, l *Ledger) []regime.Party {
	told := PartiesOf(n.To)
	if len(roles) == 0 {
		return told
	}
	who := PartiesOf(l.Audiences(regime.Contacts(roles...), Duty{}))
	return slices.DeleteFunc(told, func(p regime.Party) bool { return !slices.Contains(who, p) })
}

func askedByRung(n Notice, r regime.Rung) []regime.Party {
	var to []Recipient
	for _, one := range n.To {
		if r.Of == "" && one.As != regime.RoleOwner || one.As == r.Of {
			to = append(to, one)
		}
	}
	return PartiesOf(to)
}

// about puts what a duty is about into its words.
func about(words string, d Duty) string {
	subject, _, _ := strings.Cut(d.Subject, "|")
	return strings.ReplaceAll(words, "{}", subject)
}

// CalendarEntry is what a notice puts into calendars.
type CalendarEntry struct {
	// Says is what is owed, and Owner who owes it, of a deadline.
	Says  string       `json:"says,omitempty"`
	Owner regime.Party `json:"owner,omitempty"`
	// Title and Lasts are those of a meeting.
	Title string          `json:"title,omitempty"`
	Lasts calendar.Period `json:"lasts,omitzero"`
}

// CalendarEntry is the entry of a notice that has a time ahead; ok is false for any other.
func (l *Ledger) CalendarEntry(n Notice) (e CalendarEntry, ok bool) {
	d := l.dutyNamed(n.Enters())
	if d == nil || !n.By.After(n.At) {
		return e, false
	}
	row := l.subject.Profile().DutyRow(d.Kind)
	if row.Meeting != nil {
		return CalendarEntry{Title: about(row.Meeting.Title, *d), Lasts: row.Meeting.Lasts}, true
	}
	return CalendarEntry{Says: l.Says(*d), Owner: l.OwnerOf(*d)}, true
}

// FirstMail is the id of the first mail that told a party of what the notice is about, so that a
// reminder can be shown below it; empty where none is known. The ref is that of MailID.
func (l *Ledger) FirstMail(ref string, n Notice, p regime.Party) string {
	if n.Enters() == "" {
		return ""
	}
	for _, m := range l.Notices {
		if m.Enters() != n.Enters() || m.ID == n.ID {
			continue
		}
		for _, r := range m.To {
			if r.Party == p && r.went() {
				return cmp.Or(r.Mail, MailID(ref, m.ID, r))
			}
		}
	}
	return ""
}

// went reports whether the mail has left, as far as is known.
func (r Recipient) went() bool {
	switch r.State {
	case StateAccepted, StateUnknown, StateDeferred, StateDelivered:
		return true
	}
	return false
}
