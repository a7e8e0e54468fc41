package cli_test

import (
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"holdthering/regime"
	"holdthering/regime/failure"
	"holdthering/regime/surveillance"
)

// offers is what the shell is offered behind the words; a word in the making stands after "|".
func (o *office) offers(t *testing.T, command string) string {
	t.Helper()
	words, begun, _ := strings.Cut(command, "|")
	a := o.run(append(append([]string{"__complete"}, line(words)...), begun)...)
	if a.code != 0 || strings.Contains(a.err, "[Error]") {
		t.Fatalf("%s: %+v", command, a)
	}
	return a.out
}

func TestTheShellIsOfferedWhatTheCaseItselfHasAfterAnyFlag(t *testing.T) {
	o := at(t)
	o.open()
	o.must(`summit convene --by "NHS England" --at "2013-09-12 10:00" --place "by telephone"`)
	ref := o.env["HTR_CASE"]
	for command, offered := range map[string][]string{
		"trigger --provider RCX |--wh":                       {"--what"},
		"trigger --source qsg-sharing --provider |":          {"RCX\t"},
		"trigger --by CQC --provider |RC":                    {"RCX\t"},
		"note add --case " + ref + " --by |":                 {"CCG/07J\tNHS West Norfolk CCG", "CQC\t"},
		"ring propose --case " + ref + " --candidate |":      {"CCG/07J\t", "MONITOR\t"},
		"summit open --case " + ref + " --present |CQC,":     {"CQC,CCG/07J\t"},
		"power use --case " + ref + " --by CQC --power |":    {"P-CQC-"},
		"mail resend --case " + ref + " --by CQC --notice |": {"n2\t"},
		"why " + ref + " |":                                  {"D1\t", "n2\t"},
		"owes --by |":                                        {"CQC\t"}, "list --provider |R": {"RCX\t"},
		"list --region |": {"Y5"}, "list --area Q56 --owes |": {"MONITOR\t"},
	} {
		got := o.offers(t, command)
		for _, part := range offered {
			if !strings.Contains(got, part) {
				t.Errorf("%s: %q is not in\n%s", command, part, got)
			}
		}
	}
	if got := o.offers(t, "power use --case "+ref+" --by CQC --power |"); strings.Contains(got, "P-MON-") {
		t.Errorf("Monitor's powers are offered to CQC:\n%s", got)
	}
}

func TestTheShellIsOfferedTheCasesThatGoWithAPartOfAReference(t *testing.T) {
	o := at(t)
	o.open()
	ref := o.env["HTR_CASE"]
	delete(o.env, "HTR_CASE")
	low, plain := strings.ToLower(ref), strings.ReplaceAll(ref, "-", "")
	about := "\tThe Queen Elizabeth Hospital"
	for begun, offered := range map[string]string{
		"":          ref + about,
		ref[:2]:     ref + about,
		low[:2]:     low + about, // a shell drops what does not begin as it was typed
		plain[:6]:   plain + about,
		ref[5:8]:    "\n" + "_activeHelp_ " + ref + "  The Queen",
		"rcx":       ref + about,
		"elizabeth": ref + about,
	} {
		for _, words := range []string{"note add --case |", "show |"} {
			if got := "\n" + o.offers(t, words+begun); !strings.Contains(got, offered) || !strings.Contains(got, ":4") {
				t.Errorf("%s%s: %q is not in\n%s", words, begun, offered, got)
			}
		}
	}
	for _, none := range []string{"!!", "ZZZZ", ref + "X"} {
		if got := o.offers(t, "note add --case |"+none); strings.Contains(got, ref) {
			t.Errorf("%q is offered\n%s", none, got)
		}
	}
	// What the shell fills in is taken by an act.
	for _, written := range []string{low, plain} {
		o.must("note add --by CQC --text x" + written + " --case " + written)
	}
}

// A number's letter is read off the example in its usage, and has to be one of those that are in use.
func TestEveryFieldThatNamesANumberOffersThoseThatThereAre(t *testing.T) {
	o := at(t)
	o.open()
	o.must("group start --area Q56")
	shape := regexp.MustCompile(`such as '?([A-Z][0-9]|n[0-9]+)(\.[0-9])?([,;']|$)`)
	seen := 0
	try := func(path string, act any) {
		for _, f := range regime.Fields(act) {
			if f.Type.Kind() != reflect.String || !shape.MatchString(f.Usage) {
				continue
			}
			seen++
			// Where there are none of them yet nothing is offered, and never a file.
			if got := o.offers(t, path+" --by CQC --"+f.Flag+" |"); !strings.Contains(got, ":4") {
				t.Errorf("%s --%s offers files:\n%s", path, f.Flag, got)
			}
		}
	}
	for _, v := range failure.Verbs() {
		try(v.Path, v.New())
	}
	for _, v := range surveillance.Verbs() {
		try(v.Path, v.New())
	}
	if seen < 50 {
		t.Errorf("only %d fields were looked at", seen)
	}
}

func TestTheShellIsOfferedWhatTheGroupItselfHas(t *testing.T) {
	o := at(t)
	o.watch()
	for command, offered := range map[string]string{
		"group concern --by CQC --provider |":   "RCX\t",
		"group level --by |":                    "CCG/07K\t",
		"group set-aside --by CQC --concerns |": "C1\t",
		"trigger --from-concern C1 --group |":   "Q56\t",
	} {
		if got := o.offers(t, command); !strings.Contains(got, offered) {
			t.Errorf("%s: %q is not in\n%s", command, offered, got)
		}
	}
}

func TestTheShellIsOfferedTheCasesThatAreOverWhereOneOfThemIsMeant(t *testing.T) {
	o := at(t)
	o.open()
	over := o.env["HTR_CASE"]
	o.quietly()
	o.memory.Pass(3 * 365 * 24 * time.Hour)
	delete(o.env, "HTR_CASE")
	alive := strings.TrimSuffix(strings.Fields(o.must(strings.Replace(firstTrigger, "k1", "k2", 1)))[2], ":")
	for command, offered := range map[string][2]bool{ // the one that is over, and the open one
		"trigger --provider RCX --reopens |": {true, false}, "trigger --reopens |": {true, false},
		"open --provider RGP --reopens |": {true, false}, // of another provider there is none
		"record |":                        {true, true}, "show |": {true, true}, "why |": {true, true},
		"record erase |": {true, false}, "note add --case |": {false, true}, "timetable |": {false, true},
	} {
		got := o.offers(t, command)
		for i, ref := range []string{over, alive} {
			if strings.Contains(got, ref+"\t") != offered[i] {
				t.Errorf("%s offers or lacks %s:\n%s", command, ref, got)
			}
		}
	}
}
