package sendgrid

import (
	"sync"
	"time"
)

// breaker holds the whole sender while the service refuses the key: each further mail would
// be refused alike. After the hold one mail at a time tries; the first that the service
// does not refuse for the key ends the hold.
type breaker struct {
	hold time.Duration
	now  func() time.Time

	mu     sync.Mutex
	until  time.Time // zero: all may pass
	trying bool      // the one try is under way
}

// soon is when to ask again while another mail is the one that tries.
const soon = time.Second

// held returns how long to wait; 0 means that a mail may ask to pass.
func (b *breaker) held() time.Duration {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.wait()
}

func (b *breaker) wait() time.Duration {
	if b.until.IsZero() {
		return 0
	}
	if left := b.until.Sub(b.now()); left > 0 {
		return left
	}
	if b.trying {
		return soon
	}
	return 0
}

// enter lets a mail pass when wait is 0; try says that it is the one to find out, and it
// must then leave.
func (b *breaker) enter() (try bool, wait time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if wait := b.wait(); wait > 0 {
		return false, wait
	}
	try = !b.until.IsZero()
	b.trying = try
	return try, 0
}

// verdict is what a mail that passed found out about the key.
type verdict string

const (
	keyRefused verdict = "refused"
	keyGood    verdict = "good"
	keyUntold  verdict = "untold" // no answer came: the next mail finds out
)

// leave records what was found out. A mail that passed before the hold began says nothing
// about its end.
func (b *breaker) leave(try bool, v verdict) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch {
	case v == keyRefused:
		b.until = b.now().Add(b.hold)
	case v == keyGood && try:
		b.until = time.Time{}
	}
	if try {
		b.trying = false
	}
}
