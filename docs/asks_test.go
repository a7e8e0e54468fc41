package docs

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"holdthering/regime"
)

// asked is a row of the table of what the sources ask.
type asked struct {
	number, place, what, stands, rule, by string
}

// stands are the ways in which something that is asked can stand, each as its rows begin.
var stands = []string{"holds", "in part", "does not hold", "outside"}

func (a asked) way() string {
	for _, w := range stands {
		if strings.HasPrefix(a.stands, w) {
			return w
		}
	}
	return ""
}

// allAsked are the rows, and the words that stand before them.
func allAsked(t *testing.T) (rows []asked, words string) {
	t.Helper()
	text, err := os.ReadFile("sources.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, ok := strings.Cut(string(text), "\n## What the sources ask")
	words, table, found := strings.Cut(section, "\n|---|---|---|---|---|---|\n")
	if !ok || !found {
		t.Fatal("sources.md has no table of what the sources ask")
	}
	for line := range strings.Lines(table) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		if len(cells) != 6 {
			t.Fatalf("no row of six cells: %s", line)
		}
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		rows = append(rows, asked{cells[0], cells[1], cells[2], cells[3], cells[4], cells[5]})
	}
	return rows, strings.Join(strings.Fields(words), " ")
}

func TestWhatTheSourcesAskIsCountedAsItStands(t *testing.T) {
	rows, words := allAsked(t)
	count := map[string]int{}
	for i, r := range rows {
		if r.number != strconv.Itoa(i+1) || r.what == "" || r.way() == "" {
			t.Errorf("row %d: %+v", i+1, r)
		}
		if known := strings.Contains(r.by, "`"); known == (r.way() == "outside" || r.way() == "does not hold") {
			t.Errorf("row %s, %s: held by %q", r.number, r.stands, r.by)
		}
		count[r.way()]++
	}
	if said := fmt.Sprintf("%d hold, %d hold in part, %d does not hold, and %d are asked of people", count["holds"],
		count["in part"], count["does not hold"], count["outside"]); !strings.Contains(words, said) {
		t.Errorf("of %d rows %s, which is not said before the table", len(rows), said)
	}
}

func TestWhatTheSourcesAskIsAskedByALineOfThem(t *testing.T) {
	place := regexp.MustCompile(`^00[0-4]:L[1-9][0-9]{0,2}$`)
	rows, _ := allAsked(t)
	for _, r := range rows {
		if r.place == "" && r.number >= "136" && len(r.number) == 3 {
			continue // asked of the program, and by no document
		}
		for _, p := range strings.Split(r.place, ", ") {
			if !place.MatchString(p) {
				t.Errorf("row %s: %q is no line of a document", r.number, p)
			}
		}
	}
}

var (
	heldByTest     = regexp.MustCompile("`(Test[A-Za-z0-9_]+)` \\(([a-z0-9/]+)\\)")
	heldByScenario = regexp.MustCompile("`([a-z0-9-]+\\.txt)`")
)

func TestWhatHoldsWhatTheSourcesAskIsThere(t *testing.T) {
	rules := map[string]bool{}
	for _, r := range regime.Rules() {
		rules[r.ID] = true
	}
	rows, _ := allAsked(t)
	for _, r := range rows {
		for _, id := range strings.Split(r.rule, ", ") {
			if id != "" && !rules[id] {
				t.Errorf("row %s: there is no rule %q", r.number, id)
			}
		}
		named := 0
		for _, m := range heldByTest.FindAllStringSubmatch(r.by, -1) {
			named++
			if !slices.Contains(testsIn(t, m[2]), m[1]) {
				t.Errorf("row %s: there is no %s in %s", r.number, m[1], m[2])
			}
		}
		for _, m := range heldByScenario.FindAllStringSubmatch(r.by, -1) {
			named++
			if _, err := os.Stat(filepath.Join("..", "scenarios", m[1])); err != nil {
				t.Errorf("row %s: %v", r.number, err)
			}
		}
		if n := strings.Count(r.by, "`"); n != 2*named {
			t.Errorf("row %s: %d names are neither a test with its package nor a scenario: %s", r.number, n/2-named, r.by)
		}
	}
}

var testFunction = regexp.MustCompile(`(?m)^func (Test[A-Za-z0-9_]+)\(`)

// testsIn names the tests of a package.
func testsIn(t *testing.T, dir string) (names []string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("..", dir, "*_test.go"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%s: %d files, %v", dir, len(files), err)
	}
	for _, f := range files {
		src, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range testFunction.FindAllStringSubmatch(string(src), -1) {
			names = append(names, m[1])
		}
	}
	return names
}
