package regimetest

import (
	"strings"
	"testing"
	"time"

	"holdthering/regime/calendar"
)

// Dated is an act with a date, and the first and the last moment that are taken for it; zero:
// there is none.
type Dated struct {
	What     string
	Answer   func(time.Time) string
	From, To time.Time
	Says     string // in the refusal
}

// Check tries the act at each edge, and a minute beyond it.
func (x Dated) Check(t *testing.T) {
	t.Helper()
	for _, edge := range []struct {
		at    time.Time
		taken bool
	}{{x.From, true}, {x.From.Add(-time.Minute), false}, {x.To, true}, {x.To.Add(time.Minute), false}} {
		if edge.at.Year() < 2000 {
			continue // there is no such edge
		}
		got := x.Answer(edge.at)
		if (got == "") != edge.taken || !edge.taken && !strings.Contains(got, x.Says) {
			t.Errorf("%s with %s: %q", x.What, calendar.Instant(edge.at), got)
		}
	}
}
