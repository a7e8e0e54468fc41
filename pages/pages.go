package pages

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"sync"
	"time"

	"holdthering/cases"
	"holdthering/notices"
	"holdthering/pages/link"
	"holdthering/regime"
)

// Path is what the address of every answer page begins with.
const Path = "/a/"

// Contacts knows who acts for a party now; *directory.Directory is one.
type Contacts interface {
	// Has reports whether one of the party's addresses is the one meant.
	Has(p regime.Party, meant func(address string) bool) bool
	// Levels lists the party's contacts, with who answers at each where that is known.
	Levels(p regime.Party) (levels []regime.Level, persons []string)
}

// Pages are what members open. All fields up to Log must be set.
type Pages struct {
	Keys     link.Keys
	Cases    cases.Cases
	Contacts Contacts
	// URL is what stands in mails before Path: scheme, host and perhaps a port.
	URL         *url.URL
	Secretariat notices.Secretariat
	Now         func() time.Time
	Log         *slog.Logger
	// Refusal is how long it takes at least to say that a link opens nothing, whatever is wrong with it.
	Refusal time.Duration
	// Fresh is how long an answer of a case is good for: whoever opens a page meanwhile is shown the same, and
	// the server is asked once.
	Fresh time.Duration

	known known
	owing owing
	// renewing are new links on their way: nobody waits for them, so that the time tells nothing.
	renewing sync.WaitGroup
	renewals chan struct{}
	begin    sync.Once
}

// patience is how long a case may take to answer a page.
const patience = 15 * time.Second

// Handler serves the pages, with the front that meets the world.
func (p *Pages) Handler() http.Handler {
	return (&Front{Behind: p.Behind(), URL: p.URL, Secretariat: p.Secretariat, Log: p.Log}).Handler()
}

// Behind serves the pages to a front.
func (p *Pages) Behind() http.Handler {
	p.begin.Do(func() { p.renewals = make(chan struct{}, mostRenewals) })
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+Path+"{link}", p.show)
	mux.HandleFunc("GET "+Path+"{link}/{act}", p.ask)
	mux.HandleFunc("POST "+Path+"{link}/{act}", p.act)
	mux.HandleFunc("GET "+Path+"{link}/done/{n}", p.done)
	mux.HandleFunc("GET "+Path+"{link}/opened/{ref}", p.opened)
	mux.HandleFunc("GET "+Path+"{link}/owes", p.everywhere)
	mux.HandleFunc("/", p.dead)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r = r.WithContext(context.WithValue(r.Context(), arrived{}, time.Now()))
		if r.Method == http.MethodPost && r.URL.RawQuery == renewQuery {
			p.renew(w, r)
			return
		}
		mux.ServeHTTP(w, r)
	})
}

// Wait returns when what is done behind the answers is done.
func (p *Pages) Wait() { p.renewing.Wait() }

func (p *Pages) site() site { return site{p.Secretariat, p.Log} }

// bearer is who asks; where nobody is, that has been answered.
func (p *Pages) bearer(w http.ResponseWriter, r *http.Request) (bearer, bool) {
	l, err := p.Keys.Open(r.PathValue("link"))
	if err != nil {
		p.dead(w, r)
		return bearer{}, false
	}
	ctx, cancel := context.WithTimeout(r.Context(), patience)
	defer cancel()
	b, err := p.open(ctx, l)
	switch {
	case errors.Is(err, link.ErrDead):
		p.dead(w, r)
	case err != nil:
		p.Log.Warn("A page could not be shown", "link", l.ID, "reason", err)
		p.sorry(w, http.StatusServiceUnavailable, "This page cannot be shown at the moment",
			"Please try again in a few minutes. Nothing was recorded.")
	}
	return b, err == nil
}

// show is the page that the link in a mail opens.
func (p *Pages) show(w http.ResponseWriter, r *http.Request) {
	b, ok := p.bearer(w, r)
	if !ok {
		return
	}
	text := r.PathValue("link")
	v := viewOf(b, addressOf(text, ""))
	if len(v.Asks) == 1 && len(v.Asks[0].Answers) == 1 && v.Closed == "" {
		a := v.Asks[0].Answers[0]
		v.Form = b.newForm(a, url.Values{keyName: {newKey()}})
		v.Form.Action = addressOf(text, a.Slug)
	}
	p.write(w, http.StatusOK, "view", page{Title: v.Body + ": what is asked", View: &v})
}

// ask is the form of one answer.
func (p *Pages) ask(w http.ResponseWriter, r *http.Request) {
	b, ok := p.bearer(w, r)
	if !ok {
		return
	}
	a, ok := b.find(r.PathValue("act"))
	if !ok {
		p.gone(w, b, r.PathValue("link"))
		return
	}
	f := b.newForm(a, url.Values{keyName: {newKey()}})
	f.Action = addressOf(r.PathValue("link"), a.Slug)
	p.showForm(w, http.StatusOK, b, f, r.PathValue("link"))
}

// done says what was recorded; to load it again changes nothing.
func (p *Pages) done(w http.ResponseWriter, r *http.Request) {
	b, ok := p.bearer(w, r)
	if !ok {
		return
	}
	v := viewOf(b, addressOf(r.PathValue("link"), ""))
	e, ok := b.entry(r.PathValue("n"))
	if !ok {
		http.Redirect(w, r, v.Address, http.StatusSeeOther)
		return
	}
	p.write(w, http.StatusOK, "done", page{Title: "Your answer is recorded", View: &v, Entry: givenOf(e)})
}

func (p *Pages) showForm(w http.ResponseWriter, status int, b bearer, f *form, text string) {
	title := f.Answer.Summary
	if len(f.Faults) > 0 {
		title = "Error: " + title
	}
	p.write(w, status, "ask", page{Title: title, Form: f, Back: addressOf(text, ""), Demonstration: b.demonstration()})
}

// arrived is when a request came.
type arrived struct{}

// dead is the answer to every link that opens nothing. It takes as long whatever is wrong.
func (p *Pages) dead(w http.ResponseWriter, r *http.Request) {
	if at, ok := r.Context().Value(arrived{}).(time.Time); ok && p.Refusal > 0 {
		select {
		case <-time.After(time.Until(at.Add(p.Refusal))):
		case <-r.Context().Done():
		}
	}
	p.write(w, http.StatusNotFound, "dead", page{Title: "This link does not open anything"})
}

// gone is for a link that lives and an answer that is not asked for, or is no more.
func (p *Pages) gone(w http.ResponseWriter, b bearer, text string) {
	p.write(w, http.StatusNotFound, "gone", page{Title: "This is not asked any more", Back: addressOf(text, ""),
		Demonstration: b.demonstration()})
}

func (p *Pages) sorry(w http.ResponseWriter, status int, title, says string) {
	p.site().sorry(w, status, title, says)
}

func (p *Pages) write(w http.ResponseWriter, status int, name string, d page) {
	p.site().write(w, status, name, d)
}

func addressOf(text, rest string) string {
	if rest != "" {
		rest = "/" + rest
	}
	return Path + text + rest
}
