package rehearsal

import (
	"encoding/json"
	"errors"
	"io"
	"math/rand/v2"
	"path/filepath"
	"testing"

	"holdthering/message"
)

// outcomeOf is all that came of a scenario: what happened, what each was told and when, and the whole of it at the end.
func outcomeOf(t *testing.T, name string, on *shelf) string {
	t.Helper()
	s, err := load(filepath.Join(folder, name), name, "rehearsal")
	if err != nil {
		t.Fatal(err)
	}
	post := &postbox{}
	report, err := rehearseWith(t.Context(), s, Options{Out: io.Discard}, on, post)
	if err != nil {
		t.Fatal(err)
	}
	if !report.OK {
		t.Errorf("%s: %d lines came out otherwise", name, report.Wrong)
	}
	raw, err := json.Marshal([]any{report.Events, report.Groups, report.Summary, post.mails})
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// ways in which a register is away: out of reach for a while, out of reach for longer than one activity is tried,
// or lost and put back.
var ways = map[string]struct {
	calls int
	filed message.Filed
	err   error
}{
	"out of reach": {3, message.Filed{}, errors.New("connection refused")},
	"for days":     {80, message.Filed{}, errors.New("connection refused")},
	"lost":         {5, message.Filed{Behind: true}, nil},
}

// One scenario is tried at every call, the others at one that is drawn.
func TestARegisterThatIsTakenAwayAndGivenBackAtAnyPointChangesNothing(t *testing.T) {
	for i, name := range []string{"focussed-action-without-breach.txt", "what-a-group-decides.txt", "care-home.txt"} {
		plain := &shelf{asFiles: true}
		want := outcomeOf(t, name, plain)
		if plain.calls < 2 {
			t.Errorf("%s: the register was called %d times", name, plain.calls)
		}
		first, last := 1, plain.calls
		if i > 0 {
			first = 1 + rand.IntN(plain.calls)
			last = first
		}
		for how, way := range ways {
			for call := first; call <= last; call++ {
				missed := 0
				got := outcomeOf(t, name, &shelf{asFiles: true, away: func(n int) (message.Filed, error) {
					if n < call || n >= call+way.calls {
						return message.Filed{}, nil
					}
					missed++
					return way.filed, way.err
				}})
				if missed == 0 || got != want {
					t.Errorf("%s, %s from call %d on, %d times: something came out otherwise", name, how, call, missed)
				}
			}
		}
	}
}
