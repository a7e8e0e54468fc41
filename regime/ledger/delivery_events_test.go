package ledger

import (
	"testing"

	"holdthering/regime"

	"github.com/google/uuid"
)

func TestTheIDOfAMailIsAUUIDThatStaysTheSame(t *testing.T) {
	r := Recipient{Party: "CQC", Level: regime.LevelDuty}
	space := uuid.MustParse("6f0d7a52-3c0b-4a57-9a0e-5b0f7a6f2d11")
	want := uuid.NewSHA1(space, []byte("K7QM-3XRD\x00n1\x00CQC\x00duty")).String()
	if got := MailID("K7QM-3XRD", "n1", r); got != want {
		t.Fatalf("%s, want %s", got, want)
	}
}
