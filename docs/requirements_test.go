package docs

import (
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"holdthering/regime"
)

var update = flag.Bool("update", false, "write the generated documents anew")

// tracker finds for every rule the tests that carry its number and the files that name it.
type tracker struct {
	tests map[string][]string
	files map[string][]string
}

var (
	testName = regexp.MustCompile(`^Test((?:(?:[RTBA]\d+|S\dx\d)_)+)`)
	inCode   = regexp.MustCompile(`\b([RTBA]\d+|2\.[48])\b`)
)

func track(t *testing.T) tracker {
	t.Helper()
	tr := tracker{map[string][]string{}, map[string][]string{}}
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (strings.HasPrefix(d.Name(), ".") && len(d.Name()) > 2 || d.Name() == "devserver") {
			return fs.SkipDir
		}
		if !strings.HasSuffix(path, ".go") || strings.HasPrefix(path, "../docs/") {
			return nil
		}
		return tr.read(path)
	})
	if err != nil {
		t.Fatal(err)
	}
	return tr
}

func (tr tracker) read(path string) error {
	src, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	short := strings.TrimPrefix(path, "../")
	if !strings.HasSuffix(path, "_test.go") {
		for _, id := range inCode.FindAllString(string(src), -1) {
			if !slices.Contains(tr.files[id], short) {
				tr.files[id] = append(tr.files[id], short)
			}
		}
		return nil
	}
	f, err := parser.ParseFile(token.NewFileSet(), path, src, 0)
	if err != nil {
		return err
	}
	for _, d := range f.Decls {
		fn, ok := d.(*ast.FuncDecl)
		if !ok || fn.Recv != nil {
			continue
		}
		m := testName.FindStringSubmatch(fn.Name.Name)
		if m == nil {
			continue
		}
		for _, id := range strings.Split(strings.TrimSuffix(m[1], "_"), "_") {
			if strings.HasPrefix(id, "S") { // a section: S2x4 is 2.4
				id = strings.Replace(id[1:], "x", ".", 1)
			}
			tr.tests[id] = append(tr.tests[id], "`"+fn.Name.Name+"` ("+filepath.Dir(short)+")")
		}
	}
	return nil
}

const head = `# Requirements: the rules of the regime

Every rule, where it is laid down, where it lives in the program, and the tests that carry
its number. Generated from ` + "`regime/rules.json`" + ` and the source code by
` + "`go test ./docs -update`" + `; a test keeps it true.

A *guard* refuses what breaks the rule, an *obligation* is a duty with reminders, a *prompt*
is a remark and never a refusal, a *negative* rule says that something must not be blocked: the random
cases and groups ask of each at every fourth moment whether anything blocks it.

| Rule | Kind | What holds | Source | Lives in | Held by |
|---|---|---|---|---|---|
`

func requirements(tr tracker) string {
	var b strings.Builder
	b.WriteString(head)
	for _, r := range regime.Rules() {
		tests := "**not yet**"
		if ts := tr.tests[r.ID]; len(ts) > 0 {
			tests = strings.Join(ts, ", ")
		}
		files := slices.Clone(tr.files[r.ID])
		slices.Sort(files)
		cells := []string{r.ID, string(r.Kind), r.Says, r.Source, strings.Join(files, ", "), tests}
		for i := range cells {
			cells[i] = strings.ReplaceAll(cells[i], "|", "\\|")
		}
		b.WriteString("| " + strings.Join(cells, " | ") + " |\n")
	}
	return b.String()
}

func TestTheRequirementsListEveryRuleWithItsTests(t *testing.T) {
	want := requirements(track(t))
	if *update {
		if err := os.WriteFile("requirements.md", []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile("requirements.md")
	if err != nil || string(got) != want {
		t.Errorf("requirements.md is not what the code says (%v): run go test ./docs -update", err)
	}
}
