package server

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strconv"
	"time"

	"holdthering/launch/process"
)

const loopback = "127.0.0.1"

// ErrPortTaken is the cause when another program listens on a port that was asked for.
var ErrPortTaken = errors.New("is another server running?")

// startWait is how long a server may take until it serves. It takes about a second; a machine with
// much else to do takes longer.
const startWait = 2 * time.Minute

// Options says which server to start. Nothing is required but a namespace.
type Options struct {
	// DBFile is the SQLite file, made when missing. Empty keeps everything in memory.
	DBFile string
	// Port and UIPort are on 127.0.0.1; 0 takes a free one.
	Port, UIPort int
	// Namespaces are created when missing.
	Namespaces []string
	// TimeSkipping names those of the namespaces whose workflows may skip time.
	TimeSkipping []string
	// Settings are dynamic configuration, "key=JSON" each, over what the server has by itself.
	Settings []string
	// Views are lists that the UI opens; an installed server has none.
	Views []View
	// CodecEndpoint is the URL at which the UI has payloads decoded; empty leaves them as they are.
	CodecEndpoint string
	// LogFile takes what the server prints, after what is there already. Empty means a temporary
	// file, removed when the server stops.
	LogFile string
	// Progress is told of a build, should one be needed; nil means standard error.
	Progress io.Writer
}

// Server is a running server process.
type Server struct {
	port, uiPort int
	dbFile       string
	process      *process.Process
	cleanUp      func()
}

// Start runs a server and returns when all its namespaces answer. The process does not outlive the
// caller's where the system can see to that (Linux); Stop or Kill it anyhow.
func Start(ctx context.Context, opts Options) (*Server, error) {
	if opts.Progress == nil {
		opts.Progress = os.Stderr
	}
	program, err := choose(ctx, opts)
	if err != nil {
		return nil, err
	}
	return startProgram(ctx, program, opts)
}

func startProgram(ctx context.Context, program program, opts Options) (*Server, error) {
	for try := 1; ; try++ {
		s, err := launch(ctx, program, opts)
		if err == nil || try == freePortTries || !opts.freePorts() || !errors.Is(err, errEnded) {
			return s, err
		}
	}
}

// freePortTries is how often free ports are looked for: between the choice of one and its use,
// another program may take it.
const freePortTries = 5

// freePorts reports whether some port was left to us to choose.
func (o Options) freePorts() bool { return o.Port == 0 || o.UIPort == 0 }

// errEnded is what a port lost to another program comes to, of those that we chose and of those
// that the server chooses for its inner services; its log says it in words that change.
var errEnded = errors.New("the embedded server ended before it served")

func launch(ctx context.Context, program program, opts Options) (*Server, error) {
	if err := opts.choosePorts(); err != nil {
		return nil, err
	}
	cleanUp, err := opts.chooseLog()
	if err != nil {
		return nil, err
	}
	running, err := process.Start(process.Spec{
		Path: program.path, Args: program.arguments(opts), LogFile: opts.LogFile,
	})
	if err != nil {
		cleanUp()
		return nil, err
	}
	s := &Server{port: opts.Port, uiPort: opts.UIPort, dbFile: program.database(opts.DBFile),
		process: running, cleanUp: cleanUp}
	if err := s.ready(ctx, program, opts.Namespaces); err != nil {
		running.Kill()
		err = fmt.Errorf("%w:\n%s", err, running.Tail())
		cleanUp()
		return nil, err
	}
	return s, nil
}

// Address is where the server's clients connect to.
func (s *Server) Address() string { return Local(s.port) }

// UIAddress is where a browser finds the UI, as a URL.
func (s *Server) UIAddress() string { return "http://" + Local(s.uiPort) }

// DBFile is where the data is. It is another file than asked for where an installed Temporal CLI
// serves: no two servers share one.
func (s *Server) DBFile() string { return s.dbFile }

// Ended is closed when the process has ended, by whatever cause.
func (s *Server) Ended() <-chan struct{} { return s.process.Ended() }

// Stop asks the server to end, and ends it when it does not.
func (s *Server) Stop() {
	s.process.Stop()
	s.cleanUp()
}

// Kill ends the server at once, as a crash would.
func (s *Server) Kill() {
	s.process.Kill()
	s.cleanUp()
}

// ready waits for the namespaces, and gives those of an installed server our retention.
func (s *Server) ready(ctx context.Context, p program, namespaces []string) error {
	if err := s.await(ctx, namespaces); err != nil || p.release == "" {
		return err
	}
	for _, name := range namespaces {
		if err := keepHistory(ctx, s.Address(), name); err != nil {
			return err
		}
	}
	return nil
}

func (s *Server) await(ctx context.Context, namespaces []string) error {
	ctx, cancel := context.WithTimeout(ctx, startWait)
	defer cancel()
	for _, name := range namespaces {
		for Answers(ctx, s.Address(), name) != nil {
			select {
			case <-s.Ended():
				return errEnded
			case <-ctx.Done():
				return fmt.Errorf("the embedded server does not serve (%w)", ctx.Err())
			case <-time.After(100 * time.Millisecond):
			}
		}
	}
	return nil
}

func (o *Options) choosePorts() error {
	for _, port := range []*int{&o.Port, &o.UIPort} {
		listener, err := net.Listen("tcp", Local(*port))
		if err != nil {
			return fmt.Errorf("port %d cannot be used (%w), %w", *port, err, ErrPortTaken)
		}
		defer listener.Close() // both stay open until each has its own
		*port = listener.Addr().(*net.TCPAddr).Port
	}
	return nil
}

func (o *Options) chooseLog() (cleanUp func(), err error) {
	if o.LogFile != "" {
		return func() {}, nil
	}
	file, err := os.CreateTemp("", "holdthering-server-*.log")
	if err != nil {
		return nil, err
	}
	o.LogFile = file.Name()
	return func() { _ = os.Remove(file.Name()) }, file.Close()
}

// Local is the address of a port of this machine, reachable from nowhere else.
func Local(port int) string { return net.JoinHostPort(loopback, strconv.Itoa(port)) }
