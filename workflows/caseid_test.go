package workflows

import "testing"

func TestTheIDOfACaseNamesItsProviderAndGivesTheReferenceBack(t *testing.T) {
	for _, one := range []struct{ code, ref, id string }{
		{"RCX", "K7QM-3XRD", "case-RCX-K7QM-3XRD"},
		{"rcx", "K7QM-3XRD", "case-RCX-K7QM-3XRD"},
		{"EX-NT1", "K7QM-3XRD", "case-EXNT1-K7QM-3XRD"},
		{"K7QM", "3XRD-K7QM", "case-K7QM-3XRD-K7QM"},
		{"1-101/\u00dcber \"x\"; DROP", "K7QM-3XRD", "case-1101BERXDROP-K7QM-3XRD"},
		{"A234567890123456789012345", "K7QM-3XRD", "case-A2345678901234567890-K7QM-3XRD"},
		{"", "K7QM-3XRD", "case-K7QM-3XRD"},
		{"-/-", "K7QM-3XRD", "case-K7QM-3XRD"},
		{"RCX", "EX-FT1", "case-EX-FT1"},
	} {
		if id := CaseID(one.code, one.ref); id != one.id {
			t.Errorf("%q, %s: %s", one.code, one.ref, id)
		}
		if ref := RefOf(one.id); ref != one.ref {
			t.Errorf("%s: %s", one.id, ref)
		}
	}
}
