package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"holdthering/rehearsal"
)

// The bodies of the demonstrations' directory must be able to play the small case of any day.
func TestTheCaseThatADemonstrationLeavesOpenCanBePlayedAndAsksTheInspector(t *testing.T) {
	for _, day := range []string{"2026-11-26T12:00:00Z", "2031-03-30T00:30:00Z"} {
		now, err := time.Parse(time.RFC3339, day)
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(t.TempDir(), "summit.txt")
		if err := os.WriteFile(file, []byte(summitTomorrow(now)), 0o600); err != nil {
			t.Fatal(err)
		}
		var out strings.Builder
		ok, err := rehearsal.Rehearse(t.Context(), file, rehearsal.Options{Out: &out, Mails: true})
		if err != nil || !ok || !strings.Contains(out.String(), "Monitor and CQC. ") || strings.Contains(out.String(), "not in the directory") {
			t.Errorf("%s: %v, %v\n%s", day, ok, err, &out)
		}
	}
}

func TestABuildServerIsNoPersonAtATerminal(t *testing.T) {
	t.Setenv("CI", "true")
	if attended() {
		t.Error("it would wait for Enter for ever")
	}
}
