package cli_test

import (
	"encoding/csv"
	"slices"
	"strings"
	"testing"
	"unicode"
)

func TestACaseIsFoundByAnyFormInWhichPeopleWriteIt(t *testing.T) {
	o := at(t)
	o.open()
	ref := o.env["HTR_CASE"]
	delete(o.env, "HTR_CASE")
	plain := strings.ReplaceAll(ref, "-", "")
	for _, written := range []string{"[" + ref + "]", strings.ToLower(ref), strings.ToLower(plain), "case " + ref + ":",
		strings.ReplaceAll(ref, "-", "\u2013"), ref[:4], plain[2:6], "RCX", "rcx", "kings lynn", "Queen Elizabeth Hospital"} {
		if a := o.run("show", written); a.code != 0 || !strings.Contains(a.out, "Case "+ref) {
			t.Errorf("show %q: %+v", written, a)
		}
		if a := o.run("note", "add", "--case", written, "--by", "CQC", "--text", "about "+written); a.code != 0 {
			t.Errorf("note add --case %q: %+v", written, a)
		}
	}
	if a := o.run("show", "rcx"); !strings.Contains(a.err, "Case "+ref+": The Queen Elizabeth Hospital") {
		t.Errorf("what was found is not said: %+v", a)
	}
	swapped := ref[1:2] + ref[:1] + ref[2:]
	for _, command := range [][]string{{"show", swapped}, {"note", "add", "--case", swapped, "--by", "CQC", "--text", "x"},
		{"why", swapped, "D1"}, {"revive", swapped, "--reason", "x"}} {
		if a := o.run(command...); a.code != 2 || !strings.Contains(a.err, "did you mean "+ref+" (The Queen") {
			t.Errorf("%v: %+v", command, a)
		}
	}
	for _, none := range []string{"ZZZZ-9999", "Timbuktu"} {
		if a := o.run("show", none); a.code != 2 || strings.Contains(a.err, "did you mean") {
			t.Errorf("show %q: %+v", none, a)
		}
	}
}

func TestOneOfSeveralCasesAboutAProviderIsNotGuessed(t *testing.T) {
	o := at(t)
	o.open()
	first := o.env["HTR_CASE"]
	delete(o.env, "HTR_CASE")
	o.must(`open --provider RCX --by Monitor --reason "own evidence" --again`)
	a := o.run("show", "RCX")
	if a.code != 2 || !strings.Contains(a.err, "may mean any of 2 cases") || !strings.Contains(a.err, first) {
		t.Errorf("%+v", a)
	}
	if a := o.run("note", "add", "--case", "RCX", "--by", "CQC", "--text", "x"); a.code != 2 {
		t.Errorf("%+v", a)
	}
}

func TestWhyAloneSaysWhatCanBeAsked(t *testing.T) {
	o := at(t)
	o.open()
	ref := o.env["HTR_CASE"]
	alone := o.must("why")
	has(t, alone, "Open duties", "D1 ", "convene the risk summit", "Mails, the latest", "n2", "Entries of the chronology", "why "+ref+" NUMBER")
	delete(o.env, "HTR_CASE")
	for _, same := range []string{"why " + ref, "why " + strings.ToLower(ref), "why RCX"} {
		if got := o.must(same); got != alone {
			t.Errorf("%s:\n%s", same, got)
		}
	}
	if a := o.run("why"); a.code != 2 || !strings.Contains(a.err, "hy what?") {
		t.Errorf("%+v", a)
	}
	has(t, o.must("why P-MON-1"), "P-MON-1")
	o.must("group start --area Q56")
	has(t, o.must("group why Q56"), "Open duties", "group why Q56 NUMBER")
}

func TestTheListIsNarrowedByRegionBodyAndMeasuresAndWrittenAsCSV(t *testing.T) {
	o := at(t)
	o.open()
	ref := o.env["HTR_CASE"]
	o.must(`open --provider RGQ --by Monitor --reason "own evidence"`)
	for filter, found := range map[string]bool{"--region Y55": true, `--region "Midlands and East of England"`: true, "--region Y56": false, "--body CQC": true,
		"--body CCG/07J": true, "--body CCG/00C": false, "--measures none": true, "--measures in-force": false} {
		if got := o.must("list " + filter + " --provider RCX"); strings.Contains(got, ref) != found {
			t.Errorf("list %s: %s", filter, got)
		}
	}
	if a := o.run("list", "--measures", "perhaps"); a.code != 2 || !strings.Contains(a.err, "in-force") {
		t.Errorf("%+v", a)
	}
	for _, command := range []string{"list --csv", "owes --by NHSCB --csv"} {
		rows, err := csv.NewReader(strings.NewReader(o.must(command))).ReadAll()
		if err != nil || len(rows) < 2 || len(rows[1]) != len(rows[0]) || strings.ContainsRune(o.must(command), unicode.ReplacementChar) ||
			slices.Contains(rows[1], "'-") {
			t.Errorf("%s: %v, %v", command, rows, err)
		}
	}
}

func TestTheRingAndTheActionsHaveScreensOfTheirOwn(t *testing.T) {
	o := at(t)
	o.env["COLUMNS"] = "160"
	o.open()
	o.must(`summit convene --by "NHS England" --at "2013-09-10 10:00" --place "by telephone" `)
	o.memory.Pass(1800e9)
	o.must("summit open --by \"NHS England\" --present CQC,Monitor,CCG")
	o.must("judgement collective --by \"NHS England\" --value potential-failure --reason staffing")
	o.must("ring propose --by CCG --candidate Monitor")
	has(t, o.must("show"), "Who is to hold the ring", "Monitor, proposed by NHS West Norfolk CCG: has not accepted yet",
		"ring accept, ring decline")
	o.must("ring accept --by Monitor")
	o.must("ring assent --by CQC --candidate Monitor")
	shown := o.must("show")
	has(t, shown, "Monitor, proposed by NHS West Norfolk CCG: has accepted", "assented: CQC",
		"assent awaited ('ring assent'): NHS England", "ring assent")
	has(t, o.must("ring show"), "Nobody holds the ring yet", "assented: CQC")
	o.must(`ring assent --by "NHS England" --candidate Monitor`)
	has(t, o.must("ring show"), "Monitor has held the ring since")
	o.must(`action propose --by "NHS England" --owner Monitor --aim secure-improvement --what "Appoint a lead" --due 2013-10-01`)
	has(t, o.must("action list"), "A1", "Monitor", "Appoint a lead", "proposed")
	o.must("action decline --by Monitor --action A1 --reason no")
	has(t, o.must("action list --open"), "no such action")
	has(t, o.must("owes --by Monitor"), "NO", "D")
}
