package regime

import (
	"fmt"
	"testing"
)

func TestTheRulesAreNumberedWithoutGapsAndSaySomething(t *testing.T) {
	for i := 1; i <= 82; i++ {
		r, ok := RuleNamed(fmt.Sprintf("R%d", i))
		if !ok || r.Says == "" || r.Source == "" {
			t.Errorf("R%d: %+v", i, r)
		}
	}
	seen := map[string]bool{}
	for _, r := range Rules() {
		if seen[r.ID] || r.Kind != Guard && r.Kind != Obligation && r.Kind != Prompt && r.Kind != Negative {
			t.Errorf("%+v", r)
		}
		seen[r.ID] = true
	}
}
