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
	for _, v := range verbs {
		if v.Name() == name {
			return v
		}
	}
	return Verb{Path: name}
}

// VerbNamed finds a verb by the name of its Update.
func VerbNamed(name string) (Verb, bool) {
	for _, v := range verbs {
		if v.Name() == name {
			return v, true
		}
	}
	return Verb{}, false
}

var verbs []Verb

// The table is filled at start because acts refer back to it.
func init() {
	// Verbs of one noun stand together.
	verbs = slices.Concat(triggerVerbs, alertVerbs, passVerbs, sharingVerbs, safeguardingVerbs, summitVerbs,
		impactVerbs, judgementVerbs, sealedVerbs, ringVerbs, responseVerbs, actionVerbs,
		differenceVerbs, measuresVerbs, reinspectionVerbs, standardsVerbs, publicVerbs, questionVerbs,
		closingVerbs, linkVerbs, powerVerbs, breachVerbs, bestPlacedVerbs, warningVerbs,
		administrationVerbs)
}
