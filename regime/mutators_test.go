package regime

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// mutators are all exported methods that change a case, a group or a ledger. What else is exported
// reads. A method belongs here only if package workflows needs it, or it reads JSON.
var mutators = map[string][]string{
	"failure": {"(Case).Perform", "(Case).RecordDeliveryEvents", "(Case).RecordSent", "(Case).Tick", "(Case).UnmarshalJSON"},
	"surveillance": {"(Group).Perform", "(Group).RecordDeliveryEvents", "(Group).RecordSent", "(Group).ReportHanded",
		"(Group).Tick", "(Group).UnmarshalJSON"},
	"ledger": {},
}

// asking are the exported methods that prepare a change and do not make it: they ask whether it may be.
var asking = []string{"(Case).Check", "(Group).Check"}

func TestOnlyActsTheClockAndTheMailsChangeACaseOrAGroup(t *testing.T) {
	for room, want := range mutators {
		got := changing(t, room)
		got = slices.DeleteFunc(got, func(name string) bool { return slices.Contains(asking, name) })
		if !slices.Equal(got, want) {
			t.Errorf("%s: exported methods that change it are %q, meant are %q", room, got, want)
		}
	}
}

// changing finds the exported methods of a package's case, group or ledger that change it, by
// themselves or by another method of it that they call.
func changing(t *testing.T, room string) []string {
	t.Helper()
	methods := map[string]*ast.FuncDecl{} // "(Case).Perform"
	files, _ := filepath.Glob(filepath.Join(room, "*.go"))
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv != nil && owned(fn) != "" {
				methods["("+owned(fn)+")."+fn.Name.Name] = fn
			}
		}
	}
	changes := map[string]bool{}
	for grown := true; grown; {
		grown = false
		for name, fn := range methods {
			if !changes[name] && changesOwn(fn, changes) {
				changes[name], grown = true, true
			}
		}
	}
	return slices.DeleteFunc(slices.Sorted(maps.Keys(changes)), func(name string) bool {
		return !ast.IsExported(methods[name].Name.Name)
	})
}

// owned is the type that a method is of, where that is a case, a group or a ledger. The methods of a
// pen change a ledger: nobody outside has one.
func owned(fn *ast.FuncDecl) string {
	typ := fn.Recv.List[0].Type
	if star, ok := typ.(*ast.StarExpr); ok {
		typ = star.X
	}
	if id, ok := typ.(*ast.Ident); ok && slices.Contains([]string{"Case", "Group", "Ledger"}, id.Name) {
		return id.Name
	}
	return ""
}

// changesOwn reports whether a method assigns to what its receiver leads to, uses the receiver's pen,
// or calls a method of the receiver that is known to change it.
func changesOwn(fn *ast.FuncDecl, changes map[string]bool) bool {
	if len(fn.Recv.List[0].Names) == 0 || fn.Body == nil {
		return false
	}
	recv, found := fn.Recv.List[0].Names[0].Name, false
	ast.Inspect(fn.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for _, to := range n.Lhs {
				_, plain := to.(*ast.Ident)
				found = found || !plain && root(to) == recv
			}
		case *ast.IncDecStmt:
			_, plain := n.X.(*ast.Ident)
			found = found || !plain && root(n.X) == recv
		case *ast.SelectorExpr:
			if id, ok := n.X.(*ast.Ident); ok && id.Name == recv {
				found = found || n.Sel.Name == "pen" || changes["("+owned(fn)+")."+n.Sel.Name]
			}
		}
		return !found
	})
	return found
}

// root is the variable that an expression begins with.
func root(e ast.Expr) string {
	for {
		switch x := e.(type) {
		case *ast.Ident:
			return x.Name
		case *ast.SelectorExpr:
			e = x.X
		case *ast.IndexExpr:
			e = x.X
		case *ast.StarExpr:
			e = x.X
		case *ast.ParenExpr:
			e = x.X
		default:
			return ""
		}
	}
}
