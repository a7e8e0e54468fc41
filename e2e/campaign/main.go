// Command campaign tries whether notices are lost or doubled. It plays cases on a real Temporal
// server, with the built worker program and a stand-in for SendGrid that refuses, delays, cuts
// off and lies, while workers are killed every few seconds and the server twice; once with the
// mail service's events and once without. It prints what came of it, and ends with 1 when with
// events a mail was lost or doubled or a case did not come to its end.
//
// The faults that a mail meets follow from the seed; when processes are killed does too, but
// what they are doing then does not.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"
)

// plan is what the command line says.
type plan struct {
	Seed   uint64
	Cases  int
	Rate   float64 // of requests that meet a fault
	Pace   time.Duration
	Outage time.Duration // the longest time that the service refuses us all; 0: it never does
	Limit  time.Duration // for the run with events; the one without has two fifths of it
	Keep   bool          // leave the files of the runs
	Worker string        // the built program; built when empty
}

func main() {
	p := plan{}
	flag.Uint64Var(&p.Seed, "seed", 1, "of the faults")
	flag.IntVar(&p.Cases, "cases", 6, "how many cases at once")
	flag.DurationVar(&p.Pace, "pace", 8*time.Second, "the longest pause between two acts in a case")
	flag.Float64Var(&p.Rate, "rate", 0.4, "how many of the requests meet a fault")
	flag.DurationVar(&p.Outage, "outage", 40*time.Second, "the longest time for which the service refuses the sender, the account or the content of all")
	flag.DurationVar(&p.Limit, "limit", 400*time.Second, "the most that the run with events may take; the other has two fifths")
	flag.BoolVar(&p.Keep, "keep", false, "keep the files of the runs")
	flag.StringVar(&p.Worker, "worker", "", "the worker program; without it one is built")
	flag.Parse()
	if flag.NArg() > 0 || p.Cases < 1 || p.Rate < 0 || p.Rate > 0.9 {
		fmt.Fprintln(os.Stderr, "campaign: --cases is 1 at least, --rate between 0 and 0.9; there are flags only")
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := campaign(ctx, p); err != nil {
		fmt.Fprintln(os.Stderr, "campaign:", err)
		stop()
		os.Exit(1)
	}
}

var errFound = errors.New("with events, no mail may be lost or doubled and every case comes to its end")

func campaign(ctx context.Context, p plan) error {
	dir, err := os.MkdirTemp("", "holdthering-campaign-")
	if err != nil {
		return err
	}
	if p.Keep {
		fmt.Println("The files are kept in", dir)
	} else {
		defer os.RemoveAll(dir)
	}
	if p.Worker == "" {
		if p.Worker, err = build(ctx, dir); err != nil {
			return err
		}
	}
	began := time.Now()
	fmt.Printf("Seed %d, %d cases, faults in %.0f %% of the requests.\n", p.Seed, p.Cases, 100*p.Rate)
	var tallies []tally
	for _, events := range []bool{true, false} {
		if !events {
			p.Limit = p.Limit * 2 / 5
		}
		t, err := run(ctx, p, dir, events)
		if err != nil {
			return err
		}
		tallies = append(tallies, t)
	}
	fmt.Printf("\nSeed %d, %s\n\n%s", p.Seed, time.Since(began).Round(time.Second), table(tallies))
	if !tallies[0].right() {
		return errFound
	}
	return nil
}
