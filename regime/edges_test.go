package regime

import (
	"slices"
	"testing"

	"holdthering/regime/words"
)

func TestAListOfCodesIsReadHoweverItIsTyped(t *testing.T) {
	if got := words.Codes("rcx,RGP;c1\tC2\nall  RCX"); !slices.Equal(got,
		[]string{"RCX", "RGP", "C1", "C2", "ALL"}) {
		t.Errorf("%q", got)
	}
}
