// Command campaign tries whether notices are lost or doubled. It plays cases on a real Temporal
// server with the built worker program, in four ways: by a stand-in for SendGrid that tells what becomes
// of its mails, by one that does not, by a relay, and into an outbox. The services refuse, delay, cut off
// and lie, and for a time refuse the sender, the account or the content of all. Meanwhile workers are
// killed every few seconds, each time a little later once the worst is over, and the server twice; some workers
// come back without their key; cases are terminated as in the UI and brought back; the directory is saved by one
// spreadsheet after the other; and the disk for records and outbox is full now and then.
//
// With -short many cases are played, each of one unit of each body and a few acts long: one in ten to its closing, the others until the trigger is
// withdrawn, the case stood down, or the ring agreed or taken by default.
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
	"io"
	"os"
	"os/signal"
	"slices"
	"sync"
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

	Short     bool
	Together  bool    // all ways at once
	Limited   float64 // how many of the faults that limit the rate stay so; the others are refusals for a moment
	Out       io.Writer
	Abreast   int           // how many cases are acted in at once
	Life      time.Duration // of a worker, until the next is killed
	Gather    time.Duration // for how long the service gathers events before it tells them
	MailRate  int           // mails a second that a worker gives to SendGrid at most
	Server    string        // the address of a server that another program runs; empty: one of our own
	Keeper    string        // where that program is asked to kill it
	Namespace string
}

// short is what -short takes where a flag does not say otherwise.
var short = map[string]string{"cases": "250", "pace": "2s", "outage": "15s", "storm": "60s", "limit": "30m", "abreast": "40", "life": "25s", "limited": "0.05", "gather": "2s", "together": "true", "rate-of-mails": "150"}

func flags(p *plan, args []string) error {
	f := flag.NewFlagSet("campaign", flag.ExitOnError)
	f.Uint64Var(&p.Seed, "seed", 1, "of the faults")
	f.IntVar(&p.Cases, "cases", 6, "how many cases, in each way")
	f.IntVar(&p.Groups, "groups", 2, "how many surveillance groups, in each way; four at most")
	f.DurationVar(&p.Pace, "pace", 8*time.Second, "the longest pause between two acts in a case")
	f.Float64Var(&p.Rate, "rate", 0.4, "how many of the requests meet a fault")
	f.DurationVar(&p.Outage, "outage", 40*time.Second, "the longest time for which the service refuses the sender, the account or the content of all")
	f.DurationVar(&p.Storm, "storm", 2*time.Minute, "until when services refuse all, disks fill, directories change and cases are terminated, in each way")
	f.DurationVar(&p.Limit, "limit", 25*time.Minute, "the most that each way may take")
	f.StringVar(&p.Only, "only", "", "one way alone: events, silent, smtp or outbox")
	f.BoolVar(&p.Keep, "keep", false, "keep the files of the runs")
	f.StringVar(&p.Worker, "worker", "", "the worker program; without it one is built")
	f.BoolVar(&p.Short, "short", false, "many cases of a few acts each; without other flags 250 in each way")
	f.BoolVar(&p.Together, "together", false, "play all ways at once")
	f.Float64Var(&p.Limited, "limited", 1, "how many of the answers that limit the rate stay so; the others become refusals for a moment. One holds all mails of a worker for seconds")
	f.IntVar(&p.Abreast, "abreast", 100, "how many cases are acted in at once")
	f.DurationVar(&p.Life, "life", 3*time.Second, "how long a worker lives at least until the next is killed, and up to four seconds longer")
	f.DurationVar(&p.Gather, "gather", 0, "for how long the service gathers events before it tells them, in one request")
	f.IntVar(&p.MailRate, "rate-of-mails", 25, "how many mails a second each worker gives to SendGrid at most")
	f.StringVar(&p.Server, "server", "", "the address of a Temporal server that another program runs")
	f.StringVar(&p.Keeper, "keeper", "", "with -server: the URL at which that program kills and starts it: POST /server, /database")
	f.StringVar(&p.Namespace, "namespace", "campaign", "the namespace at the server")
	if err := f.Parse(args); err != nil {
		return err
	}
	if p.Short {
		given := map[string]bool{}
		f.Visit(func(one *flag.Flag) { given[one.Name] = true })
		for name, value := range short {
			if !given[name] {
				if err := f.Set(name, value); err != nil {
					return err
				}
			}
		}
	}
	known := func(w way) bool { return w.short == p.Only }
	if f.NArg() > 0 || p.Only != "" && !slices.ContainsFunc(ways, known) || p.Cases < 1 || p.Groups < 0 || p.Groups > len(places) ||
		p.Rate < 0 || p.Rate > 0.9 || p.Limited < 0 || p.Limited > 1 || p.Abreast < 1 || p.MailRate < 1 || (p.Server == "") != (p.Keeper == "") {
		return errors.New("--cases and --abreast are 1 at least, --groups 4 at most, --rate between 0 and 0.9, --limited between 0 and 1, " +
			"--only events, silent, smtp or outbox, --server goes with --keeper; there are flags only")
	}
	return nil
}

func main() {
	p := plan{}
	if err := flags(&p, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "campaign:", err)
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

// try plays the ways, one after the other or all at once.
func (p plan) try(ctx context.Context, dir string, played []way) ([]tally, error) {
	tallies, failed := make([]tally, len(played)), make([]error, len(played))
	var all sync.WaitGroup
	for i, w := range played {
		one := p
		one.Out = os.Stdout
		if p.Together {
			one.Out = prefixed{w.short + ": "}
		}
		all.Go(func() { tallies[i], failed[i] = run(ctx, one, dir, w) })
		if !p.Together {
			all.Wait()
		}
	}
	all.Wait()
	return tallies, errors.Join(failed...)
}

// prefixed is standard output for one of several that are written at once; each call writes a line.
type prefixed struct{ with string }

func (p prefixed) Write(line []byte) (int, error) {
	_, err := os.Stdout.Write(append([]byte(p.with), line...))
	return len(line), err
}

// ways are those that are to be tried.
func (p plan) ways() (out []way) {
	for _, w := range ways {
		if p.Only == "" || p.Only == w.short {
			out = append(out, w)
		}
	}
	return out
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
	played := p.ways()
	fmt.Printf("Seed %d, %d cases and %d groups in each of %d ways, %d cases in all, faults in %.0f %% of the requests.\n",
		p.Seed, p.Cases, p.Groups, len(played), p.Cases*len(played), 100*p.Rate)
	tallies, err := p.try(ctx, dir, played)
	if err != nil {
		return err
	}
	right := !slices.ContainsFunc(tallies, func(t tally) bool { return !t.right() })
	fmt.Printf("\nSeed %d, %d cases in all, %s; CPU of servers, workers and the campaign %s\n\n%s", p.Seed, p.Cases*len(played),
		time.Since(began).Round(time.Second), cpu().Round(time.Second), table(tallies))
	if !right {
		return errFound
	}
	return nil
}
