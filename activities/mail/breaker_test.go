package mail

import (
	"math/rand/v2"
	"testing"
	"time"
)

type clock struct{ time.Time }

func (c *clock) now() time.Time { return c.Time }

func (c *clock) pass(d time.Duration) { c.Time = c.Add(d) }

func newBreaker() (*Breaker, *clock) {
	c := &clock{time.Date(2013, 3, 1, 9, 0, 0, 0, time.UTC)}
	return &Breaker{Hold: time.Minute, Now: c.now}, c
}

var (
	taken   = Result{Outcome: Accepted}
	noKey   = Result{Outcome: Misconfigured, About: AboutAccount, Sign: "401", Detail: "no key"}
	noUser  = Result{Outcome: RefusedForGood, About: AboutRecipient, Sign: "550 5.1.1", Detail: "no user"}
	notSeen = Result{Outcome: Unknown}
)

func wantHeld(t *testing.T, b *Breaker, want time.Duration) {
	t.Helper()
	r, held := b.Held()
	if r.RetryAfter != want || held != (want > 0) || held && !r.Untried {
		t.Errorf("held for %v, want %v: %+v", r.RetryAfter, want, r)
	}
	if want > 0 {
		if _, r, held := b.Enter(); !held || r.RetryAfter != want {
			t.Errorf("entering waits %v, want %v", r.RetryAfter, want)
		}
	}
}

func enter(t *testing.T, b *Breaker, wantTry bool) {
	t.Helper()
	if try, r, held := b.Enter(); try != wantTry || held {
		t.Errorf("try %v, held %+v, want try %v", try, r, wantTry)
	}
}

func TestTheHoldLastsItsTimeAndThenOneMailTries(t *testing.T) {
	b, c := newBreaker()
	enter(t, b, false)
	b.Leave(false, "a", noKey)
	wantHeld(t, b, time.Minute)
	c.pass(40 * time.Second)
	wantHeld(t, b, 20*time.Second)
	c.pass(20 * time.Second)
	enter(t, b, true)
	wantHeld(t, b, soon) // the others, while that one is under way
	b.Leave(true, "a", taken)
	wantHeld(t, b, 0)
	enter(t, b, false)
}

func TestTriesThatAreRefusedMakeTheWaitGrow(t *testing.T) {
	b, c := newBreaker()
	b.Leave(false, "a", noKey)
	b.Leave(false, "b", noKey) // was under way at the same time
	began := c.Time
	for range 60 {
		want := min(max(c.Sub(began)/2, time.Minute), 15*time.Minute) // half as long as it has lasted
		wantHeld(t, b, want)
		c.pass(want)
		enter(t, b, true)
		b.Leave(true, "a", noKey)
	}
}

func TestATimeThatTheServiceNamesIsKeptTo(t *testing.T) {
	b, c := newBreaker()
	limit := Result{Outcome: RefusedForNow, About: AboutRate, RetryAfter: time.Hour}
	if r := b.Leave(false, "a", limit); r.RetryAfter != time.Hour {
		t.Errorf("%+v", r)
	}
	wantHeld(t, b, time.Hour)
	c.pass(time.Hour)
	enter(t, b, true)
	limit.RetryAfter = time.Second // and one that names a time again and again without keeping it is not believed
	sum := time.Duration(0)
	for range 20 {
		sum += b.Leave(true, "a", limit).RetryAfter
		c.Time = b.until
		enter(t, b, true)
	}
	if sum < time.Hour {
		t.Errorf("20 requests in %v", sum)
	}
}

func TestAServiceThatTookAMailJustNowIsGivenAMoment(t *testing.T) {
	b, c := newBreaker()
	down := Result{Outcome: RefusedForNow, About: AboutSystem}
	b.Leave(false, "a", taken)
	c.pass(10 * time.Second)
	for range maxMissed - 1 { // each a bad moment of one mail
		if r := b.Leave(false, "a", down); r.About != AboutMail || r.Outcome != RefusedForNow || r.Untried {
			t.Errorf("%+v", r)
		}
		wantHeld(t, b, 0)
	}
	b.Leave(false, "a", down)
	wantHeld(t, b, 2*time.Second)
	c.Time = b.until
	enter(t, b, true)
	b.Leave(true, "a", taken)
	wantHeld(t, b, 0)
	// Where it goes on, or it is about how many there are, it is none.
	waits := time.Duration(0)
	for range maxMissed {
		b.Leave(false, "a", down)
	}
	for range 12 {
		c.Time = b.until
		enter(t, b, true)
		waits = b.Leave(true, "a", down).RetryAfter
	}
	if waits < 30*time.Second {
		t.Errorf("after twelve tries it is asked again in %v", waits)
	}
	b, _ = newBreaker()
	b.Leave(false, "a", taken)
	b.Leave(false, "a", Result{Outcome: RefusedForNow, About: AboutRate})
	wantHeld(t, b, 10*time.Second)
}

// A service that puts off one mail in five, at random, takes the others meanwhile: whoever sends does not wait for it.
func TestAServiceThatPutsOffOneMailInFiveHoldsUpNoOther(t *testing.T) {
	b, c := newBreaker()
	chance := rand.New(rand.NewPCG(1, 2))
	began, requests := c.Time, 0
	retry := map[int]time.Time{} // by mail
	for n := range 400 {
		retry[n] = began
	}
	for len(retry) > 0 {
		for n := range 400 {
			at, left := retry[n]
			if !left || at.After(c.Time) {
				continue
			}
			try, r, held := b.Enter()
			if !held {
				requests++
				r = taken
				if chance.IntN(5) == 0 {
					r = Result{Outcome: RefusedForNow, About: AboutSystem, Sign: "451 4.3.0"}
				}
				r = b.Leave(try, "a", r)
				c.pass(50 * time.Millisecond)
			}
			if r.Outcome == Accepted {
				delete(retry, n)
				continue
			}
			retry[n] = c.Add(max(r.RetryAfter, 10*time.Second))
		}
		c.pass(time.Second)
	}
	t.Logf("400 mails in %v with %d requests", c.Sub(began), requests)
	if c.Sub(began) > 2*time.Minute || requests > 600 {
		t.Errorf("%v, %d requests", c.Sub(began), requests)
	}
}

// What the service says of how many there are, or until when, is about all of them even so.
func TestATimeOrALimitThatIsNamedIsForAllMailsThoughOneWasTakenJustNow(t *testing.T) {
	for _, r := range []Result{
		{Outcome: RefusedForNow, About: AboutRate},
		{Outcome: RefusedForNow, About: AboutSystem, RetryAfter: 20 * time.Second},
		noKey,
	} {
		b, _ := newBreaker()
		b.Leave(false, "a", taken)
		if got := b.Leave(false, "a", r); got.About == AboutMail {
			t.Errorf("%+v", got)
		}
		if _, held := b.Held(); !held {
			t.Errorf("not held: %+v", r)
		}
	}
}

func TestMailsWithoutAnAnswerOneAfterTheOtherHaveTheRestWait(t *testing.T) {
	b, c := newBreaker()
	b.Leave(false, "a", notSeen)
	b.Leave(false, "a", notSeen)
	b.Leave(false, "a", taken)
	b.Leave(false, "a", notSeen)
	b.Leave(false, "a", notSeen)
	wantHeld(t, b, 0)
	if r := b.Leave(false, "a", notSeen); r != notSeen {
		t.Errorf("the mail itself may have gone: %+v", r)
	}
	for _, want := range []time.Duration{10, 10, 10, 15} {
		wantHeld(t, b, want*time.Second)
		c.Time = b.until
		enter(t, b, true)
		b.Leave(true, "a", notSeen)
	}
	c.Time = b.until
	enter(t, b, true)
	b.Leave(true, "a", taken)
	wantHeld(t, b, 0)
}

func TestAMailWithoutAnAnswerSaysWhetherTheServiceTookAnotherJustNow(t *testing.T) {
	b, c := newBreaker()
	if r := b.Leave(false, "a", notSeen); r.Works {
		t.Errorf("none was taken yet: %+v", r)
	}
	b.Leave(false, "a", taken)
	if r := b.Leave(false, "a", notSeen); !r.Works {
		t.Errorf("one was taken just now: %+v", r)
	}
	c.pass(justNow)
	if r := b.Leave(false, "a", notSeen); r.Works {
		t.Errorf("none for a while: %+v", r)
	}
	if r := b.Leave(false, "a", notSeen); r.Works {
		t.Errorf("it is the third, and all are held: %+v", r)
	}
}

func TestAMailFromBeforeTheHoldDoesNotEndIt(t *testing.T) {
	b, c := newBreaker()
	enter(t, b, false)
	enter(t, b, false)
	b.Leave(false, "a", noKey)
	b.Leave(false, "b", taken)
	wantHeld(t, b, time.Minute)
	c.pass(time.Minute)
	enter(t, b, true)
	b.Leave(false, "b", taken)
	wantHeld(t, b, soon)
}

func TestWhatSeveralDomainsRefuseAlikeWhileNoneTakesAnyIsAboutUs(t *testing.T) {
	other := noUser
	other.Sign = "552 5.2.2"
	for _, row := range []struct {
		what string
		seen func(b *Breaker, c *clock)
		ours bool
	}{
		{"one domain", func(b *Breaker, _ *clock) { b.Leave(false, "a", noUser) }, false},
		{"two domains", func(b *Breaker, _ *clock) { b.Leave(false, "b", noUser) }, true},
		{"one taken between", func(b *Breaker, _ *clock) {
			b.Leave(false, "b", noUser)
			b.Leave(false, "c", taken)
		}, false},
		{"not alike", func(b *Breaker, _ *clock) { b.Leave(false, "b", other) }, false},
		{"long ago", func(b *Breaker, c *clock) {
			b.Leave(false, "b", noUser)
			c.pass(memory)
		}, false},
	} {
		b, c := newBreaker()
		row.seen(b, c)
		r := b.Leave(false, "A", noUser)
		if got := r.About == AboutSystem; got != row.ours || got != (r.Outcome == Misconfigured) {
			t.Errorf("%s: %+v", row.what, r)
		}
		_, held := b.Held()
		if held != row.ours {
			t.Errorf("%s: held %v", row.what, held)
		}
	}
}

// A day's outage of a service to which a thousand mails wait in many cases.
func TestAnOutageCostsFewRequests(t *testing.T) {
	b, c := newBreaker()
	down := Result{Outcome: RefusedForNow, About: AboutSystem}
	requests, most := 0, 0
	for minute := range 24 * 60 {
		before := requests
		for range 1000 {
			if try, _, held := b.Enter(); !held {
				requests++
				b.Leave(try, "a", down)
			}
			c.pass(time.Minute / 1000)
		}
		if n := requests - before; minute > 0 && n > most {
			most = n
		}
	}
	t.Logf("outage of 24 hours: %d requests, after the first minute at most %d a minute", requests, most)
	if requests > 120 || most > 2 {
		t.Errorf("%d requests, %d in a minute", requests, most)
	}
}

// One kind of notice that nobody takes for its text is held by itself, and starves no other.
func TestMailsOfOneFaultyTextDoNotHoldTheOthersForLong(t *testing.T) {
	b, c := newBreaker()
	spam := Result{Outcome: RefusedForGood, About: AboutContent, Sign: "554 5.6.0"}
	good := 0
	for range 60 { // minutes, in each of which the faulty ones go first
		for _, domain := range []string{"a", "b", "c"} {
			if try, _, held := b.Enter(); !held {
				b.Leave(try, domain, spam)
			}
		}
		for range 10 {
			if try, _, held := b.Enter(); !held {
				good++
				b.Leave(try, "d", taken)
			}
		}
		c.pass(time.Minute)
	}
	if good < 500 {
		t.Errorf("%d of 600 went", good)
	}
}
