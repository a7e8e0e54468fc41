package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/converter"

	"holdthering/cases"
	"holdthering/launch/process"
	"holdthering/launch/server"
	"holdthering/seal"
	"holdthering/workflows"
)

const (
	namespace     = "holdthering"
	demonstration = "demonstration"
)

// site is a server with a worker and their files.
type site struct {
	dir, namespace, programs string
	server                   *server.Server
	worker                   *process.Process
	client                   client.Client
	sealed                   converter.DataConverter
	cases                    *cases.Temporal
	keys                     seal.Keys
	extra                    []string
}

// newSite starts them; environ is added to the worker's and the commands' environment.
func (b *bench) newSite(ctx context.Context, name, ns string, environ ...string) (*site, error) {
	s := &site{dir: filepath.Join(b.dir, name), namespace: ns, programs: b.programs, extra: environ}
	if err := os.MkdirAll(s.dir, 0o700); err != nil {
		return nil, err
	}
	if err := seal.Make(s.path("key")); err != nil {
		return nil, err
	}
	keys, err := seal.FromEnv(func(string) string { return s.path("key") })
	if err != nil {
		return nil, err
	}
	s.keys, s.sealed = keys, seal.NewConverter(keys, nil)
	s.server, err = server.Start(ctx, server.Options{DBFile: s.path("temporal.db"),
		Namespaces: []string{namespace, demonstration}, TimeSkipping: []string{demonstration},
		LogFile: s.path("server.log")})
	if err != nil {
		return nil, err
	}
	if err := s.start(); err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

func (s *site) start() (err error) {
	options := client.Options{HostPort: s.server.Address(), Namespace: s.namespace, Identity: workflows.StarterIdentity,
		DataConverter: s.sealed, FailureConverter: seal.Failures(s.sealed), Logger: quiet{}}
	seal.Uncompressed(&options, s.keys)
	if s.client, err = client.Dial(options); err != nil {
		return err
	}
	s.cases = cases.New(s.client, options.HostPort, s.namespace, cases.Settings{Keys: s.keys, Patience: patience})
	if err := s.startWorker(); err != nil {
		return err
	}
	return s.ready()
}

func (s *site) startWorker() (err error) {
	s.worker, err = process.Start(process.Spec{Path: filepath.Join(s.programs, "worker"), Env: s.env(),
		LogFile: s.path("worker.log"), Args: []string{"--outbox", s.path("outbox"), "--records", s.path("records"),
			"--directory", "data/directory.csv"}})
	return err
}

// patience is how long an answer is waited for: a server under load may take its time.
const patience = 3 * time.Minute

// ready waits until the worker asks for work.
func (s *site) ready() error {
	for began := time.Now(); time.Since(began) < patience; time.Sleep(50 * time.Millisecond) {
		if strings.Contains(s.worker.Printed(), "Working") {
			return nil
		}
	}
	return errors.New("the worker does not begin: " + s.worker.Tail())
}

func (s *site) path(name string) string { return filepath.Join(s.dir, name) }

func (s *site) env() []string {
	return append(append(os.Environ(), seal.Variable+"="+s.path("key"), "TEMPORAL_ADDRESS="+s.server.Address(),
		"TEMPORAL_NAMESPACE="+s.namespace, "TEMPORAL_CONFIG_FILE="+os.DevNull, "HTR_OUTBOX="+s.path("outbox"),
		"HTR_RECORDS="+s.path("records"), "HTR_PERSON=the duty officer", "HTR_MAIL=outbox",
		"HTR_PROFILE=ENGLAND_2013"), s.extra...)
}

// starter runs one command.
func (s *site) starter(ctx context.Context, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, filepath.Join(s.programs, "starter"), args...)
	var out, errs bytes.Buffer
	cmd.Env, cmd.Stdout, cmd.Stderr = s.env(), &out, &errs
	if err := cmd.Run(); err != nil {
		return "", fmt.Errorf("starter %s: %w\n%s", strings.Join(args, " "), err, errs.String())
	}
	return out.String(), nil
}

func (s *site) close() {
	if s.worker != nil {
		s.worker.Kill()
	}
	if s.client != nil {
		s.client.Close()
	}
	s.server.Kill()
}

type quiet struct{}

func (quiet) Debug(string, ...any) {}
func (quiet) Info(string, ...any)  {}
func (quiet) Warn(string, ...any)  {}
func (quiet) Error(string, ...any) {}
