package picture

import (
	"html/template"
	"time"

	"holdthering/regime/calendar"
)

// Span is what lasted.
type Span struct {
	From, To time.Time
	Class    string // "span-a" to "span-d"
	Label    string
	Open     bool // it goes on
}

// Mark is what happened at a moment, or is due then.
type Mark struct {
	At    time.Time
	Kind  Kind
	Label string
}

// Lane is one line of a time-line.
type Lane struct {
	Name  string
	Spans []Span
	Marks []Mark
}

// Timeline is what went on beside each other.
type Timeline struct {
	ID, Title, Desc string
	From, To, Now   time.Time
	Lanes           []Lane
}

const (
	laneNames  = 172
	laneHeight = 40
	axisHeight = 30
)

// SVG draws it.
func (t Timeline) SVG() template.HTML {
	var d drawing
	height := axisHeight + len(t.Lanes)*laneHeight + pad
	d.begin(t.ID, t.Title, t.Desc, wide, height+letter+pad)
	t.axis(&d, height)
	for i, lane := range t.Lanes {
		y := axisHeight + i*laneHeight
		d.line(0, y, wide, y, "grid")
		d.text(0, y+laneHeight/2+5, "ink", "start", fits(lane.Name, laneNames-pad))
		for _, s := range lane.Spans {
			from, to := t.x(s.From), t.x(s.To)
			tip := s.Label + ", " + spanWords(s)
			d.box(from, y+6, to-from, laneHeight-12, s.Class, tip)
			if label := fits(s.Label, to-from-pad); label != "" {
				d.text(from+5, y+laneHeight/2+5, "ink", "start", label)
			}
		}
		for _, m := range lane.Marks {
			d.sign(t.x(m.At), y+laneHeight/2, m.Kind, m.Label+", "+calendar.Day(m.At))
		}
	}
	if t.Now.After(t.From) && t.Now.Before(t.To) {
		x := t.x(t.Now)
		d.line(x, axisHeight-6, x, height, "now")
		d.text(x, height+letter, "ink", "middle", "now")
	}
	return d.end()
}

// x is where a moment stands; what is outside stands at the edge.
func (t Timeline) x(at time.Time) int {
	all := t.To.Sub(t.From)
	if all <= 0 {
		return laneNames
	}
	part := float64(at.Sub(t.From)) / float64(all)
	return laneNames + int(min(max(part, 0), 1)*float64(wide-laneNames-pad))
}

// axis draws the months, or the days of a short time, as many as there is room for.
func (t Timeline) axis(d *drawing, height int) {
	step, form := t.steps()
	last := 0
	for at := t.first(step); at.Before(t.To); at = step.next(at) {
		x := t.x(at)
		d.line(x, axisHeight-6, x, height, "grid")
		if x >= last && x < wide-40 {
			d.text(x+3, axisHeight-10, "quiet", "start", at.In(calendar.London).Format(form))
			last = x + 62
		}
	}
}

// every is a step of the axis.
type every struct{ months, days int }

func (e every) next(at time.Time) time.Time {
	return at.In(calendar.London).AddDate(0, e.months, e.days)
}

func (t Timeline) steps() (every, string) {
	switch days := int(t.To.Sub(t.From).Hours() / 24); {
	case days <= 12:
		return every{days: 1}, "2 Jan"
	case days <= 90:
		return every{days: 7}, "2 Jan"
	case days <= 800:
		return every{months: 1}, "Jan 06"
	}
	return every{months: 3}, "Jan 06"
}

func (t Timeline) first(e every) time.Time {
	year, month, day := t.From.In(calendar.London).Date()
	if e.months > 0 {
		day = 1
	}
	at := time.Date(year, month, day, 0, 0, 0, 0, calendar.London)
	for at.Before(t.From) {
		at = e.next(at)
	}
	return at
}

func spanWords(s Span) string {
	if s.Open {
		return "since " + calendar.Day(s.From)
	}
	return calendar.Day(s.From) + " to " + calendar.Day(s.To)
}

// Table says the same.
func (t Timeline) Table() Table {
	out := Table{Heads: []string{"What", "Which", "When"}}
	for _, lane := range t.Lanes {
		for _, s := range lane.Spans {
			out.Rows = append(out.Rows, []string{lane.Name, s.Label, spanWords(s)})
		}
		for _, m := range lane.Marks {
			out.Rows = append(out.Rows, []string{lane.Name, m.Label, calendar.Day(m.At)})
		}
	}
	return out
}

// Marks are the kinds of mark that stand in it, for a key, in the order in which they first appear.
func (t Timeline) Marks() []Kind {
	var out []Kind
	seen := map[Kind]bool{}
	for _, lane := range t.Lanes {
		for _, m := range lane.Marks {
			if !seen[m.Kind] {
				seen[m.Kind] = true
				out = append(out, m.Kind)
			}
		}
	}
	return out
}
