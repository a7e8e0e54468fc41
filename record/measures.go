package record

import (
	"fmt"
	"strconv"

	"holdthering/regime/calendar"
	"holdthering/regime/failure"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

func (s *sheet) measures() {
	if len(s.c.Measures) == 0 {
		return
	}
	s.heading(2, words.Capital(s.c.Labels().Measures))
	for i := range s.c.Measures {
		e := &s.c.Measures[i]
		s.heading(3, fmt.Sprintf("Episode %d: %s", e.N, e.Words()))
		s.facts(
			fact{"In force since", instant(e.Entered)},
			fact{"For one " + string(e.Scope), e.Of},
			fact{"Extended", times(e.Extensions())},
			fact{"Ended", instant(e.Ended)},
			fact{"With continued support", yes(e.WithSupport)},
		)
		s.decisions(e)
		s.elements(e)
		s.months(i)
		s.reinspections(e)
		s.criteria(e)
	}
}

func (s *sheet) decisions(e *failure.Episode) {
	var rows [][]string
	for _, r := range e.Recommendations {
		rows = append(rows, []string{short(r.At), s.actor(r.By), r.Reason})
	}
	s.table([]string{"Recommended", "By", "Why"}, rows)
	rows = nil
	for _, d := range e.Decisions {
		what := plain(d.Outcome)
		if d.OwnEvidence {
			what += ", on its own evidence (R56)"
		}
		if p, err := calendar.ParsePeriod(d.Length); err == nil {
			what += " by " + p.Words()
		}
		why := words.Join(d.Reason, prefixed("Rests on: ", d.RestsOn), prefixed("Published: ", d.Published))
		rows = append(rows, []string{short(d.At), s.actor(d.By), what, why, short(d.Announced)})
	}
	s.table([]string{"Decided", "By", "Decision", "Why", "Announced"}, rows)
}

func prefixed(before, text string) string {
	if text == "" {
		return ""
	}
	return before + text
}

// about is the site or the service that is meant, where it is not all of the provider.
func about(scope failure.Scope, of string) string {
	if of == "" {
		return ""
	}
	return " (" + string(scope) + ": " + of + ")"
}

func (s *sheet) elements(e *failure.Episode) {
	var rows [][]string
	for _, a := range e.Appointments {
		rows = append(rows, []string{short(a.At), plain(a.Role), a.Who})
	}
	for _, p := range e.Plans {
		rows = append(rows, []string{short(p.At), "action plan, version " + strconv.Itoa(p.Version), p.URL})
	}
	s.table([]string{"When", "Of the package", "Who, or where published"}, rows)
}

// months is the table that a month cannot drop out of: each one owed has its row.
func (s *sheet) months(episode int) {
	var rows [][]string
	for _, m := range monthsOf(s.c, episode) {
		rows = append(rows, []string{m.Subject, short(m.Due), short(m.published.At), s.month(m),
			m.published.URL})
	}
	s.table([]string{"Month", "Progress due", "Published", "How", "Where"}, rows)
}

// month is one month's duty and, where there is one, its publication.
type month struct {
	ledger.Duty
	published failure.ProgressReport
}

// monthsOf are the months of one episode, in order.
func monthsOf(c *failure.Case, episode int) []month {
	e := c.Measures[episode]
	var out []month
	for _, d := range c.Duties {
		if d.Kind != failure.DutyProgress || e.Entered.IsZero() || d.Start.Before(e.Entered) {
			continue
		}
		if !e.Ended.IsZero() && !d.Start.Before(e.Ended) {
			continue // of a later episode, or opened by the very act that ended this one
		}
		m := month{Duty: d}
		for _, r := range e.Publications {
			if strconv.Itoa(r.Month) == d.Subject {
				m.published = r
			}
		}
		out = append(out, m)
	}
	return out
}

func (s *sheet) month(m month) string {
	switch {
	case m.End == ledger.EndDone && m.Missed:
		return "MISSED; published " + span(m.Ended.Sub(m.Due)) + " late"
	case m.Missed:
		return "MISSED"
	case m.Late():
		return "late by " + span(m.Ended.Sub(m.Due))
	case m.End == ledger.EndDone:
		return "on time"
	case !m.Open():
		return "no longer owed"
	case m.OverdueAt(s.now):
		return "OVERDUE by " + span(s.now.Sub(m.Due))
	}
	return "not due yet"
}

func (s *sheet) reinspections(e *failure.Episode) {
	var rows [][]string
	for _, r := range e.Reinspections {
		rows = append(rows, []string{r.ID, held(r), short(r.Due), string(r.Timing), short(r.Reported),
			plain(r.Rating) + about(r.Scope, r.Of), plain(r.Advice), r.Reason})
	}
	s.table([]string{"No", "Re-inspected", "Due", "Timing", "Reported", "Rating", s.c.InspectorName() + " recommends", "Why"}, rows)
}

func held(r failure.Reinspection) string {
	if r.To.IsZero() || day(r.To) == day(r.From) {
		return day(r.From)
	}
	return day(r.From) + " to " + day(r.To)
}

func times(n int) string {
	switch n {
	case 0:
		return ""
	case 1:
		return "once"
	}
	return strconv.Itoa(n) + " times"
}
