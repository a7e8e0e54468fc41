package regime

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"sync"

	"holdthering/regime/words"
)

// Rule is one rule of the regime: what holds, and where that is laid down. Its id is a
// contract: a rule that falls away is never replaced by another under its number.
type Rule struct {
	ID     string   `json:"id"` // "R55"; "T8" a transition; "A37" a reading of an ambiguity
	Kind   RuleKind `json:"kind"`
	Says   string   `json:"says"`
	Source string   `json:"source"` // document and line with its words, or an Act
}

// RuleKind says how a rule holds.
type RuleKind string

// The kinds of rule.
const (
	Guard      RuleKind = "guard"      // what breaks it is refused
	Obligation RuleKind = "obligation" // a duty with reminders
	Prompt     RuleKind = "prompt"     // a remark, never a refusal
	Negative   RuleKind = "negative"   // nothing may be blocked
)

//go:embed rules.json
var rulesFile []byte

var rules = sync.OnceValue(loadRules)

func loadRules() []Rule {
	var rs []Rule
	if err := json.Unmarshal(rulesFile, &rs); err != nil {
		panic(fmt.Errorf("rules.json: %w", err)) // a test reads it
	}
	return rs
}

// Rules lists every rule in order.
func Rules() []Rule { return rules() }

// RuleNamed finds a rule by its id.
func RuleNamed(id string) (Rule, bool) {
	for _, r := range rules() {
		if r.ID == id {
			return r, true
		}
	}
	return Rule{}, false
}

// Rule is a rule as it is said under the profile. Another country's rule is told in the profile's own words, and as what it
// is: carried over, and not confirmed.
func (p *Profile) Rule(id string) (Rule, bool) {
	r, ok := RuleNamed(id)
	return p.RuleSaid(r), ok
}

// RuleSaid is that of a rule that was found.
func (p *Profile) RuleSaid(r Rule) Rule {
	if inWords := speller(p.Words); p.CarriedOver != "" && r.ID != "" && inWords != nil {
		r.Says = words.Capital(inWords(r.Says))
		r.Source = carriedFrom(p.CarriedOver)
	}
	return r
}

// Words says how a rule of the kind holds.
func (k RuleKind) Words() string {
	switch k {
	case Guard:
		return "a guard: what breaks it is refused"
	case Obligation:
		return "an obligation: somebody owes it and is reminded"
	case Prompt:
		return "a prompt: it is remarked, and nothing is refused"
	case Negative:
		return "a freedom: nothing may be blocked by it"
	}
	return string(k)
}
