package desk_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"testing"
	"time"

	"holdthering/cases"
	"holdthering/desk"
	"holdthering/regime"
)

// kept answers every question about cases from a few states that were made once.
type kept struct {
	cases.Cases
	rows   []cases.Row
	groups []cases.GroupRow
}

func (k *kept) List(context.Context, cases.Filter) ([]cases.Row, error) { return k.rows, nil }
func (k *kept) ListGroups(context.Context, cases.GroupFilter) ([]cases.GroupRow, error) {
	return k.groups, nil
}

func (k *kept) Snapshot(ctx context.Context, _ string) (cases.Snapshot, error) {
	return k.Cases.Snapshot(ctx, k.rows[0].Ref)
}

func (k *kept) Group(ctx context.Context, _ string) (cases.GroupSnapshot, error) {
	return k.Cases.Group(ctx, k.groups[0].Place)
}

// many is a thousand open cases and 29 groups: one of each, that many times.
func many(b *bench) *kept {
	b.inGroup("Q56", "start --area Q56")
	b.convene()
	b.memory.Pass(24 * time.Hour)
	k := &kept{Cases: b.memory}
	rows, err := b.memory.List(b.t.Context(), cases.Filter{})
	if err != nil {
		b.t.Fatal(err)
	}
	for i := range 1000 {
		row := rows[0]
		if i > 0 {
			row.Ref = fmt.Sprintf("K%03d-3XRD", i)
		}
		k.rows = append(k.rows, row)
	}
	groups, err := b.memory.ListGroups(b.t.Context(), cases.GroupFilter{})
	if err != nil {
		b.t.Fatal(err)
	}
	for i := range 29 {
		row := groups[0]
		if i > 0 {
			row.Place = "Q" + strconv.Itoa(60+i)
		}
		k.groups = append(k.groups, row)
	}
	return k
}

// bare is a page of the same rows with nothing around them.
func bare(ctx context.Context, c cases.Cases, now time.Time, w io.Writer) error {
	owed, _, err := cases.Owes(ctx, c, func(regime.Party) bool { return true }, now)
	for _, o := range owed {
		fmt.Fprintf(w, "<p>%s %s %s %s %s %v</p>\n", o.Due, o.Ref, o.Name, o.What, o.Answer, o.Overdue)
	}
	return err
}

// BenchmarkFrontPage opens the front page of a thousand cases and 29 groups, and a bare page of the same rows, in
// turn. It tells how many times as long the one takes as the other: where all are asked, and for who looks next.
func BenchmarkFrontPage(b *testing.B) {
	one := newBench(b)
	k := many(one)
	h := (&desk.Desk{Cases: k, Now: one.memory.Now, Fresh: desk.Usual, Log: one.desk.Log, UserHeader: "X-Remote-User"}).Handler()
	var page, plain, next time.Duration
	took := func(sum *time.Duration, do func()) {
		began := time.Now()
		do()
		*sum += time.Since(began)
	}
	for b.Loop() {
		took(&plain, func() {
			if err := bare(b.Context(), k, one.memory.Now(), io.Discard); err != nil {
				b.Fatal(err)
			}
		})
		took(&page, func() { serve(b, h, "/?look=again") })
		took(&next, func() { serve(b, h, "/") })
	}
	b.ReportMetric(float64(page)/float64(plain), "times-bare")
	b.ReportMetric(float64(next)/float64(plain), "times-bare-next")
	b.ReportMetric(float64(page.Milliseconds())/float64(b.N), "ms/page")
	b.ReportMetric(float64(next.Milliseconds())/float64(b.N), "ms/next")
}

func serve(b *testing.B, h http.Handler, path string) {
	b.Helper()
	w := httptest.NewRecorder()
	r := httptest.NewRequestWithContext(b.Context(), http.MethodGet, "http://127.0.0.1:1"+path, nil)
	r.Header.Set("X-Remote-User", "Sam Green")
	h.ServeHTTP(w, r)
	if w.Code != http.StatusOK {
		b.Fatalf("%s: %d", path, w.Code)
	}
}
