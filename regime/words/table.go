package words

import (
	"strings"
)

// Table is a log as rows, for a screen, a page or a spreadsheet.
type Table struct {
	Title   string     `json:"title"`
	Columns []string   `json:"columns"`
	Rows    [][]string `json:"rows"`
	Notes   []string   `json:"notes,omitempty"` // sentences below the table
}

// CSV writes the table for a spreadsheet. A cell that a spreadsheet would take for a formula
// (it begins with = + - @, a tab or a carriage return) gets an apostrophe in front: what a
// member wrote must not run on another's machine.
func (t Table) CSV() string {
	lines := []string{csvLine(t.Columns)}
	for _, r := range t.Rows {
		lines = append(lines, csvLine(r))
	}
	for _, n := range t.Notes {
		lines = append(lines, csvLine([]string{n}))
	}
	return strings.Join(lines, "\r\n") + "\r\n"
}

func csvLine(cells []string) string {
	out := make([]string, len(cells))
	for i, c := range cells {
		if strings.ContainsAny(firstCharacter(c), "=+-@\t\r＝＋－＠") {
			c = "'" + c
		}
		if strings.ContainsAny(c, "\",\r\n;\t") {
			c = `"` + strings.ReplaceAll(c, `"`, `""`) + `"`
		}
		out[i] = c
	}
	return strings.Join(out, ",")
}

// firstCharacter looks past blanks, which some spreadsheets drop, and is empty for an empty
// cell.
func firstCharacter(s string) string {
	for _, r := range strings.TrimLeft(s, " \u00a0") {
		return string(r)
	}
	return ""
}

// Markdown writes the table for a page.
func (t Table) Markdown() string {
	lines := []string{"# " + MarkdownText(t.Title), "",
		"| " + strings.Join(t.Columns, " | ") + " |",
		"|" + strings.Repeat("---|", len(t.Columns))}
	for _, r := range t.Rows {
		cells := make([]string, len(r))
		for i, c := range r {
			cells[i] = MarkdownText(c)
		}
		lines = append(lines, "| "+strings.Join(cells, " | ")+" |")
	}
	for _, n := range t.Notes {
		lines = append(lines, "", MarkdownText(n))
	}
	return strings.Join(lines, "\n") + "\n"
}

var inMarkdown = strings.NewReplacer("\\", "\\\\", "|", "\\|", "<", "&lt;", ">", "&gt;", "*", "\\*",
	"_", "\\_", "`", "\\`", "[", "\\[", "]", "\\]", "#", "\\#", "\r", " ", "\n", " ", "\t", " ")

// MarkdownText keeps what people wrote from becoming structure.
func MarkdownText(s string) string { return inMarkdown.Replace(s) }
