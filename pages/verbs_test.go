package pages

import (
	"go/ast"
	"go/parser"
	"go/token"
	"net/url"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"holdthering/regime"
)

// asking are the verbs that a notice or duty can ask for: those of the profiles' tables, and those that the
// acts themselves name in what they send.
func asking(t *testing.T) []string {
	t.Helper()
	var out []string
	add := func(how string) {
		for _, verb := range strings.Split(how, ",") {
			if verb = strings.TrimSpace(verb); verb != "" && !slices.Contains(out, verb) {
				out = append(out, verb)
			}
		}
	}
	for _, p := range regime.Profiles() {
		for _, row := range p.Duties {
			add(row.How)
			add(row.HowInGroup)
			for _, r := range row.Ladder {
				add(r.How)
			}
		}
	}
	tables := len(out)
	for _, dir := range []string{"../regime/failure", "../regime/surveillance", "../regime/ledger"} {
		files, err := filepath.Glob(filepath.Join(dir, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			p, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(p, func(n ast.Node) bool {
				switch x := n.(type) {
				case *ast.KeyValueExpr: // How: "meeting schedule, case propose-closing"
					if key, ok := x.Key.(*ast.Ident); ok && key.Name == "How" {
						add(literal(x.Value))
					}
				case *ast.CallExpr: // ledger.Asking("...", "ring accept, ring decline")
					if name(x.Fun) == "Asking" && len(x.Args) == 2 {
						add(literal(x.Args[1]))
					}
				}
				return true
			})
		}
	}
	if tables < 30 || len(out) < tables+5 {
		t.Errorf("only %d verbs are found, %d of them in the tables", len(out), tables)
	}
	return out
}

func name(e ast.Expr) string {
	switch x := e.(type) {
	case *ast.Ident:
		return x.Name
	case *ast.SelectorExpr:
		return x.Sel.Name
	}
	return ""
}

func literal(e ast.Expr) string {
	if b, ok := e.(*ast.BasicLit); ok && b.Kind == token.STRING {
		text, _ := strconv.Unquote(b.Value)
		return text
	}
	return ""
}

func TestEveryVerbThatANoticeOrDutyAsksForHasItsPage(t *testing.T) {
	list := asking(t)
	for _, verb := range list {
		subject := "A1"
		if verb == triggers {
			subject = "RCX"
		}
		a, ok := answerBy(verb, subject, "D1")
		if !ok {
			t.Errorf("%q has no page", verb)
			continue
		}
		f := nobody().newForm(a, url.Values{})
		f.check()
		var out strings.Builder
		if err := templates().ExecuteTemplate(&out, "ask", page{Title: "x", Form: f}); err != nil {
			t.Errorf("%s: %v", verb, err)
		}
		for _, rf := range a.fields {
			if rf.Flag != regime.SureFlag && !strings.Contains(out.String(), `name="`+prefix+rf.Flag) {
				t.Errorf("%s has no field for --%s", verb, rf.Flag)
			}
		}
		if strings.Contains(out.String(), "--") {
			t.Errorf("%s speaks of flags:\n%s", verb, out.String())
		}
	}
	t.Logf("%d verbs", len(list))
}
