package desk

import (
	"bytes"
	"embed"
	"errors"
	"html/template"
	"net/http"
	"strings"
	"sync"
	"time"

	"holdthering/cases"
	"holdthering/pages"
	"holdthering/picture"
	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/words"
)

//go:embed templates desk.css
var files embed.FS

// frame is what every page has, and in Page what is its own.
type frame struct {
	Title string
	// Here is the entry of the navigation that the page belongs to: "today", "country".
	Here   string
	Query  string // that was searched for
	Signed bool   // somebody is signed in
	Played bool   // what is shown only plays
	Page   any
}

// Name is that of the service.
func (frame) Name() string { return "Hold the Ring: the desk" }

// longestTitle is what a browser shows of a title.
const longestTitle = 52

// Head is the title of the document.
func (f frame) Head() string {
	const rest = " - the desk"
	return words.Clip(f.Title, longestTitle-len(rest)) + rest
}

var templates = sync.OnceValue(func() *template.Template {
	return template.Must(pages.Templates().Funcs(template.FuncMap{
		"moment": calendar.Instant, "short": calendar.Short, "day": calendar.Day, "plain": plainOf, "count": words.Count,
		"capital": words.Capital, "full": words.Full, "drawn": drawnOf, "class": func(k picture.Kind) string { return string(k) },
		"tied":   func(link string, ways []pages.Way) tied { return tied{Link: link, Ways: ways} },
		"owing":  func(link string, owes []pages.Due) tied { return tied{Link: link, Owes: owes} },
		"losing": func(link string, list []lost) tied { return tied{Link: link, Lost: list} },
	}).ParseFS(files, "templates/*.html"))
})

// tied is a list with the page that its acts belong to.
type tied struct {
	Link string
	Ways []pages.Way
	Owes []pages.Due
	Lost []lost
}

// drawn is a picture with its key and the same as a table.
type drawn struct {
	Name  string
	SVG   template.HTML
	Key   []picture.Kind
	Table picture.Table
	Open  bool // the table stands open
}

func drawnOf(name string, of any) (drawn, error) {
	switch p := of.(type) {
	case picture.Timeline:
		return drawn{Name: name, SVG: p.SVG(), Key: p.Marks(), Table: p.Table()}, nil
	case picture.Months:
		return drawn{Name: name, SVG: p.SVG(), Table: p.Table()}, nil
	case picture.Bars:
		return drawn{Name: name, SVG: p.SVG(), Table: p.Table()}, nil
	}
	return drawn{}, errors.New("this is no picture")
}

func plainOf(v any) string {
	switch s := v.(type) {
	case regime.ActionStatus:
		return words.Plain(string(s))
	case string:
		return words.Plain(s)
	}
	return ""
}

func dayOf(t time.Time) string { return calendar.Day(t) }

// show sends a page to somebody who is signed in.
func (d *Desk) show(w http.ResponseWriter, status int, name string, f frame) {
	f.Signed = true
	d.write(w, status, name, f)
}

// write sends a page whole or, where its template fails, none.
func (d *Desk) write(w http.ResponseWriter, status int, name string, f frame) {
	var b bytes.Buffer
	if err := templates().ExecuteTemplate(&b, name, f); err != nil {
		d.Log.Error("A page of the desk could not be written", "page", name, "reason", err)
		http.Error(w, "This page could not be written.", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(b.Bytes()) // who has gone away is not told
}

// sorry says why there is no page.
func (d *Desk) sorry(w http.ResponseWriter, r *http.Request, status int, title, says string) {
	_, signedIn := r.Context().Value(signed{}).(session)
	d.write(w, status, "says", frame{Title: title, Signed: signedIn, Page: says})
}

// unanswered says why a case or group was not answered for.
func (d *Desk) unanswered(w http.ResponseWriter, r *http.Request, err error) {
	var none *regime.Mistake
	var gone *cases.Unreachable
	switch {
	case errors.As(err, &none):
		says, _, _ := strings.Cut(none.Reason, "; '") // what follows is for the command line
		d.sorry(w, r, http.StatusNotFound, "There is nothing of that name", strings.TrimRight(says, ".")+". Today and the "+
			"country list what there is; the search finds a provider by a part of its name.")
	case errors.As(err, &gone):
		d.sorry(w, r, http.StatusServiceUnavailable, "There is no answer now", gone.Reason)
	default:
		d.Log.Warn("A page of the desk could not be shown", "reason", err)
		d.sorry(w, r, http.StatusServiceUnavailable, "There is no answer now", "Please try again in a minute. Nothing was recorded.")
	}
}

func look(w http.ResponseWriter, _ *http.Request) {
	text, _ := files.ReadFile("desk.css")
	w.Header().Set("Content-Type", "text/css; charset=utf-8")
	w.Header().Set("Cache-Control", "no-cache")
	_, _ = w.Write(text)
}
