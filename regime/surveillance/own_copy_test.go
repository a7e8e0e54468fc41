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
