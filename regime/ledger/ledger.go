package ledger

import (
	"time"

	"holdthering/regime"
)

// Ledger is what a case or a surveillance group owes, tells and remembers: duties with their
// one clock, notices with their recipients, and a chronology that is only ever added to.
type Ledger struct {
	Duties  []Duty   `json:"duties,omitempty"`
	Notices []Notice `json:"notices,omitempty"`
	Entries []Entry  `json:"entries"`
	Alerts  []Alert  `json:"alerts,omitempty"`
	// Agreements put something to rest.
	Agreements []Agreement `json:"agreements,omitempty"`
	LastEntry  int         `json:"lastEntry"`
	Serial     int         `json:"serial"` // last number given to a duty, notice or action
	// EventsUpTo is when the latest mail went that the mail service has told anything of.
	EventsUpTo time.Time `json:"heardOf,omitzero"`
	// TakenAt is when the mail service last took a mail, ArrivedAt when it last told of one that
	// arrived.
	TakenAt   time.Time `json:"takenAt,omitzero"`
	ArrivedAt time.Time `json:"arrivedAt,omitzero"`
	// Hold: the service takes none of our mails.
	Hold *MailHold `json:"hold,omitempty"`

	// Digested is the last time at which the weekly digest went, or would have (N44).
	Digested time.Time `json:"digested,omitzero"`

	// Past is what has left for the register.
	Past Past `json:"past,omitzero"`
	Lineage

	noDigest bool // suppresses digests while forecasting
	subject  Subject
}

// Subject is the case or group that a ledger belongs to: it knows who is who.
type Subject interface {
	// Profile is the law that the case or group runs under.
	Profile() *regime.Profile
	// Reference is the case's or the group's in mails.
	Reference() string
	// Labels are the profile's words, as they are for this case or group.
	Labels() regime.Labels
	// Name is what a party is called.
	Name(regime.Party) string
	// Gone reports whether the body has ended: it owes nothing and gets no mail.
	Gone(regime.Party) bool
	// ResolveUnit finds which unit is meant where only the body is named.
	ResolveUnit(regime.Party) regime.Party
	// RoleParties are the parties behind a role of the profile's ladders.
	RoleParties(role regime.Role, d Duty) []regime.Party
	// Support is the party that owes what has no other owner.
	Support() regime.Party
	// Holds answers the circumstances that a rung may be passed over for.
	Holds(circumstance string, d Duty) bool
	// TimeIsUp does what happens by itself when a duty's time is up, if anything does.
	TimeIsUp(d Duty, now time.Time) bool
	// What is an entry of the chronology in a few words.
	What(Entry) string
	// How names the verbs that discharge a duty here.
	How(regime.DutyRow) string
	// RulesOf are the rules behind a verb, by its path.
	RulesOf(path string) string
	// FollowLaw goes over to the law of the day, if that has changed.
	FollowLaw(now time.Time)
	// NextLaw is when the law next changes; zero where no day is known.
	NextLaw() time.Time
	// Stands lists what each weekly digest says to all, as long as it is so; each is a sentence without
	// its full stop that may be mailed.
	Stands() []string
	// Settle draws the conclusions that need no act.
	Settle(now time.Time)
}

// Labels are the words for what was renamed over the years, as they are here.
func (l *Ledger) Labels() regime.Labels { return l.subject.Labels() }

// NextSerial is the next number for a duty, notice or action.
func (l *Pen) NextSerial() int {
	l.Serial++
	return l.Serial
}
