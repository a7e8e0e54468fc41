package failure

import (
	"reflect"
	"testing"

	"holdthering/regime/regimetest"
)

func TestACopyOfACaseSharesNothingWithIt(t *testing.T) {
	c := &Case{}
	regimetest.Fill(t, reflect.ValueOf(c).Elem(), 0)
	c.takeUpPen()
	k := c.clone()
	regimetest.CheckOwn(t, c, k)
	if k.pen.Ledger != &k.Ledger {
		t.Error("the copy of a case writes with the pen of the case")
	}
}
