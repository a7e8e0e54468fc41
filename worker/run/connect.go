package run

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"time"

	"go.temporal.io/api/serviceerror"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/contrib/envconfig"
	"go.temporal.io/sdk/converter"

	"holdthering/environ"
	"holdthering/environ/hosts"
	"holdthering/message"
	"holdthering/seal"
	"holdthering/workflows"
)

// Where the product's own server serves, unless the environment says otherwise.
const (
	defaultAddress   = "127.0.0.1:7233"
	defaultNamespace = "holdthering"
)

// temporalOptions are those of Temporal's usual environment and configuration file, and ours
// where it says nothing.
func temporalOptions() (o client.Options, err error) {
	o, err = envconfig.LoadClientOptions(envconfig.LoadClientOptionsRequest{EnvLookup: environ.Temporal()})
	if err != nil {
		return o, fmt.Errorf("the configuration of Temporal: %w", err)
	}
	if o.HostPort == "" {
		o.HostPort = defaultAddress
	}
	if o.Namespace == "" {
		o.Namespace = defaultNamespace
	}
	o.Identity = workflows.WorkerIdentity // it says nothing of the computer
	return o, environ.CheckAddresses("TEMPORAL_ADDRESS", o.HostPort)
}

// unlock finds the keys and connects with them, and sees first that they open what is in the
// namespace: a worker with another key would hold every case, and seal new ones so that no other
// worker could go on with them. Where nothing is there yet, and no file is named, it makes the key.
func unlock(ctx context.Context, o client.Options, l *slog.Logger) (client.Client, converter.DataConverter, error) {
	keys, err := seal.FromEnv(environ.Get)
	var missing *seal.Missing
	if errors.As(err, &missing) && !missing.Named {
		keys, err = firstKeys(ctx, o, l, missing)
	}
	if err != nil {
		return nil, nil, err
	}
	if len(keys) > 0 {
		l.Info("Payloads are sealed", "key", keys[0].ID)
	}
	o.DataConverter = seal.NewConverter(keys, endsACase)
	seal.Uncompressed(&o, keys)
	o.FailureConverter = seal.Failures(o.DataConverter)
	c, err := connect(ctx, o, l)
	if err != nil {
		return nil, nil, err
	}
	if err := fits(ctx, c, keys, o.Namespace, l); err != nil {
		c.Close()
		return nil, nil, err
	}
	return c, o.DataConverter, nil
}

// firstKeys makes the key where nothing was ever sealed in the namespace.
func firstKeys(ctx context.Context, o client.Options, l *slog.Logger, missing *seal.Missing) (seal.Keys, error) {
	c, err := connect(ctx, o, l)
	if err != nil {
		return nil, err
	}
	defer c.Close()
	empty, err := seal.Keys(nil).Check(ctx, c, o.Namespace)
	switch {
	case err == nil && !empty, isMisfit(err):
		return nil, fmt.Errorf("namespace %q holds cases already, and %w", o.Namespace, missing)
	case err != nil:
		return nil, err
	}
	keys, err := seal.FirstFromEnv(os.Getenv)
	if err == nil {
		l.Warn("A key was made; without it the cases cannot be read: keep a copy", "file", missing.Path)
	}
	return keys, err
}

func isMisfit(err error) bool {
	var m *seal.Misfit
	return errors.As(err, &m)
}

// fits tries the keys, and leaves what others can try theirs on.
func fits(ctx context.Context, c client.Client, keys seal.Keys, namespace string, l *slog.Logger) error {
	_, err := keys.Check(ctx, c, namespace)
	if err == nil {
		err = keys.Witness(ctx, c, namespace)
	}
	var unable *serviceerror.Unimplemented
	if errors.As(err, &unable) {
		l.Warn("Whether the key fits cannot be asked of this server", "reason", err)
		return nil
	}
	return err
}

// endsACase: a run whose state cannot be read, or a report on mails, would fail; an act is
// refused instead, and a case that was begun with another key is held until that is known.
func endsACase(v any) bool {
	switch v.(type) {
	case *workflows.Input, *workflows.GroupInput, *message.Report:
		return true
	}
	return false
}

// The pauses between tries to connect double from the first to the last: a server that
// starts beside the worker is there in seconds, one that is being mended in hours.
const (
	firstPause = time.Second
	lastPause  = 15 * time.Second
)

// connect waits until the server serves the namespace, and says so while it waits. It gives
// up only when ctx ends, or where waiting cannot help.
func connect(ctx context.Context, o client.Options, l *slog.Logger) (client.Client, error) {
	for pause := firstPause; ; pause = min(2*pause, lastPause) {
		c, err := dial(ctx, o)
		if err == nil {
			return c, nil
		}
		if hopeless(err) {
			return nil, fmt.Errorf("the Temporal server at %s: %w", o.HostPort, err)
		}
		l.Info("Waiting for the Temporal server", "address", o.HostPort+hosts.SaySilent(ctx, o.HostPort),
			"namespace", o.Namespace, "reason", err, "again in", pause)
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(pause):
		}
	}
}

// looksAgain is how often a worker looks which of several hosts are there.
const looksAgain = 30 * time.Second

// watchHosts says in the log which of the server's hosts begins or ceases to be silent; the others are asked meanwhile.
func watchHosts(ctx context.Context, addresses string, l *slog.Logger) {
	hosts.Watch(ctx, addresses, looksAgain, func(address string, silent bool) {
		if silent {
			l.Warn("A host of the Temporal server is not reached; the others are asked", "address", address)
			return
		}
		l.Info("A host of the Temporal server is reached again", "address", address)
	})
}

func dial(ctx context.Context, o client.Options) (client.Client, error) {
	c, err := hosts.Dial(ctx, o)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	_, err = c.WorkflowService().DescribeNamespace(ctx,
		&workflowservice.DescribeNamespaceRequest{Namespace: o.Namespace})
	if err != nil {
		c.Close()
		return nil, err
	}
	return c, nil
}

// hopeless tells errors that a person has to mend: of rights, of certificates that are not
// accepted, of a request that the server does not understand.
func hopeless(err error) bool {
	var denied *serviceerror.PermissionDenied
	var wrong *serviceerror.InvalidArgument
	return errors.As(err, &denied) || errors.As(err, &wrong)
}
