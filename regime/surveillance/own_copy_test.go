package surveillance

import (
	"reflect"
	"testing"

	"holdthering/regime/regimetest"
)

func TestACopyOfAGroupSharesNothingWithIt(t *testing.T) {
	g := &Group{}
	regimetest.Fill(t, reflect.ValueOf(g).Elem(), 0)
	g.takeUpPen()
	k := g.clone()
	regimetest.CheckOwn(t, g, k)
	if k.pen.Ledger != &k.Ledger {
		t.Error("the copy of a group writes with the pen of the group")
	}
}

func TestThePublicGroupSharesNothingWithIt(t *testing.T) {
	g := &Group{Concerns: []Concern{{ID: "C1"}}}
	regimetest.Fill(t, reflect.ValueOf(&g.Concerns[0]).Elem(), 0)
	g.Concerns[0].Confidential = false
	g.takeUpPen()
	of, public := reflect.ValueOf(g.Concerns[0]), reflect.ValueOf(g.Public().Concerns[0])
	slices := 0
	for i := range of.NumField() {
		if of.Field(i).Kind() != reflect.Slice {
			continue
		}
		if slices++; of.Field(i).Pointer() == public.Field(i).Pointer() {
			t.Errorf("%s is the group's own", of.Type().Field(i).Name)
		}
	}
	if slices == 0 {
		t.Error("a concern has no slices: nothing was compared")
	}
}
