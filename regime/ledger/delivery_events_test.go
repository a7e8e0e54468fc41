package ledger

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"holdthering/regime"
)

func TestTheIDOfAMailIsAUUIDThatStaysTheSame(t *testing.T) {
	r := Recipient{Party: "CQC", Level: regime.LevelDuty}
	space := uuid.MustParse("6f0d7a52-3c0b-4a57-9a0e-5b0f7a6f2d11")
	want := uuid.NewSHA1(space, []byte("K7QM-3XRD\x00n1\x00CQC\x00duty")).String()
	if got := MailID("K7QM-3XRD", "n1", r); got != want {
		t.Fatalf("%s, want %s", got, want)
	}
}

func TestEventsAreTakenFromOneToABatch(t *testing.T) {
	one := MailEvent{Mail: strings.Repeat("0", 36), State: StateBounced}
	for n, taken := range map[int]bool{0: false, 1: true, MaxEvents: true, MaxEvents + 1: false} {
		if err := CheckEvents(slices.Repeat([]MailEvent{one}, n)); (err == nil) != taken {
			t.Errorf("%d events: %v", n, err)
		}
	}
	for _, state := range []DeliveryState{StateAccepted, StateDeferred, StateDelivered, StateBounced, StateDropped,
		StateComplained,
		StateWaiting, StateUnknown, StateRefused, StateNoContact, StateSuperseded, ""} {
		err := CheckEvents([]MailEvent{one, {Mail: one.Mail, State: state}})
		if told := slices.Contains(eventStates, state); (err == nil) != told {
			t.Errorf("%q: %v", state, err)
		}
	}
}

func TestWhatCameOfAMailIsSaidAsItStands(t *testing.T) {
	for want, r := range map[string]Recipient{
		"not sent yet": {}, "accepted by the mail service": {State: StateAccepted, Note: "250"},
		"delivered to the mailbox's server":     {State: StateDelivered, Note: "250"},
		string(StateRefused) + ": no such user": {State: StateRefused, Note: "no such user"},
	} {
		if got := came(Notice{}, r); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if got := came(Notice{Settled: true}, Recipient{}); got != "not sent: overtaken" {
		t.Error(got)
	}
}
