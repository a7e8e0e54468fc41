package server

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"time"

	"holdthering/whole"
)

// pulse is how often a build that goes on says so.
const pulse = 10 * time.Second

// Ensure returns the path of the server's binary and builds it when the cache has not got it: five
// to ten minutes on two cores, once. It tells out that it builds and that it is still going on.
// Two calls at once build once.
func Ensure(ctx context.Context, out io.Writer) (binary string, err error) {
	root, err := Root()
	if err != nil {
		return "", err
	}
	source := filepath.Join(root, "devserver")
	binary, err = cached(source)
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
	return binary, build(ctx, source, binary, out)
}

// cached is where the binary of these sources lies, built or not.
func cached(source string) (string, error) {
	hash, err := sourceHash(source)
	if err != nil {
		return "", err
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	name := "devserver-" + hash
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	return filepath.Join(cache, "holdthering", name), nil
}

func build(ctx context.Context, source, binary string, out io.Writer) error {
	unfinished := binary + ".unfinished"
	defer os.Remove(unfinished)
	cmd := exec.CommandContext(ctx, "go", "build", "-v", "-tags", "disable_grpc_modules",
		"-ldflags=-s -w", "-o", unfinished, ".")
	cmd.Dir = source
	// The server may need a newer Go than the product; the module proxy has it.
	cmd.Env = append(os.Environ(), "GOTOOLCHAIN=auto", "GOWORK=off")
	seen := &steps{}
	cmd.Stdout, cmd.Stderr = seen, seen

	fmt.Fprintln(out, "Building the embedded Temporal server, once: "+
		"the first build takes about 5-10 minutes on two cores.")
	began := time.Now()
	err := during(func() { progress(out, began, seen) }, cmd.Run)
	if err != nil {
		return fmt.Errorf("build of the embedded server: %w\n%s", err, seen.tail())
	}
	fmt.Fprintf(out, "Built in %s: %s\n", sinceRounded(began), binary)
	return whole.Move(unfinished, binary)
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
