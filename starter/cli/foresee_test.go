package cli_test

import (
	"encoding/json"
	"strings"
	"testing"

	"holdthering/regime/failure"
	"holdthering/regime/ledger"
)

// stateOf is all that the office's case and group hold.
func (o *office) stateOf(t *testing.T) string {
	t.Helper()
	var out string
	if ref := o.env["HTR_CASE"]; ref != "" {
		s, err := o.memory.Snapshot(t.Context(), ref)
		if err != nil {
			t.Fatal(err)
		}
		raw, _ := json.Marshal(s)
		out += string(raw)
	}
	if s, err := o.memory.Group(t.Context(), "Q56"); err == nil {
		raw, _ := json.Marshal(s)
		out += string(raw)
	}
	return out
}

func TestADryRunSaysWhatWouldFollowAndChangesNothing(t *testing.T) {
	o := at(t)
	o.must("group start --area Q56")
	trigger := `trigger --provider RCX --by "NHS England" --source qsg-sharing --what "unsafe staffing" --key k1`
	before := o.stateOf(t)
	has(t, o.must(trigger+" --dry-run"), "DRY RUN", "A new case would be opened: The Queen Elizabeth Hospital",
		"Recorded would be: Triggered a risk summit: unsafe staffing", "Would then be owed", "'summit convene'",
		"by Tuesday 10 September 2013", "Would be mailed: ", "N1 Risk summit triggered, at once, to ")
	if rows := o.must("list"); !strings.Contains(rows, "No case is like that") || o.stateOf(t) != before {
		t.Fatalf("something was done: %s", rows)
	}
	o.open()
	before = o.stateOf(t)
	convene := `summit convene --by "NHS England" --at "2013-09-12 10:00" --place "by telephone"`
	dry := o.must(convene + " --dry-run")
	has(t, dry, "Would be owed no more", "Case "+o.env["HTR_CASE"]+" would stand: convening", "N3 ")
	if o.stateOf(t) != before {
		t.Fatal("a dry run changed the case")
	}
	v := asJSON[struct {
		DryRun bool
		Opens  []struct{ Duty, Who, What string }
		Mails  []struct{ Notice, Name string }
	}](t, o.must(convene+" --dry-run --json"))
	o.must(convene)
	s, err := o.memory.Snapshot(t.Context(), o.env["HTR_CASE"])
	if err != nil {
		t.Fatal(err)
	}
	if opened := s.Case.OpenDuties(); !v.DryRun || len(v.Opens) == 0 || len(v.Mails) == 0 ||
		!strings.Contains(dutiesOf(opened), v.Opens[0].Duty) {
		t.Errorf("%+v, %v", v, opened)
	}
	has(t, o.must(`group concern --by CQC --group Q56 --provider RCX --what "Theatre closed" --immediate --dry-run`),
		"DRY RUN", "Would be mailed", "Would then be owed", "Next would be")
	if s, _ := o.memory.Group(t.Context(), "Q56"); len(s.Group.Concerns) != 0 {
		t.Error("a concern was told by a dry run")
	}
}

func dutiesOf(all []ledger.Duty) string {
	var out []string
	for _, d := range all {
		out = append(out, d.ID)
	}
	return strings.Join(out, " ")
}

func TestADryRunEndsAsTheActItselfWould(t *testing.T) {
	o := at(t)
	o.open()
	ref := o.env["HTR_CASE"]
	for command, code := range map[string]int{
		"ring accept --by Monitor":                                1, // nobody proposed it
		"action accept --by Monitor --action A9":                  2,
		"note add --by CQC --what x":                              0,
		"note add --case ZZZZ-9999 --by CQC --what x":             2,
		`trigger --provider RCX --by CQC --source other --what x`: 2, // there is a case
	} {
		if delete(o.env, "HTR_CASE"); !strings.HasPrefix(command, "trigger") {
			o.env["HTR_CASE"] = ref
		}
		dry, done := o.run(line(command+" --dry-run")...), o.run(line(command)...)
		if dry.code != code || done.code != code || code != 0 && dry.err != done.err {
			t.Errorf("%s: %+v and %+v", command, dry, done)
		}
	}
}

// Every act takes the flag, and what is done by none is as it was.
func TestEveryActHasADryRun(t *testing.T) {
	o := at(t)
	o.open()
	before := o.stateOf(t)
	for _, v := range failure.Verbs() {
		args := line(strings.ReplaceAll(v.Example, "CASE", o.env["HTR_CASE"]))
		if a := o.run(append(args, "--dry-run")...); a.code > 2 || strings.Contains(a.err, "no flag --dry-run") {
			t.Errorf("%s: %+v", v.Path, a)
		}
		if o.stateOf(t) != before {
			t.Errorf("%s changed something", v.Path)
		}
	}
}

// Played twice with another teller, whoever else asks reads the same.
func TestADryRunTellsNobodyWhoSpokeInConfidence(t *testing.T) {
	tell := func(teller string) string {
		o := at(t)
		o.must("group start --area Q56")
		o.env["HTR_GROUP"] = "Q56"
		o.must(`group concern --by ` + teller + ` --provider RCX --what "Letters come late" --immediate --protect-identity --open-text`)
		var out string
		for _, command := range []string{`group concern --by CQC --provider RCX --what "Theatre closed" --immediate`,
			`group set-aside --by CQC --concerns C1 --reason "looked at"`, `group acknowledge --by CQC`,
			`group hold --by "NHS England" --present CQC --record "spoke of it"`, `group acknowledge --by CCG/07H`} {
			a := o.run(append(line(command+" --key k2"), "--dry-run")...)
			out += command + "\n" + a.out + a.err
		}
		return out
	}
	one, other := tell("CCG/07K"), tell("CCG/07J")
	if one != other {
		t.Errorf("who told it can be read:\n%s\n%s", one, other)
	}
	has(t, one, "DRY RUN", "Would be mailed")
}
