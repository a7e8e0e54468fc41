package ledger

import (
	"crypto/sha1"
	"encoding/hex"
	"slices"
	"strconv"
	"time"
)

// DeliveryTimes holds when a mail reached each state. A zero time is not known; a known one never
// changes, whatever the order of the delivery events.
type DeliveryTimes struct {
	Sent      time.Time `json:"sent,omitzero"`      // first given to the mail service
	Accepted  time.Time `json:"accepted,omitzero"`  // taken over by it
	Deferred  time.Time `json:"deferred,omitzero"`  // the other side's server put it off
	Delivered time.Time `json:"delivered,omitzero"` // taken by the other side's server
	Failed    time.Time `json:"failed,omitzero"`    // bounced, dropped or complained of
	// Tried is when it was last given to the service. Again counts how often it was given once more
	// although it may have gone before.
	Tried time.Time `json:"tried,omitzero"`
	Again int       `json:"again,omitempty"`
	// Silent are those of Again before which the service had told nothing of any mail that was
	// sent later: then it may be its word that does not come through, and not the mail.
	Silent int `json:"silent,omitempty"`
	// AwaitsEvents: the service will tell what becomes of the mail; FirstEvent is when it first did.
	AwaitsEvents bool      `json:"awaits,omitempty"`
	FirstEvent   time.Time `json:"heard,omitzero"`
}

// stateOrder is how far each state is along the way; a mail never goes back. What a service
// answers late, or another attempt finds out, does not undo what is known already.
var stateOrder = [][]DeliveryState{
	{""}, {StateWaiting}, {StateSuperseded}, {StateUnknown}, {StateNoContact, StateRefused}, {StateAccepted}, {StateDeferred},
	{StateDelivered}, {StateDropped, StateBounced}, {StateComplained},
}

func (t DeliveryState) rank() int {
	return slices.IndexFunc(stateOrder, func(ts []DeliveryState) bool { return slices.Contains(ts, t) })
}

// advance moves a recipient's mail on and says whether that was news.
func (r *Recipient) advance(to DeliveryState, note string, at time.Time) bool {
	if stamp := r.Times.stamp(to); stamp != nil && stamp.IsZero() {
		*stamp = at
	}
	if to == r.State {
		r.Note = note
		return false
	}
	if to.rank() <= r.State.rank() {
		return false
	}
	r.State, r.Note = to, note
	return true
}

func (w *DeliveryTimes) stamp(t DeliveryState) *time.Time {
	switch t {
	case StateAccepted:
		return &w.Accepted
	case StateDeferred:
		return &w.Deferred
	case StateDelivered:
		return &w.Delivered
	case StateBounced, StateDropped, StateComplained:
		return &w.Failed
	}
	return nil
}

// failed reports whether the contact was not reached and will not be by this mail.
func (t DeliveryState) failed() bool {
	switch t {
	case StateRefused, StateNoContact, StateBounced, StateDropped, StateComplained:
		return true
	}
	return false
}

// mayHaveGone reports whether a further try could double the mail.
func (r Recipient) mayHaveGone() bool { return r.State == StateUnknown || r.State == StateAccepted }

// mailSpace is the name space of the ids of mails (RFC 9562, version 5):
// 6f0d7a52-3c0b-4a57-9a0e-5b0f7a6f2d11. It is part of every running case and never changes.
const mailSpace = "\x6f\x0d\x7a\x52\x3c\x0b\x4a\x57\x9a\x0e\x5b\x0f\x7a\x6f\x2d\x11"

// MailID is the id of the mail that tells a recipient of a notice. It is the same in every try, and
// says nothing to those who do not know what it was made of. The ref is the case's or the group's.
func MailID(ref, notice string, r Recipient) string {
	sum := sha1.Sum([]byte(mailSpace + ref + "\x00" + notice + "\x00" + string(r.Party) + "\x00" +
		string(r.Level) + roundOf(r)))
	sum[6], sum[8] = sum[6]&0x0f|0x50, sum[8]&0x3f|0x80
	id := hex.EncodeToString(sum[:16])
	return id[:8] + "-" + id[8:12] + "-" + id[12:16] + "-" + id[16:20] + "-" + id[20:]
}

// roundOf tells a mail that is sent once more from the one that was refused or came back.
func roundOf(r Recipient) string {
	if r.Round == 0 {
		return ""
	}
	return "\x00" + strconv.Itoa(r.Round)
}

// Answered is when the party did what a notice asked of it; zero when it has not, or when
// nothing was asked.
func (l *Ledger) Answered(n Notice, r Recipient) time.Time {
	for _, d := range l.Duties {
		if d.ID == n.Duty && d.End == EndDone && d.EndedBy == r.Party {
			return d.Ended
		}
	}
	return time.Time{}
}
