package record

import (
	"strings"
	"time"

	"holdthering/notices/markdown"
	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/failure"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// sheet is a record being written, of the case as it may be shown: without what is sealed or
// protected. Every text that is put on it is escaped there, so that
// nothing anybody wrote can look like the record's own structure.
type sheet struct {
	c   *failure.Case
	p   *regime.Profile
	now time.Time
	b   strings.Builder
	// cautions stand under the title.
	cautions []string
}

func newSheet(c *failure.Case, now time.Time) *sheet {
	return &sheet{c: c.Public(), p: c.LawNow(), now: now}
}

func (s *sheet) String() string { return strings.TrimRight(s.b.String(), "\n") + "\n" }

// heading begins a part; level 1 is the title.
func (s *sheet) heading(level int, text string) {
	s.b.WriteString(strings.Repeat("#", level) + " " + markdown.Escape(text) + "\n\n")
}

func (s *sheet) paragraph(text string) { s.b.WriteString(markdown.Escape(text) + "\n\n") }

func (s *sheet) warn() {
	for _, w := range s.cautions {
		s.b.WriteString("**" + markdown.Escape(w) + "**\n\n")
	}
}

// fact is a label and what is known of it.
type fact struct{ label, value string }

// facts lists what is known; what is not is left out.
func (s *sheet) facts(fs ...fact) {
	for _, f := range fs {
		if f.value != "" {
			s.b.WriteString("- **" + markdown.Escape(f.label) + ":** " + markdown.Escape(f.value) + "\n")
		}
	}
	s.b.WriteString("\n")
}

func (s *sheet) list(items []string) {
	for _, i := range items {
		s.b.WriteString("- " + markdown.Escape(i) + "\n")
	}
	s.b.WriteString("\n")
}

// table writes nothing if there are no rows.
func (s *sheet) table(head []string, rows [][]string) {
	if len(rows) == 0 {
		return
	}
	s.row(head)
	s.b.WriteString(strings.Repeat("|---", len(head)) + "|\n")
	for _, r := range rows {
		s.row(r)
	}
	s.b.WriteString("\n")
}

func (s *sheet) row(cells []string) {
	for _, c := range cells {
		s.b.WriteString("| " + markdown.Escape(c) + " ")
	}
	s.b.WriteString("|\n")
}

func (s *sheet) names(ps []regime.Party) string { return namesBy(s.c.Name, ps) }

func namesBy(name func(regime.Party) string, ps []regime.Party) string {
	out := make([]string, len(ps))
	for i, p := range ps {
		out[i] = name(p)
	}
	return strings.Join(out, ", ")
}

// actor is who acted, for which body, and how it came in.
func (s *sheet) actor(a ledger.Actor) string {
	who := a.Person
	if a.Role != "" {
		who += ", " + a.Role
	}
	if who == "" {
		return s.c.Name(a.For)
	}
	return s.c.Name(a.For) + " (" + who + ")"
}

// instant is a moment in full, or nothing if there was none.
func instant(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return calendar.Instant(t)
}

// short is a moment as it stands in a table.
func short(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return calendar.Short(t)
}

func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return calendar.Day(t)
}

// plain makes a value of a closed list readable.
func plain[T ~string](value T) string {
	return strings.ReplaceAll(strings.ReplaceAll(string(value), "-", " "), "_", " ")
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return ""
}

// joined puts sentences together, leaving out the empty ones.
func joined(parts ...string) string {
	var out []string
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, "; ")
}

// span says a length of elapsed time in its two largest units: "3 days 4 hours".
func span(d time.Duration) string {
	minutes := int(d.Abs() / time.Minute)
	days, hours, minutes := minutes/(24*60), minutes/60%24, minutes%60
	switch {
	case days > 0 && hours > 0:
		return words.Count(days, "day") + " " + words.Count(hours, "hour")
	case days > 0:
		return words.Count(days, "day")
	case hours > 0 && minutes > 0:
		return words.Count(hours, "hour") + " " + words.Count(minutes, "minute")
	case hours > 0:
		return words.Count(hours, "hour")
	case minutes > 0:
		return words.Count(minutes, "minute")
	}
	return "less than a minute"
}
