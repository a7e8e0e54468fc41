package process

import (
	"context"
	"time"
)

const (
	firstPause = time.Second
	// longestPause is between starts of a program that ends again and again.
	longestPause = 30 * time.Second
	// settled is how long a program must run for its next end to count as the first.
	settled = time.Minute
)

// Keep runs the program until ctx ends, and starts it again whenever it ends by itself; told hears
// of each such end. It returns when the program has stopped, with an error only when it could not
// be started.
func Keep(ctx context.Context, spec Spec, told func(exit string, pause time.Duration)) error {
	pause := firstPause
	for ctx.Err() == nil {
		began := time.Now()
		p, err := Start(spec)
		if err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			p.Stop()
			return nil
		case <-p.Ended():
		}
		if time.Since(began) > settled {
			pause = firstPause
		}
		told(p.Exit(), pause)
		select {
		case <-ctx.Done():
		case <-time.After(pause):
		}
		pause = min(2*pause, longestPause)
	}
	return nil
}
