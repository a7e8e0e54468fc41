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
	Party Party `json:"party"`
	Level Level `json:"level"`
	// Hold is from when on it goes, where it waits for working hours.
	Hold  time.Time `json:"hold,omitzero"`
	State Told      `json:"state,omitempty"`
	Tries int       `json:"tries,omitempty"`
	// Entry: the mail held a calendar entry.
	Entry bool      `json:"entry,omitempty"`
	Retry time.Time `json:"retry,omitzero"` // when it is tried again
	Note  string    `json:"note,omitempty"` // why not; never an address
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
)

// Notice is one event that its recipients must be told of: one mail each, one for every
// (event, recipient, rung) (R81).
type Notice struct {
	ID   string     `json:"id"` // "n12"
	Kind NoticeKind `json:"kind"`
	At   time.Time  `json:"at"`
	// Duty that the notice reminds of, and the rung of its ladder; empty for an event.
	Duty string      `json:"duty,omitempty"`
	Rung int         `json:"rung,omitempty"`
	To   []Recipient `json:"to"`
	// Text is what happened or is asked, in a sentence that may be mailed: it names no
	// patient, person or allegation.
	Text string    `json:"text,omitempty"`
	By   time.Time `json:"by,omitzero"` // by when; zero when nothing is asked
	// Items are the lines of a digest; they name no more than Text does.
	Items []string `json:"items,omitempty"`
	// Urgent: it goes at any hour, whatever its kind.
	Urgent bool `json:"urgent,omitempty"`
	Gone   bool `json:"gone,omitempty"`
}

// notify gathers a notice; flush numbers it and puts it to the others.
func (l *Ledger) notify(n Notice) {
	if len(n.To) > 0 {
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
		for _, d := range l.Duties {
			if d.ID == n.Duty {
				n.By = d.Due
				if n.Text == "" {
					n.Text = l.owes(d)
				}
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
		out = append(out, without(l.audience(r, d), out)...)
	}
	return out
}

// audience is who is meant by a role, "owner" or "owner:executive", at this moment.
func (l *Ledger) audience(role string, d Duty) []Recipient {
	role, level, _ := strings.Cut(role, ":")
	if level == "" {
		level = string(LevelDuty)
	}
	var out []Recipient
	for _, p := range l.host.roleParties(role, d) {
		if p != "" {
			out = append(out, Recipient{Party: p, Level: Level(level)})
		}
	}
	return out
}

func without(rs, told []Recipient) []Recipient {
	return slices.DeleteFunc(slices.Clone(rs), func(r Recipient) bool {
		return slices.ContainsFunc(told, func(t Recipient) bool {
			return t.Party == r.Party && t.Level == r.Level
		})
	})
}
