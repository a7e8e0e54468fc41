package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

const (
	mostToPlay  = 0.5 // CPU seconds, of a case of two years
	mostForLong = 2.0 // of 88 months
	mostToStart = 25  // milliseconds of CPU
)

// least is the least CPU time that a command took in so many runs: what else the machine does only adds.
func least(ctx context.Context, runs int, program string, args ...string) (time.Duration, error) {
	var best time.Duration
	for i := range runs {
		cmd := exec.CommandContext(ctx, program, args...)
		if out, err := cmd.CombinedOutput(); err != nil {
			return 0, fmt.Errorf("%s: %w\n%s", filepath.Base(program), err, out)
		}
		took := cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
		if i == 0 || took < best {
			best = took
		}
	}
	return best, nil
}

// rehearsals plays two scenarios without a server.
func rehearsals(ctx context.Context, b *bench) ([]row, error) {
	starter := filepath.Join(b.programs, "starter")
	two, err := least(ctx, 7, starter, "rehearse", "scenarios/kings-lynn.txt")
	if err != nil {
		return nil, err
	}
	long, err := least(ctx, 3, starter, "rehearse", "scenarios/kings-lynn-2013-2026.txt")
	return []row{
		limit("Rehearsal of the King's Lynn case: CPU s", two.Seconds(), mostToPlay, "%.2f"),
		limit("Rehearsal from 2013 to 2026, as much as three stays: CPU s", long.Seconds(), mostForLong, "%.1f"),
	}, err
}

// starting has the command say its version, and this program nothing at all: it has Temporal's client in it too.
func starting(ctx context.Context, b *bench) ([]row, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	ours, err := least(ctx, 20, filepath.Join(b.programs, "starter"), "version")
	if err != nil {
		return nil, err
	}
	bare, err := least(ctx, 20, self, "-nothing")
	ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
	return []row{
		limit("`starter version`: CPU ms", ms(ours), mostToStart, "%.0f"),
		{what: "- a Go program with Temporal's client that does nothing: CPU ms", now: fmt.Sprintf("%.0f", ms(bare))},
	}, err
}
