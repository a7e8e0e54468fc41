package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"
)

const (
	manyNotes    = 10_000
	longestDeath = 15 // seconds
)

// notes has one case take very many notes: a test holds that all are in the record in every format, that the register
// is whole and that the case goes on.
func notes(ctx context.Context, _ *bench) ([]row, error) {
	began := time.Now()
	kept, err := tested(ctx, "./e2e", "TestACaseTakesNotesWithoutEnd", `(\d+) notes of \d+ characters`,
		"HTR_E2E=1", fmt.Sprint("HTR_NOTES=", manyNotes))
	if err != nil {
		return nil, err
	}
	return []row{{what: "Notes of 4,000 characters in one case: all kept, all shown, and it still takes acts",
		now: fmt.Sprintf("%.0f in %s", kept, time.Since(began).Round(time.Second)), goal: fmt.Sprint(manyNotes), missed: kept < manyNotes}}, nil
}

// death kills one of two hosts of a team's server, before acts and while they go: a test holds that each is done once
// and that it is said what is waited for. It needs what make test-team needs.
func death(ctx context.Context, _ *bench) ([]row, error) {
	const what = "The longest of eight acts after the death of one of two hosts: s"
	debian, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb") // the pattern is right
	if _, err := exec.LookPath("initdb"); err != nil && len(debian) == 0 {
		return []row{{what: what, now: "left out: PostgreSQL is not installed"}}, nil
	}
	took, err := tested(ctx, "./e2e/team", "TestOfTwoHostsOneDiesAndTheOtherTakesTheNextActs",
		`the longest act after a host's death: ([\d.]+) s`, "HTR_TEAM=1")
	if err != nil {
		return nil, err
	}
	return []row{limit(what, took, longestDeath, "%.1f")}, nil
}

// tested runs one of the product's tests, and gives the number that it has logged.
func tested(ctx context.Context, pkg, test, says string, environ ...string) (float64, error) {
	cmd := exec.CommandContext(ctx, "go", "test", "-count=1", "-v", "-timeout", "20m", "-run", "^"+test+"$", pkg)
	cmd.Env = append(os.Environ(), environ...)
	raw, err := cmd.CombinedOutput()
	out := strings.TrimSpace(string(raw))
	if err != nil {
		return 0, fmt.Errorf("%s: %w\n%s", test, err, out[max(0, len(out)-2000):])
	}
	said := regexp.MustCompile(says).FindStringSubmatch(out)
	if said == nil {
		return 0, fmt.Errorf("%s does not say %s", test, says)
	}
	return strconv.ParseFloat(said[1], 64)
}
