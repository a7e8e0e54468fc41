package regime

import (
	"slices"
	"strings"
	"testing"
	"time"

	"holdthering/regime/calendar"
)

func at(day string) time.Time { return calendar.MustInstant(day) }

// everyPeriod is each profile as it is in each stretch of its years.
func everyPeriod(t *testing.T) map[string]*Profile {
	t.Helper()
	out := map[string]*Profile{}
	for _, l := range laws() {
		for _, q := range l.periods {
			p, err := q.read()
			if err != nil {
				t.Fatalf("%s from %s: %v", l.name, q.from, err)
			}
			out[l.name+" "+q.from.Format("2006-01-02")] = p
		}
	}
	return out
}

func TestR121_EveryPeriodOfEveryProfileCanBeReadAndNamesItsSources(t *testing.T) {
	all := everyPeriod(t)
	if len(all) < 12 {
		t.Errorf("only %d periods", len(all))
	}
	for name, p := range all {
		for _, b := range p.Bodies {
			if b.Source == "" || len(b.Names) == 0 {
				t.Errorf("%s: body %s has no source or name", name, b.Code)
			}
		}
		for _, r := range p.Providers {
			if r.Source == "" || !p.Knows(r.Decider) || !p.Knows(r.PerformanceManager) || !p.Knows(r.SuggestedRingHolder) {
				t.Errorf("%s: provider type %s lacks a source or names an unknown body", name, r.Type)
			}
		}
		for _, r := range p.Powers {
			if r.Source == "" || slices.ContainsFunc(r.Owners, func(b Body) bool { return !p.Knows(b) }) {
				t.Errorf("%s: power %s", name, r.ID)
			}
		}
		for _, r := range p.Matrix {
			if !slices.Contains(MatrixKind("").Choices(), string(r.Kind)) {
				t.Errorf("%s: %s cannot be chosen", name, r.Kind)
			}
		}
	}
}

func TestR121_TheLawIsThatOfTheDay(t *testing.T) {
	for _, row := range []struct{ day, profile, monitor, trust string }{
		{"2012-06-01", "ENGLAND_2013", "Monitor", ""},
		{"2013-07-16", "ENGLAND_2013", "Monitor", ""},
		{"2016-03-31", "ENGLAND_2013", "Monitor", ""},
		{"2016-04-01", "ENGLAND_2013", "NHS Improvement (in law Monitor)", ""},
		{"2019-04-01", "ENGLAND_2013", "NHS England and NHS Improvement (in law Monitor)", ""},
		{"2021-07-01", "ENGLAND_2013", "NHS England and NHS Improvement (in law Monitor)", "the Recovery Support Programme"},
		{"2022-06-30", "ENGLAND_2013", "NHS England and NHS Improvement (in law Monitor)", "the Recovery Support Programme"},
		{"2022-07-01", "ENGLAND_2022", "MONITOR", "the Recovery Support Programme"},
		{"2025-09-07", "ENGLAND_2022", "MONITOR", "the Recovery Support Programme"},
		{"2025-09-08", "ENGLAND_2026", "MONITOR", "the National Provider Improvement Programme"},
		{"2026-11-01", "ENGLAND_2026", "MONITOR", "the National Provider Improvement Programme"},
	} {
		p := ProfileFor(at(row.day))
		trust, _ := p.ProviderRow(FoundationTrust)
		if p.Name != row.profile || p.BodyName(Monitor) != row.monitor || trust.Measures != row.trust {
			t.Errorf("%s: %s, %q, %q", row.day, p.Name, p.BodyName(Monitor), trust.Measures)
		}
	}
}

func TestR121_BodiesBeginAndEndOnTheirDay(t *testing.T) {
	for _, row := range []struct {
		body      Body
		last      string // its last day, or the day before its first
		ends      bool
		successor Body
	}{
		{LSAMO, "2017-03-31", true, ""},
		{LSCB, "2019-09-29", true, "SAFEGUARDING_PARTNERS"},
		{PHE, "2021-09-30", true, "UKHSA"},
		{Monitor, "2022-06-30", true, NHSCB},
		{CCG, "2022-06-30", true, "ICB"},
		{HEE, "2023-03-31", true, NHSCB},
		{"HSSIB", "2023-09-30", false, ""},
	} {
		last := at(row.last)
		before, after := ProfileFor(last.Add(23*time.Hour)), ProfileFor(last.AddDate(0, 0, 1))
		if before.Knows(row.body) != row.ends || after.Knows(row.body) == row.ends || after.Heir(row.body) != row.successor {
			t.Errorf("%s: known %t on %s and %t on the day after, heir %q", row.body, before.Knows(row.body), row.last,
				after.Knows(row.body), after.Heir(row.body))
		}
	}
}

func TestR121_TheLicenceCoversNHSTrustsFromItsDay(t *testing.T) {
	for day, fits := range map[string]bool{"2022-08-01": false, "2023-03-31": false, "2023-04-01": true, "2026-01-05": true} {
		for _, id := range []PowerID{"P-MON-1", "P-MON-2"} {
			if r, ok := ProfileFor(at(day)).Power(id); !ok || r.Fits(NHSTrust) != fits {
				t.Errorf("%s on %s: %v", id, day, r.ProviderTypes)
			}
		}
	}
}

func TestAProfileOutsideItsYearsIsAsItWasLaidDown(t *testing.T) {
	p, _ := ProfileOn("ENGLAND_2013", at("2026-01-01"))
	if p.Covers(at("2026-01-01")) || p.BodyName(Monitor) != "Monitor" || !p.Knows(LSAMO) {
		t.Errorf("%s", p.BodyName(Monitor))
	}
	if p.Years() != "from 1 January 2013 until 30 June 2022" {
		t.Errorf("%s", p.Years())
	}
}

func TestADatedRowHoldsFromItsFirstDayToItsLast(t *testing.T) {
	read := func(rows string) (*law, error) {
		return readLaw([]byte(strings.Replace(smallBase, `"bodies":[`, `"from":"2013-01-01","until":"2015-12-31","bodies":[`+rows, 1)), nil)
	}
	l, err := read(`{"code":"B","from":"2014-01-01","until":"2014-12-31","names":["Bee"],"source":"s","basis":"source"},`)
	if err != nil {
		t.Fatal(err)
	}
	for day, name := range map[string]string{"2013-12-31": "B", "2014-01-01": "Bee", "2014-12-31": "Bee", "2015-01-01": "B"} {
		if got := l.on(at(day)).BodyName("B"); got != name {
			t.Errorf("%s: %s", day, got)
		}
	}
	for rows, want := range map[string]string{
		`{"code":"B","from":"2014-01-01","names":["Bee"]},`:                                                    `does not say its "basis"`,
		`{"code":"B","from":"soon","names":["Bee"],"source":"s","basis":"source"},`:                            "soon",
		`{"code":"B","from":"2014-02-01","until":"2014-01-01","names":["Bee"],"source":"s","basis":"source"},`: "ends before it begins",
		`{"code":"B","from":"2014-01-01","colour":"red","names":["Bee"],"source":"s","basis":"source"},`:       "unknown field",
		`{"code":"X","from":"2014-01-01","remove":true,"source":"s","basis":"source"},`:                        "X is removed and was not there",
		`{"code":"A","from":"2014-01-01","remove":true,"source":"an Act","basis":"source"},`:                   "has lost its owner",
	} {
		l, err := read(rows)
		for i := 0; err == nil && i < len(l.periods); i++ {
			_, err = l.periods[i].read()
		}
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", rows, err, want)
		}
	}
}

// A field that passes on is a party or several: a mistake in a tag would be found in the middle of a
// case.
func TestPassOnMovesWhatIsHeldAndLeavesWhatWasDone(t *testing.T) {
	type action struct {
		Owner Party `passes:"on"`
		By    Party
		Topic string `passes:"subject"`
	}
	v := struct {
		Seats   []Party `passes:"on"`
		Actions []action
		Chair   *action
	}{[]Party{"A", "B", "C"}, []action{{"A", "A", "x|A"}, {"C", "A", "y"}}, &action{Owner: "A"}}
	n := PassOn(&v, func(p Party) Party {
		if p == "A" {
			return "B"
		}
		return p
	})
	if n != 4 || !slices.Equal(v.Seats, []Party{"B", "C"}) || v.Actions[0] != (action{"B", "A", "x|B"}) ||
		v.Actions[1] != (action{"C", "A", "y"}) || v.Chair.Owner != "B" {
		t.Errorf("%d, %+v, %+v", n, v, v.Chair)
	}
}

// What is known of the profiles without reading them is what they say.
func TestTheYearsAndTheRegionsOfProfilesAreKnownUnread(t *testing.T) {
	for _, l := range laws() {
		if y := years()[l.name]; y == nil || !y.from.Equal(l.from) || !y.until.Equal(l.until) {
			t.Errorf("%s: %+v", l.name, y)
		}
	}
	for p := range EachProfile() {
		for _, r := range p.Places.Regions {
			for _, text := range []string{r.Code, strings.ToLower(r.Name)} {
				if got, ok := RegionEver(text); !ok || got != r {
					t.Errorf("%s of %s is found as %v", text, p.Name, got)
				}
			}
		}
	}
}
