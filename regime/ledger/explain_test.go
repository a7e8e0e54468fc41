package ledger

import (
	"strings"
	"testing"

	"holdthering/regime"
	"holdthering/regime/regimetest"
)

func TestARuleIsNamedOnceInAnAnswer(t *testing.T) {
	var e Explanation
	e.AddRules("R15 R16")
	e.AddRules("R16 R999 T3 R15")
	if len(e.Rules) != 3 || e.Rules[2].ID != "T3" {
		t.Errorf("%+v", e.Rules)
	}
}

func TestTheLawExplainsARuleByItsNumberAndATypeByItsName(t *testing.T) {
	p, _ := regime.ProfileOn("ENGLAND_2013", regimetest.At("2013-06-01 09:00"))
	if e, ok := WhyLaw(p, "r58"); !ok || e.About != "R58" || len(e.Rules) != 1 || len(e.Points) < 2 {
		t.Errorf("%v %+v", ok, e)
	}
	if e, ok := WhyLaw(p, "nhs-trust"); !ok || !strings.Contains(e.Title, "by the law") || len(e.Rules) != 0 {
		t.Errorf("%v %+v", ok, e)
	}
	if e, ok := WhyLaw(p, "r9999"); ok {
		t.Errorf("%+v", e)
	}
}
