package ledger

import "testing"

func TestARuleIsNamedOnceInAnAnswer(t *testing.T) {
	var e Explanation
	e.AddRules("R15 R16")
	e.AddRules("R16 R999 T3 R15")
	if len(e.Rules) != 3 || e.Rules[2].ID != "T3" {
		t.Errorf("%+v", e.Rules)
	}
}
