// Command campaign tries whether notices are lost or doubled. It plays cases on a real Temporal
// server with the built worker program, in four ways: by a stand-in for SendGrid that tells what becomes
// of its mails, by one that does not, by a relay, and into an outbox. The services refuse, delay, cut off
// and lie, and for a time refuse the sender, the account or the content of all. Meanwhile workers are
// killed every few seconds, each time a little later once the worst is over, and the server twice; some workers
// come back without their key; cases are terminated as in the UI and brought back; the directory is saved by one
// spreadsheet after the other; and the disk for records and outbox is full now and then.
//
// It prints what came of it, and ends with 1 when a mail was lost or doubled that somebody could have
// known of, somebody was asked for nothing, or a case did not come to its end. Without events it cannot be
// known whether a mail went that was not answered, wrongly answered, or whose worker was killed before it
// could note it: those are counted apart.
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
	"slices"
	"syscall"
	"time"
)

// plan is what the command line says.
type plan struct {
	Seed   uint64
	Cases  int
	Groups int
	Rate   float64 // of requests that meet a fault
	Pace   time.Duration
	Outage time.Duration // the longest time that the service refuses us all; 0: it never does
	Storm  time.Duration // until when the weather is bad and people do wrong, in each way
	Limit  time.Duration // for each way
	Only   string        // of the ways; all when empty
	Keep   bool          // leave the files of the runs
	Worker string        // the built program; built when empty
}

func main() {
	p := plan{}
	flag.Uint64Var(&p.Seed, "seed", 1, "of the faults")
	flag.IntVar(&p.Cases, "cases", 6, "how many cases at once")
	flag.IntVar(&p.Groups, "groups", 2, "how many surveillance groups at once, four at most")
	flag.DurationVar(&p.Pace, "pace", 8*time.Second, "the longest pause between two acts in a case")
	flag.Float64Var(&p.Rate, "rate", 0.4, "how many of the requests meet a fault")
	flag.DurationVar(&p.Outage, "outage", 40*time.Second, "the longest time for which the service refuses the sender, the account or the content of all")
	flag.DurationVar(&p.Storm, "storm", 2*time.Minute, "until when services refuse all, disks fill, directories change and cases are terminated, in each way")
	flag.DurationVar(&p.Limit, "limit", 25*time.Minute, "the most that each way may take")
	flag.StringVar(&p.Only, "only", "", "one way alone: events, silent, smtp or outbox")
	flag.BoolVar(&p.Keep, "keep", false, "keep the files of the runs")
	flag.StringVar(&p.Worker, "worker", "", "the worker program; without it one is built")
	flag.Parse()
	known := func(w way) bool { return w.short == p.Only }
	if flag.NArg() > 0 || p.Only != "" && !slices.ContainsFunc(ways, known) || p.Cases < 1 || p.Groups < 0 || p.Groups > len(places) || p.Rate < 0 || p.Rate > 0.9 {
		fmt.Fprintln(os.Stderr, "campaign: --cases is 1 at least, --groups 4 at most, --rate between 0 and 0.9, --only events, silent, smtp or outbox; there are flags only")
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

var errFound = errors.New("no mail may be lost or doubled, nobody asked for nothing, and every case comes to its end")

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
	fmt.Printf("Seed %d, %d cases, %d groups, faults in %.0f %% of the requests.\n", p.Seed, p.Cases, p.Groups, 100*p.Rate)
	var tallies []tally
	right := true
	for _, w := range ways {
		if p.Only != "" && p.Only != w.short {
			continue
		}
		t, err := run(ctx, p, dir, w)
		if err != nil {
			return err
		}
		tallies, right = append(tallies, t), right && t.right()
	}
	fmt.Printf("\nSeed %d, %s\n\n%s", p.Seed, time.Since(began).Round(time.Second), table(tallies))
	if !right {
		return errFound
	}
	return nil
}
