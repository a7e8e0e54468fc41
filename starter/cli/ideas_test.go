package cli_test

import (
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"holdthering/starter/cli"
	"holdthering/verbs"
)

// eachFlag sees the flags of every command.
func eachFlag(see func(c *cobra.Command, f *pflag.Flag)) {
	var walk func(*cobra.Command)
	walk = func(c *cobra.Command) {
		c.LocalFlags().VisitAll(func(f *pflag.Flag) { see(c, f) })
		for _, child := range c.Commands() {
			walk(child)
		}
	}
	walk(cli.Commands())
}

// family are the forms in which one idea may be given: what a look reads itself is a string.
var family = map[string]string{"string": "", "code": "", "case": "", "group": "", "stringSlice": "", "party": "parties", "int": "number"}

func TestOneFlagStandsForOneIdea(t *testing.T) {
	ideas, says := map[string]verbs.Idea{}, map[string]string{}
	for _, i := range verbs.Ideas() {
		if _, twice := ideas[i.Flag]; twice || says[i.Says] != "" {
			t.Errorf("--%s: %q stands there twice, as --%s", i.Flag, i.Says, says[i.Says])
		}
		ideas[i.Flag], says[i.Says] = i, i.Flag
	}
	forms := map[string]map[string]bool{}
	eachFlag(func(c *cobra.Command, f *pflag.Flag) {
		if f.Hidden || f.Name == "help" {
			return
		}
		if _, known := ideas[f.Name]; !known {
			t.Errorf("%s --%s: verbs.Ideas does not say what it means", c.CommandPath(), f.Name)
		}
		form, other := family[f.Value.Type()]
		if !other {
			form = f.Value.Type()
		}
		if forms[f.Name] == nil {
			forms[f.Name] = map[string]bool{}
		}
		if form != "" {
			forms[f.Name][form] = true
		}
	})
	for name, i := range ideas {
		switch seen := forms[name]; {
		case seen == nil:
			t.Errorf("--%s: no command has it", name)
		case len(seen) > 1 && !i.Mixed:
			t.Errorf("--%s takes %v: two ideas?", name, slices.Sorted(maps.Keys(seen)))
		case len(seen) < 2 && i.Mixed:
			t.Errorf("--%s takes one thing alone", name)
		}
	}
}

// meant are ideas by the words in which the help puts them, with the flags that may stand for each.
var meant = []struct{ words, flags string }{
	{`^why\b`, "reason why-not early routine fitness"},
	{`^(when|since when|the day|the first day|the heir's first day|its last day)\b.*if (earlier than|not)`, "at on learned announced"},
	{`^by when`, "due next"},
	{`where (it|that) is published`, "url"},
	{`^where the report`, "where"},
	{`(that have come|that took part|parties present)`, "present"},
	{`^(which )?sites? or services?\b`, "service"},
	{`what (your body|CQC) (will do|does)$`, "intends"},
	{`office, not a name|office rather than a name|organisation or office`, "who lead"},
	{`^what (shows|that rests on|it rests on)|: what it rests on`, "evidence safe"},
	{`overall rating`, "rating"},
	{`immediate risk`, "immediate"},
	{`^when .*(look again|is reviewed)`, "next-review"},
	{`such as (PROVIDER/RDU|CQC)\b`, "successor"},
	{`^the councils`, "serves"},
	{`(parties|bodies|members|body) asked`, "asked"},
	{`the .directory. of the outbox|where the outbox`, "outbox"},
	{`\b(csv|html)\b`, "format"},
}

func TestAnIdeaHasTheSameFlagEverywhere(t *testing.T) {
	for _, m := range meant {
		words, used := regexp.MustCompile(m.words), false
		eachFlag(func(c *cobra.Command, f *pflag.Flag) {
			if f.Hidden || !words.MatchString(strings.TrimSuffix(f.Usage, " (required)")) {
				return
			}
			used = true
			if !slices.Contains(strings.Fields(m.flags), f.Name) {
				t.Errorf("%s --%s: %q; elsewhere that is --%s", c.CommandPath(), f.Name, f.Usage, strings.ReplaceAll(m.flags, " ", " or --"))
			}
		})
		if !used {
			t.Errorf("%s: no flag is explained so", m.words)
		}
	}
}

// taken are the flags of each command by every name that they have, "was=now" where they are called otherwise now; those
// that every act has, for one act alone.
func taken() map[string]map[string]bool {
	out := map[string]map[string]bool{}
	eachFlag(func(c *cobra.Command, f *pflag.Flag) {
		_, path, _ := strings.Cut(c.CommandPath(), " ")
		if f.Name == "help" || verbs.HelpSection(f) == "Who acts, and where" && path != "note add" {
			return
		}
		if out[path] == nil {
			out[path] = map[string]bool{}
		}
		out[path][f.Name] = true
		for _, was := range verbs.FormerNames(f) {
			out[path][was+"="+f.Name] = true
		}
	})
	return out
}

// What was taken once is taken for ever: scripts hold it.
func TestEveryFlagIsTakenByTheNamesThatItHad(t *testing.T) {
	const file = "testdata/flags.txt"
	raw, err := os.ReadFile(file)
	if err != nil && !*update {
		t.Fatal(err)
	}
	now := taken()
	missing := 0
	for _, line := range strings.Split(strings.TrimSpace(string(raw)), "\n") {
		path, names, _ := strings.Cut(line, ": ")
		for _, name := range strings.Fields(names) {
			if !now[path][name] {
				t.Errorf("%s --%s is not taken any more", path, name)
				missing++
			}
			delete(now[path], name)
		}
	}
	for path, names := range now {
		for name := range names {
			if !*update {
				t.Errorf("%s --%s is new: go test ./starter/cli -update", path, name)
			}
		}
	}
	if *update && missing == 0 {
		var out []string
		all := taken()
		for _, path := range slices.Sorted(maps.Keys(all)) {
			out = append(out, path+": "+strings.Join(slices.Sorted(maps.Keys(all[path])), " "))
		}
		if err := os.WriteFile(file, []byte(strings.Join(out, "\n")+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// former is a flag by a name that it had.
func former(name string) string { return "--" + name }

func TestAFormerNameDoesWhatTheFlagDoes(t *testing.T) {
	o := at(t)
	o.open()
	o.must(`summit convene --by "NHS England" --at "2013-09-12 10:00" --also GMC ` + former("why") + `  "trainees"`)
	o.must(`note add --by CQC ` + former("text") + ` "By its old name"`)
	has(t, o.must("show"), "By its old name")
	if a := o.run(line(`note add --by CQC ` + former("text") + ` x --what y`)...); a.code != 2 || !strings.Contains(a.err, "--what: it is given twice") {
		t.Errorf("%+v", a)
	}
	if help := o.must("note add --help"); strings.Contains(help, former("text")) {
		t.Errorf("a former name is shown:\n%s", help)
	}
	if a := o.run(line(`note add --by CQC --message x`)...); !strings.Contains(a.err, "did you mean --what?") {
		t.Errorf("%+v", a)
	}
}
