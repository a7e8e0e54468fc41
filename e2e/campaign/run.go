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
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/log"

	"holdthering/cases"
	"holdthering/launch/server"
	"holdthering/reference"
	"holdthering/seal"
	"holdthering/workflows"
)

// way is how the mails of a run go.
type way struct {
	name   string
	short  string
	events bool // the service tells what becomes of its mails
}

// The ways, in the order in which they are tried.
var ways = []way{
	{"SendGrid, with events", "events", true},
	{"SendGrid, without", "silent", false},
	{"SMTP", "smtp", false},
	{"the outbox", "outbox", false},
}

// run plays all cases once, in one way, and counts.
func run(ctx context.Context, p plan, dir string, w way) (tally, error) {
	ctx, cancel := context.WithTimeout(ctx, p.Limit)
	defer cancel()
	t := tally{name: w.name}
	s, err := newEnvironment(ctx, p, filepath.Join(dir, w.short), w)
	if err != nil {
		return t, err
	}
	fmt.Fprintf(s.Out, "%s:\n", t.name)
	defer s.close()
	return t, s.perform(ctx, &t)
}

// environment is all that takes part in one run.
type environment struct {
	plan
	way
	dir string
	*crew
	*player
	standIn *standIn
	key     string
	events  *announcer
	sheet   *sheet
	disk    *disk
	read    converter.DataConverter // of what is sealed
	stops   []func()
}

func newEnvironment(ctx context.Context, p plan, dir string, w way) (*environment, error) {
	s := &environment{plan: p, way: w, dir: dir, key: filepath.Join(dir, "key")}
	err := s.prepare(ctx)
	if err != nil {
		s.close()
	}
	return s, err
}

func (s *environment) prepare(ctx context.Context) error {
	if err := seal.Make(s.key); err != nil { // and its folder
		return err
	}
	disk, release, err := newDisk(filepath.Join(s.dir, "disk"), s.Cases)
	if err != nil {
		return err
	}
	s.disk, s.stops = disk, append(s.stops, release)
	if s.sheet, err = newSheet(filepath.Join(s.dir, "contacts.csv"), time.Now().Add(ahead())); err != nil {
		return err
	}
	addresses, receivers, err := s.serveMail()
	if err != nil {
		return err
	}
	args := []string{"--records", s.records(), "--directory", s.sheet.path}
	at, err := s.serve(ctx)
	if err != nil {
		return err
	}
	s.crew, err = launch(at, s.plan, s.dir, args, func(i int) []string {
		env := append(s.workerEnv(at.Address()), seal.Variable+"="+s.key)
		switch {
		case s.short == "outbox":
			return append(env, "HTR_MAIL=outbox", "HTR_OUTBOX="+s.outbox())
		case s.short == "smtp":
			return append(env, "HTR_MAIL=smtp", "HTR_SMTP_TLS=none", "HTR_SMTP_ADDRESS="+addresses[i])
		}
		env = append(env, "HTR_MAIL=sendgrid", "SENDGRID_API_KEY=SG.campaign", "HTR_SENDGRID_HOST=http://"+addresses[i],
			fmt.Sprintf("HTR_SENDGRID_RATE=%d", s.MailRate), "HTR_SENDGRID_HOLD=3s")
		if s.way.events {
			env = append(env, "HTR_EVENTS_KEY="+s.events.publicKey(), "HTR_EVENTS_ADDRESS="+receivers[i])
		}
		return env
	})
	if err != nil {
		at.Stop()
		return err
	}
	s.crew.keyFile = s.key
	s.stops = append(s.stops, s.crew.stop)
	return s.connect()
}

// serve has Temporal's server: one of our own, or the one that is named.
func (s *environment) serve(ctx context.Context) (host, error) {
	if s.Server != "" {
		return outside{s.Server, s.Keeper}, nil
	}
	return newEmbedded(ctx, server.Options{DBFile: filepath.Join(s.dir, "temporal.db"), Namespaces: []string{s.Namespace},
		LogFile: filepath.Join(s.dir, "server.log")})
}

// serveMail has the service answer each worker at an address of its own.
func (s *environment) serveMail() (addresses, receivers []string, err error) {
	for range workers {
		a, err := freeAddress()
		if err != nil {
			return nil, nil, err
		}
		receivers = append(receivers, a.String())
	}
	kinds := weathers
	switch {
	case s.way.events:
		if s.events, err = newAnnouncer(s.plan, receivers); err != nil {
			return nil, nil, err
		}
		s.stops = append(s.stops, func() { close(s.events.done) })
		kinds = append(kinds[:len(kinds):len(kinds)], toldLater...)
	case s.short == "smtp":
		kinds = relayWeathers
	}
	s.standIn = newStandIn(s.plan, s.events, kinds)
	for i := range workers {
		at := door{s.standIn, i}
		serve := func() (string, func(), error) { return serveHTTP(at) }
		if s.short == "smtp" {
			serve = func() (string, func(), error) { return serveSMTP(relay{at}) }
		}
		address, stop, err := serve()
		if err != nil {
			return nil, nil, err
		}
		addresses, s.stops = append(addresses, address), append(s.stops, stop)
	}
	return addresses, receivers, nil
}

func (s *environment) records() string { return filepath.Join(s.disk.dir, "records") }
func (s *environment) outbox() string  { return filepath.Join(s.disk.dir, "outbox") }

// workerEnv has word of a mail awaited for a third of a minute: the stand-in's comes within
// five seconds of a worker that is there to take it. Where none comes, that is how soon a mail that may have gone goes
// again, twice as late each time; of the mails of many short cases some need many tries.
func (s *environment) workerEnv(temporal string) []string {
	wait := 20 * time.Second
	if s.Short && !s.way.events {
		wait /= 4
	}
	return []string{"TEMPORAL_ADDRESS=" + temporal, "TEMPORAL_NAMESPACE=" + s.Namespace,
		"TEMPORAL_CONFIG_FILE=" + os.DevNull, "HTR_EVENTS_WAIT=" + wait.String(),
		"HTR_MAIL_FROM=ring@campaign.example", "HTR_MAIL_REPLY_TO=office@campaign.example"}
}

func (s *environment) connect() error {
	ref, err := reference.Load()
	if err != nil {
		return err
	}
	keys, err := seal.FromEnv(func(string) string { return s.key })
	if err != nil {
		return err
	}
	sealed := seal.NewConverter(keys, nil)
	s.read = sealed
	c, err := client.Dial(client.Options{HostPort: s.server.Address(), Namespace: s.Namespace, Identity: workflows.StarterIdentity,
		DataConverter: sealed, FailureConverter: seal.Failures(sealed), Logger: log.NewStructuredLogger(slog.New(slog.DiscardHandler))})
	if err != nil {
		return err
	}
	s.stops = append(s.stops, c.Close)
	s.player = newPlayer(cases.New(c, s.server.Address(), s.Namespace, cases.Settings{Patience: time.Minute, Keys: keys}), ref)
	return nil
}

func (s *environment) close() {
	for i := len(s.stops) - 1; i >= 0; i-- {
		s.stops[i]()
	}
}

// perform plays, and goes on with all that harms until all is settled or the time is up. What people
// do wrong, and the bad weather, end before.
func (s *environment) perform(ctx context.Context, t *tally) error {
	harm, peace := context.WithCancel(ctx)
	defer peace()
	calm, ease := context.WithTimeout(harm, s.Storm)
	defer ease()
	failures := make(chan error, s.Cases+s.Groups+4)
	var wait, mayhem sync.WaitGroup
	places := make(chan struct{}, s.Abreast)
	for i := range s.Cases {
		wait.Go(func() {
			places <- struct{}{}
			defer func() { <-places }()
			if err := s.play(ctx, s.plan, i); err != nil && !errors.Is(err, context.DeadlineExceeded) {
				failures <- err
			}
		})
	}
	for _, one := range s.subjects()[s.Cases:] {
		wait.Go(func() {
			if err := s.gather(ctx, s.plan, one.place); err != nil && !errors.Is(err, context.DeadlineExceeded) {
				failures <- err
			}
		})
	}
	for _, work := range []func() error{
		func() error { return s.havoc(harm, s.plan) },
		func() error { return s.terminate(calm) },
		func() error { return s.sheet.keep(calm) },
		func() error { return s.disk.keep(calm, s.Seed) },
	} {
		mayhem.Go(func() {
			if err := work(); err != nil {
				failures <- err
			}
		})
	}
	began := time.Now()
	s.watch(ctx)
	t.took = time.Since(began)
	wait.Wait()
	peace()
	mayhem.Wait()
	close(failures)
	for err := range failures {
		fmt.Fprintln(s.Out, "  ", err)
		t.failures++
	}
	if errors.Is(ctx.Err(), context.Canceled) { // not the limit: somebody ended it
		return ctx.Err()
	}
	return s.count(t)
}
