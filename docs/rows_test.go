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
