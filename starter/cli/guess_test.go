package cli_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"holdthering/reference"
	"holdthering/regime"
	"holdthering/regime/regimetest/guess"
	"holdthering/verbs"
)

// readBack is all that anybody can read at the command line of a case and a group.
func readBack(o *office) string {
	var all strings.Builder
	for _, look := range []string{"show CASE", "show CASE --json", "record CASE --format md", "record CASE --format html",
		"record CASE --format json", "record CASE --notices", "timetable CASE", "timetable CASE --json", "list", "list --json",
		"group show Q56", "group show Q56 --json", "group file Q56", "group file Q56 --format json", "group file Q56 --notices",
		"group list --json", "why CQC --case CASE", "why 2 --case CASE", "why Monitor --case CASE"} {
		a := o.run(line(strings.ReplaceAll(look, "CASE", o.env["HTR_CASE"]))...)
		if a.code != 0 {
			o.t.Fatalf("%s: exit %d: %s", look, a.code, a.err)
		}
		all.WriteString(a.out + a.err)
	}
	return all.String()
}

// TestR14_R23_NoGuessFindsAtTheCommandLineWhatIsKeptInConfidence has one who knows the words of every act, but
// for one of them, try all that it may be.
func TestR14_R23_NoGuessFindsAtTheCommandLineWhatIsKeptInConfidence(t *testing.T) {
	o := inTheOpen(t)
	read := ""
	type secret struct{ command string } // {by} and {source} are what is guessed
	secrets := []secret{
		{`group concern --group Q56 --by {by} --provider RCX --what "Letters come late" --source {source} --protect-identity --open-text`},
		{`concern record --case CASE --by {by} --kind serious-incident --what "Letters come late" --source {source} --source-note "a nurse" --protect-identity --open-text`},
		{`judgement own --case CASE --by {by} --view "Governance has failed" --sealed --open-text`},
	}
	fill := func(s secret, by, source string) string {
		return strings.NewReplacer("{by}", by, "{source}", source, "CASE", o.env["HTR_CASE"]).Replace(s.command)
	}
	o.must(`summit convene --case ` + o.env["HTR_CASE"] + ` --by "NHS England" --at "2013-09-11 10:00" --yes`)
	for i, s := range secrets {
		by := []string{"CCG/07K", "Monitor", "Monitor"}[i]
		key := fmt.Sprintf(" --key 0191f2c1-5d6e-7f70-8a91-b2c3d4e5f60%d --json", i)
		read += o.must(fill(s, by, "patient") + key)
		for _, more := range []string{key, " --again --json", " --json"} { // the answers are read as well
			a := o.run(line(fill(s, by, "patient") + more)...)
			read += a.out + a.err
		}
	}
	read += readBack(o)
	if !strings.Contains(read, "Letters come late") || !strings.Contains(read, "sealed") {
		t.Fatal("nothing of it can be read")
	}
	ref, err := reference.Load()
	if err != nil {
		t.Fatal(err)
	}
	g := guess.New(read, o.env["HTR_CASE"], "0191f2c1-5d6e-7f70-8a91-b2c3d4e5f600")
	prints := 0
	for _, s := range secrets {
		for _, by := range ref.LocalGroup("Q56") {
			for _, source := range append(regime.SourceKind("").Choices(), "") {
				command := fill(s, string(by), source)
				if source == "" {
					command = strings.ReplaceAll(command, "--source  ", "")
				}
				print, parts := printOf(t, command, o.env["HTR_CASE"])
				prints++
				for _, p := range append(parts, print, string(by)+"\n"+source, source, string(by), ref.PartyName(by)) {
					if p != "" && g.Try(p) {
						t.Fatalf("%q of %s can be guessed", p, command)
					}
				}
			}
		}
	}
	t.Logf("%d acts guessed, %d tries, found 0", prints, g.Tries)
	if prints < 100 {
		t.Errorf("%d acts only", prints)
	}
}

// printOf is what the program makes of the words, and the words as they are sent.
func printOf(t *testing.T, command, ref string) (print string, parts []string) {
	t.Helper()
	words, env := line(command), verbs.Env{Case: ref, Person: "A. Tester"}
	if words[0] == verbs.GroupNoun {
		p, err := verbs.ParseGroup(words[1:], env)
		if err != nil {
			t.Fatalf("%s: %v", command, err)
		}
		return p.Request.Fingerprint, []string{asText(t, p.Act), fmt.Sprint(p.Request.By.For, "\n", p.Request.Key)}
	}
	p, err := verbs.Parse(words, env)
	if err != nil {
		t.Fatalf("%s: %v", command, err)
	}
	return p.Request.Fingerprint, []string{asText(t, p.Act), fmt.Sprint(p.Request.By.For, "\n", p.Request.Key)}
}

func asText(t *testing.T, act any) string {
	t.Helper()
	raw, err := json.Marshal(act)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}
