package docs

import (
	"bytes"
	"os"
	"regexp"
	"strings"
	"testing"

	"holdthering/rehearsal"
)

var demo = regexp.MustCompile("(?s)<!-- demo -->\n```\n.*?```\n<!-- /demo -->")

// The table that closes make demo is that of the rehearsal of the same file: the players
// share it, and the end-to-end tests compare what they found.
func TestTheReadmeShowsHowTheDemonstrationEnds(t *testing.T) {
	var out bytes.Buffer
	ok, err := rehearsal.Rehearse(t.Context(), "../scenarios/kings-lynn.txt", rehearsal.Options{Out: &out})
	if err != nil || !ok {
		t.Fatal(ok, err)
	}
	_, table, found := strings.Cut(out.String(), "\nThe case is closed")
	table, _, counted := strings.Cut(table, "\nAll ")
	if !found || !counted {
		t.Fatalf("the rehearsal ends otherwise:\n%s", out.String()[max(0, out.Len()-2000):])
	}
	lines := strings.Split(strings.TrimSpace("The case is closed"+table), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	want := "<!-- demo -->\n```\n" + strings.Join(lines, "\n") + "\n```\n<!-- /demo -->"
	page, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	now := demo.ReplaceAllLiteralString(string(page), want)
	if now == string(page) && strings.Contains(now, want) {
		return
	}
	if !*update {
		t.Fatal("the README shows another end of make demo: run go test ./docs -update")
	}
	if err := os.WriteFile("../README.md", []byte(now), 0o644); err != nil {
		t.Fatal(err)
	}
}
