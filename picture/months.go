package picture

import (
	"fmt"
	"html/template"
	"strings"
	"time"

	"holdthering/regime/calendar"
	"holdthering/regime/words"
)

// Cell is one row's month.
type Cell struct {
	Class string // how it is filled: "span-a" to "span-d", or "cell"
	Level string // what that means
	// Considered is how often it was spoken of, Concerns how many there were.
	Considered, Concerns int
}

// MonthRow is one row of a map of months.
type MonthRow struct {
	Name  string
	Link  string // where the name leads to, if anywhere
	Cells []Cell
}

// Months is a map of rows by months, the first month first.
type Months struct {
	ID, Title, Desc string
	From            time.Time // in the first month
	Rows            []MonthRow
}

const (
	rowNames   = 300
	rowHeight  = 28
	monthsHead = 44
)

// SVG draws it: the fill is the level, a disc that it was considered, a number how many concerns.
func (m Months) SVG() template.HTML {
	var d drawing
	n := m.count()
	d.begin(m.ID, m.Title, m.Desc, wide, monthsHead+len(m.Rows)*rowHeight+pad)
	cell := (wide - rowNames - pad) / max(n, 1)
	for i := range n {
		d.text(rowNames+i*cell+cell/2, monthsHead-10, "quiet", "middle", m.month(i).Format("Jan"))
		if at := m.month(i); i == 0 || at.Month() == time.January {
			d.text(rowNames+i*cell+cell/2, monthsHead-26, "quiet", "middle", at.Format("2006"))
		}
	}
	for r, row := range m.Rows {
		y := monthsHead + r*rowHeight
		d.text(0, y+rowHeight/2+5, "ink", "start", fits(row.Name, rowNames-pad))
		for i, c := range row.Cells {
			x := rowNames + i*cell
			d.box(x+1, y+2, cell-2, rowHeight-4, c.Class, row.Name+", "+m.month(i).Format("January 2006")+": "+c.Words())
			if c.Considered > 0 {
				d.sign(x+13, y+rowHeight/2, Done, "")
			}
			if c.Concerns > 0 {
				d.text(x+cell-8, y+rowHeight/2+5, "ink", "end", fmt.Sprint(c.Concerns))
			}
		}
	}
	return d.end()
}

func (m Months) count() int {
	n := 0
	for _, r := range m.Rows {
		n = max(n, len(r.Cells))
	}
	return n
}

func (m Months) month(i int) time.Time {
	year, month, _ := m.From.In(calendar.London).Date()
	return time.Date(year, month+time.Month(i), 1, 0, 0, 0, 0, calendar.London)
}

// Words says what a cell shows.
func (c Cell) Words() string {
	out := []string{c.Level}
	if c.Level == "" {
		out[0] = "not on the list"
	}
	if c.Considered > 0 {
		out = append(out, "considered")
	}
	if c.Concerns > 0 {
		out = append(out, words.Count(c.Concerns, "concern"))
	}
	return strings.Join(out, ", ")
}

// Table says the same.
func (m Months) Table() Table {
	out := Table{Heads: []string{"Provider"}}
	for i := range m.count() {
		out.Heads = append(out.Heads, m.month(i).Format("Jan 2006"))
	}
	for _, r := range m.Rows {
		row := []string{r.Name}
		for _, c := range r.Cells {
			row = append(row, c.Words())
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}
