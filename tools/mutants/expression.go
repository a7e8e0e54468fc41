package main

import (
	"go/ast"
	"go/token"
)

// value breaks what is certainly a truth value or counts by a number; types are not looked at.
func (b *breaker) value(e ast.Expr) ast.Expr {
	if x, ok := e.(*ast.UnaryExpr); ok && x.Op == token.NOT {
		return b.condition(e)
	}
	if read, ok := tableRead(e); ok {
		return read
	}
	x, ok := e.(*ast.BinaryExpr)
	if !ok {
		return e
	}
	switch x.Op {
	case token.LAND, token.LOR, token.EQL, token.NEQ, token.LSS, token.LEQ, token.GTR, token.GEQ:
		return b.condition(e)
	case token.ADD, token.SUB:
		if lit, ok := x.Y.(*ast.BasicLit); ok && lit.Kind == token.INT {
			return b.call("mutantPick", b.add(e, "without "+x.Op.String()+lit.Value), e, x.X)
		}
	}
	return e
}

// condition breaks each part of a condition by itself.
func (b *breaker) condition(e ast.Expr) ast.Expr {
	switch x := e.(type) {
	case *ast.ParenExpr:
		x.X = b.condition(x.X)
		return x
	case *ast.BinaryExpr:
		if x.Op == token.LAND || x.Op == token.LOR {
			x.X, x.Y = b.condition(x.X), b.condition(x.Y)
			return x
		}
	}
	n := b.add(e, "held true")
	b.add(e, "held false")
	if other, how := edge(e); other != nil {
		e = b.call("mutantPick", b.add(e, how), e, other)
	}
	return b.call("mutantHeld", n, e)
}

var edges = map[token.Token]token.Token{
	token.LSS: token.LEQ, token.LEQ: token.LSS, token.GTR: token.GEQ, token.GEQ: token.GTR,
}

// edge is the comparison that differs where both sides are equal, of numbers or of times.
func edge(e ast.Expr) (ast.Expr, string) {
	switch x := e.(type) {
	case *ast.BinaryExpr:
		if op, ok := edges[x.Op]; ok {
			return &ast.BinaryExpr{X: x.X, Op: op, Y: x.Y}, "with " + op.String()
		}
	case *ast.CallExpr:
		sel, ok := x.Fun.(*ast.SelectorExpr)
		if !ok || len(x.Args) != 1 || sel.Sel.Name != "Before" && sel.Sel.Name != "After" {
			break
		}
		turned := map[string]string{"Before": "After", "After": "Before"}[sel.Sel.Name]
		call := &ast.CallExpr{Args: x.Args,
			Fun: &ast.SelectorExpr{X: sel.X, Sel: ast.NewIdent(turned)}}
		return &ast.UnaryExpr{Op: token.NOT, X: call}, "at the same time, too"
	case *ast.UnaryExpr:
		if other, how := edge(x.X); other != nil && x.Op == token.NOT {
			return &ast.UnaryExpr{Op: token.NOT, X: other}, how
		}
	}
	return nil, ""
}

// tableRead lets a changed table be read in place of an embedded one.
func tableRead(e ast.Expr) (ast.Expr, bool) {
	read, ok := e.(*ast.CallExpr)
	if !ok || len(read.Args) != 1 {
		return nil, false
	}
	if sel, ok := read.Fun.(*ast.SelectorExpr); !ok || sel.Sel.Name != "ReadFile" {
		return nil, false
	}
	with := &ast.CallExpr{Fun: ast.NewIdent("mutantRead"), Args: read.Args}
	return &ast.CallExpr{Fun: with, Args: []ast.Expr{read}}, true
}
