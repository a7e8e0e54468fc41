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
	"holdthering/seal"
)

// Where the product's own server serves, unless the environment says otherwise.
const (
	defaultAddress   = "127.0.0.1:7233"
	defaultNamespace = "holdthering"
)

// Settings are how long to wait, and who is told meanwhile.
type Settings struct {
	// Patience is how long an answer is waited for; zero is 30 seconds.
	Patience time.Duration
	// Note is called, perhaps from another goroutine, with a line on what is waited for;
	// nil tells nobody.
	Note func(line string)
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

// Connect reaches the server that Temporal's usual environment names (TEMPORAL_ADDRESS,
// TEMPORAL_NAMESPACE, TEMPORAL_PROFILE with its file, keys and certificates), without one
// that at 127.0.0.1:7233, namespace holdthering.
func Connect(ctx context.Context, s Settings) (*Temporal, error) {
	options, err := envconfig.LoadClientOptions(envconfig.LoadClientOptionsRequest{EnvLookup: environ.Temporal()})
	if err != nil {
		return nil, fmt.Errorf("the configuration of Temporal: %w", err)
	}
	if options.HostPort == "" {
		options.HostPort = defaultAddress
	}
	if err := environ.CheckAddress("TEMPORAL_ADDRESS", options.HostPort); err != nil {
		return nil, err
	}
	if options.Namespace == "" {
		options.Namespace = defaultNamespace
	}
	keys, err := seal.FromEnv(environ.Get)
	if err != nil {
		return nil, err
	}
	options.DataConverter = seal.NewConverter(keys, nil)
	options.FailureConverter = seal.Failures(options.DataConverter)
	options.Logger = log.NewStructuredLogger(slog.New(slog.DiscardHandler))
	waiting := time.AfterFunc(time.Second, func() {
		s.note("Waiting for the server at " + options.HostPort + " ...")
	})
	defer waiting.Stop()
	ctx, cancel := context.WithTimeout(ctx, s.patience())
	defer cancel()
	c, err := client.DialContext(ctx, options)
	if err != nil {
		return nil, unconnected(options.HostPort, err)
	}
	return New(c, options.HostPort, options.Namespace, s), nil
}

// unconnected leaves out of the cause what a person cannot use.
func unconnected(address string, err error) error {
	reason := "No Temporal server answers at " + address
	switch {
	case errors.Is(err, context.DeadlineExceeded):
	case errors.Is(err, context.Canceled):
		return &Unreachable{Reason: "Interrupted before the server at " + address + " answered."}
	case !strings.Contains(err.Error(), "connection refused"):
		reason += fmt.Sprintf(" (%v)", err)
	}
	return &Unreachable{Reason: reason + ". 'make dev' starts one here; TEMPORAL_ADDRESS names another."}
}
