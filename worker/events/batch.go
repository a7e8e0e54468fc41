package events

import (
	"encoding/json"
	"errors"
	"regexp"
	"time"

	"holdthering/activities/mail"
	"holdthering/activities/mail/sendgrid"
	"holdthering/regime/ledger"
)

// serviceEvent is one event as the service writes it, as far as it is read. The address of the
// recipient serves to take it out of the words of the other side's server, and is not kept.
type serviceEvent struct {
	Event  string
	Time   time.Time // zero where the service gives none that can be
	Notice string
	Case   string
	// What of a drop or a bounce says why: the service's type ("blocked"), the other side's status
	// code and the words, which may quote the address To.
	Type, Status, Reason, To string
}

// states are what the service's events mean for a case. A mail that was opened, whose link was
// followed or that was unsubscribed from has arrived, though the event that says so may have been
// lost.
var states = map[string]ledger.DeliveryState{
	"processed": ledger.StateAccepted, "deferred": ledger.StateDeferred, "delivered": ledger.StateDelivered,
	"bounce": ledger.StateBounced, "dropped": ledger.StateDropped, "spamreport": ledger.StateComplained,
	"open": ledger.StateDelivered, "click": ledger.StateDelivered,
	"unsubscribe": ledger.StateDelivered, "group_unsubscribe": ledger.StateDelivered, "group_resubscribe": ledger.StateDelivered,
}

// lastSecond is the end of the year 9999, after which a time cannot be written down.
const lastSecond = 253402300799

// UnmarshalJSON reads the event, with the arguments that we gave the mail. A field of another form
// than it should have is left empty: one such event must not keep the others of its batch out.
func (t *serviceEvent) UnmarshalJSON(raw []byte) error {
	var all map[string]json.RawMessage
	if err := json.Unmarshal(raw, &all); err != nil {
		return err
	}
	for name, into := range map[string]*string{"event": &t.Event, sendgrid.NoticeArg: &t.Notice,
		sendgrid.CaseArg: &t.Case, "type": &t.Type, "status": &t.Status, "reason": &t.Reason, "email": &t.To} {
		_ = json.Unmarshal(all[name], into) // not a text: not a mail of ours
	}
	var seconds float64
	if json.Unmarshal(all["timestamp"], &seconds) == nil && seconds > 0 && seconds <= lastSecond {
		t.Time = time.Unix(int64(seconds), 0).UTC()
	}
	return nil
}

// The forms of our own ids: what else a batch holds is of no mail of ours.
var (
	mailForm = regexp.MustCompile(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)
	refForm  = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$`)
)

// event is what is told, as a case takes it.
func (t serviceEvent) event(state ledger.DeliveryState) ledger.MailEvent {
	e := ledger.MailEvent{Mail: t.Notice, State: state, At: t.Time}
	if state != ledger.StateBounced && state != ledger.StateDropped {
		return e
	}
	about := sendgrid.Failure{Event: t.Event, Type: t.Type, Status: t.Status, Reason: t.Reason}
	e.About, e.Sign = ledger.Matter(about.About()), about.Sign()
	e.Reason = mail.Words(t.Reason, mail.Address{Email: t.To})
	if e.About != ledger.MatterRecipient {
		e.State = ledger.StateBlocked
	}
	return e
}

// portion is the events of one case or group.
type portion struct {
	ref    string
	events []ledger.MailEvent
}

var errNoBatch = errors.New("not a batch of events")

// portions parts a batch by cases, each in the order of the batch.
func portions(body []byte) ([]portion, error) {
	var batch []serviceEvent
	if err := json.Unmarshal(body, &batch); err != nil {
		return nil, errNoBatch
	}
	var out []portion
	at := map[string]int{}
	for _, t := range batch {
		state, known := states[t.Event]
		if !known || !mailForm.MatchString(t.Notice) || !refForm.MatchString(t.Case) {
			continue
		}
		i, seen := at[t.Case]
		if !seen || len(out[i].events) == ledger.MaxEvents {
			i = len(out)
			at[t.Case], out = i, append(out, portion{ref: t.Case})
		}
		out[i].events = append(out[i].events,
			t.event(state))
	}
	return out, nil
}
