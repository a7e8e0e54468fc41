package server

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A port that was free when it was chosen may be taken when it is used; the server then ends.
func TestAServerThatEndsAtOnceIsTriedOnOtherPorts(t *testing.T) {
	dir := t.TempDir()
	tries := filepath.Join(dir, "tries")
	script := filepath.Join(dir, "server")
	text := "#!/bin/sh\necho try >> " + tries + "\nexit 1\n"
	if err := os.WriteFile(script, []byte(text), 0o700); err != nil {
		t.Fatal(err)
	}
	_, err := startProgram(context.Background(), program{path: script}, Options{Namespaces: []string{"one"}})
	if !errors.Is(err, errEnded) {
		t.Fatal(err)
	}
	got, _ := os.ReadFile(tries)
	if n := strings.Count(string(got), "try"); n != freePortTries {
		t.Errorf("tried %d times, want %d", n, freePortTries)
	}
}
