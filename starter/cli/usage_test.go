package cli_test

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestWhatIsWrongIsNotCutAtTheEdgeOfATerminal(t *testing.T) {
	o := at(t)
	const wrong = `trigger --provider RCX --what x --source rumour --by CQC`
	whole := o.run(line(wrong)...)
	if strings.Count(whole.err, "\n") != 1 {
		t.Errorf("where there is no terminal a line stays whole: %s", whole.err)
	}
	o.terminal = 80
	for _, command := range []string{wrong, "trigger --by CQC", "trigger --provider queen --by CQC --what x --source media"} {
		a := o.run(line(command)...)
		for l := range strings.Lines(a.err) {
			if n := utf8.RuneCountInString(strings.TrimRight(l, "\n")); n > 80 {
				t.Errorf("%s: a line of %d: %s", command, n, l)
			}
		}
	}
	a := o.run(line("trigger --by CQC")...)
	has(t, a.err, "--source         where the concern came from: qsg-sharing, whistleblower,\n                   patient")
}

func TestAllThatIsMissingIsNamedAtOnce(t *testing.T) {
	o := at(t)
	if a := o.run("trigger", "--provider", "RCX"); a.code != 2 || !strings.Contains(a.err, "--what ") ||
		!strings.Contains(a.err, "--by ") {
		t.Errorf("%+v", a)
	}
	o.env["HTR_BY"] = "CQC"
	lacks(t, o.run("trigger", "--provider", "RCX").err, "--by")
}

func TestTheRegisterTellsWhatATrustOnTheListOfAGroupIsCalled(t *testing.T) {
	o := at(t)
	o.env["HTR_GROUP"] = "QMM"
	o.must(`group start --profile ENGLAND_2022 --area QMM --region Y61 --name "Example Vale"`)
	has(t, o.must("group show"), "none on the list yet; 'group watch' adds them")
	o.must(`group watch --by ICB --provider "Kings Lynn"`)
	o.must(`group watch --by ICB --provider RM1 --provider-name "Norfolk and Norwich"`)
	s, err := o.memory.Group(t.Context(), "QMM")
	if err != nil || len(s.Group.Watched) != 2 {
		t.Fatalf("%+v, %v", s.Group, err)
	}
	if w := s.Group.Watched[0]; w.Code != "RCX" || !strings.HasPrefix(w.Name, "The Queen Elizabeth") || w.Type != "FOUNDATION_TRUST" {
		t.Errorf("%+v", w)
	}
	if w := s.Group.Watched[1]; w.Name != "Norfolk and Norwich" || w.District == "" {
		t.Errorf("%+v", w)
	}
	if a := o.run(line("group watch --by ICB --provider D81012")...); a.code != 2 || !strings.Contains(a.err, "--provider-name") {
		t.Errorf("a practice: %+v", a)
	}
}

func TestACaseOf2022IsToldOfInItsOwnWordsWhereverItsStageIs(t *testing.T) {
	o := at(t)
	const trigger = `trigger --profile ENGLAND_2022 --by ICB --source media --what "unsafe staffing" ` +
		`--provider RCX --area EX-ICB1 --region Y61`
	has(t, o.must(trigger), ": convening the rapid quality review meeting.")
	lacks(t, o.must("list --json"), "risk summit")
	a := o.run(line(strings.Replace(trigger, "ICB", "CQC", 1))...)
	has(t, a.err, "(convening the rapid quality review meeting)")
}

func TestNoWordOfATableIsBrokenWhereThereIsRoomElsewhere(t *testing.T) {
	o := at(t)
	o.env["COLUMNS"] = "80"
	for _, command := range []string{"bodies", "powers", "notice list", "bodies --areas"} {
		out := o.must(command)
		for _, word := range []string{"Pharmaceutical", "Safeguarding", "Gloucestershire"} {
			if strings.Contains(o.must(command+" --json"), word) && !strings.Contains(out, word) {
				t.Errorf("%s breaks %s:\n%s", command, word, out)
			}
		}
	}
}

func TestAMailThatIsNotThereIsSaidToBeNone(t *testing.T) {
	o := at(t)
	dir := t.TempDir()
	post(t, dir, "n1-aaaa")
	if a := o.run("outbox", "zzz", "--dir", dir); a.code != 2 || !strings.Contains(a.err, `No mail has "zzz" in its name`) {
		t.Errorf("%+v", a)
	}
}

func TestAFileThatIsNotThereIsNamedWithoutWhatWasTriedWithIt(t *testing.T) {
	o := at(t)
	o.open()
	for command, says := range map[string]string{
		"rehearse no-such.txt":               "no-such.txt: no such file or directory\n",
		"directory check no-such.csv":        "Directory: no-such.csv: no such file or directory\n",
		"note add --by CQC --what @none.txt": "--what: none.txt: no such file or directory\n",
	} {
		if a := o.run(line(command)...); a.code != 2 || a.err != says {
			t.Errorf("%s: %+v", command, a)
		}
	}
}
