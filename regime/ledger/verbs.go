package ledger

import (
	"reflect"
)

// VerbOn is one thing that a person can do: the words of the command line, the Update of the
// workflow, and the act behind both, which is an Act or a GroupAct.
type VerbOn[A any] struct {
	Path    string // "measures decide"
	Summary string
	Rules   string // "R54 R55 R57 B3"
	Example string // a whole command after the program's name
	New     func() A
}

// Name is the verb's name as an Update: that of the act's type.
func (v VerbOn[A]) Name() string { return reflect.TypeOf(v.New()).Elem().Name() }

// RulesAt are the rules behind the verb at a path.
func RulesAt[A any](vs []VerbOn[A], path string) string {
	for _, v := range vs {
		if v.Path == path {
			return v.Rules
		}
	}
	return ""
}

func Index[A any](vs []VerbOn[A]) map[string]VerbOn[A] {
	named := map[string]VerbOn[A]{}
	for _, v := range vs {
		named[v.Name()] = v
	}
	return named
}
