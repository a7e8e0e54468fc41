package cli_test

import (
	"strings"
	"testing"
)

func TestThePowersOfABodyAreThoseThatItMayUse(t *testing.T) {
	o := at(t)
	o.open()
	out := o.must("powers --by CCG --provider-type foundation_trust")
	has(t, out, "P-COM-1", "suspend a service", "P-ANY-1")
	if strings.Contains(out, "P-CQC-1") || strings.Contains(out, "P-COM-4") {
		t.Error(out)
	}
	has(t, o.must(`powers --by "NHS West Norfolk CCG"`), "P-COM-1", "P-COM-4")
	for _, wrong := range []string{"powers --by xyzzy", "powers --provider-type HOSPITAL"} {
		if a := o.run(line(wrong)...); a.code != 2 {
			t.Errorf("%s exits with %d: %s", wrong, a.code, a.err)
		}
	}
}
