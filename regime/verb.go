package regime

import (
	"reflect"
	"slices"
)

// VerbOn is one thing that a person can do: the words of the command line, the Update of the
// workflow, and the act behind both, which is an Act or a GroupAct.
type VerbOn[A any] struct {
	Path string // "measures decide"
	// Update is the verb's name on the wire, which running cases and recorded histories know it
	// by. It is never changed, whatever becomes of the path or of the act's Go type.
	Update  string
	Summary string
	Rules   string // "R54 R55 R57 B3"
	Example string // a whole command after the program's name
	New     func() A
}

// Verb is what can be done in a case.
type Verb = VerbOn[Act]

// Name is the verb's name as an Update.
func (v VerbOn[A]) Name() string { return v.Update }

// The verbs of a case; those of one noun stand together. Like every look-up made from them they
// are set by their own declaration, so that the order of files decides nothing.
var (
	verbs = slices.Concat(triggerVerbs, withdrawalVerbs, alertVerbs, passVerbs, sharingVerbs, safeguardingVerbs, summitVerbs,
		otherPartyVerbs, impactVerbs, judgementVerbs, sealedVerbs, ringVerbs, responseVerbs, actionVerbs,
		differenceVerbs, measuresVerbs, exitVerbs, reinspectionVerbs, ratingVerbs, standardsVerbs, publicVerbs,
		questionVerbs, closingVerbs, linkVerbs, powerVerbs, certificateVerbs, breachVerbs, bestPlacedVerbs,
		warningVerbs, administrationVerbs)
	verbNamed = byUpdate(verbs)
	verbOfAct = byAct(verbs)
)

// Verbs lists everything that can be done in a case, in the order of the guidance.
func Verbs() []Verb { return verbs }

// VerbOf finds the verb of an act.
func VerbOf(a Act) Verb { return verbOfAct[reflect.TypeOf(a)] }

// VerbNamed finds a verb by the name of its Update.
func VerbNamed(name string) (Verb, bool) {
	v, ok := verbNamed[name]
	return v, ok
}

func byUpdate[A any](vs []VerbOn[A]) map[string]VerbOn[A] {
	named := map[string]VerbOn[A]{}
	for _, v := range vs {
		named[v.Update] = v
	}
	return named
}

// byAct keys the verbs by the type of their act. The type finds the row and names nothing: all
// names stand in the row.
func byAct[A any](vs []VerbOn[A]) map[reflect.Type]VerbOn[A] {
	of := map[reflect.Type]VerbOn[A]{}
	for _, v := range vs {
		of[reflect.TypeOf(v.New())] = v
	}
	return of
}
