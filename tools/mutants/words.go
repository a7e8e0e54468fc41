package main

import (
	"go/ast"
	"go/token"
	"strings"
)

// wording are the variables of a function that hold only words for people: they are its own,
// and nothing is decided by them. A mutant that changes nothing but such words is counted apart.
func wording(body *ast.BlockStmt) map[string]bool {
	vars := map[string]bool{}
	ast.Inspect(body, func(n ast.Node) bool {
		if a, ok := n.(*ast.AssignStmt); ok && a.Tok == token.DEFINE {
			for _, e := range a.Lhs {
				vars[e.(*ast.Ident).Name] = true
			}
		}
		return true
	})
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BinaryExpr:
			if n.Op != token.ADD {
				decided(vars, n.X, n.Y)
			}
		case *ast.CallExpr:
			if f, ok := n.Fun.(*ast.Ident); ok && f.Name == "len" {
				decided(vars, n.Args...)
			}
		case *ast.SwitchStmt:
			decided(vars, n.Tag)
		case *ast.IndexExpr:
			decided(vars, n.Index)
		}
		return true
	})
	return vars
}

func decided(vars map[string]bool, by ...ast.Expr) {
	for _, e := range by {
		if name, ok := e.(*ast.Ident); ok {
			delete(vars, name.Name)
		}
	}
}

// words reports whether the statements do no more than put words into such variables.
func (b *breaker) words(list ...ast.Stmt) bool {
	for _, s := range list {
		switch s := s.(type) {
		case *ast.AssignStmt:
			name, ok := s.Lhs[0].(*ast.Ident)
			if !ok || len(s.Lhs) > 1 || s.Tok == token.DEFINE || !b.wording[name.Name] || !sentence(s.Rhs[0]) {
				return false
			}
		case *ast.IfStmt:
			if !b.words(s.Body) || s.Else != nil && !b.words(s.Else) {
				return false
			}
		case *ast.BlockStmt:
			if !b.words(s.List...) {
				return false
			}
		default:
			return false
		}
	}
	return len(list) > 0
}

// sentence reports whether a text of several words is put together: no key or code has a blank.
func sentence(e ast.Expr) (has bool) {
	ast.Inspect(e, func(n ast.Node) bool {
		lit, ok := n.(*ast.BasicLit)
		has = has || ok && lit.Kind == token.STRING && strings.Contains(lit.Value, " ")
		return true
	})
	return has
}
