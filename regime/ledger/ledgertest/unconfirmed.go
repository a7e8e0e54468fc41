package ledgertest

import (
	"errors"
	"testing"

	"holdthering/regime"
)

// RefusedByRow tries an act: with the rows of the law as they are or unconfirmed (open), and with the unconfirmed ones as
// the actor would have them (favours). An act that is refused for no more than an unconfirmed row fails the test (R125). It
// counts what was taken for no more than that a row is unconfirmed.
func RefusedByRow(t *testing.T, what string, try func(open, favours bool) error) (remarked int) {
	t.Helper()
	if try(false, false) == nil {
		return 0
	}
	for _, open := range []bool{false, true} {
		var r *regime.Refusal
		if err := try(open, false); err == nil {
			remarked++
		} else if errors.As(err, &r) && try(open, true) == nil {
			t.Errorf("%s: refused by %s for a row that no text confirms: %s", what, r.Rule, r.Reason)
		}
	}
	return remarked
}

// Opened is the basis of a row that is taken for unconfirmed where open says so.
func Opened(b regime.Basis, open bool) regime.Basis {
	if open {
		return regime.Unconfirmed
	}
	return b
}
