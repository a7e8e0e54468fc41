package cli_test

import (
	"strings"
	"testing"
	"time"

	"holdthering/cases"
	"holdthering/regime"
	"holdthering/regime/ledger"
)

func TestAnActIsAnsweredWithItsEntryAndWhatComesNext(t *testing.T) {
	o := at(t)
	golden(t, "trigger", o.open())
	o.memory.Pass(2 * time.Hour)
	golden(t, "convene", o.must(`summit convene --by "NHS England" --at "2013-09-12 10:00"`))
}

func TestTheExitCodeTellsHowItWent(t *testing.T) {
	o := at(t)
	o.open()
	for _, row := range []struct {
		command string
		code    int
		says    string
	}{
		{`note add --by CQC --what x`, 0, ""},
		{`measures decide --by TDA --outcome place --reason x`, 1, "Refused by R55: "},
		{`trigger --by CQC --source media --what more`, 1, "Refused by T1: "},
		{`note add --by CQC --what x --corrects 99`, 2, "There is no entry 99"},
		{`note add --by Monitr --what x`, 2, "MONITOR"},
		{`note add --by CQC`, 2, "--what"},
		{`note add --by CQC --what x --case NO-SUCH`, 2, "There is no case NO-SUCH"},
		{`noet add`, 2, "did you mean note?"},
		{`note ad`, 2, "did you mean note add?"},
		{`show one two`, 2, "One case, please"},
		{`show --bogus`, 2, "There is no flag --bogus"},
		{`list --stage --case`, 2, "--stage=--case"},
		{`list --stage ""`, 2, "--stage is empty"},
		{`show –json`, 2, "typographic dash"},
		{`directory check ""`, 2, "is a variable not set?"},
		{`record --out --format`, 2, "--out=--format"},
		{`group start --area --region`, 2, "--area=--region"},
		{`rehearse /dev/zero`, 2, "1 MiB"},
		{`note add --by CQC --what @/dev/zero`, 2, "longer than 64 KiB"},
		{`timetable --until yesterday`, 2, "is not a date and time"},
		{`timetable --until 2013-01-01`, 2, "looks ahead"},
		{`list --stage lost`, 2, "is not one of"},
	} {
		a := o.run(line(row.command)...)
		if a.code != row.code || !strings.Contains(a.err, row.says) {
			t.Errorf("%s: exit %d, %q; want %d, %q", row.command, a.code, a.err, row.code, row.says)
		}
		if row.code != 0 && a.out != "" {
			t.Errorf("%s: printed %q beside its error", row.command, a.out)
		}
	}
	o.memory.Err = &cases.Unreachable{Reason: "No answer.", Key: "k9"}
	a := o.run(line(`note add --by CQC --what y`)...)
	if a.code != 3 || !strings.Contains(a.err, "No answer.") || !strings.Contains(a.err, "--key k9") {
		t.Errorf("exit %d, %q", a.code, a.err)
	}
}

func TestATimeThatIsHardlyMeantIsAskedAboutAtATerminalAndElseRefused(t *testing.T) {
	const far = `power use --by CQC --power P-CQC-1 --reason r --at "2012-09-12 10:00"`
	o := at(t)
	o.open()
	if a := o.run(line(far)...); a.code != 2 || !strings.Contains(a.err, "more than nine months ago") || !strings.Contains(a.err, "--yes") {
		t.Fatalf("%+v", a)
	}
	var asked []string
	for _, answer := range []bool{false, true} {
		o.confirm = func(question string) bool {
			if question == "Record it?" { // it mails many
				return true
			}
			asked = append(asked, question)
			return answer
		}
		if a := o.run(line(far)...); (a.code == 0) != answer {
			t.Errorf("answered %t: %+v", answer, a)
		}
	}
	if len(asked) != 2 || !strings.HasSuffix(asked[0], "Is that meant?") {
		t.Errorf("%q", asked)
	}
	o.confirm = func(string) bool { t.Error("asked though --yes is said, or for JSON"); return true }
	o.must(far + " --yes --again")
	if a := o.run(line(`power use --by CQC --power P-CQC-1 --reason r --at "2012-09-13 10:00" --json`)...); a.code != 2 {
		t.Errorf("%+v", a)
	}
	for _, held := range []string{"2013-09-13 10:00", "2012-09-12 10:00"} {
		if a := o.run("meeting", "hold", "--by", "CQC", "--present", "CQC", "--record", "r", "--at", held, "--json"); a.code == 0 {
			t.Errorf("%+v", a)
		}
	}
}

func TestAMegabyteOfTextIsSaidToBeTooLongWhateverItsLettersAre(t *testing.T) {
	o := at(t)
	o.open()
	for _, letter := range []string{"x", "é"} {
		o.stdin = "a" + strings.Repeat(letter, 1<<20)
		a := o.run(line(`note add --by CQC --what -`)...)
		if a.code != 2 || !strings.Contains(a.err, "longer than 64 KiB; a text has 4000 characters at most") {
			t.Errorf("exit %d, %q", a.code, a.err)
		}
	}
}

func TestARefusedTriggerLeavesNoCaseBehind(t *testing.T) {
	o := at(t)
	a := o.run(line(`trigger --provider RCX --by NQB --source media --what x`)...)
	if a.code != 1 || !strings.Contains(a.err, "R11") {
		t.Errorf("exit %d, %q", a.code, a.err)
	}
	if out := o.must("list"); !strings.HasPrefix(out, "No case") {
		t.Error(out)
	}
}

func TestTheSameCommandAgainIsRecordedOnceUnlessAskedFor(t *testing.T) {
	o := at(t)
	o.open()
	const note, keyed = "note add --by CQC --what x", "note add --by CQC --what y --key once"
	has(t, o.must(note), "Recorded as entry 2,")
	o.memory.Pass(time.Minute)
	has(t, o.must(note), "Already recorded as entry 2,", "--again")
	has(t, o.must(note+" --again"), "Recorded as entry 3,")
	has(t, o.must(keyed), "Recorded as entry 4,")
	o.memory.Pass(48 * time.Hour)
	has(t, o.must(keyed), "Already recorded as entry 4,")
}

func TestASecondCaseAboutAProviderIsAskedAbout(t *testing.T) {
	o := at(t)
	o.open()
	const second = `trigger --provider RCX --by CQC --source media --what other`
	a := o.run(line(second)...)
	has(t, a.err, "a case about RCX already: "+o.env["HTR_CASE"])
	if a.code != 2 {
		t.Errorf("exit %d", a.code)
	}
	has(t, o.must(second+" --again"), "Opened case ")
	has(t, o.must(firstTrigger), "Already recorded as entry 1,")
}

func TestSpecialMeasuresNeedNoSummit(t *testing.T) {
	o := at(t)
	out := o.must(`open --provider RCX --by Monitor --reason "own evidence" --json`)
	d := asJSON[struct {
		Case   string       `json:"case"`
		Opened bool         `json:"opened"`
		Entry  ledger.Entry `json:"entry"`
		Stage  regime.Stage `json:"stage"`
	}](t, out)
	if !d.Opened || d.Entry.Text != "Note: own evidence" || d.Stage != regime.UnderSurveillance {
		t.Fatalf("%+v", d)
	}
	o.env["HTR_CASE"] = d.Case
	o.must(`measures decide --by Monitor --outcome place --reason "breach of licence"`)
	has(t, o.must("show"), "special measures: in force since 10 September 2013")
	lacks(t, o.must(`trigger --by CQC --source inspection --what x`), "Opened") // the file takes it
}

func TestWithJSONAnErrorIsJSONToo(t *testing.T) {
	o := at(t)
	o.open()
	type failure struct {
		Outcome, Rule, Reason, Key string
	}
	a := o.run(line(`measures decide --by TDA --outcome place --reason x --json`)...)
	f := asJSON[failure](t, a.out)
	if a.code != 1 || f.Outcome != "refused" || f.Rule != "R55" || f.Reason == "" {
		t.Errorf("%d %+v", a.code, f)
	}
	o.memory.Err = &cases.Unreachable{Reason: "No answer.", Key: "k9"}
	a = o.run(line(`note add --by CQC --what x --json`)...)
	if f := asJSON[failure](t, a.out); a.code != 3 || f.Outcome != "not reachable" || f.Key != "k9" {
		t.Errorf("%d %+v", a.code, f)
	}
}

func TestATextMayComeFromAFileOrTheStandardInput(t *testing.T) {
	o := at(t)
	o.open()
	o.stdin = "from a pipe\n"
	has(t, o.must("note add --by CQC --what -"), "Note: from a pipe")
	has(t, o.must("note add --by CQC --what @testdata/note.txt"), "Note: A note that was")
	if a := o.run(line("note add --by CQC --what @testdata/none.txt")...); a.code != 2 {
		t.Errorf("%+v", a)
	}
}

func TestAKeyWithOtherContentIsRefusedAndNothingIsRecorded(t *testing.T) {
	o := at(t)
	o.open()
	o.must(`note add --by CQC --what x --key k9`)
	has(t, o.must(`note add --by CQC --what x --key k9`), "Already recorded")
	for _, other := range []string{
		`note add --by CQC --what y --key k9`,
		`note add --by Monitor --what x --key k9`,
		`judgement own --by CQC --view x --key k9`,
		`trigger --provider RAJ --by "NHS England" --source qsg-sharing --what "unsafe staffing" --key k1`,
		`trigger --provider RCX --by "NHS England" --source qsg-sharing --what "other" --key k1`,
	} {
		a := o.run(line(other)...)
		if a.code != 2 || !strings.Contains(a.err, "has already been used for something else") {
			t.Errorf("%s: exit %d, %s%s", other, a.code, a.out, a.err)
		}
	}
	if s, err := o.memory.Snapshot(t.Context(), o.env["HTR_CASE"]); err != nil || len(s.Case.Entries) != 2 {
		t.Errorf("%d entries, %v", len(s.Case.Entries), err)
	}
}
