package picture

import (
	"fmt"
	"html"
	"html/template"
	"strings"
)

// Table is the facts of a picture as text.
type Table struct {
	Heads []string
	Rows  [][]string
}

// Sizes in units of the drawing, which is scaled to the page: a letter is about half as wide as it is high.
const (
	wide   = 960
	letter = 14
	pad    = 8
)

// drawing is an SVG as it is written.
type drawing struct{ b strings.Builder }

// begin writes the head of a picture. The id is unique in the page.
func (d *drawing) begin(id, title, desc string, width, height int) {
	d.b.Grow(4096)
	fmt.Fprintf(&d.b, `<svg class="picture" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" `+
		`aria-labelledby="%s-title" aria-describedby="%s-desc" font-family="Arial, Helvetica, sans-serif" font-size="%d">`+"\n",
		width, height, id, id, letter)
	fmt.Fprintf(&d.b, `<title id="%s-title">%s</title><desc id="%s-desc">%s</desc>`+"\n", id, html.EscapeString(title), id,
		html.EscapeString(desc))
}

func (d *drawing) end() template.HTML {
	d.b.WriteString("</svg>\n")
	return template.HTML(d.b.String()) //nolint:gosec // every text was escaped by text and tip
}

// text writes words; anchor is start, middle or end.
func (d *drawing) text(x, y int, class, anchor, words string) {
	fmt.Fprintf(&d.b, `<text x="%d" y="%d" class="%s" fill="%s" text-anchor="%s">%s</text>`+"\n", x, y, class, ink(class), anchor,
		html.EscapeString(words))
}

// box draws a rectangle with what it stands for as its tip.
func (d *drawing) box(x, y, w, h int, class, tip string) {
	fmt.Fprintf(&d.b, `<rect x="%d" y="%d" width="%d" height="%d" class="%s" fill="%s" stroke="%s">%s</rect>`+"\n", x, y, max(w, 2), h,
		class, fill(class), stroke(class), titled(tip))
}

func (d *drawing) line(x1, y1, x2, y2 int, class string) {
	fmt.Fprintf(&d.b, `<line x1="%d" y1="%d" x2="%d" y2="%d" class="%s" stroke="%s"/>`+"\n", x1, y1, x2, y2, class, stroke(class))
}

func titled(tip string) string {
	if tip == "" {
		return ""
	}
	return "<title>" + html.EscapeString(tip) + "</title>"
}

// sign draws a mark about a point: its shape tells its kind without its colour.
func (d *drawing) sign(x, y int, kind Kind, tip string) {
	var path string
	switch kind {
	case Done:
		path = fmt.Sprintf("M%d %d m-7 0 a7 7 0 1 0 14 0 a7 7 0 1 0 -14 0", x, y)
	case Missed:
		path = fmt.Sprintf("M%d %d l12 12 M%d %d l12 -12", x-6, y-6, x-6, y+6)
	case Late:
		path = fmt.Sprintf("M%d %d l8 14 l-16 0 z", x, y-8)
	case Ahead:
		path = fmt.Sprintf("M%d %d h12 v12 h-12 z", x-6, y-6)
	default:
		path = fmt.Sprintf("M%d %d l7 7 l-7 7 l-7 -7 z", x, y-7)
	}
	class := "sign-" + string(kind)
	fmt.Fprintf(&d.b, `<path d="%s" class="%s" fill="%s" stroke="%s" stroke-width="2">%s</path>`+"\n", path, class, fill(class),
		stroke(class), titled(tip))
}

// Kind is how a mark is drawn.
type Kind string

// The kinds of mark: a disc, a cross, a triangle, an empty square, a diamond.
const (
	Done   Kind = "done"
	Missed Kind = "missed"
	Late   Kind = "late"
	Ahead  Kind = "ahead"
	Event  Kind = "event"
)

// Words is what a kind of mark means in a key.
func (k Kind) Words() string {
	return map[Kind]string{Done: "in time", Missed: "missed", Late: "late", Ahead: "not due yet", Event: "happened"}[k]
}

// colours of each class, on white: the fill, then the line.
var colours = map[string][2]string{
	"span-a":      {"#d2e3f5", "#005eb8"},
	"span-b":      {"#e4e9ec", "#4c6272"},
	"span-c":      {"#fff0c2", "#8a6200"},
	"span-d":      {"#f7d5d2", "#d5281b"},
	"cell":        {"#ffffff", "#aeb7bd"},
	"bar-late":    {"#d5281b", "#d5281b"},
	"bar-owed":    {"#8fb7dd", "#005eb8"},
	"sign-done":   {"#00703c", "#00703c"},
	"sign-missed": {"none", "#b01010"},
	"sign-late":   {"#8a6200", "#8a6200"},
	"sign-ahead":  {"none", "#4c6272"},
	"sign-event":  {"#005eb8", "#005eb8"},
	"grid":        {"none", "#d8dde0"},
	"now":         {"none", "#d5281b"},
}

func fill(class string) string { return or(colours[class][0], "none") }

func stroke(class string) string { return or(colours[class][1], "#4c6272") }

func ink(class string) string {
	if class == "quiet" {
		return "#4c6272"
	}
	return "#212b32"
}

func or(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

// fits cuts words to a width, or leaves them out where nothing of them would tell anything.
func fits(words string, width int) string {
	most := width * 10 / (6 * letter)
	r := []rune(words)
	switch {
	case len(r) <= most:
		return words
	case most < 4:
		return ""
	}
	return strings.TrimRight(string(r[:most-1]), " ") + "…"
}
