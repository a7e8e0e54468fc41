package server

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"holdthering/whole"
)

// pulse is how often a build that goes on says so.
const pulse = 10 * time.Second

// recipe is a program that is built once into the user's cache, from a module of its own.
type recipe struct {
	module []string // the folder of the module, from the checkout's
	pkg    string
	name   string // in the cache
	says   string // what it is
	takes  string // the first time, on two cores
}

var embedded = recipe{[]string{"devserver"}, ".", "devserver", "the embedded Temporal server", "about 5-10 minutes"}

// Ensure returns the path of the server's binary and builds it when the cache has not got it: five
// to ten minutes on two cores, once. It tells out that it builds and that it is still going on.
// Two calls at once build once.
func Ensure(ctx context.Context, out io.Writer) (binary string, err error) {
	return embedded.ensure(ctx, out)
}

var team = []string{"deploy", "server"}

// EnsureTeam gives the programs that a team's server runs, Temporal's own with PostgreSQL and the
// one that makes its tables, built as Ensure builds; where that has been called before, most of both
// is compiled already.
func EnsureTeam(ctx context.Context, out io.Writer) (temporal, sqlTool string, err error) {
	temporal, err = recipe{team, "go.temporal.io/server/cmd/server", "temporal-server",
		"Temporal's server with PostgreSQL", "5-10 minutes, or half a minute after the embedded server's"}.ensure(ctx, out)
	if err != nil {
		return "", "", err
	}
	sqlTool, err = recipe{team, "go.temporal.io/server/cmd/tools/sql", "temporal-sql-tool",
		"the program that makes Temporal's tables", "some seconds"}.ensure(ctx, out)
	return temporal, sqlTool, err
}

func (r recipe) ensure(ctx context.Context, out io.Writer) (binary string, err error) {
	root, err := Root()
	if err != nil {
		return "", err
	}
	source := filepath.Join(append([]string{root}, r.module...)...)
	binary, err = r.cached(source)
	if err != nil || exists(binary) {
		return binary, err
	}
	if err := os.MkdirAll(filepath.Dir(binary), 0o755); err != nil {
		return "", err
	}
	unlock, err := lock(ctx, filepath.Join(filepath.Dir(binary), "build.lock"), out)
	if err != nil {
		return "", err
	}
	defer unlock()
	if exists(binary) { // built while this call waited for the lock
		return binary, nil
	}
	return binary, r.build(ctx, source, binary, out)
}

// cached is where the binary of these sources lies, built or not.
func (r recipe) cached(source string) (string, error) {
	hash, err := sourceHash(source)
	if err != nil {
		return "", err
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	name := r.name + "-" + hash
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	return filepath.Join(cache, "holdthering", name), nil
}

func (r recipe) build(ctx context.Context, source, binary string, out io.Writer) error {
	unfinished := binary + ".unfinished"
	defer os.Remove(unfinished)
	fmt.Fprintf(out, "Building %s, once: the first build takes %s on two cores.\n", r.says, r.takes)
	began, seen := time.Now(), &steps{}
	err := during(func() { progress(out, began, seen) }, func() error {
		r.plan(ctx, source, seen)
		cmd := r.command(ctx, source, append([]string{"build", "-v", "-ldflags=-s -w", "-o", unfinished}, compiling()...))
		cmd.Stdout, cmd.Stderr = seen, seen
		return cmd.Run()
	})
	if err != nil {
		return fmt.Errorf("build of %s: %w\n%s", r.says, err, seen.tail())
	}
	fmt.Fprintf(out, "Built in %s: %s\n", sinceRounded(began), binary)
	return whole.Move(unfinished, binary)
}

// command is a Go command about the program.
func (r recipe) command(ctx context.Context, source string, args []string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, "go", append(args, r.pkg)...)
	cmd.Dir = source
	// The server may need a newer Go than the product; the module proxy has it.
	cmd.Env = append(os.Environ(), "GOTOOLCHAIN=auto", "GOWORK=off")
	return cmd
}

// plan fetches the modules, and counts the packages that are still to be compiled. Where it cannot, the build says
// why.
func (r recipe) plan(ctx context.Context, source string, seen *steps) {
	cmd := r.command(ctx, source, append([]string{"list", "-deps", "-f", "{{if .Stale}}{{.ImportPath}}{{end}}"}, compiling()...))
	cmd.Stderr = seen
	if packages, err := cmd.Output(); err == nil {
		seen.expect(len(strings.Fields(string(packages))))
	}
}

// during runs work, and report at every pulse until it ends.
func during(report func(), work func() error) error {
	done := make(chan error, 1)
	go func() { done <- work() }()
	ticker := time.NewTicker(pulse)
	defer ticker.Stop()
	for {
		select {
		case err := <-done:
			return err
		case <-ticker.C:
			report()
		}
	}
}

func progress(out io.Writer, began time.Time, seen *steps) {
	fmt.Fprintf(out, "  still building after %s: %s\n", sinceRounded(began), seen)
}

func sinceRounded(began time.Time) time.Duration {
	return time.Since(began).Round(time.Second)
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
