package regime

import (
	"slices"
	"strings"
	"testing"
)

func TestTheMatrixIsCompleteAndNamesItsSources(t *testing.T) {
	for _, p := range Profiles() {
		if len(p.Matrix) < 27 {
			t.Errorf("%s has %d rows", p.Name, len(p.Matrix))
		}
		for _, r := range p.Matrix {
			if _, ok := p.Notice(r.Notice); !ok || r.Label == "" || r.Source == "" {
				t.Errorf("%s: %s is incomplete", p.Name, r.Kind)
			}
			var tell int
			for _, c := range r.Cells {
				if !slices.Contains(matrixRoles, c.To) && !p.Knows(Body(c.To)) {
					t.Errorf("%s: %s names %q", p.Name, r.Kind, c.To)
				}
				if !strings.Contains("M S C F O", string(c.Level)) || c.Basis != BySource && c.Basis != ByDesign && c.Basis != Unconfirmed {
					t.Errorf("%s: %s, %s: %+v", p.Name, r.Kind, c.To, c)
				}
				if c.Basis == BySource && c.Level != Must {
					t.Errorf("%s: %s, %s: a source stands for what must be told only", p.Name, r.Kind, c.To)
				}
				if c.Level == Must {
					tell++
				}
			}
			if tell == 0 {
				t.Errorf("%s: of %s nobody must be told", p.Name, r.Kind)
			}
		}
		for _, r := range p.Professions {
			if !p.Knows(r.Regulator) || r.Label == "" || r.Source == "" {
				t.Errorf("%s: %+v", p.Name, r)
			}
		}
	}
}
