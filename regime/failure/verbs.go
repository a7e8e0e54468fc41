package failure

import (
	"reflect"
	"slices"

	"holdthering/regime/ledger"
)

// Verb is what can be done in a case.
type Verb = ledger.VerbOn[Act]

// The verbs of a case; those of one noun stand together. Like every look-up made from them they
// are set by their own declaration, so that the order of files decides nothing.
var (
	verbs = slices.Concat(triggerVerbs, withdrawalVerbs, alertVerbs, passVerbs, sharingVerbs, talkVerbs, restVerbs, safeguardingVerbs, coronerVerbs, summitVerbs,
		otherPartyVerbs, guestVerbs, servingVerbs, impactVerbs, judgementVerbs, sealedVerbs, ringVerbs, responseVerbs, actionVerbs,
		differenceVerbs, measuresVerbs, exitVerbs, successionVerbs, reinspectionVerbs, ratingVerbs, standardsVerbs, publicVerbs, planStepVerbs,
		questionVerbs, closingVerbs, contactLinkVerbs, linkVerbs, powerVerbs, certificateVerbs, breachVerbs, bestPlacedVerbs,
		warningVerbs, administrationVerbs, approvalVerbs, actingVerbs, furtherVerbs, reviewVerbs, providerEndVerbs, provisionVerbs)
	verbNamed = ledger.ByUpdate(verbs)
	verbOfAct = ledger.ByAct(verbs)
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
