package picture

import (
	"fmt"
	"html/template"
)

// Bar is how much of two kinds a name has.
type Bar struct {
	Name       string
	Late, Owed int
}

// Bars are amounts by name: what is late, and what is owed beside it.
type Bars struct {
	ID, Title, Desc string
	Bars            []Bar
}

// SVG draws it, with the figures beside the bars.
func (b Bars) SVG() template.HTML {
	var d drawing
	d.begin(b.ID, b.Title, b.Desc, wide, len(b.Bars)*rowHeight+pad)
	most := 1
	for _, one := range b.Bars {
		most = max(most, one.Late+one.Owed)
	}
	room := wide - rowNames - 190
	for i, one := range b.Bars {
		y := i * rowHeight
		d.text(0, y+rowHeight/2+5, "ink", "start", fits(one.Name, rowNames-pad))
		late, owed := room*one.Late/most, room*one.Owed/most
		if one.Late > 0 {
			d.box(rowNames, y+5, late, rowHeight-10, "bar-late", "")
		}
		if one.Owed > 0 {
			d.box(rowNames+late, y+5, owed, rowHeight-10, "bar-owed", "")
		}
		d.text(rowNames+late+owed+pad, y+rowHeight/2+5, "ink", "start", one.words())
	}
	return d.end()
}

func (b Bar) words() string {
	switch {
	case b.Owed == 0:
		return fmt.Sprintf("%d overdue", b.Late)
	case b.Late == 0:
		return fmt.Sprintf("%d to come", b.Owed)
	}
	return fmt.Sprintf("%d overdue, %d to come", b.Late, b.Owed)
}

// Table says the same.
func (b Bars) Table() Table {
	out := Table{Heads: []string{"Who", "Overdue", "To come"}}
	for _, one := range b.Bars {
		out.Rows = append(out.Rows, []string{one.Name, fmt.Sprint(one.Late), fmt.Sprint(one.Owed)})
	}
	return out
}
