package team

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"go.temporal.io/sdk/client"
	"go.yaml.in/yaml/v3"

	"holdthering/launch/process"
	"holdthering/launch/server"
	"holdthering/seal"
)

const namespace = "holdthering" // that of deploy/namespace.sh

// host is a machine with a team's server: a checkout's deploy/ and data/, the containers' volumes as
// folders, and each service of docker-compose.yml as a process.
type host struct {
	*testing.T
	root     string // of the checkout
	temporal string // Temporal's server program
	database *database
	server   *process.Process
	port     int      // Temporal's
	second   string   // the address of its second host, where there is one
	ports    []string // of its services, the same at each start
	workers  []*process.Process
	relay    string
	apart    bool     // each worker keeps its records in a folder of its own
	extra    []string // in the environment of worker and starter
}

// newHost has the files of a checkout and its secrets, and nothing that runs.
func newHost(t *testing.T, payloads, relay string) *host {
	t.Helper()
	root, err := os.MkdirTemp("", "htr-team-") // a socket's path must be short
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(root) })
	if err := os.Chmod(root, 0o755); err != nil { // the database has a user of its own
		t.Fatal(err)
	}
	h := &host{T: t, root: root, port: freePort(t), relay: relay}
	for _, service := range []string{"FRONTEND", "HISTORY", "MATCHING", "WORKER"} {
		grpc := h.port
		if service != "FRONTEND" {
			grpc = freePort(t)
		}
		h.ports = append(h.ports, fmt.Sprintf("%s_GRPC_PORT=%d", service, grpc),
			fmt.Sprintf("%s_MEMBERSHIP_PORT=%d", service, freePort(t)), fmt.Sprintf("%s_HTTP_PORT=%d", service, freePort(t)))
	}
	scripts, _ := filepath.Glob("../../deploy/*.sh")
	for _, script := range append(scripts, "../../deploy/dynamicconfig.yaml", "../../data/directory.csv") {
		h.write(strings.TrimPrefix(filepath.ToSlash(script), "../../"), read(t, script))
	}
	h.write("deploy/secrets/postgres-temporal", "of-the-test\n")
	h.write("deploy/secrets/payloads", payloads)
	temporal, sqlTool, err := server.EnsureTeam(t.Context(), os.Stderr)
	if err != nil {
		t.Fatal(err)
	}
	h.temporal = temporal
	for name, program := range map[string]string{"docker": os.Args[0], "temporal": os.Args[0], "temporal-sql-tool": sqlTool} {
		h.write("bin/.keep", "")
		absolute, err := filepath.Abs(program)
		if err == nil {
			err = os.Symlink(absolute, h.path("bin/"+name))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return h
}

func newKey(t *testing.T) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "key")
	if err := seal.Make(file); err != nil {
		t.Fatal(err)
	}
	return read(t, file)
}

func (h *host) path(name string) string { return filepath.Join(h.root, filepath.FromSlash(name)) }

func (h *host) write(name, text string) {
	h.Helper()
	if err := os.MkdirAll(filepath.Dir(h.path(name)), 0o755); err != nil {
		h.Fatal(err)
	}
	if err := os.WriteFile(h.path(name), []byte(text), 0o644); err != nil {
		h.Fatal(err)
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// script runs one of deploy/ as the containers do, or a person.
func (h *host) script(name string, args ...string) (string, error) {
	cmd := exec.Command("sh", append([]string{h.path("deploy/" + name)}, args...)...)
	cmd.Dir = h.root
	cmd.Env = append(os.Environ(), "PATH="+h.path("bin")+string(os.PathListSeparator)+pgPath(h.T),
		"HTR_SECRETS="+h.path("deploy/secrets"), "TEMPORAL_ADDRESS="+h.address(), standInHost+"="+h.root)
	if h.database != nil {
		cmd.Env = append(cmd.Env, "SQL_PLUGIN=postgres12", "SQL_HOST=127.0.0.1", "SQL_USER=temporal",
			"SQL_PORT="+strconv.Itoa(h.database.port))
	}
	out, err := cmd.CombinedOutput()
	return string(out), err
}

func (h *host) mustScript(name string, args ...string) string {
	h.Helper()
	out, err := h.script(name, args...)
	if err != nil {
		h.Fatalf("deploy/%s: %v\n%s", name, err, out)
	}
	return out
}

func (h *host) address() string { return server.Local(h.port) }

// startDatabase makes an empty one with deploy/postgresql-init.sh, as the container's first start does.
func (h *host) startDatabase() {
	h.Helper()
	h.database = newDatabase(h.T, h.path("postgresql"), h.path("deploy"), h.path("deploy/secrets"))
}

// startTemporal runs the server with what docker-compose.yml gives it, but for where things are here.
func (h *host) startTemporal() {
	h.Helper()
	h.server = h.temporalAt("127.0.0.1")
}

// startSecond runs a second host of the server, which has the ports of the first, as all hosts of one have.
func (h *host) startSecond() *process.Process {
	h.Helper()
	const ip = "127.0.0.2"
	started := h.temporalAt(ip)
	h.second = net.JoinHostPort(ip, strconv.Itoa(h.port))
	return started
}

func (h *host) temporalAt(ip string) *process.Process {
	h.Helper()
	env := os.Environ()
	for name, value := range composed(h.T, "temporal") {
		env = append(env, name+"="+value)
	}
	env = append(env, "POSTGRES_SEEDS=127.0.0.1", "DB_PORT="+strconv.Itoa(h.database.port), "BIND_ON_IP="+ip,
		"POSTGRES_PWD="+strings.TrimSpace(read(h.T, h.path("deploy/secrets/postgres-temporal"))),
		"DYNAMIC_CONFIG_FILE_PATH="+h.path("deploy/dynamicconfig.yaml"))
	env = append(env, h.ports...)
	started, err := process.Start(process.Spec{Path: h.temporal, Args: []string{"start"}, Env: env,
		LogFile: h.path("temporal-log/" + ip + ".log")})
	if err != nil {
		h.Fatal(err)
	}
	h.Cleanup(started.Kill)
	c, err := client.NewLazyClient(client.Options{HostPort: net.JoinHostPort(ip, strconv.Itoa(h.port)), Logger: quiet{}})
	if err != nil {
		h.Fatal(err)
	}
	defer c.Close()
	for range 600 {
		ctx, cancel := context.WithTimeout(h.Context(), 2*time.Second)
		_, err = c.CheckHealth(ctx, &client.CheckHealthRequest{})
		cancel()
		if err == nil {
			return started
		}
		select {
		case <-started.Ended():
			h.Fatalf("Temporal's server ended:\n%s", started.Tail())
		case <-time.After(100 * time.Millisecond):
		}
	}
	h.Fatalf("Temporal's server does not serve: %v\n%s", err, started.Tail())
	return nil
}

// composed is the environment of a service of docker-compose.yml.
func composed(t *testing.T, service string) map[string]string {
	t.Helper()
	var compose struct {
		Services map[string]struct {
			Environment map[string]string `yaml:"environment"`
		} `yaml:"services"`
	}
	if err := yaml.Unmarshal([]byte(read(t, "../../docker-compose.yml")), &compose); err != nil {
		t.Fatal(err)
	}
	env := compose.Services[service].Environment
	if len(env) == 0 {
		t.Fatalf("docker-compose.yml has no environment for %s", service)
	}
	delete(env, "<<")
	return env
}

// setUp is docker compose up, but for the workers.
func (h *host) setUp() {
	h.Helper()
	h.startDatabase()
	h.mustScript("schema.sh")
	h.startTemporal()
	h.mustScript("namespace.sh")
}

// env is that of the worker and the starter in the composition.
func (h *host) env() []string {
	at := h.address()
	if h.second != "" {
		at += "," + h.second
	}
	return append(append(os.Environ(), h.extra...), "TEMPORAL_ADDRESS="+at, "TEMPORAL_NAMESPACE="+namespace,
		"TEMPORAL_CONFIG_FILE="+os.DevNull, "HTR_KEY_FILE="+h.path("deploy/secrets/payloads"), "HTR_DEPLOYMENT=holdthering",
		"HTR_BUILD_ID=1.0", "HTR_MAKE_CURRENT=yes", "HTR_MAIL=smtp", "HTR_SMTP_ADDRESS="+h.relay, "HTR_SMTP_TLS=none",
		"HTR_MAIL_FROM=Hold the Ring <ring@holdthering.invalid>", "HTR_MAIL_REPLY_TO=ring@holdthering.invalid",
		"HTR_PERSON=the duty officer", "HTR_PROFILE=ENGLAND_2013", "COLUMNS=100", "HTR_RECORDS="+h.volume("records"), "HTR_OUTBOX="+h.volume("outbox"))
}

// volume is a folder of the volume that holds the worker's files.
func (h *host) volume(part string) string { return h.path("volumes/hold-the-ring_records/" + part) }

func (h *host) startWorkers(n int) {
	h.Helper()
	for _, at := range []string{h.address(), h.second} {
		if at == "" {
			continue
		}
		// A server that knows its namespace says for some seconds more that it does not.
		h.eventually("that the server at "+at+" knows its namespace", time.Minute, func() bool {
			look := exec.Command(filepath.Join(programs, "starter"), "list")
			look.Env = append(h.env(), "TEMPORAL_ADDRESS="+at)
			said, _ := look.CombinedOutput()
			return !bytes.Contains(said, []byte("There is no namespace"))
		})
	}
	for len(h.workers) < n {
		records := h.volume("records")
		if h.apart {
			records = h.volume(fmt.Sprintf("records-%d", len(h.workers)))
		}
		w, err := process.Start(process.Spec{Path: filepath.Join(programs, "worker"), Env: h.env(),
			Args: []string{"--records", records, "--outbox", h.volume("outbox"),
				"--directory", h.path("data/directory.csv")},
			LogFile: h.path(fmt.Sprintf("worker-log/%d.log", len(h.workers)))})
		if err != nil {
			h.Fatal(err)
		}
		h.Cleanup(w.Kill)
		h.workers = append(h.workers, w)
	}
}

// stopAll ends all that runs on the host.
func (h *host) stopAll() {
	for _, w := range h.workers {
		w.Kill()
	}
	h.server.Kill()
	h.database.kill()
}

// starter runs a command as a user does, and insists that it is done.
func (h *host) starter(args ...string) string {
	h.Helper()
	out, said, err := h.tried(args...)
	if err != nil {
		for i, w := range h.workers {
			said += fmt.Sprintf("worker %d:\n%s\n", i, w.Tail())
		}
		h.Fatalf("starter %s: %v\n%s%s", strings.Join(args, " "), err, out, said)
	}
	return out
}

// tried is what came of a command; said is what it printed for a person.
func (h *host) tried(args ...string) (out, said string, err error) {
	var answer, notes strings.Builder
	cmd := exec.Command(filepath.Join(programs, "starter"), args...)
	cmd.Env, cmd.Stdout, cmd.Stderr = append(h.env(), "HTR_WAIT=2m"), &answer, &notes
	err = cmd.Run()
	return answer.String(), notes.String(), err
}

// freePort is one below those that the system gives to connections: Temporal keeps the ports of its
// services in a column that ends at 32767.
func freePort(t *testing.T) int {
	t.Helper()
	for range 100 {
		l, err := net.Listen("tcp", server.Local(20000+rand.IntN(12000)))
		if err == nil {
			defer l.Close()
			return l.Addr().(*net.TCPAddr).Port
		}
	}
	t.Fatal("no port is free")
	return 0
}

// eventually waits for what another program is about to do.
func (h *host) eventually(what string, most time.Duration, holds func() bool) {
	h.Helper()
	ctx, cancel := context.WithTimeout(h.Context(), most)
	defer cancel()
	for !holds() {
		select {
		case <-ctx.Done():
			h.Fatalf("not within %s: %s\nthe server's log:\n%s\na worker's:\n%s", most, what, h.server.Tail(), h.workers[0].Tail())
		case <-time.After(200 * time.Millisecond):
		}
	}
}
