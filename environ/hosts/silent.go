package hosts

import (
	"context"
	"net"
	"slices"
	"strings"
	"sync"
	"time"
)

// reached is how long a host may take to be connected to before it is called silent.
const reached = 3 * time.Second

// Silent are those of several addresses that no connection can be made to, in their order; of a single one nothing is
// said, since whoever asks it notices.
func Silent(ctx context.Context, list string) []string {
	all := Split(list)
	if len(all) < 2 {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, reached)
	defer cancel()
	dead := make([]bool, len(all))
	var asked sync.WaitGroup
	for i, address := range all {
		asked.Go(func() {
			conn, err := new(net.Dialer).DialContext(ctx, "tcp", address)
			if dead[i] = err != nil; err == nil {
				_ = conn.Close()
			}
		})
	}
	asked.Wait()
	var silent []string
	for i, address := range all {
		if dead[i] {
			silent = append(silent, address)
		}
	}
	return silent
}

// SaySilent ends a sentence about several addresses with those that no connection can be made to; empty where all can be
// reached, or none: then the sentence says it already.
func SaySilent(ctx context.Context, list string) string {
	silent := Silent(ctx, list)
	if len(silent) == 0 || len(silent) == len(Split(list)) {
		return ""
	}
	verb := " is"
	if len(silent) > 1 {
		verb = " are"
	}
	return ", and " + strings.Join(silent, ", ") + verb + " not reached"
}

// Watch looks at several addresses now and again until ctx ends, and tells of each that begins or ceases to be silent:
// requests go to the others meanwhile, so that nobody else would notice.
func Watch(ctx context.Context, list string, every time.Duration, tell func(address string, silent bool)) {
	if len(Split(list)) < 2 {
		return
	}
	var before []string
	for {
		now := Silent(ctx, list)
		if ctx.Err() != nil {
			return // what was cut short says nothing
		}
		for _, address := range Split(list) {
			if is := slices.Contains(now, address); is != slices.Contains(before, address) {
				tell(address, is)
			}
		}
		before = now
		select {
		case <-ctx.Done():
			return
		case <-time.After(every):
		}
	}
}
