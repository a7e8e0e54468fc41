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
	id, err := s.keep(program, "")
	if err != nil {
		t.Fatal(err)
	}
	kept := s.data("programs", id, "worker")
	for n := range len("a program") {
		if err := os.Truncate(kept, int64(n)); err != nil {
			t.Fatal(err)
		}
		again, err := s.keep(program, "")
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

func TestAVersionIsTheProgramWithItsBankHolidays(t *testing.T) {
	s := built(t)
	program, holidays := filepath.Join(s.root, "bin", "worker"), filepath.Join(s.root, "holidays.json")
	for path, text := range map[string]string{program: "a program", holidays: "{}"} {
		if err := os.WriteFile(path, []byte(text), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	plain, err := s.keep(program, "")
	if err != nil {
		t.Fatal(err)
	}
	with, err := s.keep(program, holidays)
	if err != nil || with == plain {
		t.Fatalf("%s with holidays of its own, %s without: %v", with, plain, err)
	}
	if err := os.WriteFile(holidays, []byte("{ }"), 0o600); err != nil {
		t.Fatal(err)
	}
	later, err := s.keep(program, holidays)
	if err != nil || later == with {
		t.Fatalf("%s with other holidays: %v", later, err)
	}
	for id, want := range map[string]string{plain: "", with: "{}", later: "{ }"} {
		path := s.data("programs", id, "worker")
		got, _ := os.ReadFile(holidaysOf(path))
		if string(got) != want || numberOf(path) != id {
			t.Errorf("%s: kept holidays %q, number %s", id, got, numberOf(path))
		}
	}
}

func TestBankHolidaysThatCannotBeReadEndTheProgramBeforeAnythingIsStarted(t *testing.T) {
	t.Setenv("HTR_BANK_HOLIDAYS", "programs_test.go")
	err := run(t.Context(), []string{"dev"})
	if err == nil || exitCode(err) != 2 || !strings.Contains(err.Error(), "programs_test.go: bank holidays: ") {
		t.Errorf("%v, exit code %d", err, exitCode(err))
	}
}
