package regime

import (
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"holdthering/regime/calendar"
)

func TestEveryRowOfEveryProfileNamesItsSource(t *testing.T) {
	for _, p := range Profiles() {
		for _, r := range p.Bodies {
			if r.Source == "" || len(r.Names) == 0 {
				t.Errorf("%s: body %s has no source or name", p.Name, r.Code)
			}
		}
		for _, r := range p.Providers {
			if r.Source == "" || !p.Knows(r.Decider) || !p.Knows(r.PerformanceManager) ||
				!p.Knows(r.SuggestedRingHolder) {
				t.Errorf("%s: provider type %s lacks a source or names an unknown body", p.Name, r.Type)
			}
			for _, b := range r.Relevant {
				if !p.Knows(b) {
					t.Errorf("%s: %s is convened for %s and is no body", p.Name, b, r.Type)
				}
			}
		}
		for _, r := range p.Duties {
			if r.Source == "" || r.Says == "" || r.Rule == "" || r.How == "" {
				t.Errorf("%s: duty %s is incomplete", p.Name, r.Kind)
			}
			if _, known := basisWords[r.Basis]; !known {
				t.Errorf("%s: duty %s has basis %q", p.Name, r.Kind, r.Basis)
			}
		}
	}
}

func TestEveryRungHasATimeARecipientAndANotice(t *testing.T) {
	roles := strings.Fields("owner members invited unanswered ring-holder chair support region " +
		"provider decider performance-manager perf cqc commissioners proposer la-safeguarding lscb " +
		"la-comm unacknowledged packless improvement-director yet-to-send")
	levels := []string{"", "lead", "deputy", "executive"}
	for _, p := range Profiles() {
		for _, d := range p.Duties {
			for i, r := range d.Ladder {
				start := time.Date(2013, 9, 10, 9, 0, 0, 0, time.UTC)
				if rungStart(&r, &Duty{Start: start, Due: start.AddDate(1, 0, 0)}).IsZero() {
					t.Errorf("%s: %s rung %d has no time", p.Name, d.Kind, i)
				}
				if _, ok := p.Notice(r.Notice); !ok {
					t.Errorf("%s: %s rung %d: no notice %s", p.Name, d.Kind, i, r.Notice)
				}
				for _, to := range r.To {
					role, level, _ := strings.Cut(to, ":")
					if !containsWord(roles, role) || !containsWord(levels, level) {
						t.Errorf("%s: %s rung %d: nobody is %q", p.Name, d.Kind, i, to)
					}
				}
			}
			for _, how := range strings.Split(d.How, ", ") {
				if !isVerb(how) {
					t.Errorf("%s: %s is discharged by %q, which is no verb", p.Name, d.Kind, how)
				}
			}
		}
	}
}

func containsWord(words []string, w string) bool {
	for _, x := range words {
		if x == w {
			return true
		}
	}
	return false
}

func isVerb(command string) bool {
	paths := make([]string, 0, 100)
	for _, v := range Verbs() {
		paths = append(paths, v.Path)
	}
	for _, v := range GroupVerbs() {
		paths = append(paths, v.Path)
	}
	for _, path := range paths {
		if command == path || strings.HasPrefix(command, path+" --") {
			return true
		}
	}
	return false
}

func TestEveryDutyThatARuleOpensHasItsRowInEveryProfile(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) < 20 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, p := range Profiles() {
		n := 0
		for _, line := range strings.Split(read(t, "duty.go"), "\n") {
			if f := strings.Fields(line); len(f) == 4 && f[1] == "DutyKind" && f[2] == "=" {
				kind, _ := strconv.Unquote(f[3])
				_, ok := p.Duty(DutyKind(kind))
				if !ok && (DutyKind(kind) != DutyExitCriteria || p.leavesByCriteria()) {
					t.Errorf("%s has no row for %s", p.Name, kind)
				}
				n++
			}
		}
		if n < 30 {
			t.Fatalf("found only %d kinds of duty", n)
		}
	}
}

func (p *Profile) leavesByCriteria() bool {
	return slices.ContainsFunc(p.Providers, func(r ProviderRow) bool { return r.ExitCriteria })
}

func read(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// The rules know no clock, no network and no Temporal: they import the standard library
// alone, and of that nothing that reaches outside.
func TestTheRulesImportTheStandardLibraryOnly(t *testing.T) {
	forbidden := []string{"net", "os", "os/exec", "syscall", "log", "log/slog", "math/rand", "database/sql"}
	files := 0
	err := filepath.WalkDir(".", func(path string, _ os.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		files++
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, i := range f.Imports {
			name, _ := strconv.Unquote(i.Path.Value)
			own := name == "holdthering/regime" || strings.HasPrefix(name, "holdthering/regime/")
			if !own && strings.Contains(name, ".") || containsWord(forbidden, name) {
				t.Errorf("%s imports %s", path, name)
			}
		}
		return nil
	})
	if err != nil || files < 30 {
		t.Fatalf("%d files, %v", files, err)
	}
	for _, word := range []string{"time.Now(", "time.Since("} {
		names, _ := filepath.Glob("*.go")
		for _, name := range names {
			if !strings.HasSuffix(name, "_test.go") && strings.Contains(read(t, name), word) {
				t.Errorf("%s reads the clock", name)
			}
		}
	}
}

func TestEveryDatedRowHasADayAndASource(t *testing.T) {
	for _, p := range Profiles() {
		for _, r := range p.CareMeasures {
			if _, err := calendar.ParseInstant(r.From); err != nil || r.Source == "" || r.Basis == "" || r.Reinspect.IsZero() {
				t.Errorf("%s: %s: %+v, %v", p.Name, r.Name, r, err)
			}
			for _, of := range r.Types {
				if row, ok := p.ProviderRow(of); !ok || !row.SelfDecided {
					t.Errorf("%s: %s: %q does not decide itself", p.Name, r.Name, of)
				}
			}
		}
		for _, r := range p.Answers {
			if !p.Knows(r.By) || r.Period.IsZero() || r.Source == "" || len(r.To) == 0 {
				t.Errorf("%s: %+v", p.Name, r)
			}
		}
	}
}
