package cli_test

import (
	"strings"
	"testing"

	"holdthering/regime"
)

func TestWhyExplainsADutyAMailAnEntryAPartyAndARule(t *testing.T) {
	o := at(t)
	o.story()
	var all []string
	for _, what := range []string{"D10", "n43", "5", "Police", "R27"} {
		out := o.must("why " + what)
		all = append(all, "$ starter why "+what, out)
		e := asJSON[regime.Explanation](t, o.must("why "+what+" --json"))
		if e.Title == "" || len(e.Points) == 0 {
			t.Errorf("%s: %+v", what, e)
		}
	}
	golden(t, "why", strings.Join(all, "\n"))
	if named := o.must("why " + o.env["HTR_CASE"] + " D10"); named != o.must("why D10") {
		t.Error("the case named and the case of the environment differ")
	}
}

func TestWhyOfNothingIsWrongInput(t *testing.T) {
	o := at(t)
	o.open()
	for _, command := range []string{"why", "why D999", "why a b c"} {
		if a := o.run(line(command)...); a.code != 2 {
			t.Errorf("%s: %+v", command, a)
		}
	}
}

func TestTheShellIsOfferedWhatCanBeExplained(t *testing.T) {
	o := at(t)
	o.open()
	for _, args := range [][]string{{"__complete", "why", ""}, {"__complete", "why", o.env["HTR_CASE"], ""}} {
		a := o.run(args...)
		if a.code != 0 || !strings.Contains(a.out, "n2\t") || !strings.Contains(a.out, "D1\t") {
			t.Errorf("%v: %+v", args, a)
		}
	}
}
