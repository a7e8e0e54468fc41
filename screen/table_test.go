package screen

import (
	"strings"
	"testing"

	"github.com/clipperhouse/displaywidth"
)

// An accent may be a letter of its own (e and U+0301), and some scripts take two columns a letter.
func TestColumnsStandBelowEachOtherWhateverIsInThem(t *testing.T) {
	t.Parallel()
	lines := Table{Heads: []string{"WHO", "WHAT"}, Rows: [][]string{{"Zoe\u0301 Li", "x"}, {"Li Wei", "x"},
		{"李伟", "x"}}}.Lines(40, "")
	for _, l := range lines[1:] {
		before, _, _ := strings.Cut(l, "x")
		if w := displaywidth.String(before); w != len("Li Wei")+gap {
			t.Errorf("%q stands in column %d", l, w)
		}
	}
	for _, l := range Wrapped("李伟李伟李伟 e\u0301e\u0301e\u0301e\u0301", 5) {
		if displaywidth.String(l) > 5 || strings.HasPrefix(l, "\u0301") {
			t.Errorf("%q is too wide, or tears a letter", l)
		}
	}
	if got := Clipped("李伟李伟李伟", 9); got != "李伟李..." {
		t.Errorf("clipped to %q", got)
	}
}
