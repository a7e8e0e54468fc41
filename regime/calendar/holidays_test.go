package calendar

import (
	"fmt"
	"hash/fnv"
	"slices"
	"strings"
	"testing"
	"time"
)

// oneOff is what was proclaimed for one year: days added, and days of the rule moved away.
var oneOff = []struct {
	year           int
	added, removed []int
}{
	{2011, []int{429}, nil},
	{2012, []int{604, 605}, []int{528}},
	{2020, []int{508}, []int{504}},
	{2022, []int{602, 603, 919}, []int{530}},
	{2023, []int{508}, nil},
}

func TestTheTableIsTheRuleAndTheProclaimedDays(t *testing.T) {
	for _, row := range holidayYears {
		want := regularDays(row.year)
		for _, o := range oneOff {
			if o.year != row.year {
				continue
			}
			want = append(want, o.added...)
			want = slices.DeleteFunc(want, func(d int) bool { return slices.Contains(o.removed, d) })
		}
		slices.Sort(want)
		if !slices.Equal(row.days, want) {
			t.Errorf("%d: table %v, want %v", row.year, row.days, want)
		}
	}
}

func TestTheTableHasEveryYearOnceInOrder(t *testing.T) {
	for i, row := range holidayYears {
		if row.year != Holidays.First+i {
			t.Errorf("row %d is the year %d, want %d", i, row.year, Holidays.First+i)
		}
	}
	if Holidays.First != 2010 || Holidays.Last != 2028 {
		t.Errorf("the table runs from %d to %d", Holidays.First, Holidays.Last)
	}
}

// A changed date needs a changed version: put the new sum here with the new version.
func TestTheVersionNamesExactlyTheseDates(t *testing.T) {
	sum := fnv.New32a()
	fmt.Fprint(sum, holidayYears)
	got := fmt.Sprintf("%s %08x", Holidays.Version, sum.Sum32())
	if want := "england-and-wales-2010-2028.1 c9128efa"; got != want {
		t.Errorf("version and sum of the dates are %q, want %q", got, want)
	}
}

func TestTheRuleAgreesWithAListMadeAnotherWayInEveryYear(t *testing.T) {
	for year := 1990; year <= 2299; year++ {
		days := regularDays(year)
		for d := date(year, 1, 1); d.Year() == year; d = d.AddDate(0, 0, 1) {
			if d.Weekday() == time.Saturday || d.Weekday() == time.Sunday {
				continue
			}
			want := slices.Contains(days, int(d.Month())*100+d.Day())
			if got := regularHoliday(d); got != want {
				t.Errorf("%s: bank holiday by rule %v, want %v", d.Format("Mon 2 Jan 2006"), got, want)
			}
		}
	}
}

func TestEasterFallsOnTheKnownSundays(t *testing.T) {
	for _, want := range []time.Time{
		date(1818, 3, 22), date(1943, 4, 25), date(1990, 4, 15), date(2008, 3, 23),
		date(2013, 3, 31), date(2024, 3, 31), date(2038, 4, 25), date(2285, 3, 22),
	} {
		if got := easterSunday(want.Year()); !got.Equal(want) {
			t.Errorf("Easter %d is %s, want %s", want.Year(), Day(got), Day(want))
		}
	}
}

// regularDays lists a year's eight holidays, each moved to the next weekday that is free.
func regularDays(year int) []int {
	easter := oudinEaster(year)
	var taken []time.Time
	for _, d := range []time.Time{
		date(year, 1, 1), easter.AddDate(0, 0, -2), easter.AddDate(0, 0, 1),
		monday(year, 5, 1, 1), monday(year, 5, 31, -1), monday(year, 8, 31, -1),
		date(year, 12, 26), date(year, 12, 25),
	} {
		weekend := d.Weekday() == time.Saturday || d.Weekday() == time.Sunday
		for weekend && (d.Weekday() == time.Saturday || d.Weekday() == time.Sunday ||
			slices.ContainsFunc(taken, d.Equal)) {
			d = d.AddDate(0, 0, 1)
		}
		taken = append(taken, d)
	}
	var days []int
	for _, d := range taken {
		days = append(days, int(d.Month())*100+d.Day())
	}
	slices.Sort(days)
	return days
}

// oudinEaster is the algorithm of J. M. Oudin (1940), which shares no step with Meeus's.
func oudinEaster(year int) time.Time {
	century := year / 100
	g := year % 19
	k := (century - 17) / 25
	i := (century - century/4 - (century-k)/3 + 19*g + 15) % 30
	i -= (i / 28) * (1 - (1/(i+1)*(29/(i+1)))*((21-g)/11))
	j := (year + year/4 + i + 2 - century + century/4) % 7
	l := i - j
	month := 3 + (l+40)/44
	return date(year, month, l+28-31*(month/4))
}

func monday(year, month, from, step int) time.Time {
	d := date(year, month, from)
	for d.Weekday() != time.Monday {
		d = d.AddDate(0, 0, step)
	}
	return d
}

func date(year, month, day int) time.Time {
	return time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
}

func TestAFileThatWouldHideAHolidayIsRefused(t *testing.T) {
	file := func(dates ...string) string {
		events := ""
		for i, d := range dates {
			if i > 0 {
				events += ","
			}
			events += `{"title":"x","date":"` + d + `","notes":"","bunting":true}`
		}
		return `{"england-and-wales":{"division":"england-and-wales","events":[` + events + `]}}`
	}
	for text, want := range map[string]string{
		"":                               "bank holidays: unexpected end of JSON input",
		`{"scotland":{"events":[]}}`:     `bank holidays: there are none under "england-and-wales"`,
		file("2026-01-01", "2028-01-03"): "bank holidays: there are none between 2026 and 2028",
		file("25/12/2026"):               `bank holidays: "25/12/2026" is no date such as 2026-12-25`,
		file("2026-12-25", "2026-12-25"): "bank holidays: 2026-12-25 is not later than the one before it",
	} {
		if _, err := parseHolidays([]byte(text)); err == nil || err.Error() != want {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
}

func TestASitesFileReplacesTheYearsThatItHasAndNoOthers(t *testing.T) {
	years, table := holidayYears, Holidays
	defer func() { holidayYears, Holidays = years, table }()
	file := func(year, n int, more ...string) string {
		events := more
		for i := range n {
			events = append(events, fmt.Sprintf(`{"date":"%d-02-%02d"}`, year, i+1))
		}
		return `{"england-and-wales":{"events":[` + strings.Join(events, ",") + `]}}`
	}
	for text, want := range map[string]string{
		file(2027, 7): "bank holidays: 2027 has 7 of them, and a year has 8 at least",
		file(2031, 8): "bank holidays: 2031 to 2031 leaves out years between it and 2010 to 2028, which are known",
		file(2008, 8): "bank holidays: 2008 to 2008 leaves out years between it and 2010 to 2028, which are known",
	} {
		if err := ReplaceHolidays([]byte(text)); err == nil || err.Error() != want {
			t.Errorf("%v, want %s", err, want)
		}
		if Holidays != table {
			t.Errorf("the table is %v after a file that was refused", Holidays)
		}
	}
	for _, year := range []int{2027, 2029, 2009} {
		if err := ReplaceHolidays([]byte(file(year, 8))); err != nil {
			t.Fatal(err)
		}
		if Working(date(year, 2, 5)) {
			t.Errorf("%d is not as the file has it", year)
		}
	}
	if Working(date(2026, 12, 25)) || !Working(date(2026, 2, 3)) || Working(date(2013, 4, 1)) {
		t.Error("years that the file does not have are changed")
	}
	if !WorkingDayKnown(2029) || !WorkingDayKnown(2009) || Holidays.Version == table.Version {
		t.Errorf("the table is %v", Holidays)
	}
}
