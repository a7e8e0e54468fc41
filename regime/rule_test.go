package regime

import (
	"fmt"
	"regexp"
	"testing"
)

func TestTheRulesAreNumberedWithoutGapsAndSaySomething(t *testing.T) {
	for i := 1; i <= 86; i++ {
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

var refuses = regexp.MustCompile(`Refusef\("([^"]+)"|(?:Only|Answers)\(m, "([^" ]+)"`)

func TestEveryRefusalNamesARuleThatExists(t *testing.T) {
	n := 0
	sources(t, func(_, path string) {
		for _, m := range refuses.FindAllStringSubmatch(read(t, path), -1) {
			n++
			if _, ok := RuleNamed(m[1] + m[2]); !ok {
				t.Errorf("%s refuses by %q, which is in no table", path, m[1]+m[2])
			}
		}
	})
	if n < 100 {
		t.Errorf("found only %d refusals", n)
	}
}
