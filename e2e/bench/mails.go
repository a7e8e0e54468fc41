package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"sync/atomic"
	"time"

	smtp "github.com/emersion/go-smtp"
)

const (
	someTriggers = 60
	mailRuns     = 3 // of each the cheapest counts: what else the machine does only adds to it
	mostOfOutbox = 1.2
)

// relay takes every mail and keeps none.
type relay struct{ taken atomic.Int64 }

// listen serves the relay until it is closed.
func (r *relay) listen() (address string, done func(), err error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, err
	}
	server := smtp.NewServer(r)
	server.Domain = "relay.example"
	go func() { _ = server.Serve(l) }() // its end is ours
	return l.Addr().String(), func() { _ = server.Close() }, nil
}

// NewSession begins with one who sends.
func (r *relay) NewSession(*smtp.Conn) (smtp.Session, error) { return session{r}, nil }

type session struct{ *relay }

// Mail takes any sender.
func (session) Mail(string, *smtp.MailOptions) error { return nil }

// Rcpt takes any recipient.
func (session) Rcpt(string, *smtp.RcptOptions) error { return nil }

// Reset forgets nothing, since nothing is kept.
func (session) Reset() {}

// Logout ends the session.
func (session) Logout() error { return nil }

// Data reads the mail and counts it.
func (s session) Data(r io.Reader) error {
	_, err := io.Copy(io.Discard, r)
	s.taken.Add(1)
	return err
}

// mails has cases triggered where mails go into the outbox, and where they go to a relay by SMTP. The relay is in this
// program: what it takes is not counted, as the outbox's files are not read.
func mails(ctx context.Context, b *bench) ([]row, error) {
	r := &relay{}
	address, done, err := r.listen()
	if err != nil {
		return nil, err
	}
	defer done()
	var kept, handed spent
	var sent int
	for i := range mailRuns {
		outbox, inOutbox, err := b.triggers(ctx, fmt.Sprint("outbox", i), nil)
		if err != nil {
			return nil, err
		}
		relayed, taken, err := b.triggers(ctx, fmt.Sprint("smtp", i), r, "HTR_MAIL=smtp", "HTR_SMTP_ADDRESS="+address, "HTR_SMTP_TLS=none",
			"HTR_MAIL_FROM=ring@bench.example", "HTR_MAIL_REPLY_TO=ring@bench.example")
		if err != nil {
			return nil, err
		}
		if sent = inOutbox; sent != taken {
			return nil, fmt.Errorf("%d mails went into the outbox and %d to the relay", sent, taken)
		}
		if i == 0 || outbox.both() < kept.both() {
			kept = outbox
		}
		if i == 0 || relayed.both() < handed.both() {
			handed = relayed
		}
	}
	ms := func(d time.Duration) string { return fmt.Sprintf("%.1f", d.Seconds()*1000/someTriggers) }
	return []row{
		limit(fmt.Sprintf("CPU of server and worker for a trigger with %.0f mails by SMTP, against the outbox", float64(sent)/someTriggers),
			handed.both().Seconds()/kept.both().Seconds(), mostOfOutbox, "%.2f"),
		{what: "- by the outbox: CPU ms, server + worker", now: ms(kept.server) + " + " + ms(kept.worker)},
		{what: "- by SMTP: CPU ms, server + worker", now: ms(handed.server) + " + " + ms(handed.worker)},
	}, nil
}

// triggers opens cases at a site of their own.
func (b *bench) triggers(ctx context.Context, name string, r *relay, environ ...string) (cost spent, mails int, err error) {
	s, err := b.newSite(ctx, name, namespace, environ...)
	if err != nil {
		return spent{}, 0, err
	}
	defer s.close()
	if err := s.calm(ctx, "outbox", "records"); err != nil {
		return spent{}, 0, err
	}
	count := s.mailed
	if r != nil {
		count = func() int { return int(r.taken.Load()) }
	}
	away := ahead()
	trigger := course(time.Now().Add(away))[:1]
	open := func(ctx context.Context, letters string, n int) error {
		for i := range n {
			if err := s.begin(ctx, refOf(letters, i), away); err != nil {
				return err
			}
			if err := take(ctx, s.cases, refOf(letters, i), 0, trigger); err != nil {
				return err
			}
		}
		_, err := settled(ctx, count)
		return err
	}
	if err := open(ctx, "WARM", 2); err != nil {
		return spent{}, 0, err
	}
	before := count()
	cost, err = s.cost(ctx, s.worker.ID(), func(ctx context.Context) error { return open(ctx, "MAIL", someTriggers) })
	return cost, count() - before, err
}
