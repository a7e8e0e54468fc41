package regime

import "testing"

func wales(t *testing.T) *Profile {
	t.Helper()
	p, ok := ProfileNamed("WALES")
	if !ok {
		t.Fatal("no profile WALES")
	}
	return p
}

func TestWALESIsChosenByItsNameAlone(t *testing.T) {
	p := wales(t)
	for _, at := range p.Periods() {
		if ProfileFor(at).Name == p.Name {
			t.Errorf("on %s a day chooses it", at)
		}
	}
	if !p.ByName {
		t.Error("it does not say so")
	}
}
