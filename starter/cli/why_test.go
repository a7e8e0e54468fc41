package cli_test

import (
	"strconv"
	"strings"
	"testing"

	"holdthering/regime/ledger"
)

func TestWhyExplainsADutyAMailAnEntryAPartyAndARule(t *testing.T) {
	o := at(t)
	o.story()
	var all []string
	meeting := o.named("D", "get the members to meet")
	for _, what := range []string{meeting, o.named("n", "N15, First response meeting"), "5", "Police", "R27"} {
		out := o.must("why " + what)
		all = append(all, "$ starter why "+what, out)
		e := asJSON[ledger.Explanation](t, o.must("why "+what+" --json"))
		if e.Title == "" || len(e.Points) == 0 {
			t.Errorf("%s: %+v", what, e)
		}
	}
	golden(t, "why", strings.Join(all, "\n"))
	if named := o.must("why " + o.env["HTR_CASE"] + " " + meeting); named != o.must("why "+meeting) {
		t.Error("the case named and the case of the environment differ")
	}
}

// named is the number under which something in the case is explained in these words.
func (o *office) named(letter, words string) string {
	o.t.Helper()
	for i := 1; i < 200; i++ {
		what := letter + strconv.Itoa(i)
		if a := o.run("why", what); a.code == 0 && strings.Contains(a.out, words) {
			return what
		}
	}
	o.t.Fatalf("nothing is explained as %q", words)
	return ""
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
