package regime

import (
	"reflect"
	"slices"
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

// Verb is what can be done in a case.
type Verb = VerbOn[Act]

// Name is the verb's name as an Update: that of the act's type.
func (v VerbOn[A]) Name() string { return reflect.TypeOf(v.New()).Elem().Name() }

// Verbs lists everything that can be done in a case, in the order of the guidance.
func Verbs() []Verb { return verbs }

// VerbOf finds the verb of an act.
func VerbOf(a Act) Verb {
	name := reflect.TypeOf(a).Elem().Name()
	if v, ok := VerbNamed(name); ok {
		return v
	}
	return Verb{Path: name}
}

// VerbNamed finds a verb by the name of its Update.
func VerbNamed(name string) (Verb, bool) {
	v, ok := verbNamed[name]
	return v, ok
}

var (
	verbs          []Verb
	verbNamed      map[string]Verb
	groupVerbNamed map[string]GroupVerb
)

func byName[A any](vs []VerbOn[A]) map[string]VerbOn[A] {
	named := map[string]VerbOn[A]{}
	for _, v := range vs {
		named[v.Name()] = v
		fieldsOf[reflect.TypeOf(v.New())] = fields(v.New())
	}
	return named
}

// The table is filled at start because acts refer back to it.
func init() {
	// Verbs of one noun stand together.
	verbs = slices.Concat(triggerVerbs, withdrawalVerbs, alertVerbs, passVerbs, sharingVerbs, safeguardingVerbs, summitVerbs,
		otherPartyVerbs, impactVerbs, judgementVerbs, sealedVerbs, ringVerbs, responseVerbs, actionVerbs,
		differenceVerbs, measuresVerbs, exitVerbs, reinspectionVerbs, ratingVerbs, standardsVerbs, publicVerbs, questionVerbs,
		closingVerbs, linkVerbs, powerVerbs, certificateVerbs, breachVerbs, bestPlacedVerbs, warningVerbs,
		administrationVerbs)
	verbNamed, groupVerbNamed = byName(verbs), byName(surveillanceVerbs)
}
