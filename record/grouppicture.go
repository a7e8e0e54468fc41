package record

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"holdthering/picture"
	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/surveillance"
	"holdthering/regime/words"
)

// monthsShown is how far back a group's providers are shown: a year.
const monthsShown = 12

// ProvidersByMonth is a group's providers by the months of the last year, the most closely watched first: level,
// whether the group spoke of it, and the concerns that were told.
func ProvidersByMonth(g *surveillance.Group, now time.Time) picture.Months {
	g = g.Public()
	year, month, _ := now.In(calendar.London).Date()
	from := time.Date(year, month-monthsShown+1, 1, 0, 0, 0, 0, calendar.London)
	m := picture.Months{ID: "months", Title: "Providers by month", From: from}
	for _, w := range WorstFirst(g) {
		row := picture.MonthRow{Name: w.Code + " " + w.Name}
		for i := range monthsShown {
			begin := time.Date(year, month-monthsShown+1+time.Month(i), 1, 0, 0, 0, 0, calendar.London)
			row.Cells = append(row.Cells, cellOf(g, w, begin, begin.AddDate(0, 1, 0), now))
		}
		m.Rows = append(m.Rows, row)
	}
	f := g.CoverageNow(now)
	m.Desc = fmt.Sprintf("%s watched: %s, %d not in time. The table below says the same.", words.Count(f.Watched, "provider"), f.Words(g.Coverage), len(f.Overdue))
	return m
}

// WorstFirst lists providers, the most closely watched first.
func WorstFirst(g *surveillance.Group) []surveillance.Watched {
	out := slices.Clone(g.Watched)
	slices.SortStableFunc(out, func(a, b surveillance.Watched) int {
		if a.Level != b.Level {
			return g.Rank(b.Level) - g.Rank(a.Level)
		}
		return strings.Compare(a.Name, b.Name)
	})
	return out
}

func cellOf(g *surveillance.Group, w surveillance.Watched, from, to, now time.Time) picture.Cell {
	end := to
	if end.After(now) {
		end = now.Add(1)
	}
	c := picture.Cell{Class: "cell"}
	if !w.Added.Before(end) || !from.Before(now) {
		return c
	}
	level := levelAt(w, end)
	c.Level = words.Plain(g.LevelName(level))
	c.Class, c.Sign = LevelSign(g.LawNow(), level)
	within := func(at time.Time) bool { return !at.Before(from) && at.Before(end) }
	for _, m := range g.Meetings {
		if within(m.Held) && slices.Contains(m.Considered, w.Code) {
			c.Considered++
		}
	}
	for _, o := range g.Outcomes {
		if o.Meeting == 0 && within(o.At) && o.Provider == w.Code {
			c.Considered++
		}
	}
	for _, k := range g.Concerns {
		if within(k.At) && k.Provider == w.Code {
			c.Concerns++
		}
	}
	return c
}

// LevelSign is how a level is drawn: its class, by where it stands among the levels of the profile, and its letter.
func LevelSign(p *regime.Profile, level regime.SurveillanceLevel) (class, letter string) {
	row, ok := p.Level(level)
	switch all := p.LevelsDown(); {
	case !ok || level == p.LowestLevel():
		return "span-a", ""
	case level == all[0].Level:
		return "span-d", row.Sign
	}
	return "span-c", row.Sign
}

// levelAt is the level just before a time.
func levelAt(w surveillance.Watched, end time.Time) regime.SurveillanceLevel {
	level := w.Level
	if len(w.History) > 0 {
		level = w.History[0].From
	}
	for _, h := range w.History {
		if h.At.Before(end) {
			level = h.To
		}
	}
	return level
}
