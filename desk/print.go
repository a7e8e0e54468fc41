package desk

import (
	"html/template"
	"net/http"

	"holdthering/record"
)

// paper is a record as a board reads it.
type paper struct {
	Where  place
	Record template.HTML
}

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
	var parts []record.Part
	for _, says := range f.warnings() {
		parts = append(parts, record.Caution(says))
	}
	p := paper{Where: f.where()}
	if f.group != nil {
		p.Record, err = record.GroupPaper(f.group, f.now, parts...)
	} else {
		p.Record, err = record.Paper(f.failure, f.now, parts...)
	}
	if err != nil {
		d.unanswered(w, r, err)
		return
	}
	d.show(w, http.StatusOK, "paper", frame{Title: "Board paper: " + p.Where.Title, Played: p.Where.Played, Page: p})
}
