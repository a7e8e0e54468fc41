package e2e

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The real episode of 2013 to 2015, played on a real server by the command that make demo uses.
func TestTheKingsLynnCaseRunsFromReviewToExit(t *testing.T) {
	t.Parallel()
	s := newSite(t, demonstration)
	a := s.taken("play", "../scenarios/kings-lynn.txt")
	ref := s.only("records")
	record := s.record(ref)
	for _, want := range []string{
		"Friday 25 October 2013",   // Monitor's decision
		"Saturday 25 October 2014", // twelve calendar months after it
		"early",                    // the re-inspection of July 2014
		"MISSED",                   // the month without a report
		"closed",
	} {
		if !strings.Contains(record, want) {
			t.Errorf("the record lacks %q", want)
		}
	}
	if n := len(s.mails("")); n < 200 {
		t.Errorf("%d mails", n)
	}
	for _, secret := range []string{"Queen Elizabeth", "King's Lynn", "staffing"} {
		if got := s.mails(secret); len(got) > 0 {
			t.Errorf("subjects name %q: %v", secret, got[0])
		}
	}
	if !strings.Contains(a.out, ref) {
		t.Errorf("the closing table does not name the case:\n%s", a.out)
	}
	if *keep {
		s.keepHistories(ref, "../workflows/testdata/histories")
	}
	t.Logf("%s", tail(a.out, 40))
}

// only is the one case on file.
func (s *site) only(folder string) string {
	s.Helper()
	files, err := filepath.Glob(filepath.Join(s.path(folder), "*.md"))
	files = slices.DeleteFunc(files, func(f string) bool { // those of groups
		return strings.HasPrefix(filepath.Base(f), "group-")
	})
	if err != nil || len(files) != 1 {
		s.Fatalf("%v: %v", files, err)
	}
	return strings.TrimSuffix(filepath.Base(files[0]), ".md")
}

func (s *site) record(ref string) string {
	s.Helper()
	b, err := os.ReadFile(filepath.Join(s.path("records"), ref+".md"))
	if err != nil {
		s.Fatal(err)
	}
	return string(b)
}

func tail(s string, n int) string {
	lines := strings.Split(strings.TrimSpace(s), "\n")
	return strings.Join(lines[max(0, len(lines)-n):], "\n")
}
