package cases

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/contrib/envconfig"
	"go.temporal.io/sdk/log"

	"holdthering/environ"
	"holdthering/environ/hosts"
	"holdthering/seal"
	"holdthering/workflows"
)

// Where the product's own server serves, unless the environment says otherwise.
const (
	defaultAddress   = "127.0.0.1:7233"
	defaultNamespace = "holdthering"
)

// Settings are how long to wait, who is told meanwhile, and what keeps open ids from telling anything.
type Settings struct {
	// Patience is how long an answer is waited for; zero is 30 seconds.
	Patience time.Duration
	// Note is called, perhaps from another goroutine, with a line on what is waited for;
	// nil tells nobody.
	Note func(line string)
	// Keys mark what the server keeps openly; see seal.Keys.Mark.
	Keys seal.Keys
}

func (s Settings) patience() time.Duration {
	if s.Patience > 0 {
		return s.Patience
	}
	return 30 * time.Second
}

func (s Settings) note(line string) {
	if s.Note != nil {
		s.Note(line)
	}
}

// Connect reaches the server that Temporal's usual environment names (TEMPORAL_ADDRESS, with commas
// between several hosts, TEMPORAL_NAMESPACE, TEMPORAL_PROFILE with its file, keys and certificates),
// without one that at 127.0.0.1:7233, namespace holdthering.
func Connect(ctx context.Context, s Settings) (*Temporal, error) {
	options, keys, err := clientOptions()
	if err != nil {
		return nil, err
	}
	s.Keys = keys
	began := time.Now()
	waiting := time.AfterFunc(time.Second, func() {
		s.note("Waiting for the server at " + options.HostPort + " ...")
	})
	defer waiting.Stop()
	within, cancel := context.WithTimeout(ctx, s.patience())
	defer cancel()
	c, err := s.reach(within, options, keys)
	if err != nil {
		return nil, unconnected(ctx, options.HostPort, time.Since(began), err)
	}
	return New(c, options.HostPort, options.Namespace, s), nil
}

// reach tries until the server answers, is found not to be ours, or patience is at an end: one that
// restarts refuses connections at first.
func (s Settings) reach(ctx context.Context, o client.Options, keys seal.Keys) (client.Client, error) {
	for {
		c, err := enter(ctx, o, keys)
		if err == nil || !passing(err) || strings.Contains(err.Error(), "authentication handshake failed") {
			return c, err
		}
		select {
		case <-ctx.Done():
			return nil, err
		case <-time.After(pause):
		}
	}
}

// enter connects, and tries the keys before anything is done with them. What else is wrong with the
// server or the namespace is said when something is asked for.
func enter(ctx context.Context, o client.Options, keys seal.Keys) (client.Client, error) {
	c, err := hosts.Dial(ctx, o)
	if err != nil {
		return nil, err
	}
	_, err = keys.Check(ctx, c, o.Namespace)
	var misfit *seal.Misfit
	if errors.As(err, &misfit) || passing(err) {
		c.Close()
		return nil, err
	}
	return c, nil
}

// clientOptions are those of the environment, with what people wrote sealed.
func clientOptions() (client.Options, seal.Keys, error) {
	options, err := envconfig.LoadClientOptions(envconfig.LoadClientOptionsRequest{EnvLookup: environ.Temporal()})
	if err != nil {
		return client.Options{}, nil, fmt.Errorf("the configuration of Temporal: %w", err)
	}
	if options.HostPort == "" {
		options.HostPort = defaultAddress
	}
	if err := environ.CheckAddresses("TEMPORAL_ADDRESS", options.HostPort); err != nil {
		return client.Options{}, nil, err
	}
	if options.Namespace == "" {
		options.Namespace = defaultNamespace
	}
	keys, err := seal.FromEnv(environ.Get)
	if err != nil {
		return client.Options{}, nil, err
	}
	seal.Uncompressed(&options, keys)
	options.Identity = workflows.StarterIdentity
	options.DataConverter = seal.NewConverter(keys, nil)
	options.FailureConverter = seal.Failures(options.DataConverter)
	options.Logger = log.NewStructuredLogger(slog.New(slog.DiscardHandler))
	return options, keys, nil
}

// unconnected leaves out of the cause what a person cannot use.
func unconnected(ctx context.Context, address string, waited time.Duration, err error) error {
	reason := "No Temporal server answers at " + address + hosts.SaySilent(ctx, address)
	var misfit *seal.Misfit
	switch {
	case errors.As(err, &misfit):
		return misfit
	case ctx.Err() != nil:
		return &Unreachable{Reason: "Interrupted before the server at " + address + " answered."}
	case !errors.Is(err, context.DeadlineExceeded) && !strings.Contains(err.Error(), "connection refused"):
		reason += fmt.Sprintf(" (%v)", err)
	}
	if waited > time.Second {
		reason += ". It was waited for " + waited.Round(time.Second).String() + ", as HTR_WAIT says"
	}
	return &Unreachable{Reason: reason + ". 'make dev' starts one here; TEMPORAL_ADDRESS names another."}
}
