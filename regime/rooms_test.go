package regime

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// rooms are the packages of the rules, each with those of them that it may import. The arrows go
// one way: days and words, the law, the ledger, and on it a case and a group, which know nothing of
// each other.
var rooms = map[string][]string{
	"calendar":     {},
	"words":        {},
	".":            {"calendar", "words"},
	"ledger":       {"calendar", "words", "."},
	"failure":      {"calendar", "words", ".", "ledger"},
	"surveillance": {"calendar", "words", ".", "ledger"},
}

// sources calls see for each Go file of the rules that is no test and serves none.
func sources(t *testing.T, see func(room, path string)) {
	t.Helper()
	files := 0
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() && (strings.HasSuffix(path, "test") || d.Name() == "testdata") {
			return filepath.SkipDir
		}
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		files++
		see(filepath.ToSlash(filepath.Dir(path)), path)
		return nil
	})
	if err != nil || files < 100 {
		t.Fatalf("%d files, %v", files, err)
	}
}

func TestTheArrowsBetweenTheRoomsOfTheRulesGoOneWay(t *testing.T) {
	sources(t, func(room, path string) {
		may, known := rooms[room]
		if !known {
			t.Errorf("%s: say in this test what a package %s may import", path, room)
		}
		for _, name := range importsOf(t, path) {
			inside, ours := strings.CutPrefix(name, "holdthering/regime")
			if !ours {
				continue
			}
			to := strings.TrimPrefix(inside, "/")
			if to == "" {
				to = "."
			}
			if !slices.Contains(may, to) {
				t.Errorf("%s imports %s, which %s may not", path, name, room)
			}
		}
	})
}

// The rules know no clock, no network and no Temporal: they import the standard library alone, and of
// that nothing that reaches outside.
func TestTheRulesImportTheStandardLibraryOnly(t *testing.T) {
	forbidden := []string{"net", "os", "os/exec", "syscall", "log", "log/slog", "math/rand", "database/sql"}
	sources(t, func(_, path string) {
		for _, name := range importsOf(t, path) {
			own := name == "holdthering/regime" || strings.HasPrefix(name, "holdthering/regime/")
			if !own && strings.Contains(name, ".") || slices.Contains(forbidden, name) ||
				!own && strings.HasPrefix(name, "holdthering") {
				t.Errorf("%s imports %s", path, name)
			}
		}
		for _, word := range []string{"time.Now(", "time.Since("} {
			if strings.Contains(read(t, path), word) {
				t.Errorf("%s reads the clock", path)
			}
		}
	})
}

func importsOf(t *testing.T, path string) []string {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, i := range f.Imports {
		name, _ := strconv.Unquote(i.Path.Value)
		out = append(out, name)
	}
	return out
}

func read(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
