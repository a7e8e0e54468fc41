package regime_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// bodyConstants are the codes of England's bodies in this package.
var bodyConstants = regexp.MustCompile(`^(CQC|Monitor|TDA|NHSCB|CCG|LAComm|LASafeguarding|SAB|LSCB|Police|LSAMO|HEE|LETB|` +
	`HealthwatchLocal|HealthwatchEng|PHE|SoS)$`)

// bodyNames are what a text may not call them: the name or the code.
var bodyNames = regexp.MustCompile(`\b(CQC|Monitor|MONITOR|TDA|NHSCB|NHS England|NHS Improvement|CCG|Police|POLICE|Healthwatch|LETB|` +
	`Secretary of State|Safeguarding (Adults|Children) Board|[Cc]linical commissioning|Care Quality Commission|Recovery Support)\b`)

// where bodies are named, since no part is meant: the codes themselves and the powers' numbers; the data, which knows areas
// by the codes of England; and the command line, whose examples are of England.
var (
	codesThemselves = []string{"regime/party.go", "regime/powers.go"}
	dataOfEngland   = []string{"reference/", "data/", "activities/directory/gen/", "register/", "launch/", "devserver/", "tools/", "e2e/"}
	commandLine     = []string{"verbs/", "starter/", "rehearsal/", "worker/"}
)

func among(path string, folders []string) bool {
	return slices.ContainsFunc(folders, func(f string) bool { return strings.HasPrefix(path, f) })
}

func TestNoCodeOutsideAProfileNamesABodyWhereAPartIsMeant(t *testing.T) {
	files := 0
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		path = strings.TrimPrefix(filepath.ToSlash(path), "../")
		switch {
		case err != nil:
			return err
		case d.IsDir() && (strings.HasPrefix(d.Name(), ".") && d.Name() != ".." || d.Name() == "node_modules" || d.Name() == "var" ||
			strings.HasSuffix(d.Name(), "test")): // packages for tests play England's cases
			return fs.SkipDir
		case d.IsDir(), !strings.HasSuffix(path, ".go"), strings.HasSuffix(path, "_test.go"),
			slices.Contains(codesThemselves, path), among(path, dataOfEngland):
			return nil
		}
		files++
		for _, fault := range namedIn(t, path, nil) {
			t.Errorf("%s: ask the profile who takes the part", fault)
		}
		return nil
	})
	if err != nil || files < 300 {
		t.Errorf("%d files were looked at: %v", files, err)
	}
}

func TestABodyThatIsNamedInCodeIsFound(t *testing.T) {
	for text, want := range map[string]int{
		`package failure; var x = regime.CQC`:                                          1,
		`package failure; var x = p.Body() == "MONITOR"`:                               1,
		`package failure; func f() string { return "Monitor decides" }`:                1,
		`package failure; type a struct { B string ` + "`usage:\"CQC's view\"`" + ` }`: 1,
		`package regime; func f() Body { return Police }`:                              1,
		`package failure; var v = Verb{Example: "note --by CQC"}`:                      0,
		`package failure; var s = regime.Monitoring`:                                   0,
	} {
		if got := namedIn(t, "regime/failure/some.go", text); len(got) != want {
			t.Errorf("%s: %q", text, got)
		}
	}
}

// namedIn are the places in a file where a body is named; without a text, as the file is.
func namedIn(t *testing.T, path string, text any) (out []string) {
	t.Helper()
	set := token.NewFileSet()
	f, err := parser.ParseFile(set, filepath.Join("..", path), text, 0)
	if err != nil {
		t.Fatal(err)
	}
	found := func(at token.Pos, what string) { out = append(out, set.Position(at).String()+" names "+what) }
	ast.Inspect(f, func(n ast.Node) bool {
		switch x := n.(type) {
		case *ast.KeyValueExpr: // an example of the command line is one of England
			if key, ok := x.Key.(*ast.Ident); ok && (key.Name == "Example" || key.Name == "example") {
				return false
			}
		case *ast.SelectorExpr:
			if in, ok := x.X.(*ast.Ident); ok && in.Name == "regime" && bodyConstants.MatchString(x.Sel.Name) {
				found(x.Pos(), x.Sel.Name)
			}
		case *ast.Ident:
			if f.Name.Name == "regime" && bodyConstants.MatchString(x.Name) {
				found(x.Pos(), x.Name)
			}
		case *ast.BasicLit:
			if name := bodyNames.FindString(x.Value); name != "" && x.Kind == token.STRING && !among(path, commandLine) {
				found(x.Pos(), name)
			}
		}
		return true
	})
	return out
}
