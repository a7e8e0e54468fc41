package regime

import (
	"slices"
	"strings"
	"time"
)

// NoticeKind is the number of a notice in the regime's table (N1 to N44).
type NoticeKind string

// NoticeRow says what a kind of notice is.
type NoticeRow struct {
	Kind    NoticeKind `json:"kind"`
	Subject string     `json:"subject"` // of the mail, without the case's reference
	Rule    string     `json:"rule"`
	// Urgent notices go at any hour, others in working hours. Which are urgent is our choice:
	// those that a clock of hours hangs on, or that patients may be harmed by waiting for.
	Urgent bool `json:"urgent,omitempty"`
	// Acknowledge: who is told is to acknowledge it; nil where nobody is.
	Acknowledge *AcknowledgeRow `json:"acknowledge,omitempty"`
}

// Level is which of a party's contacts is told.
type Level string

// The contacts that a party keeps (regime section 8).
const (
	LevelDuty      Level = "duty"
	LevelLead      Level = "lead"
	LevelDeputy    Level = "deputy"
	LevelExecutive Level = "executive"
)

// Recipient is one contact of one party, and how telling it went.
type Recipient struct {
	Party Party  `json:"party"`
	Level Level  `json:"level"`
	As    string `json:"as,omitempty"` // the role by which it is told; empty: named by the act
	// Hold is from when on it goes, where it waits for working hours.
	Hold  time.Time `json:"hold,omitzero"`
	State Told      `json:"state,omitempty"`
	Tries int       `json:"tries,omitempty"`
	// Entry: the mail held a calendar entry.
	Entry bool      `json:"entry,omitempty"`
	Retry time.Time `json:"retry,omitzero"` // when it is tried again
	Note  string    `json:"note,omitempty"` // why not, in words of ours; never an address
	// About is what a refusal is about, Reason what the service said of it, Sign what refusals
	// that are alike have in common; Refused is when the first of them came.
	About   Matter    `json:"about,omitempty"`
	Reason  string    `json:"reason,omitempty"`
	Sign    string    `json:"sign,omitempty"`
	Refused time.Time `json:"refused,omitzero"`
	// Round counts the mails that this recipient has been sent anew of the notice, each with an id
	// of its own; Back how many of them came back for another reason than the recipient.
	Round int `json:"round,omitempty"`
	Back  int `json:"back,omitempty"`
	Way   Way `json:"way,omitzero"`
	// Mail is the id of the mail that told, where it is another contact's with the same
	// mailbox; else it is MailID's.
	Mail string `json:"mail,omitempty"`
	// After is the party's contact that was to be told before and was not reached.
	After Level `json:"after,omitempty"`
}

// Told is how far telling a recipient has come.
type Told string

// The states of a mail; "" is not yet sent.
const (
	ToldAccepted Told = "accepted" // by the mail service: never called delivered
	ToldWaiting  Told = "waiting"  // could not go yet
	ToldUnknown  Told = "unknown"  // sent, and no answer
	ToldRefused  Told = "refused"
	ToldNobody   Told = "nobody" // the directory has no contact
	ToldSpared   Told = "spared" // a later notice says it better, before this one went

	// What only the mail service can tell, afterwards.
	ToldDeferred   Told = "deferred"  // the other side put it off; the service goes on trying
	ToldDelivered  Told = "delivered" // to the other side's server; whether it is read nobody knows
	ToldBounced    Told = "bounced"
	ToldDropped    Told = "dropped" // the service does not write to this address
	ToldComplained Told = "complained"
	ToldBlocked    Told = "blocked" // came back, not because of the recipient: held, and sent again
)

// Notice is one event that its recipients must be told of: one mail each, one for every
// (event, recipient, rung) (R81).
type Notice struct {
	ID   string     `json:"id"` // "n12"
	Kind NoticeKind `json:"kind"`
	At   time.Time  `json:"at"`
	// Fell is when the clock was to raise it, where nothing ran then and it arose later.
	Fell time.Time `json:"fell,omitzero"`
	// Duty that the notice reminds of, and the rung of its ladder; empty for an event.
	Duty string `json:"duty,omitempty"`
	Rung int    `json:"rung,omitempty"`
	// Entry is the duty whose time an invitation puts into calendars, though it reminds of none.
	Entry string      `json:"entry,omitempty"`
	To    []Recipient `json:"to"`
	// Text is what happened or is asked, in a sentence that may be mailed: it names no
	// patient, person or allegation.
	Text string    `json:"text,omitempty"`
	By   time.Time `json:"by,omitzero"` // by when; zero when nothing is asked
	// Overdue: the time of the duty was up, its grace included, when the notice arose.
	Overdue bool `json:"overdue,omitempty"`
	// Asks is what the notice asks of all whom it tells, or of some, beside what its duty asks of
	// its owner.
	Asks []Ask `json:"asks,omitempty"`
	// Items are the lines of a digest; they name no more than Text does.
	Items []string `json:"items,omitempty"`
	// Urgent: it goes at any hour, whatever its kind.
	Urgent bool `json:"urgent,omitempty"`
	Gone   bool `json:"gone,omitempty"`
}

// notify gathers a notice; flush numbers it and puts it to the others.
func (l *Ledger) notify(n Notice) {
	if len(n.To) > 0 {
		if n.Fell.IsZero() {
			n.Fell = l.fell
		}
		l.tell = append(l.tell, n)
	}
}

// event tells the audiences that something happened.
func (l *Ledger) event(kind NoticeKind, text string, to ...string) {
	l.notify(Notice{Kind: kind, Text: text, To: l.audiences(to, Duty{})})
}

// ask opens a duty and tells its owner at once.
func (l *Ledger) ask(kind NoticeKind, d *Duty, to ...string) {
	if len(to) == 0 {
		to = []string{"owner"}
	}
	l.notify(Notice{Kind: kind, Duty: d.ID, To: l.audiences(to, *d)})
}

func (l *Ledger) flush(now time.Time) {
	l.withdrawEntries(now)
	for _, n := range l.tell {
		n.ID, n.At = "n"+itoa(l.serial()), now
		if d := l.dutyNamed(n.Duty); d != nil {
			n.By = d.Due
			if n.Text == "" {
				n.Text = l.owes(*d)
			}
		}
		l.awaitAcknowledgement(&n, now)
		l.hold(&n, now)
		l.Notices = append(l.Notices, n)
	}
	l.tell = nil
}

// owes says who is to do what.
func (l *Ledger) owes(d Duty) string {
	return l.host.Name(l.ownerOf(d)) + " is to " + l.Says(d)
}

// audiences are the recipients for several roles, each once.
func (l *Ledger) audiences(roles []string, d Duty) []Recipient {
	var out []Recipient
	for _, r := range roles {
		out = l.audience(out, r, d)
	}
	return out
}

// audience adds who is meant by a role, "owner" or "owner:executive", at this moment.
func (l *Ledger) audience(to []Recipient, role string, d Duty) []Recipient {
	role, level, _ := strings.Cut(role, ":")
	if level == "" {
		level = string(LevelDuty)
	}
	parties := l.host.roleParties(role, d)
	to = slices.Grow(to, len(parties))
	for _, p := range parties {
		if r := (Recipient{Party: p, Level: Level(level), As: role}); p != "" && !r.among(to) {
			to = append(to, r)
		}
	}
	return to
}

// among tells whether the same contact of the same party is in the list.
func (r Recipient) among(rs []Recipient) bool {
	return slices.ContainsFunc(rs, func(o Recipient) bool { return o.Party == r.Party && o.Level == r.Level })
}

func without(rs, told []Recipient) []Recipient {
	left := make([]Recipient, 0, len(rs))
	for _, r := range rs {
		if !r.among(told) {
			left = append(left, r)
		}
	}
	return left
}
