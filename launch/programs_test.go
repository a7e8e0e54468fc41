package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestAKeptProgramThatWasCutShortAtAnyByteIsSetAsideAndKeptAgain(t *testing.T) {
	s := built(t)
	program := filepath.Join(s.root, "bin", "worker")
	if err := os.WriteFile(program, []byte("a program"), 0o755); err != nil {
		t.Fatal(err)
	}
	id, err := s.keep(program)
	if err != nil {
		t.Fatal(err)
	}
	kept := s.data("programs", id, "worker")
	for n := range len("a program") {
		if err := os.Truncate(kept, int64(n)); err != nil {
			t.Fatal(err)
		}
		again, err := s.keep(program)
		if err != nil || again != id || numberOf(kept) != id {
			t.Fatalf("%d bytes: %s is kept as %s, %v", n, again, numberOf(kept), err)
		}
		if info, err := os.Stat(kept); err != nil || info.Mode().Perm() != 0o700 {
			t.Fatalf("%v, %v", info.Mode(), err)
		}
	}
	entries, err := os.ReadDir(filepath.Dir(kept))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.Name() != "worker" && !strings.HasPrefix(e.Name(), "worker.broken-") {
			t.Errorf("%s is left", e.Name())
		}
	}
}
