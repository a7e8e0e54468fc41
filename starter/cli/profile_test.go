package cli_test

import (
	"strings"
	"testing"
)

func TestACaseOf2022IsOpenedShownAndListedUnderItsProfile(t *testing.T) {
	o := at(t)
	o.must(`trigger --profile ENGLAND_2022 --by ICB --source media --concern "unsafe staffing" ` +
		`--provider-name "Example Hospitals" --provider-code EX-FT9 --provider-type FOUNDATION_TRUST ` +
		`--area EX-ICB1 --region Y61`)
	list := o.must("list --area ICB/EX-ICB1")
	if !strings.Contains(list, "Example Hospitals") && !strings.Contains(list, "EX-FT9") {
		t.Error(list)
	}
	if list := o.must("list --area QMM"); strings.Contains(list, "EX-FT9") {
		t.Error(list)
	}
	ref := asJSON[[]struct{ Ref string }](t, o.must("list --json"))[0].Ref
	shown := strings.Join(strings.Fields(o.must("show "+ref)), " ")
	for _, want := range []string{"Under profile ENGLAND_2022, of which much is unconfirmed",
		"rapid quality review meeting being convened", "Integrated care board (EX-ICB1)"} {
		if !strings.Contains(shown, want) {
			t.Errorf("%q is not in %s", want, shown)
		}
	}
}

func TestTheBodiesOfEachProfileAreListedWithWhatIsUnconfirmed(t *testing.T) {
	o := at(t)
	later := o.must("bodies --profile england_2022")
	for _, want := range []string{"ICB", "BASIS", "unconfirmed", "source"} {
		if !strings.Contains(later, want) {
			t.Errorf("%q is not in %s", want, later)
		}
	}
	if strings.Contains(later, "MONITOR") || strings.Contains(o.must("bodies"), "BASIS") {
		t.Error(later)
	}
	o.env["COLUMNS"] = "80"
	for l := range strings.Lines(o.must("bodies --profile ENGLAND_2022")) {
		if len([]rune(strings.TrimRight(l, "\n"))) > 80 {
			t.Errorf("too wide: %s", l)
		}
	}
}
