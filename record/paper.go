package record

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"

	"holdthering/notices/markdown"
	"holdthering/picture"
	"holdthering/regime/failure"
	"holdthering/regime/surveillance"
	"holdthering/regime/words"
)

//go:embed paper.html paper.css
var paperFiles embed.FS

var paperTemplates = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("").Funcs(template.FuncMap{
		"class": func(k picture.Kind) string { return string(k) },
	}).ParseFS(paperFiles, "paper.html"))
})

// paper is a record as a board reads it: what fits on two pages of A4, the contents, the whole record, and the
// pictures once more as tables.
type paper struct {
	Caption, Title string
	Cautions       []string
	Facts          []paperFact
	Standing       []string
	Main           drawn // of time
	ByBody         drawn
	Owes           []owing
	MoreOwes       int
	Progress       []string // of each stay in special measures, in a sentence
	SoFar          string   // heads the events
	Events         []step
	MoreEvents     int
	Actions        []paperAction
	MoreActions    int
	Parts          []part
	Record         template.HTML
}

type paperFact struct{ Head, Says string }

// owing is one open duty.
type owing struct {
	By, Who, What string
	Late          bool
}

// step is a line of the case so far.
type step struct{ When, What string }

// paperAction is an action with its aim or provider.
type paperAction struct{ ID, What, Owner, Due, Status string }

// drawn is a picture with the key of its marks.
type drawn struct {
	Name  string
	SVG   template.HTML
	Key   []picture.Kind
	Table picture.Table
	Note  string
}

// part is a line of the contents.
type part struct {
	ID   string
	Name template.HTML
}

// What has room on two pages.
const (
	mostStanding  = 9
	mostOwed      = 7
	mostEvents    = 11
	mostActions   = 5
	mostBodies    = 6
	mostProviders = 18
	longestText   = 110
	longestStory  = 420
)

// Paper is a case as a board reads it, as a fragment of HTML without styles: a summary of two pages with its
// pictures, the contents, the whole record, and the pictures as tables.
func Paper(c *failure.Case, now time.Time, parts ...Part) (template.HTML, error) {
	return fragment(newSheet(c, now).paper(cautions(parts)), Markdown(c, now, parts...))
}

// GroupPaper is the same of a group.
func GroupPaper(g *surveillance.Group, now time.Time, parts ...Part) (template.HTML, error) {
	return fragment(newGroupSheet(g, now).paper(cautions(parts)), GroupMarkdown(g, now, parts...))
}

// HTML is the case's board paper as one document, with nothing to load.
func HTML(c *failure.Case, now time.Time, parts ...Part) (string, error) {
	body, err := Paper(c, now, parts...)
	if err != nil {
		return "", fmt.Errorf("record of case %s: %w", c.Ref, err)
	}
	return whole("Case "+c.Ref, c.Demonstration, body)
}

// GroupHTML is the group's board paper as one document.
func GroupHTML(g *surveillance.Group, now time.Time, parts ...Part) (string, error) {
	body, err := GroupPaper(g, now, parts...)
	if err != nil {
		return "", fmt.Errorf("record of %s: %w", g.Ref(), err)
	}
	return whole("Surveillance group, "+g.PlaceName, g.Demonstration, body)
}

// whole makes a document of a fragment.
func whole(title string, played bool, body template.HTML) (string, error) {
	styles, err := paperFiles.ReadFile("paper.css")
	if err != nil {
		return "", err
	}
	var b bytes.Buffer
	err = paperTemplates().ExecuteTemplate(&b, "document", struct {
		Title  string
		Played bool
		Styles template.CSS
		Body   template.HTML
	}{title, played, template.CSS(styles), body}) //nolint:gosec // our own file
	return b.String(), err
}

// fragment writes a paper with the record, a text in Markdown, after it.
func fragment(p paper, text string) (template.HTML, error) {
	body, err := markdown.Bare("#" + text) // the paper has a title of its own
	if err != nil {
		return "", err
	}
	p.Record, p.Parts = numbered(body)
	var b bytes.Buffer
	if err := paperTemplates().ExecuteTemplate(&b, "paper", p); err != nil {
		return "", err
	}
	return template.HTML(b.String()), nil //nolint:gosec // of a template, and of our own Markdown, raw HTML left out
}

// heads are the headings of the record's parts.
var heads = regexp.MustCompile(`<h2>(.*?)</h2>`)

// tables of the record may be wider than the window: the keyboard can move them.
var tables = strings.NewReplacer("<table>", `<div class="scroll" role="group" tabindex="0" aria-label="Table of the record"><table>`,
	"</table>", "</table></div>", "<th>", `<th scope="col">`)

// numbered gives each part of the record an id, and lists them.
func numbered(body string) (template.HTML, []part) {
	var parts []part
	body = heads.ReplaceAllStringFunc(body, func(h string) string {
		p := part{"part-" + strconv.Itoa(len(parts)+1), template.HTML(heads.FindStringSubmatch(h)[1])} //nolint:gosec // as the record's
		parts = append(parts, p)
		return h[:3] + ` id="` + p.ID + `"` + h[3:]
	})
	return template.HTML(tables.Replace(body)), parts //nolint:gosec // of our own Markdown, raw HTML left out
}

// clipped keeps a text that somebody wrote to its room on the paper.
func clipped(text string, most int) string {
	return words.Clip(strings.Join(strings.Fields(text), " "), most)
}

// first are the first of a list, and how many are left out.
func first[T any](list []T, most int) (shown []T, more int) {
	if len(list) > most {
		return list[:most], len(list) - most
	}
	return list, 0
}
