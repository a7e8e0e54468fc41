package words

import (
	"slices"
	"testing"
)

func TestAListOfCodesIsReadHoweverItIsTyped(t *testing.T) {
	if got := Codes("rcx,RGP;c1\tC2\nall  RCX"); !slices.Equal(got,
		[]string{"RCX", "RGP", "C1", "C2", "ALL"}) {
		t.Errorf("%q", got)
	}
}
