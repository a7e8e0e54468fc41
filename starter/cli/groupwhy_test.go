package cli_test

import (
	"strings"
	"testing"
)

func TestWhatAGroupOwesTellsAndWatchesIsExplained(t *testing.T) {
	o := at(t)
	o.watch()
	has(t, o.must("group why Q56 RGQ"), "enhanced", "two inspections", "agreed by", "R74")
	has(t, o.must("group why D1"), "considers provider", "our choice", "R74")
	has(t, o.must("group why GMC"), "tells the group what it knows")
	for _, args := range [][]string{{"group", "why"}, {"group", "why", "Q56", "D1", "x"}, {"group", "why", "the moon"}} {
		if a := o.run(args...); a.code != 2 || !strings.Contains(a.err, "D7") {
			t.Errorf("%v: %+v", args, a)
		}
	}
}
