package cli_test

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// talked is a person at the terminal who answers each question as told.
func (o *office) talked(answer bool) *[]string {
	asked := new([]string)
	o.sits, o.confirm = true, func(q string) bool { *asked = append(*asked, q); return answer }
	return asked
}

func TestWhoSitsAtATerminalIsAskedForWhatIsMissing(t *testing.T) {
	o := at(t)
	o.open()
	asked := o.talked(true)
	o.stdin = "the wards are full\nCQC\n"
	a := o.run("note", "add")
	if a.code != 0 || !strings.Contains(a.err, "The note (--what).") || !strings.Contains(a.err, "(--by).") ||
		!strings.Contains(a.out, "the wards are full") {
		t.Errorf("%+v", a)
	}
	if len(*asked) > 0 {
		t.Errorf("a note mails nobody, and yet it was asked %q", *asked)
	}
	o.stdin = "perhaps\n3\n"
	a = o.run(line(`concern record --by CQC --what "full wards"`)...)
	if a.code != 0 || !strings.Contains(a.err, "is not one of") || !strings.Contains(a.err, "  3  ") {
		t.Errorf("a choice by its number: %+v", a)
	}
	o.stdin = "\n"
	if a = o.run(line("note add --by CQC")...); a.code != 2 || !strings.Contains(a.err, "still needs") {
		t.Errorf("an empty answer: %+v", a)
	}
	o.stdin = "text\n"
	if a = o.run(line("note add --by CQC --json")...); a.code != 2 {
		t.Errorf("JSON is for programs: %+v", a)
	}
	o.sits, o.confirm = false, nil
	if a = o.run(line("note add --by CQC")...); a.code != 2 {
		t.Errorf("nobody sits there: %+v", a)
	}
}

func TestItIsAskedBeforeManyAreMailedOrWhatCannotBeTakenBack(t *testing.T) {
	o := at(t)
	asked := o.talked(false)
	a := o.run(line(firstTrigger)...)
	if a.code != 2 || !strings.Contains(a.err, "It mails 22 bodies: NHS England") || !strings.Contains(a.err, "Nothing was done") ||
		len(*asked) != 1 || (*asked)[0] != "Record it?" {
		t.Fatalf("%+v, %q", a, *asked)
	}
	if rows := o.must("list"); !strings.Contains(rows, "No case is like that") {
		t.Fatal(rows)
	}
	asked = o.talked(true)
	out := o.must(firstTrigger)
	o.env["HTR_CASE"] = strings.TrimSuffix(strings.Fields(out)[2], ":")
	if len(*asked) != 1 {
		t.Errorf("%q", *asked)
	}
	o.must("note add --by CQC --what x")
	if len(*asked) != 1 {
		t.Errorf("asked before a note: %q", *asked)
	}
	asked = o.talked(false)
	if a := o.run(line(`trigger withdraw --by "NHS England" --reason "the wrong trust"`)...); a.code != 2 ||
		len(*asked) != 1 || !strings.Contains((*asked)[0], "cannot be taken back") {
		t.Errorf("%+v, %q", a, *asked)
	}
	o.must(`trigger withdraw --by "NHS England" --reason "the wrong trust" --yes`)
	if len(*asked) != 1 {
		t.Errorf("asked though --yes is said: %q", *asked)
	}
}

func TestATimeInWordsIsReadBackBeforeItCounts(t *testing.T) {
	o := at(t)
	o.open()
	a := o.run(line(`summit convene --by "NHS England" --at "Thursday 10am"`)...)
	if a.code != 0 || !strings.Contains(a.err, "--at: Thursday 12 September 2013, 10:00 UK time") ||
		!strings.Contains(strings.Join(strings.Fields(a.out), " "), "Thursday 12 September 2013, 10:00") {
		t.Errorf("%+v", a)
	}
	asked := o.talked(false)
	if a := o.run(line(`summit convene --by "NHS England" --at "tomorrow 9.15"`)...); a.code != 2 || len(*asked) != 1 ||
		(*asked)[0] != "--at is Wednesday 11 September 2013, 09:15 UK time. Is that meant?" {
		t.Errorf("%+v, %q", a, *asked)
	}
	o.sits, o.confirm = false, nil
	if a := o.run(line(`summit convene --by "NHS England" --at "next Thursday 10am"`)...); a.code != 2 || !strings.Contains(a.err, "write the date") {
		t.Errorf("%+v", a)
	}
}

func TestALongTextIsWrittenInTheEditor(t *testing.T) {
	o := at(t)
	o.open()
	var where string
	o.edit = func(file string) error {
		where = file
		return os.WriteFile(file, []byte("One line.\r\nAnother.\r\n"), 0o600)
	}
	if a := o.run(line("note add --by CQC --what -e")...); a.code != 0 || !strings.Contains(a.out, "One line.") {
		t.Errorf("%+v", a)
	}
	if _, err := os.Stat(where); !os.IsNotExist(err) {
		t.Errorf("the file is still there: %v", err)
	}
	o.edit = func(string) error { return nil }
	if a := o.run(line("note add --by CQC --what -e")...); a.code != 2 || !strings.Contains(a.err, "holds no text") {
		t.Errorf("an empty text: %+v", a)
	}
	o.edit = nil
	if a := o.run(line("note add --by CQC --what -e")...); a.code != 2 || !strings.Contains(a.err, "no terminal") {
		t.Errorf("%+v", a)
	}
}

func TestColoursAndThePagerAreForTerminals(t *testing.T) {
	o := at(t)
	o.open()
	plain := o.must("show")
	if strings.Contains(plain, "\x1b") {
		t.Error("colours, and no terminal")
	}
	o.colour = true
	painted := o.must("show")
	if !strings.Contains(painted, "\x1b[1m") || regexp.MustCompile("\x1b\\[[0-9;]*m").ReplaceAllString(painted, "") != plain {
		t.Errorf("%q", painted)
	}
	if got := o.must("show --json"); strings.Contains(got, "\x1b[") {
		t.Error("colours in JSON")
	}
	var paged []string
	o.colour, o.height, o.page = false, 10, func(text string) error { paged = append(paged, text); return nil }
	if out := o.must("show"); out != "" || len(paged) != 1 || paged[0] != plain {
		t.Errorf("%q, %q", out, paged)
	}
	if o.must("version"); len(paged) != 1 {
		t.Error("a short text went through the pager")
	}
	o.must("show --json")
	if o.must("list --csv"); len(paged) != 1 {
		t.Error("what is for programs went through the pager")
	}
}
