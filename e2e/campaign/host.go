package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"holdthering/launch/server"
)

// host is Temporal's server in a run.
type host interface {
	Address() string
	// Due is what of it dies at the n-th death of a worker; empty is nothing.
	Due(n int) string
	// Die kills that, and returns when it serves again.
	Die(ctx context.Context, what string) error
	Stop()
}

// embedded is a server of our own.
type embedded struct {
	opts server.Options
	*server.Server
}

func newEmbedded(ctx context.Context, opts server.Options) (*embedded, error) {
	address, err := freeAddress()
	if err != nil {
		return nil, err
	}
	opts.Port = address.Port // the same after each kill
	s, err := server.Start(ctx, opts)
	return &embedded{opts, s}, err
}

// Due has it die twice.
func (e *embedded) Due(n int) string {
	if n == 4 || n == 9 {
		return "server"
	}
	return ""
}

func (e *embedded) Die(ctx context.Context, _ string) error {
	e.Kill()
	for tries := 1; ; tries++ {
		s, err := server.Start(context.WithoutCancel(ctx), e.opts)
		switch {
		case err == nil:
			e.Server = s
			return nil
		case tries == 10:
			return fmt.Errorf("start the server again: %w", err)
		}
		time.Sleep(3 * time.Second) // some connection had its port, since it was free
	}
}

// outside is a server that another program runs, which kills and starts what it is asked to: POST /server and
// /database at its address, answered when all serves again.
type outside struct {
	address string
	keeper  string
}

func (o outside) Address() string { return o.address }
func (o outside) Stop()           {}

// Due has database and server die in turn, more rarely once both have.
func (o outside) Due(n int) string {
	switch {
	case n == 2 || n > 4 && n%8 == 2:
		return "database"
	case n == 4 || n > 4 && n%8 == 6:
		return "server"
	}
	return ""
}

func (o outside) Die(ctx context.Context, what string) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), longestAway)
	defer cancel()
	at, err := url.JoinPath(o.keeper, what)
	if err != nil {
		return err
	}
	q, err := http.NewRequestWithContext(ctx, http.MethodPost, at, nil)
	if err != nil {
		return err
	}
	answer, err := http.DefaultClient.Do(q)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	said, err := io.ReadAll(io.LimitReader(answer.Body, 1<<16))
	if err != nil {
		return err
	}
	if answer.StatusCode/100 != 2 {
		return errors.New(what + ": " + strings.TrimSpace(string(said)))
	}
	return nil
}

// longestAway is how long what was killed may take until it serves again.
const longestAway = 3 * time.Minute
