package cli_test

import (
	"strings"
	"testing"
	"time"

	"holdthering/regime"
	"holdthering/starter/cases"
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
		{`note add --by CQC --text x`, 0, ""},
		{`measures decide --by TDA --outcome place --reason x`, 1, "Refused by R55: "},
		{`trigger --by CQC --source media --concern more`, 1, "Refused by T1: "},
		{`note add --by CQC --text x --corrects 99`, 2, "There is no entry 99"},
		{`note add --by Monitr --text x`, 2, "MONITOR"},
		{`note add --by CQC`, 2, "--text"},
		{`note add --by CQC --text x --case NO-SUCH`, 2, "There is no case NO-SUCH"},
		{`noet add`, 2, "did you mean note?"},
		{`note ad`, 2, "did you mean note add?"},
		{`show one two`, 2, "One case, please"},
		{`show --bogus`, 2, "There is no flag --bogus"},
		{`timetable --until yesterday`, 2, "is not a date and time"},
		{`timetable --until 2013-01-01`, 2, "looks ahead"},
		{`list --stage lost`, 2, "is none of"},
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
	a := o.run(line(`note add --by CQC --text y`)...)
	if a.code != 3 || !strings.Contains(a.err, "No answer.") || !strings.Contains(a.err, "--key k9") {
		t.Errorf("exit %d, %q", a.code, a.err)
	}
}

func TestARefusedTriggerLeavesNoCaseBehind(t *testing.T) {
	o := at(t)
	a := o.run(line(`trigger --provider RCX --by NQB --source media --concern x`)...)
	if a.code != 1 || !strings.Contains(a.err, "R11") {
		t.Errorf("exit %d, %q", a.code, a.err)
	}
	if out := o.must("list"); out != "No such case.\n" {
		t.Error(out)
	}
}

func TestTheSameCommandAgainIsRecordedOnceUnlessAskedFor(t *testing.T) {
	o := at(t)
	o.open()
	first := o.must("note add --by CQC --text x")
	if !strings.HasPrefix(first, "Recorded as entry 2,") {
		t.Error(first)
	}
	o.memory.Pass(time.Minute)
	again := o.must("note add --by CQC --text x")
	if !strings.HasPrefix(again, "Already recorded as entry 2,") || !strings.Contains(again, "--again") {
		t.Error(again)
	}
	if more := o.must("note add --by CQC --text x --again"); !strings.HasPrefix(more, "Recorded as entry 3,") {
		t.Error(more)
	}
	if key := o.must("note add --by CQC --text y --key once"); !strings.HasPrefix(key, "Recorded as entry 4,") {
		t.Error(key)
	}
	o.memory.Pass(48 * time.Hour)
	if key := o.must("note add --by CQC --text y --key once"); !strings.HasPrefix(key, "Already recorded as entry 4,") {
		t.Error(key)
	}
}

func TestASecondCaseAboutAProviderIsAskedAbout(t *testing.T) {
	o := at(t)
	o.open()
	second := `trigger --provider RCX --by CQC --source media --concern other`
	a := o.run(line(second)...)
	if a.code != 2 || !strings.Contains(a.err, "a case about RCX already: "+o.env["HTR_CASE"]) {
		t.Errorf("exit %d, %q", a.code, a.err)
	}
	if out := o.must(second + " --again"); !strings.HasPrefix(out, "Opened case ") {
		t.Error(out)
	}
	same := o.must(`trigger --provider RCX --by "NHS England" --source qsg-sharing --concern "unsafe staffing" --key k1`)
	if !strings.HasPrefix(same, "Already recorded as entry 1,") {
		t.Error(same)
	}
}

func TestSpecialMeasuresNeedNoSummit(t *testing.T) {
	o := at(t)
	out := o.must(`open --provider RCX --by Monitor --reason "own evidence" --json`)
	d := asJSON[struct {
		Case   string       `json:"case"`
		Opened bool         `json:"opened"`
		Entry  regime.Entry `json:"entry"`
		Stage  regime.Stage `json:"stage"`
	}](t, out)
	if !d.Opened || d.Entry.Text != "Note: own evidence" || d.Stage != regime.UnderSurveillance {
		t.Fatalf("%+v", d)
	}
	o.env["HTR_CASE"] = d.Case
	o.must(`measures decide --by Monitor --outcome place --reason "breach of licence"`)
	if shown := o.must("show"); !strings.Contains(shown, "special measures: in force since 10 September 2013") {
		t.Error(shown)
	}
	if again := o.must(`trigger --by CQC --source inspection --concern x`); strings.Contains(again, "Opened") {
		t.Errorf("a file under surveillance takes the trigger itself: %s", again)
	}
}

func TestWithJSONAnErrorIsJSONToo(t *testing.T) {
	o := at(t)
	o.open()
	type failure struct {
		Outcome, Rule, Reason, Key string
	}
	a := o.run(line(`measures decide --by TDA --outcome place --reason x --json`)...)
	if f := asJSON[failure](t, a.out); a.code != 1 || f.Outcome != "refused" || f.Rule != "R55" || f.Reason == "" {
		t.Errorf("%d %+v", a.code, f)
	}
	o.memory.Err = &cases.Unreachable{Reason: "No answer.", Key: "k9"}
	a = o.run(line(`note add --by CQC --text x --json`)...)
	if f := asJSON[failure](t, a.out); a.code != 3 || f.Outcome != "not reachable" || f.Key != "k9" {
		t.Errorf("%d %+v", a.code, f)
	}
}

func TestATextMayComeFromAFileOrTheStandardInput(t *testing.T) {
	o := at(t)
	o.open()
	o.stdin = "from a pipe\n"
	if out := o.must("note add --by CQC --text -"); !strings.Contains(out, "Note: from a pipe") {
		t.Error(out)
	}
	if out := o.must("note add --by CQC --text @testdata/note.txt"); !strings.Contains(out, "Note: A note that was") {
		t.Error(out)
	}
	if a := o.run(line("note add --by CQC --text @testdata/none.txt")...); a.code != 2 {
		t.Errorf("%+v", a)
	}
	o.stdin = strings.Repeat("x", 1<<20)
	if a := o.run(line("note add --by CQC --text -")...); a.code != 2 || !strings.Contains(a.err, "4000 at most") {
		t.Errorf("%d %.200s", a.code, a.err)
	}
}
