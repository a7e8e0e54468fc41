package desk

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"holdthering/pages"
	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/words"
)

// choice is one of a list to filter by.
type choice struct {
	Value, Words string
	Chosen       bool
}

// place is a case or group as a line names it.
type place struct {
	Ref, Link, Title string
	Played           bool
}

// line is one thing that is owed.
type line struct {
	pages.Due
	Where place
	now   time.Time
}

// section is a part of the front page.
type section struct {
	ID, Title, None string
	Lines           []line
	More            int    // that are not shown
	All             string // where all are
	Class           string
}

// stillLine is a case or group that stands still.
type stillLine struct {
	Where place
	Why   []string
}

// lostLine are the mails of a case or group that reached nobody.
type lostLine struct {
	Where place
	Lost  []lost
}

// today is the front page.
type today struct {
	Asof             time.Time
	Again            string
	Sections         []section
	Lost             []lostLine
	LostMails        int
	Still            []stillLine
	Cases, Groups    int
	Closed           int // cases that still take corrections
	Unasked          []string
	Regions          []choice
	Bodies           []choice
	Kinds            []choice
	Filtered, Played bool
}

// mostLines keeps a section to what somebody reads; all are one click away.
const mostLines = 100

// filter is what the front page is narrowed to.
type filter struct{ region, body, kind, area string }

func filterOf(q url.Values) filter {
	return filter{q.Get("region"), q.Get("body"), q.Get("kind"), q.Get("area")}
}

func (f filter) lets(s seen) bool {
	return (f.region == "" || s.region == f.region) && (f.area == "" || s.area == f.area) &&
		(f.kind == "" || (f.kind == "groups") == (s.place != ""))
}

func (f filter) owner(p regime.Party) bool {
	return f.body == "" || string(p) == f.body || string(p.Body()) == f.body
}

func (f filter) any() bool { return f != (filter{}) }

func (d *Desk) today(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := within(r)
	defer cancel()
	q := r.URL.Query()
	o, err := d.reader.overview(ctx, d.Now(), q.Get("look") == "again")
	if err != nil {
		d.unanswered(w, r, err)
		return
	}
	d.show(w, http.StatusOK, "today", frame{Title: "Today", Here: "today", Page: d.todayOf(o, filterOf(q), q.Get("all"))})
}

func (d *Desk) todayOf(o overview, f filter, all string) today {
	t := today{Asof: o.at, Unasked: o.unasked, Filtered: f.any(), Sections: []section{
		{ID: "overdue", Title: "Overdue", None: "Nothing is overdue.", Class: "late"},
		{ID: "today", Title: "Due today", None: "Nothing is due today."},
		{ID: "week", Title: "Due this week", None: "Nothing else is due this week."},
	}}
	q := url.Values{}
	for name, v := range map[string]string{"region": f.region, "body": f.body, "kind": f.kind, "area": f.area} {
		if v != "" {
			q.Set(name, v)
		}
	}
	again := cloned(q)
	again.Set("look", "again")
	t.Again = "/?" + again.Encode()
	for _, s := range o.all {
		if !f.lets(s) {
			continue
		}
		t.add(s, f)
	}
	t.dead(d, o, f)
	for i := range t.Sections {
		sec := &t.Sections[i]
		slices.SortStableFunc(sec.Lines, func(a, b line) int { return a.By.Compare(b.By) })
		if n := len(sec.Lines); n > mostLines && all != sec.ID {
			with := cloned(q)
			with.Set("all", sec.ID)
			sec.Lines, sec.More, sec.All = sec.Lines[:mostLines], n-mostLines, "/?"+with.Encode()+"#"+sec.ID
		}
	}
	t.filters(d, o, f)
	return t
}

func cloned(q url.Values) url.Values {
	out := url.Values{}
	for name, v := range q {
		out[name] = slices.Clone(v)
	}
	return out
}

func (t *today) add(s seen, f filter) {
	where := placeOf(s)
	t.Played = t.Played || s.demonstration
	switch {
	case s.place != "":
		t.Groups++
	case s.stageCode == regime.Closed:
		t.Closed++
	default:
		t.Cases++
	}
	for _, due := range s.owes {
		at := whenOf(due, s.now)
		if at < 0 || !f.owner(due.Owner) {
			continue
		}
		t.Sections[at].Lines = append(t.Sections[at].Lines, line{due, where, s.now})
	}
	gone := slices.DeleteFunc(slices.Clone(s.lost), func(l lost) bool { return !f.owner(l.Owner) })
	if len(gone) > 0 {
		t.Lost, t.LostMails = append(t.Lost, lostLine{where, gone}), t.LostMails+len(gone)
	}
	if len(s.still) > 0 {
		t.Still = append(t.Still, stillLine{where, s.still})
	}
}

// whenOf is the section that a duty belongs to; none where it is due later than this week.
func whenOf(due pages.Due, now time.Time) int {
	switch {
	case due.Overdue:
		return 0
	case calendar.SameDay(due.By, now) || due.By.Before(now): // or in its time of grace
		return 1
	case due.By.Before(weekEnds(now)):
		return 2
	}
	return -1
}

// weekEnds is when the week ends: as Monday begins.
func weekEnds(now time.Time) time.Time {
	now = now.In(calendar.London)
	days := (8 - int(now.Weekday())) % 7
	if days == 0 {
		days = 7
	}
	year, month, day := now.Date()
	return time.Date(year, month, day+days, 0, 0, 0, 0, calendar.London)
}

// dead adds what has died: it is asked for nothing, and stands still for good.
func (t *today) dead(d *Desk, o overview, f filter) {
	for ref, row := range o.rows {
		if row.Dead() && (f.area == "" || row.Area == f.area) && f.region == "" && f.kind != "groups" {
			t.Still = append(t.Still, stillLine{place{ref, "/case/" + ref, d.providerName(row.Provider), false}, []string{row.Standing.String()}})
		}
	}
	for ref, row := range o.groups {
		if row.Standing != nil && row.Standing.Dead() && f.region == "" && f.kind != "cases" {
			t.Still = append(t.Still, stillLine{place{ref, "/group/" + row.Place, row.Place, false}, []string{row.Standing.String()}})
		}
	}
	slices.SortFunc(t.Still, func(a, b stillLine) int { return strings.Compare(a.Where.Ref, b.Where.Ref) })
}

func placeOf(s seen) place {
	if s.place != "" {
		return place{s.ref, "/group/" + s.place, "Surveillance group, " + s.name, s.demonstration}
	}
	return place{s.ref, "/case/" + s.ref, s.name, s.demonstration}
}

// filters lists what the page can be narrowed to.
func (t *today) filters(d *Desk, o overview, f filter) {
	regions, bodies := map[string]bool{}, map[regime.Party]string{}
	for _, s := range o.all {
		regions[s.region] = true
		for _, due := range s.owes {
			bodies[due.Owner] = due.Name
		}
	}
	t.Regions = d.regions(regions, f.region)
	for p, name := range bodies {
		t.Bodies = append(t.Bodies, choice{string(p), name, string(p) == f.body})
	}
	slices.SortFunc(t.Bodies, byWords)
	t.Kinds = []choice{{"cases", "Cases", f.kind == "cases"}, {"groups", "Surveillance groups", f.kind == "groups"}}
}

func byWords(a, b choice) int {
	return cmp.Or(strings.Compare(a.Words, b.Words), strings.Compare(a.Value, b.Value))
}

func (d *Desk) regions(codes map[string]bool, chosen string) []choice {
	var out []choice
	for code := range codes {
		if code != "" {
			out = append(out, choice{code, d.regionName(code), code == chosen})
		}
	}
	slices.SortFunc(out, byWords)
	return out
}

// regionName is what a region is called, in its code where it has no name here.
func (d *Desk) regionName(code string) string {
	if r, ok := d.ref.Region(code); ok {
		return r.Name
	}
	if r, ok := d.ref.LaterRegion(code); ok {
		return r.Name
	}
	return code
}

// sinceWords is a moment with how long ago it is, in days.
func sinceWords(at, now time.Time) string {
	days := int(now.Sub(at).Hours() / 24)
	switch {
	case days < 1:
		return "today"
	case days == 1:
		return "since yesterday"
	}
	return "for " + words.Count(days, "day")
}

// How is how late a duty is, or how soon.
func (l line) How() string {
	if l.Overdue {
		return sinceWords(l.By, l.now)
	}
	return ""
}

// Count is how many there are, shown or not.
func (s section) Count() int { return len(s.Lines) + s.More }
