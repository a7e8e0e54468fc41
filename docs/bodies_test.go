package docs

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"holdthering/regime"
)

// named are the bodies that programs may name outside a profile, each with why. All others take their places by
// parts, roles and rows of a profile: the rules know parts, and not who takes them.
var named = map[string]string{
	"ProviderBody": "is whom the case is about, and no body of the regime",
	"Governors":    "are the provider's own",
	"Guest":        "is whoever is no body of the profile",
	"Unnamed":      "is a voice whose body is not told",
	"QSGLocal":     "is a group itself, as the rules know it: it owns no power and decides nothing (R68)",
	"QSGRegional":  "is a group itself, as above",
}

// ruled are the folders whose code decides, tells, records and is spoken to.
var ruled = []string{"regime/ledger", "regime/failure", "regime/surveillance", "workflows", "activities", "notices", "record", "pages", "rehearsal",
	"verbs", "reference", "cases", "desk", "message", "starter", "worker", "erasure", "register", "launch"}

// bodyNames are the constants of bodies, as regime/party.go has them.
func bodyNames(t *testing.T) []string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "../regime/party.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, d := range file.Decls {
		if g, ok := d.(*ast.GenDecl); ok && g.Tok == token.CONST {
			for _, s := range g.Specs {
				v := s.(*ast.ValueSpec)
				if id, ok := v.Type.(*ast.Ident); ok && id.Name == "Body" {
					out = append(out, v.Names[0].Name)
				}
			}
		}
	}
	if len(out) < 25 {
		t.Fatalf("only %v", out)
	}
	return out
}

func TestTheRulesKnowPartsAndNotWhoTakesThem(t *testing.T) {
	bodies := bodyNames(t)
	used := map[string]bool{}
	for _, folder := range ruled {
		err := filepath.WalkDir("../"+folder, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() && strings.HasSuffix(path, "test") {
				return err
			}
			// The directory's generator and its check list the parties that the data knows, by name; so does one file of the reference data.
			if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || strings.Contains(path, "activities/directory/") ||
				strings.HasSuffix(path, "reference/units.go") || strings.Contains(path, "ledgertest") || strings.Contains(path, "surveillancetest") {
				return nil
			}
			file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
			if err != nil {
				return err
			}
			ast.Inspect(file, func(n ast.Node) bool {
				switch x := n.(type) {
				case *ast.SelectorExpr:
					if pkg, ok := x.X.(*ast.Ident); ok && pkg.Name == "regime" && slices.Contains(bodies, x.Sel.Name) {
						used[x.Sel.Name] = true
						if named[x.Sel.Name] == "" {
							t.Errorf("%s names %s: who takes its part is the profile's to say", path, x.Sel.Name)
						}
					}
				case *ast.BasicLit:
					if code := regime.Body(strings.Trim(x.Value, `"`)); x.Kind == token.STRING && isBody(code) {
						t.Errorf("%s names %s as a text", path, x.Value)
					}
				}
				return true
			})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for name := range named {
		if !used[name] {
			t.Errorf("%s is named nowhere: take it off the list", name)
		}
	}
}

// isBody reports whether a text is the code of a body other than those that may be named; the preview of a template is a mail to CQC.
func isBody(code regime.Body) bool {
	may := []regime.Body{regime.CQC, regime.ProviderBody, regime.Governors, regime.Guest}
	return !slices.Contains(may, code) && slices.ContainsFunc(regime.BodiesEver(), func(b regime.BodyRow) bool { return b.Code == code })
}
