package main

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/printer"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

// mutant is one way in which a package can be broken.
type mutant struct {
	n     int
	dir   string   // of its package; of the one that reads it, for a mutant of a table
	name  string   // "failure/judgement.go:71: c.Stage == Closed held true"
	cites []string // the rules that its function, or the table's row, names
	table []byte   // of a mutant of a table: the whole changed file
	words bool     // it changes words for people and nothing else
}

// ruleNumber is how code and tables cite a rule: a letter and a number, or the number of a section.
var ruleNumber = regexp.MustCompile(`\b(?:[RTBA][1-9][0-9]{0,2}|2\.[1-9])\b`)

// checkName is that of a function that says what may be done, with its error.
var checkName = regexp.MustCompile(`^([cC]heck|may)([A-Z]|$)|Only$`)

// breaker rewrites files so that each mutant can be switched on.
type breaker struct {
	fset    *token.FileSet
	dir     string   // of the package in hand
	src     []byte   // of the file in hand
	cites   []string // by the function in hand
	checks  bool     // the function in hand says what may be done
	returns int      // how many values it returns
	wording map[string]bool
	inWords bool // what is broken now changes words alone
	done    map[ast.Node]bool
	known   map[string]bool // functions, each with its package
	mutants []mutant
}

// file gives the rewritten text of one source file.
func (b *breaker) file(path string) ([]byte, error) {
	src, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	f, err := parser.ParseFile(b.fset, path, src, parser.ParseComments)
	if err != nil {
		return nil, err
	}
	b.src, b.done = src, map[ast.Node]bool{}
	for _, d := range f.Decls {
		if fn, ok := d.(*ast.FuncDecl); ok && fn.Body != nil {
			from := fn.Pos()
			if fn.Doc != nil {
				from = fn.Doc.Pos()
			}
			b.cites = ruleNumber.FindAllString(string(src[b.offset(from):b.offset(fn.End())]), -1)
			name := f.Name.Name + "." + fullName(fn)
			b.known[name] = true
			b.cites = append(b.cites, alsoCited[name]...)
			b.checks, b.returns = checkName.MatchString(fn.Name.Name), fn.Type.Results.NumFields()
			b.wording = wording(fn.Body)
			b.walk(fn.Body)
		}
	}
	// Comments would be printed at odd places; directives are all that the compiler needs.
	f.Comments = directives(f)
	var out bytes.Buffer
	err = printer.Fprint(&out, b.fset, f)
	return out.Bytes(), err
}

func last(es []ast.Expr) ast.Expr {
	if len(es) == 0 {
		return nil
	}
	return es[len(es)-1]
}

// mayBeNil reports whether a check takes what it looks at, or leaves the answer to another check.
func mayBeNil(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name == "nil"
	case *ast.CallExpr:
		switch fn := e.Fun.(type) {
		case *ast.Ident:
			return checkName.MatchString(fn.Name)
		case *ast.SelectorExpr:
			return checkName.MatchString(fn.Sel.Name)
		}
	}
	return false
}

// fullName is "Case.Open" for a method, "Open" for a function.
func fullName(fn *ast.FuncDecl) string {
	if fn.Recv == nil {
		return fn.Name.Name
	}
	of := fn.Recv.List[0].Type
	if star, ok := of.(*ast.StarExpr); ok {
		of = star.X
	}
	return fmt.Sprint(of) + "." + fn.Name.Name
}

func directives(f *ast.File) (kept []*ast.CommentGroup) {
	for _, g := range f.Comments {
		if strings.HasPrefix(g.List[len(g.List)-1].Text, "//go:") {
			kept = append(kept, g)
		}
	}
	return kept
}

func (b *breaker) walk(root ast.Node) {
	ast.Inspect(root, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.IfStmt:
			if !b.done[n] {
				b.inWords = b.words(n)
				n.Cond = b.condition(n.Cond)
				b.inWords = false
			}
		case *ast.SwitchStmt:
			b.cases(n)
		case *ast.BlockStmt:
			b.statements(n.List)
		case *ast.CaseClause:
			b.statements(n.Body)
		case *ast.ReturnStmt:
			for i, e := range n.Results {
				n.Results[i] = b.value(e)
			}
			if e := last(n.Results); b.checks && len(n.Results) == b.returns && mayBeNil(e) {
				n.Results[len(n.Results)-1] = b.call("mutantPick[error]", b.add(n, "refused"), e,
					ast.NewIdent("mutantRefusal"))
			}
		}
		return true
	})
}

func (b *breaker) cases(s *ast.SwitchStmt) {
	for _, c := range s.Body.List {
		for i, e := range c.(*ast.CaseClause).List {
			if s.Tag == nil {
				c.(*ast.CaseClause).List[i] = b.condition(e)
			}
		}
	}
}

// statements puts those that can be left out behind a switch.
func (b *breaker) statements(list []ast.Stmt) {
	for i, s := range list {
		if b.done[s] {
			continue
		}
		var n int
		switch x := s.(type) {
		case *ast.ExprStmt:
			if call, ok := x.X.(*ast.CallExpr); !ok || fmt.Sprint(call.Fun) == "panic" {
				continue
			}
		case *ast.AssignStmt:
			if x.Tok == token.DEFINE {
				for j, e := range x.Rhs {
					x.Rhs[j] = b.value(e)
				}
				continue
			}
			b.inWords = b.words(x)
			n = b.add(s, "left out")
			for j, e := range x.Rhs {
				x.Rhs[j] = b.value(e)
			}
			b.inWords = false
		case *ast.IncDecStmt:
		default:
			continue
		}
		if n == 0 {
			n = b.add(s, "left out")
		}
		behind := &ast.IfStmt{Cond: &ast.UnaryExpr{Op: token.NOT, X: b.call("mutantIs", n)},
			Body: &ast.BlockStmt{List: []ast.Stmt{s}}}
		b.done[s], b.done[behind], list[i] = true, true, behind
	}
}

func (b *breaker) offset(p token.Pos) int { return b.fset.Position(p).Offset }

func (b *breaker) add(at ast.Node, how string) int {
	p, n := b.fset.Position(at.Pos()), len(b.mutants)+1
	text := b.src[p.Offset : p.Offset+int(at.End()-at.Pos())]
	b.mutants = append(b.mutants, mutant{n: n, dir: b.dir, cites: b.cites, words: b.inWords,
		name: fmt.Sprintf("%s/%s:%d: %s %s", filepath.Base(b.dir), filepath.Base(p.Filename), p.Line,
			bytes.Join(bytes.Fields(text), []byte(" ")), how)})
	return n
}

func (b *breaker) call(name string, n int, args ...ast.Expr) ast.Expr {
	number := &ast.BasicLit{Kind: token.INT, Value: strconv.Itoa(n)}
	return &ast.CallExpr{Fun: ast.NewIdent(name), Args: append([]ast.Expr{number}, args...)}
}
