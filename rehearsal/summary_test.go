package rehearsal

import (
	"strings"
	"testing"
)

func TestAPlaySaysInASentenceWhereTheCaseStands(t *testing.T) {
	for lines, want := range map[string]string{
		"": "\nThe risk summit is being convened on the first day.\n",
		"2013-09-03 09:30  expect stage SUMMIT_CONVENING\n": "\nThe risk summit is being convened after 1 day.\n",
	} {
		var out strings.Builder
		if _, err := Rehearse(t.Context(), written(t, "2013-09-02 09:00  trigger --provider RCX --by CQC "+
			"--source inspection --concern \"Unsafe\"\n"+lines), Options{Out: &out}); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in\n%s", want, out.String())
		}
	}
}
