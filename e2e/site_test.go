package e2e

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/log"

	"holdthering/activities/mail/outbox"
	"holdthering/launch/server"
	"holdthering/seal"
	"holdthering/signpost"
	"holdthering/timeskip"
)

const (
	realNamespace = "holdthering"
	demonstration = "demonstration"
)

// programs is the folder of the built worker and starter.
var programs string

func TestMain(m *testing.M) {
	if os.Getenv("HTR_E2E") == "" {
		os.Exit(m.Run())
	}
	dir, err := os.MkdirTemp("", "holdthering-e2e-")
	if err != nil {
		panic(err)
	}
	build := exec.Command("go", "build", "-o", dir, "holdthering/worker", "holdthering/starter")
	build.Stderr = os.Stderr
	if err := build.Run(); err != nil {
		panic(err)
	}
	programs = dir
	code := m.Run()
	_ = os.RemoveAll(dir)
	os.Exit(code)
}

// site is a server with its files, and the workers and commands that use it.
type site struct {
	*testing.T
	server *server.Server
	opts   server.Options
	dir    string
	ns     string
	worker *exec.Cmd
	// metrics is where the worker shows how it fares.
	metrics string
	// directory is the file of contacts.
	directory string
	// unsealed: payloads stay as they are.
	unsealed bool
	// extra is added to the environment, after all else.
	extra []string
}

// newSite starts a server of its own for the test, and a worker.
func newSite(t *testing.T, namespace string, change ...func(*site)) *site {
	t.Helper()
	if programs == "" {
		t.Skip("end-to-end tests run with HTR_E2E=1, as make test does")
	}
	s := &site{T: t, dir: t.TempDir(), ns: namespace, metrics: freeAddress(t), unsealed: *keep,
		directory: "../data/directory.csv"}
	s.opts = server.Options{DBFile: filepath.Join(s.dir, "temporal.db"),
		Namespaces: []string{realNamespace, demonstration}, TimeSkipping: []string{demonstration},
		LogFile: filepath.Join(s.dir, "server.log")}
	for _, f := range change {
		f(s)
	}
	if err := seal.Make(s.path("key")); err != nil { // a key that is named is made by hand
		t.Fatal(err)
	}
	s.startServer()
	t.Cleanup(func() { s.killWorker(); s.server.Kill() })
	s.startWorker()
	if r := s.starter("list", "--overdue"); r.code != 0 {
		t.Fatalf("the first command, while the worker starts: %+v", r)
	}
	return s
}

func (s *site) startServer() {
	s.Helper()
	srv, err := server.Start(context.Background(), s.opts)
	if err != nil {
		s.Fatal(err)
	}
	s.server = srv
}

func (s *site) path(name string) string { return filepath.Join(s.dir, name) }

func (s *site) env() []string {
	key := s.path("key")
	if s.unsealed {
		key = seal.Open // kept histories are for whoever has the sources
	}
	all := append(os.Environ(), seal.Variable+"="+key, "TEMPORAL_ADDRESS="+s.server.Address(), "TEMPORAL_NAMESPACE="+s.ns,
		"TEMPORAL_UI_ADDRESS="+s.server.UIAddress(), "HTR_OUTBOX="+s.path("outbox"),
		"HTR_RECORDS="+s.path("records"), "HTR_PERSON=the duty officer", "HTR_MAIL=outbox", "COLUMNS=100", "HTR_PROFILE=ENGLAND_2013",
		"HTR_METRICS_ADDRESS="+s.metrics)
	return append(all, s.extra...)
}

// freeAddress is one at which nobody answers yet.
func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

func (s *site) startWorker() {
	s.Helper()
	logs, err := os.OpenFile(s.path("worker.log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		s.Fatal(err)
	}
	defer logs.Close()
	s.worker = exec.Command(filepath.Join(programs, "worker"), "--outbox", s.path("outbox"),
		"--records", s.path("records"), "--directory", s.directory)
	s.worker.Env, s.worker.Stderr, s.worker.Stdout = s.env(), logs, logs
	if err := s.worker.Start(); err != nil {
		s.Fatal(err)
	}
}

// killWorker ends it as a crash does.
func (s *site) killWorker() {
	if s.worker != nil && s.worker.Process != nil {
		_ = s.worker.Process.Signal(syscall.SIGKILL)
		_ = s.worker.Wait()
		s.worker = nil
	}
}

// answer is what a command printed and its exit code.
type answer struct {
	out, err string
	code     int
}

// starter runs one command as a user does.
func (s *site) starter(args ...string) answer {
	s.Helper()
	cmd := exec.Command(filepath.Join(programs, "starter"), args...)
	var out, errs bytes.Buffer
	cmd.Env, cmd.Stdout, cmd.Stderr = s.env(), &out, &errs
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		s.Fatal(err)
	}
	a := answer{out.String(), errs.String(), cmd.ProcessState.ExitCode()}
	if strings.Contains(a.err, "goroutine ") || strings.Contains(a.err, "panic:") {
		s.Fatalf("starter %s: a stack trace:\n%s", strings.Join(args, " "), a.err)
	}
	return a
}

// taken insists that the command is done.
func (s *site) taken(args ...string) answer {
	s.Helper()
	a := s.starter(args...)
	if a.code != 0 {
		s.Fatalf("starter %s: exit code %d\n%s%s", strings.Join(args, " "), a.code, a.out, a.err)
	}
	return a
}

// refused insists that a rule refuses the command.
func (s *site) refused(rule string, args ...string) {
	s.Helper()
	if a := s.starter(args...); a.code != 1 || !strings.Contains(a.err, rule+":") {
		s.Fatalf("starter %s: exit code %d, want 1 by %s\n%s", strings.Join(args, " "), a.code, rule, a.err)
	}
}

// trigger opens a case about King's Lynn and gives its reference.
func (s *site) trigger() string {
	s.Helper()
	a := s.taken("trigger", "--provider", "RCX", "--by", "NHS England East Anglia", "--source", "inspection",
		"--concern", "unsafe staffing", "--json")
	var got struct {
		Case string `json:"case"`
	}
	if err := json.Unmarshal([]byte(a.out), &got); err != nil || got.Case == "" {
		s.Fatalf("%v in %s", err, a.out)
	}
	return got.Case
}

// caseID is the id of a case's workflow.
func (s *site) caseID(ref string) string {
	s.Helper()
	id, err := signpost.Case(context.Background(), s.client(), ref)
	if err != nil {
		s.Fatal(err)
	}
	return id
}

func (s *site) client() client.Client {
	s.Helper()
	c, err := client.Dial(client.Options{HostPort: s.server.Address(), Namespace: s.ns, Logger: quiet{}})
	if err != nil {
		s.Fatal(err)
	}
	s.Cleanup(c.Close)
	return c
}

// forward lets time pass for a case.
func (s *site) forward(ref string, d time.Duration) {
	s.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Minute)
	defer cancel()
	clock := timeskip.Clock{Client: s.client(), Namespace: s.ns}
	if err := clock.Forward(ctx, s.caseID(ref), d); err != nil {
		s.Fatal(err)
	}
}

// mails lists the subjects of the mails in the outbox that hold a word.
func (s *site) mails(word string) []string {
	s.Helper()
	entries, err := outbox.List(s.path("outbox"))
	if err != nil && !os.IsNotExist(err) {
		s.Fatal(err)
	}
	var out []string
	for _, e := range entries {
		if strings.Contains(e.Subject, word) {
			out = append(out, e.To.String()+": "+e.Subject)
		}
	}
	return out
}

// eventually waits for what another program is about to do.
func (s *site) eventually(what string, holds func() bool) {
	s.Helper()
	for range 1200 { // a mail on its way in a killed worker goes again after a minute
		if holds() {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	logs, _ := os.ReadFile(s.path("worker.log"))
	s.Fatalf("never came true: %s\nmails: %v\nthe worker's log:\n%s", what, s.mails(""), logs)
}

type quiet struct{}

var _ log.Logger = quiet{}

func (quiet) Debug(string, ...any) {}
func (quiet) Info(string, ...any)  {}
func (quiet) Warn(string, ...any)  {}
func (quiet) Error(string, ...any) {}
