package sendgrid

import (
	"testing"
	"time"
)

type clock struct{ time.Time }

func (c *clock) now() time.Time { return c.Time }

func newBreaker() (*breaker, *clock) {
	c := &clock{time.Date(2013, 3, 1, 9, 0, 0, 0, time.UTC)}
	return &breaker{hold: time.Minute, now: c.now}, c
}

func wantHeld(t *testing.T, b *breaker, want time.Duration) {
	t.Helper()
	if got := b.held(); got != want {
		t.Errorf("held for %v, want %v", got, want)
	}
	if want > 0 {
		if _, got := b.enter(); got != want {
			t.Errorf("entering waits %v, want %v", got, want)
		}
	}
}

func enter(t *testing.T, b *breaker, wantTry bool) {
	t.Helper()
	if try, wait := b.enter(); try != wantTry || wait != 0 {
		t.Errorf("try %v wait %v, want try %v", try, wait, wantTry)
	}
}

func TestTheHoldLastsItsTimeAndThenOneMailTries(t *testing.T) {
	b, c := newBreaker()
	enter(t, b, false)
	b.leave(false, keyRefused)
	wantHeld(t, b, time.Minute)
	c.Time = c.Add(40 * time.Second)
	wantHeld(t, b, 20*time.Second)
	c.Time = c.Add(20 * time.Second)
	enter(t, b, true)
	wantHeld(t, b, soon) // the others, while that one is under way
	b.leave(true, keyGood)
	wantHeld(t, b, 0)
	enter(t, b, false)
}

func TestATryThatIsRefusedHoldsAgain(t *testing.T) {
	b, c := newBreaker()
	b.leave(false, keyRefused)
	c.Time = c.Add(time.Minute)
	enter(t, b, true)
	b.leave(true, keyRefused)
	wantHeld(t, b, time.Minute)
	c.Time = c.Add(time.Minute)
	enter(t, b, true)
}

func TestATryThatLearntNothingLetsTheNextOneTry(t *testing.T) {
	b, c := newBreaker()
	b.leave(false, keyRefused)
	c.Time = c.Add(time.Minute)
	enter(t, b, true)
	b.leave(true, keyUntold)
	enter(t, b, true)
}

func TestAMailFromBeforeTheHoldDoesNotEndIt(t *testing.T) {
	b, c := newBreaker()
	enter(t, b, false)
	enter(t, b, false)
	b.leave(false, keyRefused)
	b.leave(false, keyGood)
	wantHeld(t, b, time.Minute)
	c.Time = c.Add(time.Minute)
	enter(t, b, true)
	b.leave(false, keyGood)
	wantHeld(t, b, soon)
}
