package regime

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
)

// renamedAct is SendLetter as another Go type.
type renamedAct struct{ SendLetter }

func TestRenamingAGoTypeChangesNothingOnTheWire(t *testing.T) {
	row := VerbOf(&SendLetter{})
	row.New = func() Act { return new(renamedAct) }
	rows := []Verb{row}
	if got := row.Name(); got != "SendLetter" {
		t.Errorf("the Update of the renamed type is %q", got)
	}
	if v, ok := byUpdate(rows)["SendLetter"]; !ok || v.Path != "letter send" {
		t.Errorf("SendLetter finds %v %q", ok, v.Path)
	}
}

func TestEveryVerbSaysItsNamesAndIsFoundByThem(t *testing.T) {
	seen := map[string]bool{}
	once := func(name string) {
		if name == "" || seen[name] {
			t.Errorf("the name %q is missing or given twice", name)
		}
		seen[name] = true
	}
	for _, v := range Verbs() {
		once(v.Path)
		once(v.Update)
		if named, ok := VerbNamed(v.Update); !ok || named.Path != v.Path || VerbOf(v.New()).Path != v.Path {
			t.Errorf("%s is not found by its name or its act", v.Path)
		}
	}
}

// Go runs the init functions of a package in the order of its files' names, so that one which
// needs another's work breaks when a file is renamed. A declaration is set up when it is needed.
func TestNoOrderOfFileNamesDecides(t *testing.T) {
	err := filepath.WalkDir(".", func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") {
			return err
		}
		tree, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		for _, d := range tree.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil && fn.Name.Name == "init" {
				t.Errorf("%s has an init function", path)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
