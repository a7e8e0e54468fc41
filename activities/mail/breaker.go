package mail

import (
	"cmp"
	"strings"
	"sync"
	"time"
)

// Breaker keeps a channel from asking again and again what a service has just refused to all:
// while it is open one mail at a time finds out whether the service takes mails again, after
// waits that grow, and the others are answered here. All cases of a worker share it.
type Breaker struct {
	// Hold is the first wait; a service that names a time is asked at that time.
	Hold time.Duration
	// Now is the clock; nil is the world's.
	Now func() time.Time

	mu     sync.Mutex
	until  time.Time // zero: all may pass
	trying bool      // the one try is under way
	since  time.Time // when the first of all was refused
	silent int       // mails without an answer, one after the other
	missed int       // mails refused for a moment while others are taken, one after the other
	taken  time.Time // when a mail was taken last
	why    Result
	// alike are the domains that each sign was refused for since a mail was taken last.
	alike map[string]map[string]time.Time
	// cleared is when a mail was taken after a sign, refused to several domains, had held all. Then
	// it is about some of our mails: each waits by itself and holds up none of the others.
	cleared map[string]time.Time
}

const (
	// justNow is for how long a mail that was taken says that the service works, and aMoment how long it is given
	// where it then cannot take one: it has a bad moment, and no outage.
	justNow, aMoment = time.Minute, 2 * time.Second
	// soon is when to ask again while another mail is the one that tries.
	soon = time.Second
	// longestHold is how long after its end an outage may go unnoticed.
	longestHold = 15 * time.Minute
	// several is how many domains that refuse alike are taken for one cause, and so for us.
	several = 2
	// memory is how long a refusal counts towards that.
	memory = 30 * time.Minute
	// maxSilent is how many mails in a row may go without an answer before the others wait: each
	// of them may have gone, and is sent again if nothing is heard.
	maxSilent = 3
	// maxMissed is how many in a row may be refused for now, where one was taken just now, before the others wait.
	maxMissed = 3
	// maxSigns bounds what is remembered.
	maxSigns = 1000
)

func (b *Breaker) now() time.Time {
	if b.Now == nil {
		return time.Now()
	}
	return b.Now()
}

// Held is the answer for a mail that need not be tried; ok is false where it may ask to pass.
func (b *Breaker) Held() (r Result, ok bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.held()
}

func (b *Breaker) held() (Result, bool) {
	wait := time.Duration(0)
	switch left := b.until.Sub(b.now()); {
	case b.until.IsZero():
	case left > 0:
		wait = left
	case b.trying:
		wait = soon
	}
	if wait == 0 {
		return Result{}, false
	}
	r := b.why
	r.RetryAfter, r.Untried = wait, true
	if !strings.HasPrefix(r.Detail, "held: ") {
		r.Detail = "held: " + r.Detail
	}
	return r, true
}

// Enter lets a mail pass, or answers it. A mail that passed must Leave; try says that it is the
// one to find out.
func (b *Breaker) Enter() (try bool, r Result, held bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if r, held := b.held(); held {
		return false, r, true
	}
	try = !b.until.IsZero()
	b.trying = try
	return try, Result{}, false
}

// Leave takes what the mail found out, and gives it back as it is to be understood: a refusal
// that mails to other domains met as well, while none was taken, is about us. A mail that passed
// before the hold began says nothing about its end.
func (b *Breaker) Leave(try bool, domain string, r Result) Result {
	b.mu.Lock()
	defer b.mu.Unlock()
	if try {
		b.trying = false
	}
	switch r.Outcome {
	case Accepted:
		b.alike, b.silent, b.missed, b.taken = nil, 0, 0, b.now()
		if try {
			b.clear()
			b.close()
		}
		return r
	case Unknown:
		if b.silent++; try || b.silent >= maxSilent {
			b.open(Result{Outcome: RefusedForNow, About: AboutSystem,
				Detail: "the service does not answer: " + r.Detail})
		}
		r.Works = b.until.IsZero() && !b.taken.IsZero() && b.now().Sub(b.taken) < justNow
		return r
	}
	b.silent = 0
	if !r.About.All() && b.widespread(strings.ToLower(domain), r) {
		r = Result{Outcome: Misconfigured, About: AboutSystem, Sign: r.Sign, Reason: r.Reason,
			Detail: "mails to different domains are refused alike, and none is taken: " + r.Detail}
	}
	if !try && b.passing(r) {
		r.About = AboutMail
		return r
	}
	if r.About.All() {
		return b.open(r)
	}
	b.missed = 0
	if try && r.About != "" {
		b.clear()
		b.close() // the service judges mails one by one again
	}
	return r
}

func (b *Breaker) close() { b.until, b.silent, b.missed, b.why = time.Time{}, 0, 0, Result{} }

// passing reports whether a refusal is the bad moment of one mail, which then waits by itself: the service took
// another just now, names no time, and this is not yet the third in a row. A service that fails one request in five
// would else hold up all mails of all cases after each few of them.
func (b *Breaker) passing(r Result) bool {
	if r.Outcome != RefusedForNow || !r.About.All() || r.About == AboutRate || r.RetryAfter > 0 {
		return false
	}
	if b.taken.IsZero() || b.now().Sub(b.taken) >= justNow || !b.until.IsZero() {
		return false
	}
	b.missed++
	return b.missed < maxMissed
}

func (b *Breaker) clear() {
	if b.why.Sign == "" {
		return
	}
	if b.cleared == nil || len(b.cleared) >= maxSigns {
		b.cleared = map[string]time.Time{}
	}
	b.cleared[b.why.Sign] = b.now()
}

// open holds all that follows.
func (b *Breaker) open(r Result) Result {
	if b.until.IsZero() {
		b.since = b.now()
	}
	wait := b.wait(r)
	until := b.now().Add(wait)
	if until.After(b.until) {
		b.until = until
	}
	b.why = r
	r.RetryAfter = wait
	return r
}

// wait is what the service says, else Hold, or less where the service may be back at any moment, all the more
// where it took a mail just now; and half as long as it has refused all so far, so that the end of an outage is
// found out while it is still short beside it.
func (b *Breaker) wait(r Result) time.Duration {
	first := cmp.Or(b.Hold, 30*time.Second)
	switch {
	case r.RetryAfter > 0:
		first = r.RetryAfter
	case r.Outcome == RefusedForNow && r.About != AboutRate && b.silent == 0 && b.now().Sub(b.taken) < justNow:
		first = min(first, aMoment)
	case r.Outcome == RefusedForNow || b.now().Sub(b.taken) < justNow:
		first = min(first, 10*time.Second)
	}
	return max(first, min(b.now().Sub(b.since)/2, longestHold))
}

// widespread notes the refusal, and reports whether other domains met the same.
func (b *Breaker) widespread(domain string, r Result) bool {
	if r.Sign == "" || domain == "" || r.Outcome == RefusedForNow || r.About == AboutContent || r.About == AboutSize {
		return false // of several mails of one text each is refused for itself, and waits by itself
	}
	now := b.now()
	if at, ok := b.cleared[r.Sign]; ok && r.About != AboutRecipient && now.Sub(at) < memory {
		return false
	}
	if b.alike == nil || len(b.alike) >= maxSigns {
		b.alike = map[string]map[string]time.Time{}
	}
	domains := b.alike[r.Sign]
	if domains == nil || len(domains) >= maxSigns {
		domains = map[string]time.Time{}
		b.alike[r.Sign] = domains
	}
	domains[domain] = now
	fresh := 0
	for _, at := range domains {
		if now.Sub(at) < memory {
			fresh++
		}
	}
	return fresh >= several
}
