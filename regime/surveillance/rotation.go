package surveillance

import (
	"slices"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
)

// Turn is a provider that comes up in the rotation, and why now.
type Turn struct {
	Watched Watched
	Why     string
}

// turns lists the providers whose turn it is at the next meeting, but for those that are on
// its agenda anyway: first by risk and evidence, that is with open concerns; then those whose
// time would be up before the meeting after; then by type or district, the longest forgotten
// first, as many as it takes to come round in time.
func (g *Group) turns(onAgenda []string, now time.Time) []Turn {
	var left []Watched
	for _, w := range g.Watched {
		if !slices.Contains(onAgenda, w.Code) {
			left = append(left, w)
		}
	}
	size := (len(left) + g.round() - 1) / g.round()
	slices.SortStableFunc(left, func(a, b Watched) int { return a.last().Compare(b.last()) })
	var out []Turn
	take := func(why string, chosen func(Watched) bool) {
		left = slices.DeleteFunc(left, func(w Watched) bool {
			if !chosen(w) {
				return false
			}
			out = append(out, Turn{w, why})
			return true
		})
	}
	for _, t := range g.Worries() {
		take("concern of "+g.names(t.Bodies), func(w Watched) bool { return w.Code == t.Provider })
	}
	size += len(out) // concerns take nobody's turn away
	take("not considered within "+g.Coverage.Words(), func(w Watched) bool {
		return !g.Coverage.After(w.last()).After(now)
	})
	limit := g.lastChance()
	take("its time is up before the meeting after", func(w Watched) bool {
		return g.Coverage.After(w.last()).Before(limit)
	})
	for len(out) < size && len(left) > 0 {
		key := g.turnOf(left[0])
		take("turn of "+key, func(w Watched) bool { return len(out) < size && g.turnOf(w) == key })
	}
	return out
}

// round is how many meetings the group has to consider every provider once, with one to
// spare for meetings that are put off over a week-end or a holiday.
func (g *Group) round() int {
	start := g.Opened
	if n := g.next(); n != nil {
		start = n.Nominal
	}
	end, k := g.Coverage.After(start), int64(1)
	for g.Interval.Times(k + 1).After(start).Before(end) {
		k++
	}
	return int(k)
}

// lastChance is the end of the meeting after the next one: what falls due before it has to
// be considered at the next.
func (g *Group) lastChance() time.Time {
	n := g.next()
	if n == nil {
		return time.Time{}
	}
	row, _ := g.profile().Duty(DutyGroupMeeting)
	return row.Grace.After(calendar.OnWorkingDay(g.Interval.After(n.Nominal)))
}

// turnOf is the part of the rotation to which a provider belongs, in words.
func (g *Group) turnOf(w Watched) string {
	if g.Rotation == regime.ByDistrict && w.District != "" {
		return w.District
	}
	row, _ := g.profile().ProviderRow(w.Type)
	return "the type: " + row.Label
}
