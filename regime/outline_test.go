package regime

import (
	"slices"
	"testing"
)

// What may be typed is read by itself, without the profiles; a kind that only some years have must be in it too.
func TestWhatMayBeTypedIsWhatTheProfilesHave(t *testing.T) {
	for _, l := range laws() {
		for i := range l.periods {
			p, err := l.periods[i].read()
			if err != nil {
				t.Fatal(err)
			}
			for _, b := range p.Bodies {
				at := slices.IndexFunc(BodiesEver(), func(e BodyRow) bool { return e.Code == b.Code })
				if at < 0 {
					t.Errorf("%s: %s cannot be typed", l.name, b.Code)
					continue
				}
				for _, name := range b.Names {
					if !slices.Contains(BodiesEver()[at].Names, name) {
						t.Errorf("%s: %s cannot be typed as %q", l.name, b.Code, name)
					}
				}
			}
			for _, r := range p.Matrix {
				if !slices.Contains(MatrixKind("").Choices(), string(r.Kind)) {
					t.Errorf("%s: %q cannot be typed", l.name, r.Kind)
				}
			}
			for _, r := range p.Professions {
				if !slices.Contains(Profession("").Choices(), string(r.Profession)) {
					t.Errorf("%s: %q cannot be typed", l.name, r.Profession)
				}
			}
		}
		if !slices.Contains(NamesOfProfiles(), l.name) {
			t.Errorf("%s cannot be typed", l.name)
		}
	}
}

func TestWhoNamesNoProfileIsShownTheLevelsOfThoseThatADayChooses(t *testing.T) {
	want := map[string]bool{}
	for _, p := range Profiles() {
		for _, l := range p.Levels {
			if !p.ByName && !l.Live {
				want[string(l.Level)] = true
			}
		}
	}
	for _, l := range SurveillanceLevel("").Offered() {
		if !want[l] {
			t.Errorf("%s is offered", l)
		}
		delete(want, l)
	}
	if len(want) > 0 {
		t.Errorf("not offered: %v", want)
	}
}
