package ledger

import (
	"slices"
	"strings"
	"testing"
)

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

func TestARuleIsNamedOnceInAnAnswer(t *testing.T) {
	var e Explanation
	e.AddRules("R15 R16")
	e.AddRules("R16 R999 T3 R15")
	if len(e.Rules) != 3 || e.Rules[2].ID != "T3" {
		t.Errorf("%+v", e.Rules)
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
