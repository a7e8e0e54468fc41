package team

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"
	"google.golang.org/protobuf/types/known/durationpb"
)

// programs is the folder of the built worker and starter.
var programs string

// TestMain is also two programs that the scripts of deploy/ call and that are not here: docker, with
// folders for volumes and processes for services, and the two words of Temporal's command line that
// namespace.sh has.
func TestMain(m *testing.M) {
	switch filepath.Base(os.Args[0]) {
	case "docker":
		os.Exit(exitCode(docker(os.Args[1:])))
	case "temporal":
		os.Exit(exitCode(temporal(os.Args[1:])))
	}
	if os.Getenv("HTR_TEAM") == "" {
		os.Exit(m.Run())
	}
	dir, err := os.MkdirTemp("", "holdthering-team-")
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

func exitCode(err error) int {
	var exit *exec.ExitError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &exit):
		return exit.ExitCode()
	}
	fmt.Fprintln(os.Stderr, err)
	return 1
}

// standInHost names the folder of the host to the stand-in for docker.
const standInHost = "HTR_STAND_IN_HOST"

// docker does what backup.sh and restore.sh ask for. What the test itself must do, it is asked by a
// file, and answers by taking the file away.
func docker(args []string) error {
	host, words := os.Getenv(standInHost), strings.Join(args, " ")
	volume := func(name string) string { return filepath.Join(host, "volumes", name) }
	switch {
	case strings.HasPrefix(words, "volume inspect "):
		_, err := os.Stat(volume(args[2]))
		return err
	case strings.HasPrefix(words, "compose exec -T postgresql "):
		dir := filepath.Join(host, "postgresql")
		port, err := os.ReadFile(dir + "-port")
		if err != nil {
			return err
		}
		for name, value := range map[string]string{"PGHOST": dir, "PGPORT": string(port)} {
			if err := os.Setenv(name, value); err != nil {
				return err
			}
		}
		return passOn(exec.Command(args[4], args[5:]...))
	case slices.Contains([]string{"compose stop temporal", "compose start temporal", "compose up --detach --wait postgresql"}, words):
		return ask(filepath.Join(host, "asked"), words)
	case words == "compose create worker":
		return os.MkdirAll(volume("hold-the-ring_records"), 0o755)
	case strings.HasPrefix(words, "run --rm -v "):
		last := args[len(args)-1]
		for _, mount := range []string{args[3], args[5]} {
			real, inside, _ := strings.Cut(strings.TrimSuffix(mount, ":ro"), ":")
			if !filepath.IsAbs(real) {
				real = volume(real)
			}
			last = strings.ReplaceAll(last, inside, real)
		}
		return passOn(exec.Command("sh", "-c", strings.ReplaceAll(last, "chown -R 1000:1000", "true")))
	}
	return fmt.Errorf("the stand-in for docker does not know: %s", words)
}

func passOn(cmd *exec.Cmd) error {
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	return cmd.Run()
}

func ask(file, words string) error {
	if err := os.WriteFile(file+".new", []byte(words), 0o644); err != nil {
		return err
	}
	if err := os.Rename(file+".new", file); err != nil {
		return err
	}
	for range 1200 {
		if _, err := os.Stat(file); os.IsNotExist(err) {
			return nil
		}
		time.Sleep(50 * time.Millisecond)
	}
	return fmt.Errorf("nobody did: %s", words)
}

// answering does what the stand-in for docker asks until the script that calls it has ended.
func (h *host) answering(script func()) {
	h.Helper()
	done := make(chan struct{})
	go func() {
		defer close(done)
		script()
	}()
	for {
		select {
		case <-done:
			return
		case <-time.After(20 * time.Millisecond):
		}
		asked, err := os.ReadFile(h.path("asked"))
		if err != nil {
			continue
		}
		switch string(asked) {
		case "compose stop temporal":
			h.server.Stop()
		case "compose start temporal":
			h.startTemporal()
		default:
			h.startDatabase()
		}
		if err := os.Remove(h.path("asked")); err != nil {
			h.Fatal(err)
		}
	}
}

// temporal is "temporal operator namespace describe|create --namespace NAME [--retention 1095d]".
func temporal(args []string) error {
	if len(args) < 5 || args[0] != "operator" || args[1] != "namespace" || args[3] != "--namespace" {
		return fmt.Errorf("the stand-in for temporal does not know: %v", args)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	c, err := client.NewNamespaceClient(client.Options{HostPort: os.Getenv("TEMPORAL_ADDRESS"), Logger: quiet{}})
	if err != nil {
		return err
	}
	defer c.Close()
	if args[2] == "describe" {
		_, err := c.Describe(ctx, args[4])
		return err
	}
	var days int
	if len(args) != 7 || args[2] != "create" || args[5] != "--retention" {
		return fmt.Errorf("the stand-in for temporal does not know: %v", args)
	}
	if _, err := fmt.Sscanf(args[6], "%dd", &days); err != nil {
		return err
	}
	return c.Register(ctx, &workflowservice.RegisterNamespaceRequest{Namespace: args[4],
		WorkflowExecutionRetentionPeriod: durationpb.New(time.Duration(days) * 24 * time.Hour)})
}

type quiet struct{}

func (quiet) Debug(string, ...any) {}
func (quiet) Info(string, ...any)  {}
func (quiet) Warn(string, ...any)  {}
func (quiet) Error(string, ...any) {}
