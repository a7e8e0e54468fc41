package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"

	"holdthering/launch/process"
	"holdthering/launch/server"
	"holdthering/seal"
)

const (
	// cases is the namespace of the real cases.
	cases = "holdthering"
	// demonstration is the namespace in which time can be skipped.
	demonstration = "demonstration"

	defaultPort   = 7233
	defaultUIPort = 8233
	// defaultCodecPort is where the UI has payloads opened.
	defaultCodecPort = 8234
)

// site is the checkout: where its programs are and where its data goes.
type site struct{ root string }

func (s site) data(parts ...string) string {
	return filepath.Join(append([]string{s.root, "var"}, parts...)...)
}

// program is the path of one that make has built.
func (s site) program(name string) (string, error) {
	path := filepath.Join(s.root, "bin", name)
	if runtime.GOOS == "windows" {
		path += ".exe"
	}
	if _, err := os.Stat(path); err != nil {
		return "", fmt.Errorf("%s is missing: run make build", path)
	}
	return path, nil
}

// outbox and records are apart for each namespace, so that a demonstration's mails and records are
// never taken for real ones.
func (s site) outbox(namespace string) string  { return s.own(namespace, "outbox") }
func (s site) records(namespace string) string { return s.own(namespace, "records") }

func (s site) own(namespace, kind string) string {
	if namespace == cases {
		return s.data(kind)
	}
	return s.data(namespace, kind)
}

// options are those of the embedded server. Both namespaces are in one file, so that what a
// demonstration leaves can be looked at later.
func (s site) options() server.Options {
	return server.Options{
		DBFile:       s.data("temporal.db"),
		LogFile:      s.data("log", "server.log"),
		Namespaces:   []string{cases, demonstration},
		TimeSkipping: []string{demonstration},
		Port:         defaultPort,
		UIPort:       defaultUIPort,
		Views:        views,
		Progress:     os.Stdout,
	}
}

// key sees that there is one before any program asks for it. It makes the usual one where there is no
// data yet: later, what was sealed with the missing one could never be read again.
func (s site) key() error {
	stores, err := filepath.Glob(s.data("*.db"))
	if err != nil {
		return err
	}
	if len(stores) == 0 {
		_, err = seal.FirstFromEnv(os.Getenv)
		return err
	}
	var missing *seal.Missing
	if _, err = seal.FromEnv(os.Getenv); errors.As(err, &missing) && !missing.Named {
		return fmt.Errorf("%s holds cases already, and the key %s is missing: put it back, from its copy. Without it "+
			"they cannot be read; to start afresh, move %s away", stores[0], missing.Path, s.data())
	}
	return err
}

// worker is the worker program for a namespace.
func (s site) worker(at target, namespace string) (process.Spec, error) {
	path, err := s.program("worker")
	if err != nil {
		return process.Spec{}, err
	}
	env := s.env(at, namespace)
	if templates := s.templates(); templates != "" {
		env = append(env, "HTR_TEMPLATES="+templates)
	}
	return process.Spec{
		Path: path,
		Args: []string{
			"--outbox", s.outbox(namespace),
			"--records", s.records(namespace),
			"--directory", s.directory(),
		},
		Env:     env,
		LogFile: s.data("log", "worker-"+namespace+".log"),
	}, nil
}

// desk is the program that serves the desk of a namespace. Its address is printed here and not in its log: it
// opens the desk to whoever reads it first.
func (s site) desk(at target, namespace, address string) (process.Spec, error) {
	path, err := s.program("starter")
	return process.Spec{
		Path:    path,
		Args:    []string{"desk", "--no-address", "--no-browser", "--listen", address},
		Env:     s.env(at, namespace),
		LogFile: s.data("log", "desk-"+namespace+".log"),
	}, err
}

// deaf keeps a worker from listening where the current one of the real cases does.
var deaf = []string{"HTR_EVENTS_ADDRESS=none", "HTR_METRICS_ADDRESS=none"}

// env is the environment of a program that works in the namespace.
func (s site) env(at target, namespace string) []string {
	env := append(at.env(namespace),
		"HTR_OUTBOX="+s.outbox(namespace), "HTR_RECORDS="+s.records(namespace))
	if namespace == demonstration {
		// Even where a mail service is configured.
		env = append(append(env, "HTR_MAIL=outbox"), deaf...)
	}
	return env
}
