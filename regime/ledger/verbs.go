package ledger

import (
	"reflect"
)

// VerbOn is one thing that a person can do: the words of the command line, the Update of the
// workflow, and the act behind both, which is a failure.Act or a surveillance.Act.
type VerbOn[A any] struct {
	Path string // "measures decide"
	// Update is the verb's name on the wire, which running cases and recorded histories know it
	// by. It is never changed, whatever becomes of the path or of the act's Go type.
	Update string
	// Did says after the name of who did it that it was done, where nothing is sealed: no word of what was written.
	Did     string
	Summary string
	Rules   string // "R54 R55 R57 B3"
	Example string // a whole command after the program's name
	New     func() A
}

// Name is the verb's name as an Update.
func (v VerbOn[A]) Name() string { return v.Update }

// DoneAt says what an entry of one of the verbs is, without the words that people wrote: who did what, and what was
// decided of closed lists.
func DoneAt[A any](vs []VerbOn[A], e Entry, name string) string {
	for _, v := range vs {
		if v.Path != e.Verb {
			continue
		}
		if e.Decided != "" {
			return name + " " + v.Did + ": " + e.Decided
		}
		return name + " " + v.Did
	}
	return name + ": " + e.Verb
}

// RulesAt are the rules behind the verb at a path.
func RulesAt[A any](vs []VerbOn[A], path string) string {
	for _, v := range vs {
		if v.Path == path {
			return v.Rules
		}
	}
	return ""
}

// ByUpdate keys the verbs by the names of their Updates.
func ByUpdate[A any](vs []VerbOn[A]) map[string]VerbOn[A] {
	named := map[string]VerbOn[A]{}
	for _, v := range vs {
		named[v.Update] = v
	}
	return named
}

// ByAct keys the verbs by the type of their act. The type finds the row and names nothing: all
// names stand in the row.
func ByAct[A any](vs []VerbOn[A]) map[reflect.Type]VerbOn[A] {
	of := map[reflect.Type]VerbOn[A]{}
	for _, v := range vs {
		of[reflect.TypeOf(v.New())] = v
	}
	return of
}
