package desk

import (
	"cmp"
	"net/http"
	"slices"
	"strings"
	"time"

	"holdthering/regime/words"
	"holdthering/verbs"
)

// country is all groups and cases by region.
type country struct {
	Asof    time.Time
	Regions []regionPart
	Choices []choice
	Stages  []levelCount
	Levels  []levelCount
	Unasked []string
}

// regionPart is one region.
type regionPart struct {
	Code, Name string
	Groups     []groupLine
	Cases      []caseLine
}

// groupLine is a group among others.
type groupLine struct {
	Where          place
	Providers      int
	Summit, Close  int // at the level of a risk summit, and enhanced
	Overdue, Cases int
	Next           time.Time
}

// caseLine is a case among others.
type caseLine struct {
	Where                 place
	Stage, Ring, Measures string
	Since                 time.Time
	Area                  string
	Overdue               int
}

func (d *Desk) country(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := within(r)
	defer cancel()
	o, err := d.reader.overview(ctx, d.Now(), r.URL.Query().Get("look") == "again")
	if err != nil {
		d.unanswered(w, r, err)
		return
	}
	d.show(w, http.StatusOK, "country", frame{Title: "The country", Here: "country",
		Page: d.countryOf(o, r.URL.Query().Get("region"))})
}

func (d *Desk) countryOf(o overview, region string) country {
	out := country{Asof: o.at, Unasked: o.unasked}
	parts, codes := map[string]*regionPart{}, map[string]bool{}
	stages, levels := map[string]int{}, map[string]int{}
	inArea := map[string]int{}
	for _, s := range o.all {
		if s.place == "" {
			inArea[s.area]++
		}
	}
	for _, s := range o.all {
		codes[s.region] = true
		if region != "" && s.region != region {
			continue
		}
		p := parts[s.region]
		if p == nil {
			p = &regionPart{Code: s.region, Name: cmp.Or(d.regionName(s.region), "No region")}
			parts[s.region] = p
		}
		late := 0
		for _, due := range s.owes {
			late += words.Flag(due.Overdue)
		}
		if s.place == "" {
			stages[s.stage]++
			p.Cases = append(p.Cases, caseLine{Where: placeOf(s), Stage: s.stage, Ring: s.ring, Measures: s.measures, Since: s.since,
				Area: verbs.PlaceName(d.ref, s.area), Overdue: late})
			continue
		}
		line := groupLine{Where: placeOf(s), Providers: len(s.watched), Overdue: late, Cases: inArea[s.place], Next: s.next}
		for _, one := range s.watched {
			line.Summit += words.Flag(one.near == nearest)
			line.Close += words.Flag(one.near == near)
			if s.area != "" { // a region's group watches what its areas' do
				levels[words.Capital(words.Plain(one.Level))]++
			}
		}
		p.Groups = append(p.Groups, line)
	}
	for _, p := range parts {
		slices.SortStableFunc(p.Cases, func(a, b caseLine) int {
			return cmp.Or(b.Overdue-a.Overdue, strings.Compare(a.Where.Title, b.Where.Title))
		})
		slices.SortStableFunc(p.Groups, func(a, b groupLine) int { return strings.Compare(a.Where.Title, b.Where.Title) })
		out.Regions = append(out.Regions, *p)
	}
	slices.SortFunc(out.Regions, func(a, b regionPart) int { return strings.Compare(a.Name, b.Name) })
	out.Choices = d.regions(codes, region)
	out.Stages, out.Levels = counted(stages), counted(levels)
	return out
}

func counted(of map[string]int) []levelCount {
	var out []levelCount
	for name, n := range of {
		out = append(out, levelCount{Level: name, Count: n})
	}
	slices.SortFunc(out, func(a, b levelCount) int { return cmp.Or(b.Count-a.Count, strings.Compare(a.Level, b.Level)) })
	return out
}
