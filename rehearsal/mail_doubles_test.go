package rehearsal

import (
	"io"
	"path/filepath"
	"testing"
	"time"
)

// mails are those that a shipped scenario sends.
func mails(t *testing.T, name string) *postbox {
	t.Helper()
	s, err := load(filepath.Join(folder, name), name, "rehearsal")
	if err != nil {
		t.Fatal(err)
	}
	_, post, err := rehearse(t.Context(), s, Options{Out: io.Discard})
	if err != nil {
		t.Fatal(err)
	}
	return post
}

func TestR81_NobodyHasTwoMailsOfOneKindAtOneMoment(t *testing.T) {
	type moment struct {
		at          time.Time
		to, subject string
	}
	for _, name := range []string{"focussed-action-without-breach.txt", "safeguarding-and-standards.txt",
		"sealed-judgements.txt", "england-2022.txt"} {
		seen, ids := map[moment]bool{}, map[string]bool{}
		for _, m := range mails(t, name).mails {
			key := moment{m.At, m.To.Email, m.Subject}
			if seen[key] || ids[m.ID] {
				t.Errorf("%s: %s has %q twice at %s", name, m.To.Email, m.Subject, m.At)
			}
			seen[key], ids[m.ID] = true, true
		}
		if len(seen) < 10 {
			t.Errorf("%s: only %d mails were looked at", name, len(seen))
		}
	}
}
