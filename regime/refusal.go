package regime

import (
	"errors"
	"fmt"
)

// Refusal says that a rule does not allow an act, in a sentence for the person refused.
// A refused act has changed nothing.
type Refusal struct {
	Rule   string // rule or transition that refuses: "R55", "T8", "2.4"
	Reason string // a whole sentence
}

// Error is the rule and the reason.
func (r *Refusal) Error() string { return r.Rule + ": " + r.Reason }

// Refusef makes a *Refusal by the rule.
func Refusef(rule, format string, args ...any) error {
	return &Refusal{Rule: rule, Reason: fmt.Sprintf(format, args...)}
}

// Mistake says that an act cannot be understood or refers to something that the case does
// not hold: a slip of the person who typed it, not a matter for a rule.
type Mistake struct {
	Reason string
	// Doubt: what was typed can be meant, and is taken if the request says that it is.
	Doubt bool
}

// Error is the reason.
func (m *Mistake) Error() string { return m.Reason }

// Mistakef makes a *Mistake.
func Mistakef(format string, args ...any) error {
	return &Mistake{Reason: fmt.Sprintf(format, args...)}
}

// RefusedBy returns the rule that refused, or "" when err is no refusal.
func RefusedBy(err error) string {
	var r *Refusal
	if errors.As(err, &r) {
		return r.Rule
	}
	return ""
}
