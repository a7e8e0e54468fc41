package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"time"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/log"

	"holdthering/cases"
	"holdthering/reference"
	"holdthering/seal"
	"holdthering/workflows"
)

// run plays all cases once, with or without events, and counts.
func run(ctx context.Context, p plan, dir string, withEvents bool) (tally, error) {
	ctx, cancel := context.WithTimeout(ctx, p.Limit)
	defer cancel()
	t := tally{name: "without events"}
	if withEvents {
		t.name = "with events"
	}
	s, err := newEnvironment(ctx, p, filepath.Join(dir, t.name), withEvents)
	if err != nil {
		return t, err
	}
	defer s.close()
	fmt.Printf("\n%s:\n", t.name)
	return t, s.perform(ctx, &t)
}

// environment is all that takes part in one run.
type environment struct {
	plan
	*crew
	*player
	standIn *standIn
	keyFile string
	events  *announcer
	stops   []func()
}

func newEnvironment(ctx context.Context, p plan, dir string, withEvents bool) (*environment, error) {
	s := &environment{plan: p, keyFile: filepath.Join(dir, "key")}
	if err := seal.Make(s.keyFile); err != nil { // and its folder
		return nil, err
	}
	var receivers []string
	for range workers {
		a, err := freeAddress()
		if err != nil {
			return nil, err
		}
		receivers = append(receivers, a.String())
	}
	events, err := newAnnouncer(p.Seed, receivers)
	if err != nil {
		return nil, err
	}
	if withEvents {
		s.events = events
		s.stops = append(s.stops, func() { close(events.done) })
	}
	s.standIn = newStandIn(p, s.events)
	address, stop, err := serve(s.standIn)
	if err != nil {
		return nil, err
	}
	s.stops = append(s.stops, stop)
	s.crew, err = launch(ctx, p, dir, func(i int, temporal string) []string {
		env := append(workerEnv(temporal, address), seal.Variable+"="+s.keyFile)
		if withEvents {
			env = append(env, "HTR_EVENTS_KEY="+events.publicKey(), "HTR_EVENTS_ADDRESS="+receivers[i])
		}
		return env
	})
	if err == nil {
		s.stops = append(s.stops, s.crew.stop)
		err = s.connect()
	}
	if err != nil {
		s.close()
	}
	return s, err
}

// workerEnv has word of a mail awaited for a quarter of a minute: the stand-in's comes within
// five seconds of a worker that is there to take it.
func workerEnv(temporal, service string) []string {
	return []string{"TEMPORAL_ADDRESS=" + temporal, "TEMPORAL_NAMESPACE=" + namespace,
		"TEMPORAL_CONFIG_FILE=" + os.DevNull, "HTR_MAIL=sendgrid", "SENDGRID_API_KEY=SG.campaign",
		"HTR_SENDGRID_HOST=http://" + service, "HTR_SENDGRID_RATE=25", "HTR_SENDGRID_HOLD=3s", "HTR_EVENTS_WAIT=20s",
		"HTR_MAIL_FROM=ring@campaign.example", "HTR_MAIL_REPLY_TO=office@campaign.example"}
}

func (s *environment) connect() error {
	ref, err := reference.Load()
	if err != nil {
		return err
	}
	keys, err := seal.FromEnv(func(string) string { return s.keyFile })
	if err != nil {
		return err
	}
	sealed := seal.NewConverter(keys, nil)
	c, err := client.Dial(client.Options{HostPort: s.server.Address(), Namespace: namespace, Identity: workflows.StarterIdentity,
		DataConverter: sealed, FailureConverter: seal.Failures(sealed), Logger: log.NewStructuredLogger(slog.New(slog.DiscardHandler))})
	if err != nil {
		return err
	}
	s.stops = append(s.stops, c.Close)
	s.player = newPlayer(cases.New(c, s.server.Address(), namespace, cases.Settings{Patience: time.Minute, Keys: keys}), ref)
	return nil
}

func (s *environment) close() {
	for i := len(s.stops) - 1; i >= 0; i-- {
		s.stops[i]()
	}
}

// perform plays, and goes on killing until all is settled or the time is up.
func (s *environment) perform(ctx context.Context, t *tally) error {
	harm, peace := context.WithCancel(ctx)
	defer peace()
	var wait sync.WaitGroup
	failures := make(chan error, s.Cases+1)
	for i := range s.Cases {
		wait.Go(func() {
			if err := s.play(ctx, s.plan, i); err != nil && !errors.Is(err, context.DeadlineExceeded) {
				failures <- err
			}
		})
	}
	mayhem := make(chan struct{})
	go func() {
		defer close(mayhem)
		if err := s.havoc(harm, s.Seed); err != nil {
			failures <- err
		}
	}()
	s.watch(ctx)
	wait.Wait()
	peace()
	<-mayhem
	close(failures)
	for err := range failures {
		fmt.Println("  ", err)
		t.failures++
	}
	return s.count(t)
}

// watch returns when every case is settled, and says meanwhile how many are.
func (s *environment) watch(ctx context.Context) {
	began, done := time.Now(), map[int]bool{}
	for len(done) < s.Cases && pause(ctx, 5*time.Second) {
		for i := range s.Cases {
			if !done[i] && s.settled(ctx, i) {
				done[i] = true
			}
		}
		s.standIn.mu.Lock()
		mails := len(s.standIn.sent)
		s.standIn.mu.Unlock()
		s.mu.Lock()
		fmt.Printf("  %3.0fs  %3d of %d cases finished, %4d mails sent, workers killed %2d times, the server %d times\n",
			time.Since(began).Seconds(), len(done), s.Cases, mails, s.killed, s.serversKilled)
		s.mu.Unlock()
	}
}
