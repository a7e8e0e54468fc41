package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"holdthering/notices"
)

func TestAMailIsSeenBeforeItIsSentAndWithoutAServer(t *testing.T) {
	o := at(t)
	has(t, o.must("notice list"), "N1 ", "at any hour", "working hours", "Risk summit triggered")
	has(t, o.must("notice preview n15"), "Subject: [HTR-SAMPLE] First response meeting", "Answer on this page", "01223 555 0100")
	has(t, o.must("notice preview n15 --as program"), "starter meeting hold")
	has(t, o.must("notice preview n15 --as secretariat"), "To answer, please contact the secretariat")
	has(t, o.must("notice preview N15 --html"), "<!DOCTYPE html>", `<html lang="en">`)
	type mail struct{ Kind, Subject, Text, HTML string }
	if m := asJSON[mail](t, o.must("notice preview N15 --json")); m.Kind != "N15" || m.Text == "" || m.HTML == "" {
		t.Errorf("%+v", m)
	}
	for _, wrong := range []string{"notice preview N99", "notice preview", "notice preview N1 --html --text", "notice preview N1 --as x"} {
		if a := o.run(strings.Fields(wrong)...); a.code != 2 || a.err == "" {
			t.Errorf("%s: %+v", wrong, a)
		}
	}
}

func TestTheLatestMailOfACaseIsSeenAsItsRecipientGotIt(t *testing.T) {
	o := at(t)
	o.open()
	const ref = "7KM4-W697"
	has(t, o.must("notice preview N1 --as program --case "+ref), "Subject: ["+ref+"] Risk summit triggered",
		"starter acknowledge --case "+ref)
	if a := o.run("notice", "preview", "N34", "--case", ref); a.code != 2 || !strings.Contains(a.err, "has told nobody of N34") {
		t.Errorf("%+v", a)
	}
}

func TestTemplatesThatASecretaryEditedAreCheckedWithFileAndLine(t *testing.T) {
	o := at(t)
	dir := filepath.Join(t.TempDir(), "mine")
	has(t, o.must("notice copy "+dir), "The templates are in "+dir)
	has(t, o.must("notice check --templates "+dir), "Nothing to mend in "+dir)
	has(t, o.must("notice check"), "Nothing to mend in the templates that are shipped")
	if err := os.WriteFile(filepath.Join(dir, "N5.md"), []byte("Subject: x\n\n{{.Provider}}\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if a := o.run("notice", "check", "--templates", dir); a.code != 2 || !strings.Contains(a.out, "N5.md:3: there is no field .Provider") {
		t.Errorf("%+v", a)
	}
	type checked struct{ Findings []notices.Finding }
	a := o.run("notice", "check", "--templates", dir, "--json")
	if c := asJSON[checked](t, a.out); a.code != 2 || len(c.Findings) != 1 || c.Findings[0].Line != 3 {
		t.Errorf("%+v", a)
	}
	for _, wrong := range [][]string{{"notice", "copy", dir}, {"notice", "check", "--templates", dir + "-none"},
		{"notice", "preview", "N5", "--templates", dir}} {
		if a := o.run(wrong...); a.code != 2 {
			t.Errorf("%v: %+v", wrong, a)
		}
	}
}

func TestAMailIsSeenInTheWordsOfEitherProfileAndOfItsCase(t *testing.T) {
	o := at(t)
	has(t, o.must("notice preview N38 --profile ENGLAND_2022"), "Subject: [group-SAMPLE] System Quality Group meeting",
		"trigger a rapid quality review\nmeeting at once")
	has(t, o.must("notice preview N38"), "Subject: [group-SAMPLE] Quality Surveillance Group meeting", "risk summit")
	if a := o.run("notice", "preview", "N38", "--profile", "x"); a.code != 2 {
		t.Errorf("%+v", a)
	}
	o.must(`trigger --profile ENGLAND_2022 --by ICB --source media --what "unsafe staffing" ` +
		`--provider RCX --area EX-ICB1 --region Y61`)
	ref := asJSON[[]struct{ Ref string }](t, o.must("list --json"))[0].Ref
	o.env["HTR_CASE"] = ref
	o.must(`measures decide --by NHSE --outcome place --reason "segment 4"`)
	has(t, strings.Join(strings.Fields(o.must("notice preview N26 --case "+ref)), " "), "] The Recovery Support Programme")
}
