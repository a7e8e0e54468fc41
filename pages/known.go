package pages

import (
	"context"
	"sync"
	"time"

	"holdthering/cases"
	"holdthering/regime"
)

// known are the last answers of cases and groups.
type known struct {
	mu sync.Mutex
	of map[string]*knownFile
}

type knownFile struct {
	at   time.Time     // when it was answered; zero while it is asked
	done chan struct{} // closed when it is answered
	got  answered
	err  error
}

// answered is a case or group as it was, to be given the time of each who asks.
type answered struct {
	file
	last     time.Time
	offset   time.Duration
	standing cases.Standing
}

// mostKnownFiles bounds the memory.
const mostKnownFiles = 5_000

// get is the answer of late, or a new one; who asks while it is on its way waits for the same one.
func (k *known) get(ctx context.Context, ref string, fresh time.Duration, ask func(context.Context) (answered, error)) (answered, error) {
	k.mu.Lock()
	now := time.Now()
	one := k.of[ref]
	mine := one == nil || !one.at.IsZero() && (now.Sub(one.at) >= fresh || now.Before(one.at))
	if mine {
		if len(k.of) >= mostKnownFiles || k.of == nil {
			k.of = map[string]*knownFile{}
		}
		one = &knownFile{done: make(chan struct{})}
		k.of[ref] = one
	}
	k.mu.Unlock()
	if mine {
		// Others wait for it, so it does not end with who asked first.
		within, cancel := context.WithTimeout(context.WithoutCancel(ctx), patience)
		one.got, one.err = ask(within)
		cancel()
		k.mu.Lock()
		one.at = time.Now()
		if one.err != nil && k.of[ref] == one {
			delete(k.of, ref)
		}
		k.mu.Unlock()
		close(one.done)
	}
	select {
	case <-one.done:
		return one.got, one.err
	case <-ctx.Done():
		return answered{}, ctx.Err()
	}
}

// forget has the next who asks be shown what an act has changed.
func (k *known) forget(ref string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	delete(k.of, ref)
}

// sweepEvery is how often all cases and groups are asked what bodies owe, at most: only when somebody looks.
const sweepEvery = time.Minute

// owing is what every body owes everywhere, as it last was.
type owing struct {
	mu      sync.Mutex
	at      time.Time
	of      map[regime.Party][]cases.Owed
	unasked int
}

// by is what a party owes in all cases and groups, and when that was asked.
func (o *owing) by(ctx context.Context, c cases.Cases, p regime.Party, now time.Time) (list []cases.Owed, unasked int, err error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.of == nil || now.Sub(o.at) >= sweepEvery || now.Before(o.at) {
		all, none, err := cases.Owes(ctx, c, func(regime.Party) bool { return true }, now)
		if err != nil {
			return nil, 0, err
		}
		o.at, o.of, o.unasked = now, map[regime.Party][]cases.Owed{}, len(none)
		for _, one := range all {
			o.of[one.Owner] = append(o.of[one.Owner], one)
		}
	}
	return o.of[p], o.unasked, nil
}
