package ledger

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"holdthering/regime"
)

// Reminded reports whether a rung has reminded of the duty as it is due now.
func (l *Ledger) Reminded(d Duty, rung int) bool {
	return slices.ContainsFunc(l.Notices, func(n Notice) bool {
		return n.Duty == d.ID && n.Rung == rung && n.By.Equal(d.Due)
	})
}

// Recipient is one contact of one party, and what became of its mail.
type Recipient struct {
	Party regime.Party `json:"party"`
	Level regime.Level `json:"level"`
	As    regime.Role  `json:"as,omitempty"` // the role by which it is told; empty: named by the act
	// NotBefore is from when on it goes, where it waits for working hours.
	NotBefore time.Time     `json:"hold,omitzero"`
	State     DeliveryState `json:"state,omitempty"`
	Tries     int           `json:"tries,omitempty"`
	// Entry: the mail held a calendar entry.
	Entry   bool      `json:"entry,omitempty"`
	RetryAt time.Time `json:"retry,omitzero"` // when it is tried again
	Note    string    `json:"note,omitempty"` // why not, in words of ours; never an address
	// About is what a refusal is about, Reason what the service said of it, Sign what refusals
	// that are alike have in common; Refused is when the first of them came.
	About   Matter    `json:"about,omitempty"`
	Reason  string    `json:"reason,omitempty"`
	Sign    string    `json:"sign,omitempty"`
	Refused time.Time `json:"refused,omitzero"`
	// Met is when this mail itself last met a refusal that sounds as if every mail did.
	Met time.Time `json:"met,omitzero"`
	// Round counts the further mails that this recipient was sent of the notice, each with an id of
	// its own. Back counts those that came back for another reason than the recipient.
	Round int           `json:"round,omitempty"`
	Back  int           `json:"back,omitempty"`
	Times DeliveryTimes `json:"way,omitzero"`
	// Mail is the id of the mail that told, where it is another contact's with the same
	// mailbox; else it is MailID's.
	Mail string `json:"mail,omitempty"`
	// NoLink: the link of its mail has been withdrawn (R128).
	NoLink bool `json:"nolink,omitempty"`
	// After is the party's contact that was to be told before and was not reached.
	After regime.Level `json:"after,omitempty"`
	// PlaceOf is the body that has ended and whose mail this one stands for.
	PlaceOf regime.Party `json:"placeOf,omitempty"`
}

// Notice is one event that its recipients must be told of: one mail each, one for every
// (event, recipient, rung) (R81).
type Notice struct {
	ID   string            `json:"id"` // "n12"
	Kind regime.NoticeKind `json:"kind"`
	At   time.Time         `json:"at"`
	// Fell is when the clock was to raise it, where nothing ran then and it arose later.
	Fell time.Time `json:"fell,omitzero"`
	// Duty that the notice reminds of, and the rung of its ladder; empty for an event.
	Duty string `json:"duty,omitempty"`
	Rung int    `json:"rung,omitempty"`
	// Entry is the duty whose time an invitation puts into calendars, though it reminds of none.
	Entry string `json:"entry,omitempty"`
	// About is the notice whose link was sent again, passed on or used.
	About string      `json:"about,omitempty"`
	To    []Recipient `json:"to"`
	// Text is what happened or is asked, in a sentence that may be mailed: it names no
	// patient, person or allegation.
	Text string    `json:"text,omitempty"`
	By   time.Time `json:"by,omitzero"` // by when; zero when nothing is asked
	// Overdue: the time of the duty was up, its grace included, when the notice arose.
	Overdue bool `json:"overdue,omitempty"`
	// Asks is what the notice asks of all its recipients, or of some, beside what its duty asks of
	// its owner.
	Asks []Ask `json:"asks,omitempty"`
	// Items are the lines of a digest; they name no more than Text does.
	Items []string `json:"items,omitempty"`
	// Urgent: it goes at any hour, whatever its kind.
	Urgent  bool `json:"urgent,omitempty"`
	Settled bool `json:"gone,omitempty"`
}

// Notify gathers a notice; flush numbers it and puts it to the others.
func (l *Pen) Notify(n Notice) {
	n.To = slices.DeleteFunc(l.today(n.To), func(r Recipient) bool { return l.Gone(r.Party) })
	if len(n.To) > 0 {
		if n.Fell.IsZero() {
			n.Fell = l.fellAt
		}
		l.gathered = append(l.gathered, n)
	}
}

// Gone reports whether a body is no more, by its own end or by the law, so that nothing can be sent to it.
func (l *Ledger) Gone(p regime.Party) bool { return l.subject.Gone(p) || l.endedByLaw(p) }

// Event tells the audiences that something happened.
func (l *Pen) Event(kind regime.NoticeKind, text string, to ...regime.Role) {
	l.Notify(Notice{Kind: kind, Text: text, To: l.Audiences(regime.Contacts(to...), Duty{})})
}

// Ask opens a duty and tells its owner at once.
func (l *Pen) Ask(kind regime.NoticeKind, d *Duty, to ...regime.Role) {
	if len(to) == 0 {
		to = []regime.Role{regime.RoleOwner}
	}
	l.Notify(Notice{Kind: kind, Duty: d.ID, To: l.Audiences(regime.Contacts(to...), *d)})
}

// NoMoreTo has nothing go to a party that has not gone already: the body has ended.
func (l *Pen) NoMoreTo(p regime.Party) {
	for i := range l.Notices {
		for j := range l.Notices[i].To {
			if r := &l.Notices[i].To[j]; r.Party == p && (r.State == "" || r.waiting()) {
				r.Supersede()
				r.Note = "the body has ended"
			}
		}
	}
}

// Flush numbers the gathered notices, sets when each goes, and adds them to the ledger.
func (l *Pen) Flush(now time.Time) {
	l.withdrawEntries(now)
	for _, n := range l.gathered {
		n.ID, n.At = "n"+strconv.Itoa(l.NextSerial()), now
		if d := l.dutyNamed(n.Duty); d != nil {
			n.By = d.Due
			if n.Text == "" {
				n.Text = l.dutySentence(*d)
			}
		}
		l.awaitAcknowledgement(&n, now)
		l.DeferToHours(&n, now)
		l.Notices = append(l.Notices, n)
	}
	l.gathered, l.overtaken = nil, nil
}

// dutySentence says who is to do what.
func (l *Ledger) dutySentence(d Duty) string {
	return l.subject.Name(l.OwnerOf(d)) + " is to " + l.Says(d)
}

// Audiences are the recipients for several audiences, each once.
func (l *Ledger) Audiences(as []regime.Audience, d Duty) []Recipient {
	var out []Recipient
	for _, a := range as {
		out = l.Audience(out, a, d)
	}
	return out
}

// Audience adds the recipients that are meant at this moment. A role that does not exist is a
// panic: what is meant for it would reach no one.
func (l *Ledger) Audience(to []Recipient, a regime.Audience, d Duty) []Recipient {
	level := cmp.Or(a.Level, regime.LevelDuty)
	parties := l.subject.RoleParties(a.Role.Must(), d)
	to = slices.Grow(to, len(parties))
	for _, p := range parties {
		if r := (Recipient{Party: p, Level: level, As: a.Role}); p != "" && !l.subject.Gone(p) && !r.Among(to) {
			to = append(to, r)
		}
	}
	return to
}

// DutyContacts are the duty contacts of parties, each once.
func DutyContacts(ps []regime.Party) []Recipient {
	var out []Recipient
	for _, p := range ps {
		if r := (Recipient{Party: p, Level: regime.LevelDuty}); p != "" && !r.Among(out) {
			out = append(out, r)
		}
	}
	return out
}

// Among reports whether the same contact of the same party is in the list.
func (r Recipient) Among(rs []Recipient) bool {
	return slices.ContainsFunc(rs, func(o Recipient) bool { return o.Party == r.Party && o.Level == r.Level })
}

// And adds the duty contacts of parties to the list, each once.
func And(rs []Recipient, parties ...regime.Party) []Recipient {
	for _, p := range parties {
		if r := (Recipient{Party: p, Level: regime.LevelDuty}); p != "" && !r.Among(rs) {
			rs = append(rs, r)
		}
	}
	return rs
}

// Without leaves out of rs those that were told.
func Without(rs, told []Recipient) []Recipient {
	left := make([]Recipient, 0, len(rs))
	for _, r := range rs {
		if !r.Among(told) {
			left = append(left, r)
		}
	}
	return left
}

// RiskRoles are told of an immediate risk (N2).
var RiskRoles = []regime.Role{regime.RoleInspector, regime.RoleOverseer, regime.RoleCommissioners, regime.RoleSupport,
	regime.RoleProvider}

// PartiesOf lists the recipients' parties, each once.
func PartiesOf(rs []Recipient) []regime.Party {
	var out []regime.Party
	for _, r := range rs {
		if !slices.Contains(out, r.Party) {
			out = append(out, r.Party)
		}
	}
	return out
}
