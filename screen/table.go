package screen

import (
	"strings"
	"unicode"

	"github.com/clipperhouse/displaywidth"
)

// Table is rows of cells under headings. A cell is wrapped within its column, so that the
// whole fits a terminal. Widths are those of the terminal: a letter with its accent takes one
// column, one of Chinese two.
type Table struct {
	Heads        []string
	Rows         [][]string
	FixedColumns int // so many of the first columns keep their width: dates and numbers
}

const (
	gap            = 2 // blanks between columns
	minColumnWidth = 9 // columns that a column of text keeps at least
)

// Lines sets the table in a width, each line after an indent.
func (t Table) Lines(width int, indent string) []string {
	if len(t.Rows) == 0 {
		return nil
	}
	widths := t.widths(width - len(indent))
	out := row(t.Heads, widths, indent)
	for _, r := range t.Rows {
		out = append(out, row(r, widths, indent)...)
	}
	return out
}

// widths takes from the widest column until all fit, and only where they otherwise cannot from one
// whose longest word would break.
func (t Table) widths(width int) []int {
	widths := make([]int, len(t.Heads))
	words := make([]int, len(t.Heads))
	sum := gap * (len(t.Heads) - 1)
	for i, h := range t.Heads {
		widths[i] = displaywidth.String(h)
		for _, r := range t.Rows {
			cell := Plain(r[i])
			widths[i] = max(widths[i], displaywidth.String(cell))
			for w := range strings.FieldsSeq(cell) {
				words[i] = max(words[i], displaywidth.String(w))
			}
		}
		sum += widths[i]
	}
	sum = t.narrow(widths, words, sum-width) + width
	t.narrow(widths, make([]int, len(widths)), sum-width)
	return widths
}

// narrow takes away what is too much, but from no column below its least, and gives what is left.
func (t Table) narrow(widths, least []int, tooMuch int) int {
	for ; tooMuch > 0; tooMuch-- {
		wide := -1
		for i := t.FixedColumns; i < len(widths); i++ {
			if widths[i] > max(minColumnWidth, least[i]) && (wide < 0 || widths[i] > widths[wide]) {
				wide = i
			}
		}
		if wide < 0 {
			break
		}
		widths[wide]--
	}
	return tooMuch
}

func row(cells []string, widths []int, indent string) []string {
	var columns [][]string
	high := 0
	for i, c := range cells {
		columns = append(columns, Wrapped(Plain(c), widths[i]))
		high = max(high, len(columns[i]))
	}
	var out []string
	for k := range high {
		line := indent
		for i, lines := range columns {
			cell := ""
			if k < len(lines) {
				cell = lines[k]
			}
			line += cell + strings.Repeat(" ", max(0, widths[i]-displaywidth.String(cell))+gap)
		}
		out = append(out, strings.TrimRight(line, " "))
	}
	return out
}

// Plain is a text on one line, with nothing in it that a terminal might obey.
func Plain(s string) string {
	return strings.Join(strings.FieldsFunc(strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case !unicode.IsPrint(r):
			return unicode.ReplacementChar
		}
		return r
	}, s), func(r rune) bool { return r == ' ' }), " ")
}

// Visible is a text of several lines without anything that a terminal might obey.
func Visible(s string) string {
	lines := strings.Split(strings.TrimRight(s, "\n"), "\n")
	for i, l := range lines {
		lines[i] = strings.Map(func(r rune) rune {
			if r != '\t' && !unicode.IsPrint(r) {
				return unicode.ReplacementChar
			}
			return r
		}, l)
	}
	return strings.Join(lines, "\n")
}

// Wrapped breaks a text between words, and a word that is longer than a line wherever needed.
func Wrapped(s string, width int) []string {
	var out []string
	line := ""
	for _, word := range strings.Fields(Plain(s)) {
		for {
			room := width
			if line != "" {
				room = width - displaywidth.String(line) - 1
			}
			if displaywidth.String(word) <= room {
				break
			}
			if line == "" {
				piece := head(word, width)
				out, word = append(out, piece), word[len(piece):]
				continue
			}
			out, line = append(out, line), ""
		}
		if line != "" {
			line += " "
		}
		line += word
	}
	if line != "" || len(out) == 0 {
		out = append(out, line)
	}
	return out
}

// head is as much of a word as a line takes, and at least its first letter with all that belongs
// to it.
func head(word string, width int) string {
	letters, end, wide := displaywidth.StringGraphemes(word), 0, 0
	for letters.Next() {
		if wide += letters.Width(); wide > width && end > 0 {
			break
		}
		end += len(letters.Value())
	}
	return word[:end]
}

// Clipped is a text cut short for a list.
func Clipped(s string, most int) string {
	s = Plain(s)
	if displaywidth.String(s) <= most {
		return s
	}
	return strings.TrimRight(displaywidth.TruncateString(s, most-3, ""), " ") + "..."
}
