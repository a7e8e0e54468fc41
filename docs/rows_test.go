package docs

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"holdthering/regime"
	"holdthering/regime/calendar"
)

// rows counts, for each stretch of each profile in which nothing changes, on what its rows stand.
func rows() string {
	var b strings.Builder
	fmt.Fprintf(&b, "| Profile | from | laid down by a source | our choice | unconfirmed | all |\n|---|---|---|---|---|---|\n")
	for _, p := range regime.Profiles() {
		for _, at := range p.Periods() {
			then, _ := regime.ProfileOn(p.Name, at)
			n := then.Counted()
			open := n[regime.Unconfirmed] + n[regime.ByRecall]
			fmt.Fprintf(&b, "| %s | %s | %d | %d | %d | %d |\n", p.Name, calendar.Day(at), n[regime.BySource], n[regime.ByDesign], open,
				n[regime.BySource]+n[regime.ByDesign]+open)
		}
	}
	return b.String()
}

var rowsBlock = regexp.MustCompile("(?s)(<!-- rows -->\n).*?(<!-- /rows -->)")

func TestTheSourcesPageCountsTheRowsOfEveryProfile(t *testing.T) {
	page := textOf(t, "sources.md")
	found := rowsBlock.FindStringSubmatchIndex(page)
	if found == nil {
		t.Fatal("sources.md has no count of the rows")
	}
	want := page[:found[3]] + rows() + page[found[4]:]
	if *update {
		if err := os.WriteFile("sources.md", []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if page != want {
		t.Errorf("sources.md does not count the rows as the profiles have them: run go test ./docs -update")
	}
}

// A source is one that its reader can look up: what only other papers of ours say is our choice, or our reading.
func TestNoRowCitesWhatNobodyCanLookUp(t *testing.T) {
	ours := regexp.MustCompile(`\bregime (A?\d|section)|^\d+\.\d+$`)
	seen := 0
	for _, p := range regime.Profiles() {
		for _, at := range p.Periods() {
			then, _ := regime.ProfileOn(p.Name, at)
			for _, r := range then.LawRows() {
				if seen++; ours.MatchString(r.Source) || r.Source == "" {
					t.Errorf("%s, %s %s: its source is %q", p.Name, r.Section, r.Key, r.Source)
				}
			}
		}
	}
	for _, r := range regime.Rules() {
		if seen++; ours.MatchString(r.Source) || r.Source == "" {
			t.Errorf("%s: its source is %q", r.ID, r.Source)
		}
	}
	if seen < 3000 {
		t.Errorf("only %d sources were read", seen)
	}
}
