package docs

import (
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"holdthering/regime"
)

const noticesHead = `# Notices

This page lists every kind of notice, and the reminders that use it. ` + "`go test ./docs -update`" + ` writes it
from the profile. The rules say who is told at once when something happens;
` + "`regime/failure/notice_table_test.go`" + ` plays each kind and lists who is told when.

Urgent notices go at any hour. Those of one kind that arise at the same moment reach a contact in one
mail. All others go in working hours, and a contact gets at most one such mail a day from a case: the
first at once, the rest together the next working morning. "Our choice" marks what no source lays down.

| Notice | Subject | Hours | Rule | Sent for | Ladder | Source |
|---|---|---|---|---|---|---|
`

func noticeTable(p *regime.Profile) string {
	var b strings.Builder
	b.WriteString(noticesHead)
	for _, n := range inOrderOfNumbers(p.Notices) {
		hours := "working hours"
		if n.Urgent {
			hours = "any"
		}
		row := []string{string(n.Kind), n.Subject, hours, n.Rule}
		rows := ladders(p, n.Kind)
		if len(rows) == 0 {
			rows = [][]string{{"what has happened", "at once", ""}}
		}
		for _, l := range rows {
			b.WriteString("| " + strings.Join(append(slices.Clone(row), l...), " | ") + " |\n")
			row = []string{"", "", "", ""}
		}
	}
	return b.String()
}

func inOrderOfNumbers(ns []regime.NoticeRow) []regime.NoticeRow {
	out := slices.Clone(ns)
	number := func(n regime.NoticeRow) int {
		i, _ := strconv.Atoi(strings.TrimPrefix(string(n.Kind), "N"))
		return i
	}
	slices.SortFunc(out, func(a, b regime.NoticeRow) int { return number(a) - number(b) })
	return out
}

// ladders are the duties that a kind of notice reminds of: what is owed, who is reminded when, and the source.
func ladders(p *regime.Profile, k regime.NoticeKind) [][]string {
	var out [][]string
	for _, d := range p.Duties {
		var steps []string
		for _, r := range d.Ladder {
			if r.Notice != k {
				continue
			}
			to := make([]string, len(r.To))
			for i, a := range r.To {
				to[i] = a.String()
			}
			step := r.At + ": " + strings.Join(to, ", ")
			if !r.Every.IsZero() {
				step += ", then every " + r.Every.String()
			}
			steps = append(steps, step)
		}
		if len(steps) == 0 {
			continue
		}
		source := d.Source
		if d.Basis == regime.ByDesign {
			source += " (our choice)"
		}
		says := d.Says
		if !d.Period.IsZero() {
			says += ", within " + d.Period.String()
		}
		out = append(out, []string{says, strings.Join(steps, "; "), source})
	}
	return out
}

func TestTheNoticesAreListedWithTheirLadders(t *testing.T) {
	want := noticeTable(regime.FirstProfile())
	if *update {
		if err := os.WriteFile("notices.md", []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile("notices.md")
	if err != nil || string(got) != want {
		t.Errorf("notices.md is not what the profile says (%v): run go test ./docs -update", err)
	}
}
