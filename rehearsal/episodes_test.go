package rehearsal

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// episode is what is known of a real stay in special measures, or of an administration. A day of which only the
// month or the year is known is shorter; two of them with a slash are the first and the last that it can be.
type episode struct {
	ID, Scenario, Code, Entered, Left string
	Days                              int
	Summits, Sources                  []string
	Inspections                       []struct{ From, To, Report string }
	Decisions                         []struct{ On, What string }
}

// realStay is a scenario that is drawn from a stay.
type realStay struct {
	*testing.T
	lines []Line
}

// on reports whether something is done on the day, or within the month or the year, that begins so.
func (s realStay) on(day string, words ...string) bool {
	return slices.ContainsFunc(s.lines, func(l Line) bool {
		return l.Refused == "" && l.Words[0] != "expect" && within(l.At, day) && says(l, words)
	})
}

func within(at time.Time, day string) bool {
	first, last, _ := strings.Cut(day+"/", "/")
	is := at.Format(time.DateOnly)
	if last = strings.TrimSuffix(last, "/"); last != "" {
		return is >= first && is[:len(last)] <= last
	}
	return strings.HasPrefix(is, first)
}

// says reports whether the words stand in the line, each behind the one before.
func says(l Line, words []string) bool {
	rest := l.Words
	for _, w := range words {
		i := slices.Index(rest, w)
		if i < 0 {
			return false
		}
		rest = rest[i+1:]
	}
	return true
}

// first is the first line that is done with one of the words.
func (s realStay) first(words ...[]string) (Line, bool) {
	for _, l := range s.lines {
		if l.Refused == "" && slices.ContainsFunc(words, func(w []string) bool { return says(l, w) }) {
			return l, true
		}
	}
	return Line{}, false
}

// TestTheScenariosOfRealStaysKeepToWhatIsKnownOfThem: their days are those of the data, days in special measures are
// expected as the data counts them, and so is how each inspection lay to its day.
func TestTheScenariosOfRealStaysKeepToWhatIsKnownOfThem(t *testing.T) {
	known, err := os.ReadFile(filepath.Join("..", "data", "episodes.json"))
	if err != nil {
		t.Fatal(err)
	}
	var all []episode
	if err := json.Unmarshal(known, &all); err != nil || len(all) < 10 {
		t.Fatalf("%d episodes, %v", len(all), err)
	}
	for _, e := range all {
		t.Run(e.ID, func(t *testing.T) {
			scenario, err := Read(filepath.Join(folder, e.Scenario))
			if err != nil {
				t.Fatal(err)
			}
			s := realStay{t, scenario.Lines}
			if !slices.ContainsFunc(s.lines, func(l Line) bool { return says(l, []string{"--provider", e.Code}) }) {
				t.Errorf("it is not about %s", e.Code)
			}
			if len(e.Sources) == 0 {
				t.Error("no source is named")
			}
			for _, d := range e.Decisions {
				if d.On != "" && !s.on(d.On) {
					t.Errorf("nothing is done on %s, when it was: %s", d.On, d.What)
				}
			}
			for _, day := range e.Summits {
				if !s.on(day, "summit") {
					t.Errorf("no summit meets in %s", day)
				}
			}
			s.stay(e)
		})
	}
}

// stay looks at the days of special measures, where there were any.
func (s realStay) stay(e episode) {
	if e.Entered == "" {
		return
	}
	enters, in := s.first([]string{"measures", "decide", "place"})
	leaves, out := s.first([]string{"measures", "decide", "exit"}, []string{"measures", "decide", "exit-with-support"},
		[]string{"provider", "end"})
	if !in || !out || !within(enters.At, e.Entered) || !within(leaves.At, e.Left) {
		s.Errorf("in on %s and out on %s, and not %s and %s", enters.At.Format(time.DateOnly), leaves.At.Format(time.DateOnly),
			e.Entered, e.Left)
		return
	}
	day := func(at time.Time) time.Time { return at.UTC().Truncate(24 * time.Hour) }
	days := int(day(leaves.At).Sub(day(enters.At)).Hours() / 24)
	if e.Days != 0 && days != e.Days {
		s.Errorf("%d days, and not %d", days, e.Days)
	}
	if _, ok := s.first([]string{"expect", "measures", "days", "=", strconv.Itoa(days)}); !ok {
		s.Errorf("the %d days of the stay are not expected", days)
	}
	s.inspections(e, enters.At, leaves.At)
}

// inspections were held and reported on as is known, and how each lay to its day is expected.
func (s realStay) inspections(e episode, in, out time.Time) {
	for _, i := range e.Inspections {
		if i.Report <= in.Format(time.DateOnly) || i.Report > out.Format(time.DateOnly) {
			continue // of before the stay, or of after it
		}
		if !s.on(i.Report, "reinspection", "report") {
			s.Errorf("nothing is reported on %s", i.Report)
		}
		if len(i.From) == len(time.DateOnly) && !slices.ContainsFunc(s.lines, func(l Line) bool {
			return says(l, []string{"reinspection", "hold", "--since", i.From}) && (i.To == i.From || says(l, []string{"--until", i.To}))
		}) {
			s.Errorf("nobody inspects from %s to %s", i.From, i.To)
		}
	}
	n := 0
	for _, l := range s.lines {
		if l.At.After(out) || l.Refused != "" || !says(l, []string{"reinspection", "hold"}) {
			continue
		}
		n++
		if _, ok := s.first([]string{"expect", "reinspection", strconv.Itoa(n)}); !ok {
			s.Errorf("it is not expected how inspection %d lies to its day", n)
		}
	}
}
