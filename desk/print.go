package desk

import (
	"html/template"
	"net/http"
	"strings"
	"time"

	"holdthering/notices/markdown"
	"holdthering/pages"
	"holdthering/record"
)

// paper is a record as a board reads it: two pages that say how it stands, and the whole after them.
type paper struct {
	Case  *casePage // one of the two is nil
	Group *groupPage
	// Owes and Events are what of them has room on the second page.
	Owes       []pages.Due
	MoreOwes   int
	Events     []record.Event
	MoreEvents int
	Asof       time.Time
	Record     template.HTML
}

// What has room on the second page of a board paper.
const (
	mostOwed   = 8
	mostEvents = 14
)

func (d *Desk) showRecord(w http.ResponseWriter, r *http.Request)      { d.document(w, r) }
func (d *Desk) showGroupRecord(w http.ResponseWriter, r *http.Request) { d.document(w, r) }

// document is the record of a case or group, to be read and printed.
func (d *Desk) document(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := within(r)
	defer cancel()
	f, err := d.reader.whole(ctx, refOf(r), d.Now())
	if err != nil {
		d.unanswered(w, r, err)
		return
	}
	p := paper{Asof: f.now}
	var parts []record.Part
	for _, says := range f.warnings() {
		parts = append(parts, record.Caution(says))
	}
	var text string
	at := f.where()
	if f.group != nil {
		page := d.groupPageOf(f)
		p.Group, text = &page, record.GroupMarkdown(f.group, f.now, parts...)
	} else {
		page := d.casePageOf(f)
		p.Case, text = &page, record.Markdown(f.failure, f.now, parts...)
		p.Owes, p.Events = page.Owes, record.Summarise(f.failure, f.now).Happened
		if n := len(p.Owes); n > mostOwed {
			p.Owes, p.MoreOwes = p.Owes[:mostOwed], n-mostOwed
		}
		if n := len(p.Events); n > mostEvents {
			p.Events, p.MoreEvents = p.Events[n-mostEvents:], n-mostEvents
		}
	}
	body, err := markdown.Bare("#" + text) // the paper has a title of its own
	if err != nil {
		d.unanswered(w, r, err)
		return
	}
	p.Record = template.HTML(strings.ReplaceAll(body, "<th>", `<th scope="col">`)) //nolint:gosec // of our own Markdown, raw HTML left out
	d.show(w, http.StatusOK, "paper", frame{Title: "Board paper: " + at.Title, Played: at.Played, Page: p})
}
