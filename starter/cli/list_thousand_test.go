package cli

import (
	"context"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"holdthering/cases"
	"holdthering/cases/casestest"
	"holdthering/regime"
)

// thousand are cases of which the list alone is asked.
type thousand struct {
	*casestest.Memory
	rows []cases.Row
}

func (m thousand) List(context.Context, cases.Filter) ([]cases.Row, error) { return m.rows, nil }

// thousandCases are open cases about the trusts of the register, in every stage.
func thousandCases(t testing.TB) thousand {
	t.Helper()
	l, err := lookUp()
	if err != nil {
		t.Fatal(err)
	}
	m := thousand{Memory: casestest.At(time.Date(2013, 9, 10, 9, 30, 0, 0, time.UTC))}
	trusts, stages := l.ref.Providers(), regime.Stage("").Choices()
	for i := range 1000 {
		p := trusts[i%len(trusts)]
		m.rows = append(m.rows, cases.Row{Ref: fmt.Sprintf("CDFG-%04d", i), Stage: regime.Stage(stages[i%len(stages)]), Provider: p.Code,
			ProviderType: p.Type, Area: p.AreaTeam, RingHolder: "CCG/07J", NextDue: m.Now().Add(time.Duration(i) * time.Hour), Measures: "NONE",
			Overdue: i % 7})
	}
	return m
}

// The list of 1,000 cases beside what its bare table takes to be drawn, in one run; the goal is 2 at most. "make bench"
// runs it.
func BenchmarkListOfAThousandCases(b *testing.B) {
	m := thousandCases(b)
	list := func(out io.Writer) int {
		return Run(b.Context(), IO{Args: []string{"list"}, Stdin: strings.NewReader(""), Stdout: out, Stderr: io.Discard,
			Getenv:  func(string) string { return "" },
			Connect: func(context.Context, cases.Settings) (cases.Cases, error) { return m, nil }, Now: m.Now})
	}
	var shown strings.Builder
	if code := list(&shown); code != 0 || strings.Count(shown.String(), "CDFG-") != 1000 {
		b.Fatalf("exit code %d, %d cases", code, strings.Count(shown.String(), "CDFG-"))
	}
	names, err := lookUp()
	if err != nil {
		b.Fatal(err)
	}
	rows := make([]listed, len(m.rows))
	for i, r := range m.rows {
		rows[i] = names.listed(r)
	}
	least := func(best time.Duration, do func()) time.Duration {
		began := time.Now()
		do()
		return min(best, time.Since(began))
	}
	bare, whole := time.Hour, time.Hour
	for b.Loop() {
		bare = least(bare, func() { _ = listText(rows, usualWidth) })
		whole = least(whole, func() { list(io.Discard) })
	}
	b.ReportMetric(float64(whole.Microseconds())/1000, "ms/list")
	b.ReportMetric(float64(whole)/float64(bare), "of-its-table")
}
