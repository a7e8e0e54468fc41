package surveillance

import (
	"cmp"
	"strconv"
	"strings"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/words"
)

// OutcomeLog is the outcome and surveillance log: every provider as it was considered, the
// latest last. The source of a confidential concern is not said (R14).
func (g *Group) OutcomeLog() words.Table {
	t := words.Table{Title: "Outcome and surveillance log, " + g.PlaceName, Columns: []string{
		"Group", "Meeting", "Date", "Provider", "Name", "Type", "Site or service", "Concerns", "Kinds",
		"Dimensions", "Source bodies", "Source kinds", "Corroborated by", "Level", "Level before", "Trend",
		"Conclusion", "Outcome", "Lead", "Actions", "Told to provider", "Escalated", "Next review",
		"Confidential"}}
	for _, o := range g.Outcomes {
		t.Rows = append(t.Rows, g.outcomeRow(o))
	}
	return t
}

func (g *Group) outcomeRow(o Outcome) []string {
	w := Watched{Code: o.Provider, Level: o.Level}
	if p := g.provider(o.Provider); p != nil {
		w = *p
	}
	at, before := w.changeAt(o), ""
	if at.From != at.To {
		before = string(at.From)
	}
	c := g.columnsOf(o)
	row, _ := g.profile().ProviderRow(w.Type)
	return []string{
		g.Ref(), meetingWord(o.Meeting), day(o.At), o.Provider, g.providerName(o.Provider), row.Label,
		c.services, c.summary, c.kinds, c.dimensions, c.bodies, c.sources, corroborated(len(o.Bodies)),
		string(at.To), before, g.Trend(at), o.Conclusion, words.Plain(string(o.Outcome)), g.nameIfAny(o.Lead),
		g.actionsOf(o.Provider), toldProvider(g, at), day(o.Escalated), day(at.Review), c.confidential,
	}
}

// changeAt is the change of level that held when the group had considered the provider, one
// of the same day included; before the first change, the level that was noted.
func (w Watched) changeAt(o Outcome) LevelChange {
	for i := len(w.History) - 1; i >= 0; i-- {
		if c := w.History[i]; calendar.SameDay(c.At, o.At) || c.At.Before(o.At) {
			return c
		}
	}
	return LevelChange{From: o.Level, To: o.Level}
}

// concernColumns are the columns of the log that come from the concerns.
type concernColumns struct {
	summary, kinds, dimensions, services, bodies, sources, confidential string
}

func (g *Group) columnsOf(o Outcome) concernColumns {
	var said, kinds, dimensions, services, bodies, sources []string
	add := func(to *[]string, s string) {
		for _, have := range *to {
			if have == s {
				return
			}
		}
		if s != "" {
			*to = append(*to, s)
		}
	}
	var out concernColumns
	for _, id := range o.Concerns {
		c := g.concern(id)
		if c == nil {
			add(&said, id) // it has left; the whole record has it
			continue
		}
		add(&said, c.ID+": "+c.What)
		add(&kinds, words.Plain(string(c.Kind)))
		add(&dimensions, string(c.Dimension))
		add(&services, c.Service)
		add(&bodies, g.Name(c.By.For))
		if c.Confidential {
			out.confidential = "yes"
			add(&sources, "(protected)")
			continue
		}
		add(&sources, words.Plain(string(c.Source)))
	}
	join := func(s []string) string { return strings.Join(s, "; ") }
	out.summary, out.kinds, out.dimensions = join(said), join(kinds), join(dimensions)
	out.services, out.bodies, out.sources = join(services), join(bodies), join(sources)
	return out
}

// ActionLog is the action log, in the order in which the actions were proposed.
func (g *Group) ActionLog(now time.Time) words.Table {
	t := words.Table{Title: "Action log, " + g.PlaceName, Columns: []string{
		"Action", "Group", "Raised", "Description", "Provider", "Case", "Owner", "Proposed by", "Accepted",
		"Due", "Dates before, with reasons", "Status", "Reason or evidence", "Closed", "Review"}}
	for _, a := range g.Actions {
		var dates []string
		for _, d := range a.Dates {
			dates = append(dates, calendar.Day(d.From)+" ("+d.Why+")")
		}
		status := words.Plain(string(a.Status))
		for _, kind := range []regime.DutyKind{DutyDoGroupAction, DutyReviewReport} {
			if d := g.Duty(kind, a.ID); d != nil && d.OverdueAt(now) {
				status = "overdue"
			}
		}
		t.Rows = append(t.Rows, []string{a.ID, g.Ref(), day(a.Raised), a.What, a.Provider, a.Case,
			g.Name(a.Owner), g.Name(a.Proposer), day(a.Accepted), day(a.Due), strings.Join(dates, "; "),
			status, cmp.Or(a.Evidence, a.Why), day(a.Closed), g.reviewWords(a)})
	}
	return t
}

// reviewWords are a review's terms, who makes it, who gets the report and where that lies.
func (g *Group) reviewWords(a Action) string {
	if a.Review == nil {
		return ""
	}
	out := []string{"terms: " + a.Review.Terms}
	for _, said := range [][2]string{{"made by: ", a.Review.Experts}, {"report to: ", g.names(a.Review.To)},
		{"report in: ", a.Review.Where}} {
		if said[1] != "" {
			out = append(out, said[0]+said[1])
		}
	}
	return strings.Join(out, "; ")
}

// RegionalReport is a local-to-regional report as a table: a row for each provider above the
// routine level or whose level has changed, then what was said in words.
func (g *Group) RegionalReport(r LocalReport) words.Table {
	t := words.Table{Title: "Report of " + cmp.Or(r.From, g.PlaceName) + " to the region, " + calendar.Day(r.At),
		Columns: []string{"Provider", "Name", "Type", "Level", "Level before", "Since", "Reason", "Case",
			"How far it has come", "Escalated"}}
	for _, p := range r.Providers {
		row, _ := g.profile().ProviderRow(p.Type)
		stage := g.CaseWords(Watched{Type: p.Type, CaseStage: p.Stage, Measures: p.Measures})
		escalated := ""
		for _, c := range r.Escalated {
			if c == p.Code {
				escalated = "yes"
			}
		}
		t.Rows = append(t.Rows, []string{p.Code, p.Name, row.Label, g.LevelName(p.Level), g.LevelName(p.Before),
			day(p.Since), p.Reason, p.Case, stage, escalated})
	}
	for _, said := range [][2]string{{"Themes", r.Themes}, {"Asks of the region", r.Asks},
		{"Good practice", r.Good}} {
		if said[1] != "" {
			t.Notes = append(t.Notes, said[0]+": "+said[1])
		}
	}
	return t
}

// ReportNow is the report as it would be sent now, without the reporter's words.
func (g *Group) ReportNow(now time.Time) LocalReport { return g.reportNow(now) }

func (g *Group) nameIfAny(p regime.Party) string {
	if p == "" {
		return ""
	}
	return g.Name(p)
}

func (g *Group) actionsOf(provider string) string {
	var out []string
	for _, a := range g.Actions {
		if a.Provider == provider {
			out = append(out, a.ID)
		}
	}
	return strings.Join(out, ", ")
}

func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return calendar.Day(t)
}

func meetingWord(n int) string {
	if n == 0 {
		return "between meetings"
	}
	return strconv.Itoa(n)
}

func corroborated(bodies int) string {
	if bodies < 2 {
		return ""
	}
	return strconv.Itoa(bodies) + " bodies"
}

func toldProvider(g *Group, c LevelChange) string {
	if c.Told.IsZero() {
		return ""
	}
	return g.Name(c.ToldBy) + ", " + calendar.Day(c.Told)
}
