package team

import (
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"holdthering/launch/process"
)

// database is a PostgreSQL of the test's own, set up as the image does it: with passwords by TCP, and
// none on its socket.
type database struct {
	*testing.T
	dir    string
	port   int
	server *process.Process
}

// pgProgram finds a program of the newest PostgreSQL that is installed; Debian keeps them off PATH.
func pgProgram(t *testing.T, name string) string {
	t.Helper()
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/" + name)
	slices.SortFunc(found, func(a, b string) int { return release(a) - release(b) })
	if len(found) > 0 {
		return found[len(found)-1]
	}
	path, err := exec.LookPath(name)
	if err != nil {
		t.Fatalf("PostgreSQL is not installed (apt-get install postgresql): %v", err)
	}
	return path
}

// pgPath is PATH with all of PostgreSQL's programs.
func pgPath(t *testing.T) string {
	t.Helper()
	return filepath.Dir(pgProgram(t, "initdb")) + string(os.PathListSeparator) + os.Getenv("PATH")
}

func release(path string) int {
	n, _ := strconv.Atoi(filepath.Base(filepath.Dir(filepath.Dir(path))))
	return n
}

// unprivileged is what a command must begin with: PostgreSQL does not run as root.
func unprivileged(t *testing.T) []string {
	t.Helper()
	if os.Getuid() != 0 {
		return nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		if u, err := user.Lookup(name); err == nil {
			return []string{"setpriv", "--pdeathsig", "KILL", "--reuid", u.Uid, "--regid", u.Gid, "--clear-groups", "--"}
		}
	}
	t.Fatal("PostgreSQL does not run as root, and there is no other user")
	return nil
}

func (d *database) command(name string, args ...string) (string, []string) {
	words := append(unprivileged(d.T), pgProgram(d.T, name))
	words = append(words, args...)
	return words[0], words[1:]
}

// newDatabase makes an empty one, runs the script of deploy/ that the image would, and serves it.
func newDatabase(t *testing.T, dir, deploy, secrets string) *database {
	t.Helper()
	d := &database{T: t, dir: dir, port: freePort(t)}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if own := unprivileged(t); own != nil {
		uid, _ := strconv.Atoi(own[4])
		gid, _ := strconv.Atoi(own[6])
		if err := os.Chown(dir, uid, gid); err != nil {
			t.Fatal(err)
		}
	}
	name, args := d.command("initdb", "--pgdata", d.dir+"/data", "--username", "postgres", "--auth-local", "trust",
		"--auth-host", "scram-sha-256", "--encoding", "UTF8", "--no-instructions")
	run(t, exec.Command(name, args...))
	if err := os.WriteFile(dir+"-port", []byte(strconv.Itoa(d.port)), 0o644); err != nil {
		t.Fatal(err)
	}
	d.start()
	t.Cleanup(func() { d.server.Kill() })
	init := exec.Command("sh", filepath.Join(deploy, "postgresql-init.sh"))
	init.Env = append(d.env(), "POSTGRES_USER=postgres", "HTR_SECRETS="+secrets)
	run(t, init)
	return d
}

// env has PostgreSQL's own programs connect by the socket.
func (d *database) env() []string {
	return append(os.Environ(), "PATH="+pgPath(d.T), "PGHOST="+d.dir, "PGPORT="+strconv.Itoa(d.port))
}

// composedConnections is what docker-compose.yml has the database take: "max_connections=200".
func composedConnections(t *testing.T) string {
	t.Helper()
	_, rest, _ := strings.Cut(read(t, "../../docker-compose.yml"), "command: [postgres, -c, ")
	setting, _, found := strings.Cut(rest, "]")
	if !found || !strings.HasPrefix(setting, "max_connections=") {
		t.Fatalf("docker-compose.yml does not say how many connections the database takes: %q", setting)
	}
	return setting
}

// start serves; after a kill the database repairs itself first.
func (d *database) start() {
	d.Helper()
	name, args := d.command("postgres", "-D", d.dir+"/data", "-k", d.dir, "-p", strconv.Itoa(d.port),
		"-c", "listen_addresses=127.0.0.1", "-c", composedConnections(d.T))
	path, err := exec.LookPath(name)
	if err != nil {
		d.Fatal(err)
	}
	for began := time.Now(); time.Since(began) < time.Minute; time.Sleep(50 * time.Millisecond) {
		if d.server == nil || d.ended() {
			// Where processes of a killed one still have its memory, the next ends at once.
			if d.server, err = process.Start(process.Spec{Path: path, Args: args, LogFile: d.dir + "-log/postgresql.log"}); err != nil {
				d.Fatal(err)
			}
		}
		ready := exec.Command(pgProgram(d.T, "pg_isready"), "--quiet")
		ready.Env = d.env()
		if ready.Run() == nil {
			return
		}
	}
	d.Fatalf("PostgreSQL does not serve:\n%s", d.server.Tail())
}

func (d *database) ended() bool {
	select {
	case <-d.server.Ended():
		return true
	default:
		return false
	}
}

// kill ends the postmaster at once; its processes find out by themselves.
func (d *database) kill() { d.server.Kill() }

func run(t *testing.T, cmd *exec.Cmd) string {
	t.Helper()
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", strings.Join(cmd.Args, " "), err, out)
	}
	return string(out)
}
