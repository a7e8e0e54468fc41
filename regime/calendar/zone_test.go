package calendar

import (
	"testing"
	"time"
)

// The UK rule: forward on the last Sunday of March, back on the last Sunday of October (to
// 1995 the fourth), each at 01:00 UTC.
func TestTheClocksOfLondonChangeByTheUKRuleInEveryYear(t *testing.T) {
	for year := 1990; year <= 2199; year++ {
		latest := 31
		if year <= 1995 {
			latest = 28
		}
		forward := lastSunday(year, time.March, 31).Add(time.Hour)
		back := lastSunday(year, time.October, latest).Add(time.Hour)
		checkOffset(t, forward.Add(-time.Second), 0)
		checkOffset(t, forward, 3600)
		checkOffset(t, back.Add(-time.Second), 3600)
		checkOffset(t, back, 0)
	}
}

func lastSunday(year int, month time.Month, upTo int) time.Time {
	d := time.Date(year, month, upTo, 0, 0, 0, 0, time.UTC)
	return d.AddDate(0, 0, -int(d.Weekday()))
}

func checkOffset(t *testing.T, at time.Time, want int) {
	t.Helper()
	if _, got := at.In(London).Zone(); got != want {
		t.Errorf("at %v London is %d s ahead of UTC, want %d", at, got, want)
	}
}

func TestAReadingThatComesTwiceMeansTheFirst(t *testing.T) {
	r := time.Date(2013, 10, 27, 1, 30, 0, 0, time.UTC)
	at, exact := instantOf(r)
	if want := r.Add(-time.Hour); !at.Equal(want) || !exact {
		t.Errorf("got %v, exact %v; want %v, exact", at, exact, want)
	}
}

func TestAReadingThatNeverComesMovesOnByTheMissingHour(t *testing.T) {
	at, exact := instantOf(time.Date(2013, 3, 31, 1, 30, 0, 0, time.UTC))
	if got := at.Format("15:04 MST"); got != "02:30 BST" || exact {
		t.Errorf("got %s, exact %v; want 02:30 BST, not exact", got, exact)
	}
}

func TestEveryHourOfAYearIsReadAndFoundAgain(t *testing.T) {
	start := time.Date(2013, 1, 1, 0, 0, 0, 0, time.UTC)
	for h := range 365 * 24 {
		want := start.Add(time.Duration(h) * time.Hour)
		got, exact := instantOf(reading(want))
		second := repeated(want) && reading(want.Add(-time.Hour)).Equal(reading(want))
		if second {
			want = want.Add(-time.Hour)
		}
		if !exact || !got.Equal(want) {
			t.Errorf("%v is found again as %v, exact %v", want, got, exact)
		}
	}
}
