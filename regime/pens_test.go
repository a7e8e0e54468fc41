package regime

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"slices"
	"strings"
	"testing"
)

// acts are the exported methods that may change a case or a group. All else that can be called on one only
// reads it, which ReadingChangesNothing tries as well.
var acts = map[string][]string{
	"failure.Case": {"LetGo", "Perform", "RecordDeliveryEvents", "RecordSent", "Tick", "UnmarshalJSON"},
	"surveillance.Group": {"LetGo", "Perform", "RecordDeliveryEvents", "RecordSent", "ReportHanded", "SharesHanded", "Tick",
		"UnmarshalJSON"},
	"ledger.Ledger": nil, // all of those are of ledger.Pen
}

func TestACaseAGroupAndALedgerAreChangedByTheseMethodsAlone(t *testing.T) {
	r := loadRooms(t)
	for name, want := range acts {
		room, kind, _ := strings.Cut(name, ".")
		obj := r.packages["holdthering/regime/"+room].Scope().Lookup(kind)
		var got []string
		methods := types.NewMethodSet(types.NewPointer(obj.Type()))
		for i := range methods.Len() {
			m := methods.At(i).Obj().(*types.Func)
			if m.Exported() && r.changes[m.Origin()][0] {
				got = append(got, m.Name())
				if !slices.Contains(want, m.Name()) {
					t.Errorf("%s.%s changes it at %s", name, m.Name(), r.fset.Position(r.at[m.Origin()]))
				}
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s is changed by %v, and meant to be by %v", name, got, want)
		}
	}
}

// A pen in other hands would change a ledger past the rules.
func TestNobodyIsGivenThePen(t *testing.T) {
	r := loadRooms(t)
	pen := r.packages["holdthering/regime/ledger"].Scope().Lookup("Pen").Type()
	for name := range acts {
		room, kind, _ := strings.Cut(name, ".")
		obj := r.packages["holdthering/regime/"+room].Scope().Lookup(kind)
		if path := givesOut(obj.Type(), pen, kind, map[types.Type]bool{}); path != "" {
			t.Errorf("%s gives out the pen", path)
		}
	}
	for _, room := range []string{"failure", "surveillance"} {
		scope := r.packages["holdthering/regime/"+room].Scope()
		for _, name := range scope.Names() {
			if obj := scope.Lookup(name); obj.Exported() {
				if path := givesOut(obj.Type(), pen, room+"."+name, map[types.Type]bool{}); path != "" {
					t.Errorf("%s gives out the pen", path)
				}
			}
		}
	}
	sources(t, func(_, path string) {
		if n := strings.Count(read(t, path), "ledger.NewPen("); n > 0 && !strings.HasSuffix(path, "/subject.go") {
			t.Errorf("%s takes up a pen", path)
		}
	})
}

// givesOut is the way by exported fields and by methods from a type to another; empty: there is none.
func givesOut(from, to types.Type, path string, seen map[types.Type]bool) string {
	if types.Identical(from, to) {
		return path
	}
	if seen[from] {
		return ""
	}
	seen[from] = true
	var further []string
	try := func(t types.Type, by string) { further = append(further, givesOut(t, to, path+by, seen)) }
	switch x := from.(type) {
	case *types.Pointer:
		try(x.Elem(), "")
	case *types.Slice:
		try(x.Elem(), "[]")
	case *types.Array:
		try(x.Elem(), "[]")
	case *types.Map:
		try(x.Elem(), "[]")
	case *types.Signature:
		for v := range x.Results().Variables() {
			try(v.Type(), "()")
		}
	case *types.Struct:
		for f := range x.Fields() {
			if f.Exported() {
				try(f.Type(), "."+f.Name())
			}
		}
	case *types.Named:
		methods := types.NewMethodSet(types.NewPointer(x))
		for i := range methods.Len() {
			if m := methods.At(i).Obj(); m.Exported() {
				try(m.Type(), "."+m.Name())
			}
		}
		try(x.Underlying(), "")
	}
	for _, p := range further {
		if p != "" {
			return p
		}
	}
	return ""
}

// checked are the packages of the rules with their types.
type checked struct {
	t        *testing.T
	fset     *token.FileSet
	std      types.Importer
	packages map[string]*types.Package
	files    []*ast.File
	changer
}

func loadRooms(t *testing.T) *checked {
	t.Helper()
	r := &checked{t: t, fset: token.NewFileSet(), std: importer.Default(), packages: map[string]*types.Package{},
		changer: newChanger()}
	for room := range rooms {
		if _, err := r.Import(strings.TrimSuffix("holdthering/regime/"+room, "/.")); err != nil {
			t.Fatal(err)
		}
	}
	for _, f := range r.files {
		for _, d := range f.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Body != nil {
				r.bodies[r.info.Defs[fn.Name].(*types.Func)] = fn
			}
		}
	}
	r.workOut()
	return r
}

// Import reads a package of ours from its source.
func (r *checked) Import(path string) (*types.Package, error) {
	inside, ours := strings.CutPrefix(path, "holdthering/regime")
	if !ours {
		return r.std.Import(path)
	}
	if p, ok := r.packages[path]; ok {
		return p, nil
	}
	var files []*ast.File
	sources(r.t, func(room, file string) {
		if strings.TrimSuffix("/"+room, "/.") != inside {
			return
		}
		f, err := parser.ParseFile(r.fset, file, nil, parser.SkipObjectResolution)
		if err != nil {
			r.t.Fatal(err)
		}
		files = append(files, f)
	})
	r.files = append(r.files, files...)
	conf := types.Config{Importer: r}
	p, err := conf.Check(path, r.fset, files, r.info)
	r.packages[path] = p
	return p, err
}
