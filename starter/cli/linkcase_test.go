package cli_test

import (
	"strings"
	"testing"

	"holdthering/cases"
)

func TestA34_ALinkIsRecordedInBothCasesAndToNoneThatIsNowhere(t *testing.T) {
	o := at(t)
	o.open()
	one := o.env["HTR_CASE"]
	o.env["HTR_CASE"] = ""
	o.must(`trigger --provider RWE --by CQC --source media --what x --profile ENGLAND_2013`)
	rows, err := o.memory.List(t.Context(), cases.Filter{})
	if err != nil || len(rows) != 2 {
		t.Fatal(rows, err)
	}
	two := rows[0].Ref
	if two == one {
		two = rows[1].Ref
	}
	a := o.run(line("case link --case " + one + " --by CQC --with-case NO-SUCH")...)
	if a.code != 2 || !strings.Contains(a.err, "There is no case NO-SUCH") {
		t.Fatalf("%d %s", a.code, a.err)
	}
	a = o.run(line("case link --case " + one + " --by CQC --with-case " + two + " --reason both")...)
	if a.code != 0 || !strings.Contains(a.err+a.out, "recorded in case "+two+" as well") {
		t.Fatalf("%d %s%s", a.code, a.out, a.err)
	}
	for ref, other := range map[string]string{one: two, two: one} {
		s, err := o.memory.Snapshot(t.Context(), ref)
		if err != nil || len(s.Case.Links) != 1 || s.Case.Links[0].Ref != other {
			t.Errorf("%s: %+v, %v", ref, s.Case.Links, err)
		}
	}
}
