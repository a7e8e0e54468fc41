package server_test

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"go.temporal.io/sdk/client"

	"holdthering/launch/server"
	"holdthering/timeskip"
)

// install makes our own build look like an installed Temporal CLI, with no other build in the cache.
func install(t *testing.T) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("the stand-in is a shell script")
	}
	binary, err := server.Ensure(t.Context(), os.Stderr)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	script := "#!/bin/sh\n" +
		"[ \"$1\" = --version ] && echo 'temporal version 1.9.1 (Server 1.32.2, UI 2.56.0)' && exit\n" +
		"exec '" + binary + "' \"$@\"\n"
	if err := os.WriteFile(filepath.Join(dir, "temporal"), []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir)
	t.Setenv("HOME", dir)
	t.Setenv("XDG_CACHE_HOME", dir)
}

func TestAnInstalledServerSavesTheBuildOfADemonstration(t *testing.T) {
	opts := options(t)
	opts.TimeSkipping = opts.Namespaces
	install(t)
	s := serve(t, opts)
	if got, want := filepath.Base(s.DBFile()), "cases-cli-1.32.db"; got != want {
		t.Errorf("the data is in %s, not %s", got, want)
	}
	c := dial(t, s)
	run, err := c.ExecuteWorkflow(t.Context(),
		client.StartWorkflowOptions{ID: "case", TaskQueue: "q", StartDelay: 24 * time.Hour}, "Case")
	if err != nil {
		t.Fatal(err)
	}
	clock := timeskip.Clock{Client: c, Namespace: "one"}
	if err := clock.Forward(t.Context(), run.GetID(), time.Hour); err != nil {
		t.Error(err)
	}
}
