package cli_test

import (
	"strings"
	"testing"

	"holdthering/regime/failure"
)

func TestTheOverviewFollowsTheGuidance(t *testing.T) {
	o := at(t)
	brief := o.must("--help")
	golden(t, "brief", brief)
	if bare := o.must(""); bare != brief {
		t.Error("the bare program says something else")
	}
	if lines := strings.Count(brief, "\n"); lines > 120 {
		t.Errorf("the short help has %d lines", lines)
	}
	out := o.must("commands")
	golden(t, "overview", out)
	from := 0
	for _, v := range failure.Verbs() {
		if !strings.Contains(out, "\n  "+v.Path+" ") && !strings.Contains(out, "\n  "+v.Path+"\n") {
			t.Errorf("%s is missing", v.Path)
		}
	}
	for _, title := range []string{"Raise a concern", "Meet", "Judge", "Agree who holds the ring", "Respond",
		"Special measures", "Monitor and close"} {
		at := strings.Index(out[from:], "\n"+title+"\n")
		if at < 0 {
			t.Fatalf("%s is missing, or not in its place", title)
		}
		from += at
	}
}

func TestEveryHelpHasAWholeExample(t *testing.T) {
	o := at(t)
	var all []string
	for _, c := range commands(o) {
		out := o.must(c + " --help")
		has(t, out+" ", "\nExample:\n  starter "+c)
		all = append(all, strings.Repeat("-", 40)+"\n"+out)
	}
	golden(t, "help", strings.Join(all, "\n"))
}

// commands reads off the overview what there is.
func commands(o *office) []string {
	var out []string
	for _, l := range strings.Split(o.must("commands"), "\n") {
		if !strings.HasPrefix(l, "  ") || strings.HasPrefix(l, "   ") || strings.HasPrefix(l, "  starter") {
			continue
		}
		name, _, _ := strings.Cut(l[2:], "  ")
		out = append(out, strings.TrimSpace(name))
	}
	return out
}

func TestTheExamplesOfTheVerbsAreUnderstood(t *testing.T) {
	for _, v := range failure.Verbs() {
		o := at(t)
		a := o.run(append(line(strings.ReplaceAll(v.Example, "CASE", "NO-SUCH")), "--person", "A. Tester")...)
		if a.code == 2 && !strings.Contains(a.err, "There is no case NO-SUCH") {
			t.Errorf("%s: %s", v.Example, a.err)
		}
	}
}

func TestTheShellIsOfferedWhatThereIs(t *testing.T) {
	o := at(t)
	o.open()
	for command, offered := range map[string]string{
		"__complete measures decide --outcome ex": "extend", "__complete rin": "ring",
		"__complete note add --by ": "CQC", "__complete summit open --present CQC,": "CQC,MONITOR",
		"__complete note add --case ": o.env["HTR_CASE"], "__complete show ": o.env["HTR_CASE"],
		"__complete list --stage ": "responding", "__complete bodies --profile ": "ENGLAND_2022",
		"__complete powers --profile ENGLAND_2022 --by ": "ICB", "__complete trigger --profile ": "ENGLAND_2022",
		"__complete list --area ": "Q56", "__complete providers --area ": "East Anglia", "__complete show --last ": ":4",
		"__complete group log --which ": "actions", "__complete group agenda --format ": "md",
		"__complete record --format ": "html", "__complete group file --format ": "html", "__complete providers ": ":4",
		"__complete group start --region ": "Y61", "__complete directory changes --party ": "ICB",
		"__complete rehearse ": ":0", "__complete directory check ": ":0", "__complete record --out ": ":0",
		"__complete powers --provider-type ": "ADULT_SOCIAL_CARE", "__complete directory check --profile ": "ENGLAND_2022",
	} {
		args := line(command)
		if strings.HasSuffix(command, " ") {
			args = append(args, "")
		}
		if a := o.run(args...); a.code != 0 || !strings.Contains(a.out, offered) {
			t.Errorf("%s: %+v", command, a)
		}
	}
	if script := o.must("completion bash"); !strings.Contains(script, "starter") {
		t.Error("no script for bash")
	}
}

func TestACommandIsFoundByWordsOfWhatItDoes(t *testing.T) {
	o := at(t)
	found := o.must("commands special measures inspection")
	if !strings.Contains(found, "reinspection hold") || strings.Contains(found, "ring accept") {
		t.Error(found)
	}
	has(t, o.must("commands ring show"), "ring show")
	has(t, o.must("commands assent --json"), `"command": "ring assent"`)
	if a := o.run("commands", "zeppelin"); a.code != 2 || !strings.Contains(a.err, "zeppelin") {
		t.Errorf("%+v", a)
	}
}
