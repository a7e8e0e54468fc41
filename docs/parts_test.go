package docs

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// englands are the bodies that stand in a part under the profiles of England.
var englands = regexp.MustCompile(`^(CQC|Monitor|TDA|CCG|Police|LAComm|LASafeguarding|SAB|LSCB|LSAMO|HealthwatchLocal|SoS)$`)

// TestNoRuleNamesABodyWhereAPartIsMeant looks at each use of a body's constant in the rules. That a case or a group asks
// the profile who takes a part is what lets another country's profile run under the same rules.
func TestNoRuleNamesABodyWhereAPartIsMeant(t *testing.T) {
	files := 0
	for _, dir := range []string{"failure", "surveillance", "ledger"} {
		err := filepath.WalkDir(filepath.Join("..", "regime", dir), func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") ||
				strings.Contains(path, "ledgertest") { // which gives tests their bodies
				return err
			}
			files++
			fset := token.NewFileSet()
			f, err := parser.ParseFile(fset, path, nil, 0)
			if err != nil {
				return err
			}
			ast.Inspect(f, func(n ast.Node) bool {
				s, ok := n.(*ast.SelectorExpr)
				if ok && englands.MatchString(s.Sel.Name) {
					if x, ok := s.X.(*ast.Ident); ok && x.Name == "regime" {
						t.Errorf("%s names %s: ask the profile for the part", fset.Position(n.Pos()), s.Sel.Name)
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
	if files < 100 {
		t.Errorf("only %d files were looked at", files)
	}
}
