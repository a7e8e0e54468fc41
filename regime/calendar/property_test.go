package calendar_test

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"holdthering/regime/calendar"
)

// instants are minutes of 1990 to 2199, one in two of them near a change of the clocks, a
// holiday or the end of a month.
var instants = rapid.Custom(func(t *rapid.T) time.Time {
	minute := time.Duration(rapid.IntRange(0, 60*24).Draw(t, "minute")) * time.Minute
	year := rapid.IntRange(1990, 2198).Draw(t, "year")
	if rapid.Bool().Draw(t, "anywhere") {
		day := rapid.IntRange(0, 365).Draw(t, "day")
		return time.Date(year, 1, 1+day, 0, 0, 0, 0, calendar.London).Add(minute)
	}
	month := rapid.SampledFrom([]time.Month{1, 2, 3, 4, 5, 8, 10, 12}).Draw(t, "month")
	return time.Date(year, month, rapid.IntRange(22, 33).Draw(t, "day"), 0, 0, 0, 0,
		calendar.London).Add(minute)
})

func period(t *rapid.T, unit string, least, most int) calendar.Period {
	return calendar.MustPeriod(fmt.Sprintf("%d%s", rapid.IntRange(least, most).Draw(t, unit), unit))
}

func clock(t time.Time) string { return t.In(calendar.London).Format("15:04:05") }

// changing tells the days on which a local time may not be kept.
func changing(t time.Time) bool {
	_, before := t.Add(-24 * time.Hour).In(calendar.London).Zone()
	_, after := t.Add(24 * time.Hour).In(calendar.London).Zone()
	return before != after
}

func TestEveryPeriodIsReadBackFromItsText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		unit := rapid.SampledFrom([]string{"m", "h", "d", "mo", "wd"}).Draw(t, "unit")
		p := period(t, unit, -1200, 1200)
		if back, err := calendar.ParsePeriod(p.String()); err != nil || back != p {
			t.Fatalf("%s is read back as %s, %v", p, back, err)
		}
	})
}

func TestElapsedTimeElapses(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		start, p := instants.Draw(t, "start"), period(t, "h", -9000, 9000)
		var n int
		fmt.Sscanf(p.String(), "%dh", &n)
		if got := p.After(start).Sub(start); got != time.Duration(n)*time.Hour {
			t.Fatalf("%s after %v elapses %v", p, start, got)
		}
		if back := p.Before(p.After(start)); !back.Equal(start) {
			t.Fatalf("%s there and back from %v is %v", p, start, back)
		}
	})
}

func TestDaysAndMonthsKeepTheClockOutsideItsChanges(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		start := instants.Draw(t, "start")
		unit := rapid.SampledFrom([]string{"d", "mo", "wd"}).Draw(t, "unit")
		p := period(t, unit, -40, 40)
		due := p.After(start)
		if clock(due) != clock(start) && !changing(due) {
			t.Fatalf("%s after %v is %v", p, start, due)
		}
	})
}

func TestOneMoreIsAlwaysLater(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		start, n := instants.Draw(t, "start"), rapid.Int64Range(-60, 60).Draw(t, "n")
		unit := rapid.SampledFrom([]string{"1m", "1h", "1d", "1mo", "1wd"}).Draw(t, "unit")
		one := calendar.MustPeriod(unit)
		due, next := one.Times(n).After(start), one.Times(n+1).After(start)
		if !due.Before(next) {
			t.Fatalf("%s after %v is %v, and one more %v", one.Times(n), start, due, next)
		}
	})
}

func TestAMonthLaterIsTheSameDayOrTheLastOfTheMonth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		start := instants.Draw(t, "start")
		n := rapid.IntRange(-60, 60).Draw(t, "n")
		due := calendar.MustPeriod("1mo").Times(int64(n)).After(start)
		startMonth := start.Year()*12 + int(start.Month())
		if got := due.Year()*12 + int(due.Month()); got != startMonth+n {
			t.Fatalf("%d months after %v is in another month: %v", n, start, due)
		}
		lastDay := due.AddDate(0, 0, 1).Day() == 1
		if due.Day() != start.Day() && (!lastDay || due.Day() > start.Day()) {
			t.Fatalf("%d months after %v is %v", n, start, due)
		}
	})
}

func TestWorkingDaysAreCountedOneByOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		start, n := instants.Draw(t, "start"), rapid.IntRange(1, 60).Draw(t, "n")
		due := calendar.MustPeriod(fmt.Sprintf("%dwd", n)).After(start)
		if !calendar.Working(due) {
			t.Fatalf("%d working days after %v is %v, no working day", n, start, due)
		}
		day, counted := noon(start), 0
		for ; !calendar.Working(day); day = day.AddDate(0, 0, 1) {
			continue
		}
		for day.Before(noon(due)) {
			day = day.AddDate(0, 0, 1)
			if calendar.Working(day) {
				counted++
			}
		}
		if counted != n {
			t.Fatalf("%d working days after %v is %v, %d of them between", n, start, due, counted)
		}
	})
}

func noon(t time.Time) time.Time {
	y, m, d := t.In(calendar.London).Date()
	return time.Date(y, m, d, 12, 0, 0, 0, calendar.London)
}

func TestAWorkingDayForwardIsUndoneByOneBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		start, p := instants.Draw(t, "start"), period(t, "wd", -60, 60)
		if !calendar.Working(start) {
			start = calendar.NextWorkingTime(start, 9, 17)
		}
		if back := p.Before(p.After(start)); !back.Equal(start) {
			t.Fatalf("%s there and back from %v is %v", p, start, back)
		}
	})
}

func TestWorkingTimeIsTheFirstThatComes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		start, from := instants.Draw(t, "start"), rapid.IntRange(0, 23).Draw(t, "from")
		to := rapid.IntRange(from+1, 24).Draw(t, "to")
		within := func(at time.Time) bool {
			return calendar.Working(at) && from <= at.Hour() && at.Hour() < to
		}
		got := calendar.NextWorkingTime(start, from, to)
		if got.Before(start) || !within(got) {
			t.Fatalf("%v is moved to %v, hours %d to %d", start, got, from, to)
		}
		for at := start; at.Before(got); at = at.Add(30 * time.Minute) {
			if within(at) {
				t.Fatalf("%v is moved to %v, past %v", start, got, at)
			}
		}
	})
}

func TestEveryInstantIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := instants.Draw(t, "instant")
		for _, text := range []string{want.Format(time.RFC3339), want.UTC().Format(time.RFC3339)} {
			if got, err := calendar.ParseInstant(text); err != nil || !got.Equal(want) {
				t.Fatalf("%s is read as %v, %v", text, got, err)
			}
		}
		got, err := calendar.ParseInstant(want.Format("2006-01-02 15:04"))
		first := got.Equal(want) || got.Add(time.Hour).Equal(want) && clock(got) == clock(want)
		if err != nil || !first {
			t.Fatalf("%v is read from its local time as %v, %v", want, got, err)
		}
	})
}
