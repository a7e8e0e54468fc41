package regime

import "time"

// Ledger is what a case or a surveillance group owes, tells and remembers: duties with their
// one clock, notices with their recipients, and a chronology that is only ever added to.
type Ledger struct {
	Duties    []Duty   `json:"duties,omitempty"`
	Notices   []Notice `json:"notices,omitempty"`
	Entries   []Entry  `json:"entries"`
	Alerts    []Alert  `json:"alerts,omitempty"`
	LastEntry int      `json:"lastEntry"`
	Serial    int      `json:"serial"` // last number given to a duty, notice or action
	// HeardOf is when the latest mail went of which the mail service has told anything.
	HeardOf time.Time `json:"heardOf,omitzero"`
	// TakenAt is when the mail service last took a mail, ArrivedAt when it last told of one that
	// arrived.
	TakenAt   time.Time `json:"takenAt,omitzero"`
	ArrivedAt time.Time `json:"arrivedAt,omitzero"`
	// Hold: the service takes none of our mails.
	Hold *MailHold `json:"hold,omitempty"`

	// Digested is the last time at which the weekly digest went, or would have (N44).
	Digested time.Time `json:"digested,omitzero"`

	tell     []Notice  // gathered while an act is done
	fell     time.Time // while the clock does late what was to be done then; see Notice.Fell
	recorded time.Time // when the act in progress is recorded; zero while the clock runs
	noDigest bool      // of a forecast: it tells what falls due, not what sums it up
	host     host
}

// host is the case or group that a ledger belongs to: it knows who is who.
type host interface {
	profile() *Profile
	// reference is the case's or the group's in mails.
	reference() string
	// labels are the profile's words, as they are for this case or group.
	labels() Labels
	// Name is what a party is called.
	Name(Party) string
	// Complete finds which unit is meant where only the body is named.
	Complete(Party) Party
	// roleParties are the parties behind a role of the profile's ladders.
	roleParties(role string, d Duty) []Party
	// support is who owes what nobody else does.
	support() Party
	// holds answers the circumstances that a rung may be passed over for.
	holds(circumstance string, d Duty) bool
	// timeIsUp does what happens by itself when a duty's time is up, if anything does.
	timeIsUp(d Duty, now time.Time) bool
	// what is an entry of the chronology in a few words.
	what(Entry) string
	// how names the verbs that discharge a duty here.
	how(DutyRow) string
	// settle draws the conclusions that need nobody's act.
	settle(now time.Time)
}

// Labels are the words for what was renamed over the years, as they are here.
func (l *Ledger) Labels() Labels { return l.host.labels() }

func (l *Ledger) serial() int {
	l.Serial++
	return l.Serial
}
