package pages

import (
	"bytes"
	"embed"
	"html/template"
	"log/slog"
	"net/http"
	"strings"
	"sync"

	"holdthering/notices"
	"holdthering/regime/words"
)

//go:embed templates style.css
var files embed.FS

// page is what a template may use.
type page struct {
	Title         string
	Says          string
	Back          string // address of the main page
	Demonstration bool
	View          *view
	Form          *form
	Entry         given
	Everywhere    *everywhere
	Secretariat   notices.Secretariat
}

// Name is that of the service, which stands at the head of each page.
func (page) Name() string { return "Hold the Ring" }

// Played reports whether the page is about a case that only plays.
func (p page) Played() bool { return p.Demonstration || p.View != nil && p.View.Demonstration }

// longestTitle is in letters: a browser's tab and a list of pages show no more.
const longestTitle = 38

// Tab is the title as it stands in the browser's tab.
func (p page) Tab() string { return words.Clip(p.Title, longestTitle) }

// dialled is a telephone number as a telephone takes it: "+44 1223 (0)555 ext. 12" with what is dialled alone.
func dialled(number string) string {
	number, _, _ = strings.Cut(number, "e") // an extension is dialled when somebody answers
	return strings.Map(func(r rune) rune {
		if r == '+' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, strings.ReplaceAll(number, "(0)", ""))
}

// unbroken keeps a number on one line.
func unbroken(number string) string { return strings.ReplaceAll(number, " ", "\u00a0") }

// several are answers with the page that they are reached from.
type several struct {
	Address string
	Answers []answer
}

// templates are read when the first page is written: most programs that have them in them write none.
var templates = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("").Funcs(template.FuncMap{
		"dialled": dialled, "unbroken": unbroken,
		"ways": func(address string, list []answer) several { return several{address, list} },
	}).ParseFS(files, "templates/*.html"))
})

// site is what every page says, and where faults are logged.
type site struct {
	secretariat notices.Secretariat
	log         *slog.Logger
}

func (s site) sorry(w http.ResponseWriter, status int, title, says string) {
	s.write(w, status, "sorry", page{Title: title, Says: says})
}

// write sends a page whole or, where its template fails, none.
func (s site) write(w http.ResponseWriter, status int, name string, d page) {
	d.Secretariat = s.secretariat
	var b bytes.Buffer
	if err := templates().ExecuteTemplate(&b, name, d); err != nil {
		s.log.Error("A page could not be written", "page", name, "reason", err)
		http.Error(w, "This page could not be written.", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(b.Bytes()) // who has gone away is not told
}

func style(w http.ResponseWriter, _ *http.Request) {
	text, _ := files.ReadFile("style.css")
	w.Header().Set("Content-Type", "text/css; charset=utf-8")
	w.Header().Set("Cache-Control", "public, max-age=3600")
	_, _ = w.Write(text)
}

func robots(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = w.Write([]byte("User-agent: *\nDisallow: /\n"))
}
