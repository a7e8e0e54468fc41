package directory

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
)

// separators are those that spreadsheets put between cells; which one depends on the country
// that the computer is set to.
const separators = ",;\t"

// parse reads a whole file, as a spreadsheet may have saved it. It refuses what cannot be a
// directory at all: another header, a row with a cell too many or too few, quotation marks that
// do not close. What is wrong inside one row is Check's to say, and costs only that row.
func parse(text string) ([]row, error) {
	text, above := withoutSep(strings.TrimPrefix(text, "\ufeff"))
	head, _, _ := strings.Cut(text, "\n")
	comma, ok := separatorOf(head)
	if !ok {
		return nil, fmt.Errorf("the first line must be %q, with a comma, a semicolon or a tab between",
			strings.Join(Columns, ","))
	}
	reader := csv.NewReader(strings.NewReader(text))
	reader.Comma, reader.FieldsPerRecord = comma, -1
	var rows []row
	width := 0 // of the header, with columns that have no name
	named := 0 // columns of the header
	for {
		cells, err := reader.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		line, _ := reader.FieldPos(0)
		wide := len(cells)
		if width == 0 {
			width, named = wide, len(cleaned(cells))
			continue
		}
		if cells = cleaned(cells); len(cells) == 0 {
			continue
		}
		if wide > width {
			return nil, fmt.Errorf("line %d has %d cells, not %d: does one with a comma in it lack its quotation marks?",
				line+above, wide, width)
		}
		r, err := newRow(line+above, cells, wide, named)
		if err != nil {
			return nil, err
		}
		rows = append(rows, r)
	}
	if len(rows) == 0 {
		return nil, errors.New("it has no rows")
	}
	return rows, nil
}

// withoutSep takes off the line "sep=;" that spreadsheets put first, and counts it.
func withoutSep(text string) (rest string, lines int) {
	first, after, _ := strings.Cut(text, "\n")
	word := strings.ToLower(strings.Trim(first, "\" \r"))
	if strings.HasPrefix(word, "sep=") && len(word) <= len("sep=,") {
		return after, 1
	}
	return text, 0
}

// separatorOf is the one with which the first line is the header.
func separatorOf(head string) (rune, bool) {
	for _, comma := range separators {
		reader := csv.NewReader(strings.NewReader(head))
		reader.Comma = comma
		cells, err := reader.Read()
		if err != nil {
			continue
		}
		cells = cleaned(cells)
		for i, c := range cells {
			cells[i] = strings.ReplaceAll(strings.ToLower(c), " ", "_")
		}
		if n := len(cells); n >= len(Columns) && n <= len(allColumns) && slices.Equal(cells, allColumns[:n]) {
			return comma, true
		}
	}
	return 0, false
}

// cleaned drops characters that do not show, blanks at the ends of cells, and empty cells at the
// end of a row: columns that were not meant.
func cleaned(cells []string) []string {
	kept := make([]string, len(cells))
	last := 0
	for i, c := range cells {
		kept[i] = strings.TrimSpace(strings.Map(shown, c))
		if kept[i] != "" {
			last = i + 1
		}
	}
	return kept[:last]
}

// shown has a blank for one that does not break, and nothing for what comes along when a text is
// copied from a page. Marks that turn the direction stay, for Check to find.
func shown(r rune) rune {
	switch r {
	case '\u200b', '\u200c', '\u200d', '\u2060', '\ufeff', '\u00ad':
		return -1
	}
	if unicode.Is(unicode.Zs, r) {
		return ' '
	}
	return r
}

// newRow gives the row a cell for each column. The note alone may be left out, as spreadsheets
// do with an empty last column; had a cell gone from the middle, the calendar would be wrong.
func newRow(line int, cells []string, wide, named int) (row, error) {
	n, columns := len(cells), len(Columns)
	r := row{line, append(cells, make([]string, max(0, len(allColumns)-n))...)}
	switch {
	case n > max(named, columns):
		return r, fmt.Errorf("line %d has a cell, %q, in a column without a name", line, cells[n-1])
	case wide < columns-1, wide == columns-1 && checkCalendar(r.cell("calendar")) != nil:
		return r, fmt.Errorf("line %d has %d cells, not %d", line, wide, columns)
	}
	return r, nil
}
