// Command worker carries cases on: it waits at a Temporal server for what they have to do,
// sends their notices and keeps their records. Any number of workers may run; stopping one,
// even in the middle of a mail, loses nothing.
//
// Which server is said by Temporal's usual environment (TEMPORAL_ADDRESS, with commas between
// several hosts, TEMPORAL_NAMESPACE, TEMPORAL_PROFILE and so on), which mails are sent by HTR_MAIL; see package choose.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"syscall"

	"github.com/spf13/pflag"

	"holdthering/health"
	"holdthering/screen"
	"holdthering/version"
	"holdthering/worker/run"
)

func main() {
	os.Exit(code(os.Args[1:]))
}

// code runs the worker: 0 stopped, 1 failed, 2 called wrongly.
func code(args []string) int {
	if slices.Equal(args, []string{"--version"}) {
		fmt.Println(version.Of().Text("worker"))
		return 0
	}
	if len(args) > 0 && args[0] == "--probe" {
		return probe(args[1:])
	}
	errs := screen.New(os.Stderr)
	settings, err := run.ParseSettings(args, os.Getenv, errs)
	switch {
	case errors.Is(err, pflag.ErrHelp):
		return 0
	case err != nil:
		fmt.Fprintln(errs, "worker:", err)
		return 2
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if settings.Look != "" {
		return look(ctx, settings, errs)
	}
	if err := run.Run(ctx, settings); err != nil {
		fmt.Fprintln(errs, "worker:", err)
		return 1
	}
	return 0
}

// look says how what is open stands to this program: 0 it goes on with all of it, 3 not with all, 1 that could not be
// found out.
func look(ctx context.Context, s run.Settings, errs io.Writer) int {
	out := screen.New(os.Stdout)
	defer out.Flush()
	if s.Look == run.LookVersions {
		held, err := run.Versions(ctx, s)
		if err != nil {
			fmt.Fprintln(errs, "worker:", err)
			return 1
		}
		run.PrintVersions(out, held)
		return 0
	}
	found, err := run.Preflight(ctx, s)
	if err != nil {
		fmt.Fprintln(errs, "worker:", err)
		return 1
	}
	found.Print(out)
	if len(found.Stuck()) > 0 {
		return 3
	}
	return 0
}

// probe asks whether a process is ready: the one at the address of its own environment, or at one that is named.
func probe(args []string) int {
	at := run.MetricsAddress(os.Getenv)
	if len(args) == 1 {
		at = args[0]
	}
	if at == "" || len(args) > 1 {
		fmt.Fprintln(os.Stderr, "worker: --probe [ADDRESS] asks at HTR_METRICS_ADDRESS, or at host:port or a whole address")
		return 2
	}
	if err := health.Probe(context.Background(), at); err != nil {
		fmt.Fprintln(os.Stderr, "worker:", err)
		return 1
	}
	return 0
}
