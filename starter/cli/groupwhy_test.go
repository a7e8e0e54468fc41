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
	has(t, o.must("group why Q56 c1"), "Trainees alone at night", "told the group of")
	has(t, o.must("group why A1"), "Say when it inspects", "accept or decline")
	has(t, o.run("__complete", "group", "why", "Q56", "").out, "C1\tconcern", "A1\taction", "D1\t")
	for _, args := range [][]string{{"group", "why", "Q56", "D1", "x"}, {"group", "why", "the moon"}} {
		if a := o.run(args...); a.code != 2 || !strings.Contains(a.err, "D7") {
			t.Errorf("%v: %+v", args, a)
		}
	}
}

func TestAProviderMayBeNamedInAGroupAsItIsInATrigger(t *testing.T) {
	o := at(t)
	o.must("group start --area Q56")
	o.env["HTR_GROUP"] = "Q56"
	has(t, o.must(`group concern --by CQC --provider "King's Lynn" --what "Falls"`), "about provider RCX: Falls")
	has(t, o.must(`group concern --by CQC --provider "Basildon" --what "Falls"`), "not on\nthe group's list): Falls")
	has(t, o.must(`group concern --by CQC --provider D81012 --what "Waits"`), "D81012")
	has(t, o.must("group show"), "Basildon", "D81012 (not on the list)")
	if a := o.run(line(`group concern --by CQC --provider "Saint Nowhere" --what "x"`)...); a.code != 2 {
		t.Errorf("%+v", a)
	}
}

func TestACaseIsLinkedByTheUnitThatHasTriggeredIt(t *testing.T) {
	o := at(t)
	o.watch()
	a := o.run(line(`trigger --from-concern "C1, C2" --by CCG`)...) // the trust's lead commissioner
	if a.code != 0 || !strings.Contains(a.err, "has recorded that C1, C2 led to case") {
		t.Fatalf("%+v", a)
	}
}
