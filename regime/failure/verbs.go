package failure

import (
	"reflect"
	"slices"

	"holdthering/regime/ledger"
)

// Verb is what can be done in a case.
type Verb = ledger.VerbOn[Act]

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
	verbs     []Verb
	verbNamed map[string]Verb
)

// The table is filled at start because acts refer back to it.
func init() {
	// Verbs of one noun stand together.
	verbs = slices.Concat(triggerVerbs, alertVerbs, passVerbs, sharingVerbs, safeguardingVerbs, summitVerbs,
		otherPartyVerbs, impactVerbs, judgementVerbs, sealedVerbs, ringVerbs, responseVerbs, actionVerbs,
		differenceVerbs, measuresVerbs, exitVerbs, reinspectionVerbs, ratingVerbs, standardsVerbs, publicVerbs, questionVerbs,
		closingVerbs, linkVerbs, powerVerbs, certificateVerbs, breachVerbs, bestPlacedVerbs, warningVerbs,
		administrationVerbs)
	verbNamed = ledger.Index(verbs)
}
