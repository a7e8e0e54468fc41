package mail

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// Outcome says what came back from one try to send. There is no other outcome.
type Outcome string

// The outcomes, and what the caller does about each.
const (
	// Accepted: taken over by the channel. Whether it arrives is told by later events.
	Accepted Outcome = "accepted"
	// RefusedForNow: nothing was taken; try again after Result.RetryAfter, without limit.
	RefusedForNow Outcome = "refused_for_now"
	// RefusedForGood: nothing was taken and nothing will be; a person must see to it.
	RefusedForGood Outcome = "refused_for_good"
	// Faulty: the mail is not fit to be sent, whoever gets it and whoever carries it: our own text
	// or program is at fault. Nothing was taken. Keep it and have a person mend that; nobody who
	// would get it is to be blamed.
	Faulty Outcome = "faulty"
	// Misconfigured: no mail would be taken. Keep this one, hold the others, raise an alarm.
	Misconfigured Outcome = "misconfigured"
	// Unknown: sent, and no answer came. Only here can trying again double a mail.
	Unknown Outcome = "unknown"
)

// Outcomes lists every outcome.
var Outcomes = []Outcome{Accepted, RefusedForNow, RefusedForGood, Faulty, Misconfigured, Unknown}

// UnmarshalText refuses what is not on the list.
func (o *Outcome) UnmarshalText(text []byte) error {
	read := Outcome(text)
	if !slices.Contains(Outcomes, read) {
		return fmt.Errorf("%q is not an outcome of sending a mail", text)
	}
	*o = read
	return nil
}

// Result is the answer to one try.
type Result struct {
	Outcome Outcome `json:"outcome"`
	// Detail is a short reason for a log or a person; no body and no address stands in it.
	Detail string `json:"detail,omitempty"`
	// RetryAfter, in nanoseconds when marshalled, is the earliest time for another try as
	// the channel knows it; zero leaves it to the caller's own back-off.
	RetryAfter time.Duration `json:"retryAfter,omitempty"`
}

// Channel sends mails. Send may be called by many goroutines at once; it never panics and
// never retries by itself: when and how often to try again is the caller's to remember.
type Channel interface {
	// Name is one or two words for a description: "outbox", "sendgrid".
	Name() string
	Send(ctx context.Context, m Message) Result
}
