package regime

import (
	"testing"
)

func TestEveryPartIsTakenInEveryProfileByBodiesThatExist(t *testing.T) {
	for _, p := range Profiles() {
		for _, part := range allParts {
			r := p.PartRow(part)
			if len(r.Bodies) == 0 || r.Source == "" || r.Basis == "" {
				t.Errorf("%s: nobody is %s, or it has no source: %+v", p.Name, part, r)
			}
			for _, b := range r.Bodies {
				if !p.Knows(b) {
					t.Errorf("%s: %s is %s and no body", p.Name, b, part)
				}
			}
		}
		if b := p.Part("no such part"); b != "" || p.Fills(b, "no such part") {
			t.Errorf("%s: %q takes a part that there is not", p.Name, b)
		}
		if len(p.Parts) != len(allParts) {
			t.Errorf("%s has %d parts, the rules ask for %d", p.Name, len(p.Parts), len(allParts))
		}
	}
}
