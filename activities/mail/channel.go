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
	// RefusedForGood: nothing was taken, and as it is this mail will not be; see Result.About.
	RefusedForGood Outcome = "refused_for_good"
	// Misconfigured: no mail would be taken. Keep this one, hold the others, raise an alarm.
	Misconfigured Outcome = "misconfigured"
	// Unknown: sent, and no answer came. Only here can trying again double a mail.
	Unknown Outcome = "unknown"
)

// Outcomes lists every outcome.
var Outcomes = []Outcome{Accepted, RefusedForNow, RefusedForGood, Misconfigured, Unknown}

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
	// Detail is a short reason for a log or a person, in words of ours.
	Detail string `json:"detail,omitempty"`
	// About is what a refusal is about; empty where nothing was refused.
	About About `json:"about,omitempty"`
	// Reason is what the service said, as Words has it: for a person, and for no log.
	Reason string `json:"reason,omitempty"`
	// Sign is the same for refusals that are alike: "550 5.1.1".
	Sign string `json:"sign,omitempty"`
	// Untried: the mail was answered here, since the service refuses all.
	Untried bool `json:"untried,omitempty"`
	// Works: no answer came, and yet the service took another mail just now.
	Works bool `json:"works,omitempty"`
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

// Batching is a channel that takes many mails at less cost than one by one.
type Batching interface {
	Channel
	// Lay takes a mail as Send does, but what it accepts may be lost by a power cut until Keep has accepted.
	Lay(ctx context.Context, m Message) Result
	// Keep makes all that was laid before last. It may be repeated.
	Keep() Result
}

// Unfit is the sign of a mail that was not given to the service, since no channel may take it.
const Unfit = "unfit"

// Unfit is the result of a mail that no channel may take, as err says of it: our own text is at
// fault, the sender that this site has set, or the address that the directory gives.
func (m Message) Unfit(err error) Result {
	r := Result{Outcome: RefusedForGood, Detail: err.Error(), About: AboutContent, Sign: Unfit}
	switch {
	case m.To.check() != nil:
		r.About = AboutRecipient
	case m.From.check() != nil, m.ReplyTo.check() != nil:
		r.Outcome, r.About = Misconfigured, AboutSender
	}
	return r
}
