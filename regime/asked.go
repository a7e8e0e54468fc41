package regime

// What a notice asks of whom: of the ledger, shared by cases and groups.

import (
	"cmp"
	"slices"
	"strings"

	"holdthering/regime/calendar"
)

// Ask is something that a notice asks of some of those whom it tells.
type Ask struct {
	// Of lists who is asked; in a notice empty where all whom it tells are.
	Of []Party `json:"of,omitempty"`
	// Says is what is asked, said to the reader, as an infinitive without "to"; "{on}" stands for
	// the time where that is when and not by when. Empty: nothing is asked, but the verbs are open
	// to the reader.
	Says string `json:"says,omitempty"`
	// How lists the verbs that answer, parted by commas; it may be empty.
	How string `json:"how,omitempty"`
}

// asking is what a notice asks of all whom it tells.
func asking(says, how string) []Ask { return []Ask{{Says: says, How: how}} }

// Asked lists what a notice asks, for each reader the most pressing first.
func (l *Ledger) Asked(n Notice) []Ask {
	if n.Kind == EntryWithdrawn {
		return nil
	}
	var out []Ask
	add := func(of []Party, says, how string) {
		if len(of) > 0 && says+how != "" {
			out = append(out, Ask{Of: of, Says: says, How: how})
		}
	}
	row, _ := l.host.profile().Notice(n.Kind)
	if a := row.Acknowledge; a != nil && n.Rung == 0 {
		duty := l.host.profile().dutyRow(a.Duty)
		add(acknowledging(n, a.By, l), duty.acknowledgement(), l.host.how(*duty))
	}
	for _, a := range n.Asks {
		of := a.Of
		if len(of) == 0 {
			of = partiesOf(n.To)
		}
		add(of, a.Says, a.How)
	}
	d := l.dutyNamed(n.Enters())
	if d == nil {
		return out
	}
	duty := l.host.profile().dutyRow(d.Kind)
	if n.Rung > 0 && n.Rung <= len(duty.Ladder) && duty.Ladder[n.Rung-1].Notice == n.Kind {
		r := duty.Ladder[n.Rung-1]
		how := r.How
		if how == "" && r.Of == "unacknowledged" {
			how = l.How(*d)
		}
		add(askedByRung(n, r), about(r.Asks, *d), how)
	}
	if owner := l.ownerOf(*d); contains(partiesOf(n.To), owner) && !l.hasAsked(out, owner, *duty) {
		add([]Party{owner}, about(cmp.Or(duty.Asks, duty.Says), *d), l.How(*d))
	}
	return out
}

// hasAsked reports whether the same verbs have been shown to the owner of a duty already.
func (l *Ledger) hasAsked(asks []Ask, owner Party, duty DutyRow) bool {
	return slices.ContainsFunc(asks, func(a Ask) bool {
		return contains(a.Of, owner) && strings.Contains(a.How, l.host.how(duty))
	})
}

// acknowledgement is what its reminders ask of who has not acknowledged an alert.
func (d DutyRow) acknowledgement() string {
	for _, r := range d.Ladder {
		if r.Of == "unacknowledged" {
			return r.Asks
		}
	}
	return "acknowledge this alert"
}

func acknowledging(n Notice, roles []string, l *Ledger) []Party {
	told := partiesOf(n.To)
	if len(roles) == 0 {
		return told
	}
	who := partiesOf(l.audiences(roles, Duty{}))
	return slices.DeleteFunc(told, func(p Party) bool { return !contains(who, p) })
}

func askedByRung(n Notice, r Rung) []Party {
	var to []Recipient
	for _, one := range n.To {
		if r.Of == "" && one.As != "owner" || one.As == r.Of {
			to = append(to, one)
		}
	}
	return partiesOf(to)
}

// about puts what a duty is about into its words.
func about(words string, d Duty) string {
	subject, _, _ := strings.Cut(d.Subject, "|")
	return strings.ReplaceAll(words, "{}", subject)
}

// MeetingRow is what a duty to hold a meeting is in calendars, where it takes up time.
type MeetingRow struct {
	Title string          `json:"title"`
	Lasts calendar.Period `json:"lasts"` // our choice: no source says how long one takes
}

// CalendarEntry is what a notice puts into calendars.
type CalendarEntry struct {
	// Says is what is owed, and Owner who owes it, of a deadline.
	Says  string `json:"says,omitempty"`
	Owner Party  `json:"owner,omitempty"`
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
	row := l.host.profile().dutyRow(d.Kind)
	if row.Meeting != nil {
		return CalendarEntry{Title: about(row.Meeting.Title, *d), Lasts: row.Meeting.Lasts}, true
	}
	return CalendarEntry{Says: l.Says(*d), Owner: l.ownerOf(*d)}, true
}

// FirstMail is the id of the first mail that a party was sent about what the notice is about, so
// that a reminder can be shown below it; empty where none is known. The ref is that of MailID.
func (l *Ledger) FirstMail(ref string, n Notice, p Party) string {
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
	case ToldAccepted, ToldUnknown, ToldDeferred, ToldDelivered:
		return true
	}
	return false
}
