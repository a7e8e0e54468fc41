package docs

import (
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// What is said on paper of a region and of the country follows from what make bench and make scale have printed.
func TestTheSizingOnPaperFollowsFromWhatWasMeasured(t *testing.T) {
	raw, err := os.ReadFile("operations.md")
	if err != nil {
		t.Fatal(err)
	}
	text := string(raw)
	scale := text[strings.Index(text, "As `make scale`"):]
	acts := both(t, scale[strings.Index(scale, "a note): acts"):], "- CPU ms an act, mails included: server + worker")
	reminder := both(t, scale, "- CPU ms a reminder: server + worker")
	memory := both(t, scale, "Memory for an open case, as Linux counts the processes: kB, server + worker")
	history := both(t, text, "History of the King's Lynn case, all runs: kB")
	actions := both(t, text, "- of these, what Temporal Cloud would bill as actions; heartbeats and queries come on top")
	const deeds, mails, years, reminders = 87, 1175, 2, 13
	for _, size := range []struct {
		cases  float64
		column int
	}{{250, 0}, {1000, 1}} {
		for what, want := range map[string]string{
			"CPU of server and worker in a year":                                                     fmt.Sprintf("%.1f thousand s", size.cases*(deeds*acts+mails*reminder)/years/1e6),
			"all are reminded at one moment (13 mails each)":                                         fmt.Sprintf("%.0f CPU s", size.cases*reminders*reminder/1e3),
			"memory: server and worker":                                                              fmt.Sprintf("%.2f GB", size.cases*memory/1e6),
			"histories in a year, before the database's own overhead":                                fmt.Sprintf("%.2f GB", size.cases*history/years/1e6),
			"Temporal Cloud actions in a month, with a note for each mail, as `HTR_REGISTER` has it": fmt.Sprintf("%.0f thousand", size.cases*(actions+mails)/years/12/1e3),
		} {
			cells := strings.Split(row(t, scale, what), " | ")
			if got := cells[size.column]; !strings.HasPrefix(got, want) {
				t.Errorf("%.0f cases, %s: %q, and it comes to %q", size.cases, what, got, want)
			}
		}
	}
	if a := 1000 / reminder; !strings.Contains(scale, fmt.Sprintf("each further core takes some %.0f\nreminders a second", float64(int(a/10+0.5))*10)) {
		t.Errorf("a core takes %.0f reminders a second", a)
	}
}

// row is what stands in a table after its first cell.
func row(t *testing.T, text, first string) string {
	t.Helper()
	_, rest, found := strings.Cut(text, "| "+first+" | ")
	if !found {
		t.Fatalf("no row %q", first)
	}
	line, _, _ := strings.Cut(rest, "\n")
	return strings.TrimSuffix(line, " |")
}

var number = regexp.MustCompile(`[\d.]+`)

// both adds the numbers in the second cell of a row: "13.3 + 10.2".
func both(t *testing.T, text, first string) (sum float64) {
	t.Helper()
	cell, _, _ := strings.Cut(row(t, text, first), " |")
	for _, n := range number.FindAllString(cell, -1) {
		one, err := strconv.ParseFloat(n, 64)
		if err != nil {
			t.Fatal(err)
		}
		sum += one
	}
	return sum
}
