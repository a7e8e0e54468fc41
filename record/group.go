package record

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/surveillance"
)

// GroupMarkdown is the record of a surveillance group as of now, as its members may see it:
// of what was told in confidence neither the source nor the body stands in it (R14).
func GroupMarkdown(g *surveillance.Group, now time.Time, parts ...Part) string {
	s := newGroupSheet(g, now)
	s.cautions = cautions(parts)
	s.head()
	s.members()
	s.providers()
	s.concerns()
	s.elsewhere()
	s.themes()
	s.together()
	s.meetings()
	s.log(s.g.OutcomeLog())
	s.log(s.g.ActionLog(now))
	for _, r := range s.g.Reports {
		s.log(s.g.RegionalReport(r))
	}
	s.agreements(s.g.Agreements, s.g.Name)
	s.duties()
	if slices.Contains(parts, Notices) {
		s.told()
	}
	s.chronology()
	return s.String()
}

// GroupDocument is the form of GroupJSON.
type GroupDocument struct {
	AsOf     time.Time           `json:"asOf"`
	Cautions []string            `json:"cautions,omitempty"` // as in Document
	Group    *surveillance.Group `json:"group"`
}

// GroupJSON is the group as its members may see it, as of now: {"asOf": ..., "group": ...}.
func GroupJSON(g *surveillance.Group, now time.Time, parts ...Part) ([]byte, error) {
	raw, err := indented(GroupDocument{AsOf: now.UTC(), Cautions: cautions(parts), Group: g.Public()})
	if err != nil {
		return nil, fmt.Errorf("record of %s: %w", g.Ref(), err)
	}
	return raw, nil
}

// groupSheet is the record of a group being written; g is what its members may see.
type groupSheet struct {
	sheet
	g *surveillance.Group
}

func newGroupSheet(g *surveillance.Group, now time.Time) *groupSheet {
	return &groupSheet{sheet: sheet{p: g.LawNow(), now: now}, g: g.Public()}
}

func (s *groupSheet) names(ps []regime.Party) string {
	return namesBy(s.g.Name, ps)
}

func (s *groupSheet) head() {
	g := s.g
	s.heading(1, "Record of the surveillance group, "+g.PlaceName)
	s.warn()
	if g.Demonstration {
		s.paragraph("Demonstration: this is not a real group, and its clock is not the world's.")
	}
	s.paragraph("For members. A group has no powers: what is agreed here binds nobody (R68).")
	row, _ := s.p.GroupRow(g.Tier)
	s.facts(
		fact{"Reference", g.Ref()},
		fact{"Kind", row.Name},
		fact{"Laid down in profile", g.Profile},
		fact{"A profile of other years", g.Misfit(g.Opened)},
		fact{"Opened", instant(g.Opened)},
		fact{"Ended", instant(g.Ended)},
		fact{"Meets every", g.Interval.Words()},
		fact{"Considers every provider within", g.Coverage.Words()},
		fact{"This record is as of", instant(s.now)},
	)
	s.heading(2, "Where it stands")
	s.list(g.Standing(s.now))
}

func (s *groupSheet) members() {
	s.heading(2, "Members")
	var rows [][]string
	for _, m := range s.g.Members {
		rows = append(rows, []string{s.g.Name(m.Party), string(m.Party), day(m.Since), yes(m.OptedIn)})
	}
	s.table([]string{"Body", "Code", "Since", "Joined by its own wish"}, rows)
	if gaps := s.g.MembershipGaps(); len(gaps) > 0 {
		s.paragraph("Of the minimum membership, and not at the table (R69): " + s.names(gaps) + ".")
	}
}

func (s *groupSheet) providers() {
	s.heading(2, "Providers")
	var rows [][]string
	for _, w := range s.g.Watched {
		row, _ := s.p.ProviderRow(w.Type)
		c := w.Current()
		rows = append(rows, []string{w.Code, w.Name, row.Label, s.g.LevelName(w.Level), day(c.At), c.Reason,
			day(c.Review), joined(w.Case, s.g.CaseWords(w)), day(w.Considered)})
	}
	s.table([]string{"Code", "Provider", "Type", "Level", "Since", "Why", "Review", "Open case",
		"Last considered"}, rows)
}

func (s *groupSheet) concerns() {
	var rows [][]string
	for _, c := range s.g.Concerns {
		source := plain(c.Source)
		if c.Confidential {
			source = "protected (R14)"
		}
		settled := joined(day(c.Settled), c.Case)
		for _, answer := range c.Answers {
			settled = joined(settled, s.g.Name(answer.By)+" answered on "+day(answer.At)+": "+answer.Says)
		}
		rows = append(rows, []string{c.ID, short(c.At), c.Provider, s.g.Name(c.By.For), plain(c.Kind), source,
			string(c.Dimension), yes(c.Urgent), c.What, settled})
	}
	if len(rows) > 0 {
		s.heading(2, "Concerns")
		s.table([]string{"No", "When", "Provider", "Told by", "Kind", "Source", "Dimension", "Urgent", "What",
			"Settled, or case; answers"}, rows)
	}
}

// elsewhere is what other groups have told of.
func (s *groupSheet) elsewhere() {
	var rows [][]string
	for _, e := range s.g.Elsewhere {
		for _, c := range e.Open {
			rows = append(rows, []string{c.ID, joined(e.FromName, e.From), short(c.At), e.Provider, s.g.Name(c.By), plain(c.Kind),
				yes(c.Urgent), c.What})
		}
	}
	if len(rows) > 0 {
		s.heading(2, "Open in other groups")
		s.table([]string{"No", "Group", "When", "Provider", "Told by", "Kind", "Urgent", "What"}, rows)
	}
}

func (s *groupSheet) themes() {
	var rows [][]string
	for _, t := range s.g.Themes {
		rows = append(rows, []string{t.ID, day(t.At), s.g.Name(t.By), t.What, day(t.Considered), t.Conclusion, day(t.Ended)})
	}
	if len(rows) > 0 {
		s.heading(2, "Themes of the whole system")
		s.table([]string{"No", "Raised", "By", "What", "Considered", "Conclusion", "Ended"}, rows)
	}
}

// together are indicators, talks between two bodies, and arrangements between commissioners.
func (s *groupSheet) together() {
	var rows [][]string
	for _, i := range s.g.Indicators {
		rows = append(rows, []string{i.ID, i.Provider, i.What, i.Value, day(i.Of), i.Source, s.g.Name(i.By), i.Before, day(i.BeforeOf)})
	}
	if len(rows) > 0 {
		s.heading(2, "Indicators")
		s.table([]string{"No", "Provider", "What", "Value", "Of", "Source", "By", "Before", "Of"}, rows)
		rows = nil
	}
	for _, t := range s.g.Talks {
		rows = append(rows, []string{t.ID, day(t.At), s.g.Name(t.By), s.g.Name(t.With), t.What, day(t.Next)})
	}
	if len(rows) > 0 {
		s.heading(2, "Talks between two bodies")
		s.table([]string{"No", "When", "By", "With", "What", "Again by"}, rows)
	}
	if len(s.g.Arrangements) > 0 {
		s.heading(2, "Arrangements between commissioners")
		for i, line := range s.g.ArrangementLines() {
			s.facts(fact{s.g.Arrangements[i].ID, line})
		}
	}
}

func (s *groupSheet) meetings() {
	s.heading(2, "Meetings")
	for _, m := range s.g.Meetings {
		title := "Meeting " + strconv.Itoa(m.N) + ", " + calendar.Day(m.At)
		if m.Held.IsZero() {
			title += " (to come)"
		}
		s.heading(3, title)
		s.facts(
			fact{"Held", instant(m.Held)},
			fact{"Place", m.Place},
			fact{"Theme", m.Theme},
			fact{"Chair", s.nameIfAny(m.Chair)},
			fact{"Present", s.names(m.Present)},
			fact{"Considered", strings.Join(m.Considered, ", ")},
			fact{"Record", m.Record},
		)
		var rows [][]string
		for _, p := range m.Packs {
			rows = append(rows, []string{s.g.Name(p.Party), short(p.At), p.What, p.Where})
		}
		s.table([]string{"Sent ahead by", "When", "What", "Where"}, rows)
	}
}

func (s *groupSheet) nameIfAny(p regime.Party) string {
	if p == "" {
		return ""
	}
	return s.g.Name(p)
}
