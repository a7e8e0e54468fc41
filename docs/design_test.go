package docs

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "holdthering"

// packages reads the module's source: each package with what it imports of the others. Tests do not
// count, nor do modules of their own; files for other systems do.
func packages(t *testing.T) map[string][]string {
	t.Helper()
	found := map[string][]string{}
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if path != ".." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata" || exists(filepath.Join(path, "go.mod"))) {
				return filepath.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		dir, err := filepath.Rel("..", filepath.Dir(path))
		if err != nil {
			return err
		}
		name := filepath.ToSlash(dir)
		found[name] = append(found[name], ownImports(f.Imports)...)
		return nil
	})
	if err != nil || len(found) < 40 {
		t.Fatalf("%d packages, %v", len(found), err)
	}
	for name, imports := range found {
		slices.Sort(imports)
		found[name] = slices.Compact(imports)
	}
	return found
}

func ownImports(specs []*ast.ImportSpec) []string {
	var out []string
	for _, spec := range specs {
		path, _ := strconv.Unquote(spec.Path.Value)
		if own, ok := strings.CutPrefix(path, module+"/"); ok {
			out = append(out, own)
		}
	}
	return out
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// picture lists the packages in layers: each imports from lower layers only.
func picture(packages map[string][]string) string {
	layers := map[string]int{}
	var layer func(string) int
	layer = func(name string) int {
		if n, ok := layers[name]; ok {
			return n
		}
		n := 0
		for _, i := range packages[name] {
			n = max(n, layer(i)+1)
		}
		layers[name] = n
		return n
	}
	for name := range packages {
		layer(name)
	}
	var b strings.Builder
	for n := slices.Max(slices.Collect(maps.Values(layers))); n >= 0; n-- {
		fmt.Fprintf(&b, "layer %d\n", n)
		for _, name := range slices.Sorted(maps.Keys(packages)) {
			if layers[name] == n {
				b.WriteString(pictured(name, packages[name]))
			}
		}
	}
	return b.String()
}

// pictured is one package's row, wrapped.
func pictured(name string, imports []string) string {
	const nameWidth, width = 29, 108
	line := fmt.Sprintf("  %-*s", nameWidth, name)
	var b strings.Builder
	for i, word := range imports {
		if i > 0 && len(line)+1+len(word) > width {
			b.WriteString(line + "\n")
			line = strings.Repeat(" ", 2+nameWidth)
		}
		line += " " + word
	}
	return b.String() + strings.TrimRight(line, " ") + "\n"
}

var pictureBlock = regexp.MustCompile("(?s)(<!-- packages -->\n```\n).*?(```\n<!-- /packages -->)")

func TestTheDesignPicturesThePackages(t *testing.T) {
	page := textOf(t, "design.md")
	found := pictureBlock.FindStringSubmatchIndex(page)
	if found == nil {
		t.Fatal("design.md has no picture of the packages")
	}
	want := page[:found[3]] + picture(packages(t)) + page[found[4]:]
	if *update {
		if err := os.WriteFile("design.md", []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if page != want {
		t.Errorf("the picture in design.md is not what the packages import: run go test ./docs -update")
	}
}

var glossaryRow = regexp.MustCompile("(?m)^\\| ([^|]*) \\| [^|]* \\| `([^|`]+\\.(?:go|json))` \\|$")

// A word of the glossary stands in the file that is named for it.
func TestTheGlossaryNamesWhatThereIs(t *testing.T) {
	_, glossary, _ := strings.Cut(textOf(t, "design.md"), "## Glossary")
	rows := glossaryRow.FindAllStringSubmatch(glossary, -1)
	if len(rows) < 25 {
		t.Fatalf("only %d rows were found", len(rows))
	}
	for _, row := range rows {
		source := textOf(t, filepath.Join("..", row[2]))
		for _, code := range regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(row[1], -1) {
			for _, word := range strings.Split(code[1], ".") {
				if !regexp.MustCompile(`\b` + regexp.QuoteMeta(word) + `\b`).MatchString(source) {
					t.Errorf("%s does not speak of %s", row[2], code[1])
				}
			}
		}
	}
}

var (
	codeSpan = regexp.MustCompile("`([^`\n]+)`")
	pathLike = regexp.MustCompile(`^[A-Za-z0-9_.-]+(/[A-Za-z0-9_.*-]+)+/?$`)
)

// A path that the pages name is there. Placeholders and what a run makes are not looked for.
func TestThePagesNamePathsThatExist(t *testing.T) {
	for _, page := range []string{"../README.md", "../CONTRIBUTING.md", "design.md", "operations.md", "notices.md"} {
		for _, span := range codeSpan.FindAllStringSubmatch(textOf(t, page), -1) {
			path := span[1]
			top, _, _ := strings.Cut(path, "/")
			made := slices.Contains([]string{".", "..", "var", "backups"}, top) || strings.HasPrefix(path, "deploy/secrets/")
			if made || !pathLike.MatchString(path) || !exists(filepath.Join("..", top)) {
				continue
			}
			if found, _ := filepath.Glob(filepath.Join("..", path)); len(found) == 0 {
				t.Errorf("%s names %s, which is not there", page, path)
			}
		}
	}
}

var goFile = regexp.MustCompile(`\b[a-z0-9_/]+\.go\b`)

// Every package has a package comment, and a tour names files that are there.
func TestTheToursNameFilesThatExist(t *testing.T) {
	for name := range packages(t) {
		tour := packageComment(t, filepath.Join("..", filepath.FromSlash(name)))
		if tour == "" {
			t.Errorf("package %s has no package comment", name)
		}
		for _, file := range goFile.FindAllString(tour, -1) {
			if !exists(filepath.Join("..", name, file)) && !exists(filepath.Join("..", file)) {
				t.Errorf("the comment of package %s names %s, which is not there", name, file)
			}
		}
	}
}

func packageComment(t *testing.T, dir string) string {
	t.Helper()
	files, _ := filepath.Glob(filepath.Join(dir, "*.go"))
	var out string
	for _, file := range files {
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.PackageClauseOnly|parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(file, "_test.go") {
			out += f.Doc.Text()
		}
	}
	return out
}

func textOf(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
