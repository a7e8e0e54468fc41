package regime

import (
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"regexp"
	"slices"
)

// changer works out which of its parameters each function of the rules may change, the receiver first: it
// assigns to what they lead to, or hands it to a function that does. Functions that are called by way of a
// table or an interface are not followed.
type changer struct {
	info    *types.Info
	bodies  map[*types.Func]*ast.FuncDecl
	changes map[*types.Func]map[int]bool
	gives   map[*types.Func]map[int]bool // parameters that the result leads to
	at      map[*types.Func]token.Pos    // where it changes one first

	fn *types.Func // the one in hand
	of map[types.Object]map[int]bool
}

func newChanger() changer {
	return changer{
		info: &types.Info{Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{},
			Uses: map[*ast.Ident]types.Object{}},
		bodies: map[*types.Func]*ast.FuncDecl{}, changes: map[*types.Func]map[int]bool{},
		gives: map[*types.Func]map[int]bool{}, at: map[*types.Func]token.Pos{}}
}

// workedOut is what a duty remembers of its own dates, whoever asks.
const workedOut = "nextCheck"

// own: a clone has everything for itself, which another test sees to.
const own = "clone"

func (c *changer) workOut() {
	for before := -1; before != c.size(); {
		before = c.size()
		for fn, d := range c.bodies {
			if fn.Name() != own {
				c.function(fn, d)
			}
		}
	}
}

func (c *changer) size() (n int) {
	for fn := range c.bodies {
		n += len(c.changes[fn]) + len(c.gives[fn])
	}
	return n
}

func (c *changer) function(fn *types.Func, d *ast.FuncDecl) {
	c.fn, c.of = fn, map[types.Object]map[int]bool{}
	s := fn.Signature()
	if s.Recv() != nil {
		c.of[s.Recv()] = map[int]bool{0: true}
	}
	for i := range s.Params().Len() {
		if p := s.Params().At(i); leads(p.Type()) {
			c.of[p] = map[int]bool{i + 1: true}
		}
	}
	for before := -1; before != c.known(); {
		before = c.known()
		ast.Inspect(d.Body, c.statement)
	}
}

func (c *changer) known() (n int) {
	for _, from := range c.of {
		n += len(from)
	}
	return n
}

func (c *changer) statement(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.CompositeLit:
		for _, e := range n.Elts {
			if kv, ok := e.(*ast.KeyValueExpr); ok {
				if _, later := kv.Value.(*ast.FuncLit); later {
					return false // called by way of its field
				}
			}
		}
	case *ast.AssignStmt:
		for i, to := range n.Lhs {
			from := n.Rhs[min(i, len(n.Rhs)-1)]
			c.assign(to, c.roots(from))
		}
	case *ast.ValueSpec:
		for i, name := range n.Names {
			if len(n.Values) > 0 {
				c.assign(name, c.roots(n.Values[min(i, len(n.Values)-1)]))
			}
		}
	case *ast.RangeStmt:
		for _, to := range []ast.Expr{n.Key, n.Value} {
			if to != nil {
				c.assign(to, c.roots(n.X))
			}
		}
	case *ast.IncDecStmt:
		c.assign(n.X, nil)
	case *ast.ReturnStmt:
		for _, e := range n.Results {
			if leads(c.info.TypeOf(e)) {
				add(c.gives, c.fn, c.roots(e))
			}
		}
	case *ast.CallExpr:
		c.call(n)
	}
	return true
}

// assign notes what a variable leads to from now on, and what is changed where it is more than one.
func (c *changer) assign(to ast.Expr, from map[int]bool) {
	if name, ok := to.(*ast.Ident); ok {
		obj := c.info.Defs[name]
		if obj == nil {
			obj = c.info.Uses[name]
		}
		if obj != nil && leads(obj.Type()) {
			add(c.of, obj, from)
		}
		return
	}
	through := false
	for e := to; ; {
		switch x := e.(type) {
		case *ast.ParenExpr:
			e = x.X
		case *ast.SelectorExpr:
			if x.Sel.Name == workedOut {
				return
			}
			through, e = through || !isValue(c.info.TypeOf(x.X)), x.X
		case *ast.IndexExpr:
			through, e = through || !isValue(c.info.TypeOf(x.X)), x.X
		case *ast.StarExpr:
			through, e = true, x.X
		default:
			if through {
				c.change(to, c.roots(e))
			}
			return
		}
	}
}

func (c *changer) change(at ast.Node, from map[int]bool) {
	if len(from) > 0 && c.at[c.fn] == token.NoPos {
		c.at[c.fn] = at.Pos()
	}
	add(c.changes, c.fn, from)
}

var inPlace = regexp.MustCompile(`^(Sort|Reverse|Delete|Compact|Insert|Replace)`)

func (c *changer) call(n *ast.CallExpr) {
	switch f := ast.Unparen(n.Fun).(type) {
	case *ast.Ident:
		if b, ok := c.info.Uses[f].(*types.Builtin); ok && slices.Contains([]string{"delete", "clear", "copy"}, b.Name()) {
			c.change(n, c.roots(n.Args[0]))
		}
	}
	fn := c.callee(n)
	switch {
	case fn == nil:
	case fn.Pkg() != nil && fn.Pkg().Path() == "slices" && inPlace.MatchString(fn.Name()):
		c.change(n, c.roots(n.Args[0]))
	case fn.FullName() == "encoding/json.Unmarshal":
		c.change(n, c.roots(n.Args[1]))
	}
	for i := range c.changes[fn] {
		c.change(n, c.argument(n, i))
	}
}

func (c *changer) callee(n *ast.CallExpr) *types.Func {
	e := ast.Unparen(n.Fun)
	if x, ok := e.(*ast.IndexExpr); ok { // of a type parameter
		e = x.X
	}
	var obj types.Object
	switch f := e.(type) {
	case *ast.Ident:
		obj = c.info.Uses[f]
	case *ast.SelectorExpr:
		obj = c.info.Uses[f.Sel]
	}
	fn, _ := obj.(*types.Func)
	if fn != nil {
		fn = fn.Origin()
	}
	return fn
}

// argument is what stands for a parameter leads to: 0 is the receiver, and the last takes all the rest.
func (c *changer) argument(n *ast.CallExpr, i int) map[int]bool {
	if i == 0 {
		if f, ok := ast.Unparen(n.Fun).(*ast.SelectorExpr); ok {
			return c.roots(f.X)
		}
		return nil
	}
	out := map[int]bool{}
	last := c.callee(n).Signature().Params().Len()
	for j, a := range n.Args {
		if min(j+1, last) == i {
			maps.Copy(out, c.roots(a))
		}
	}
	return out
}

// roots are the parameters of the function in hand that an expression leads to.
func (c *changer) roots(e ast.Expr) map[int]bool {
	switch x := e.(type) {
	case *ast.Ident:
		return c.of[c.info.ObjectOf(x)]
	case *ast.ParenExpr:
		return c.roots(x.X)
	case *ast.SelectorExpr:
		return c.roots(x.X)
	case *ast.IndexExpr:
		return c.roots(x.X)
	case *ast.SliceExpr:
		return c.roots(x.X)
	case *ast.StarExpr:
		return c.roots(x.X)
	case *ast.TypeAssertExpr:
		return c.roots(x.X)
	case *ast.UnaryExpr:
		if x.Op == token.AND {
			return c.roots(x.X)
		}
	case *ast.CompositeLit:
		out := map[int]bool{}
		for _, v := range x.Elts {
			if kv, ok := v.(*ast.KeyValueExpr); ok {
				v = kv.Value
			}
			if leads(c.info.TypeOf(v)) {
				maps.Copy(out, c.roots(v))
			}
		}
		return out
	case *ast.CallExpr:
		return c.result(x)
	}
	return nil
}

func (c *changer) result(n *ast.CallExpr) map[int]bool {
	if c.info.Types[n.Fun].IsType() {
		return c.roots(n.Args[0])
	}
	if f, ok := n.Fun.(*ast.Ident); ok && f.Name == "append" {
		out := maps.Clone(c.roots(n.Args[0]))
		if list, ok := c.info.TypeOf(n).Underlying().(*types.Slice); ok && out != nil && !isValue(list.Elem()) {
			for _, a := range n.Args[1:] {
				maps.Copy(out, c.roots(a))
			}
		}
		return out
	}
	out := map[int]bool{}
	for i := range c.gives[c.callee(n)] {
		maps.Copy(out, c.argument(n, i))
	}
	return out
}

// leads reports whether something else can be changed by way of a value of the type.
func leads(t types.Type) bool {
	if t == nil {
		return false
	}
	switch x := t.Underlying().(type) {
	case *types.Basic, *types.Signature:
		return false
	case *types.Array:
		return leads(x.Elem())
	case *types.Struct:
		if t.String() == "time.Time" {
			return false
		}
		for f := range x.Fields() {
			if leads(f.Type()) {
				return true
			}
		}
		return false
	}
	return true
}

// isValue reports whether what is assigned within a variable of the type stays in it.
func isValue(t types.Type) bool {
	if t == nil {
		return true
	}
	switch t.Underlying().(type) {
	case *types.Struct, *types.Array, *types.Basic:
		return true
	}
	return false
}

func add[K comparable](to map[K]map[int]bool, k K, from map[int]bool) {
	for i := range from {
		if to[k] == nil {
			to[k] = map[int]bool{}
		}
		to[k][i] = true
	}
}
