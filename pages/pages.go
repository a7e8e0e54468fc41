package pages

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"strconv"
	"strings"
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
}

// Pages are what members open. All fields but Secretariat must be set.
type Pages struct {
	Keys     link.Keys
	Cases    cases.Cases
	Contacts Contacts
	// URL is what stands in mails before Path: scheme, host and perhaps a port.
	URL         *url.URL
	Secretariat notices.Secretariat
	Now         func() time.Time
	Log         *slog.Logger
}

// patience is how long a case may take to answer a page.
const patience = 15 * time.Second

// The limits: a person reads a few pages a minute, and a body behind one address some dozen.
const (
	ofLink, burstOfLink       = 2 * time.Second, 30
	ofAddress, burstOfAddress = 200 * time.Millisecond, 150
)

// Handler serves the pages.
func (p *Pages) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+Path+"{link}", p.show)
	mux.HandleFunc("GET "+Path+"{link}/{act}", p.ask)
	mux.HandleFunc("POST "+Path+"{link}/{act}", p.act)
	mux.HandleFunc("GET "+Path+"{link}/done/{n}", p.done)
	mux.HandleFunc("GET /style.css", style)
	mux.HandleFunc("GET /robots.txt", robots)
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { p.dead(w) })
	own := http.NewCrossOriginProtection()
	if err := own.AddTrustedOrigin(p.URL.Scheme + "://" + p.URL.Host); err != nil {
		p.Log.Error("The address of the pages is no origin", "reason", err)
	}
	own.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		p.sorry(w, http.StatusForbidden, "This came from another page",
			"An answer is taken only from the page that the link in your mail opens. Nothing was recorded.")
	}))
	return guarded(p.limited(own.Handler(mux)))
}

// guarded sets what holds for every page: nothing is kept, framed, indexed, run or told on.
func guarded(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for name, value := range map[string]string{
			"Content-Security-Policy": "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; " +
				"frame-ancestors 'none'",
			"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Content-Type-Options": "nosniff",
			"X-Frame-Options": "DENY", "X-Robots-Tag": "noindex, nofollow, noarchive",
			"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
			"Permissions-Policy": "interest-cohort=()", "Strict-Transport-Security": "max-age=31536000",
		} {
			w.Header().Set(name, value)
		}
		h.ServeHTTP(w, r)
	})
}

// limited turns away who asks too often, by address first and then by link, whatever the link is worth.
func (p *Pages) limited(h http.Handler) http.Handler {
	addresses, links := newLimit(ofAddress, burstOfAddress), newLimit(ofLink, burstOfLink)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		now := time.Now()
		ok := addresses.lets(caller(r), now)
		if rest, its := strings.CutPrefix(r.URL.Path, Path); its && ok {
			text, _, _ := strings.Cut(rest, "/")
			ok = links.lets(text[:min(len(text), 64)], now)
		}
		if !ok {
			w.Header().Set("Retry-After", "60")
			p.sorry(w, http.StatusTooManyRequests, "Too many requests",
				"Please wait a minute and try again. Nothing was recorded.")
			return
		}
		h.ServeHTTP(w, r)
	})
}

// bearer is who asks; where nobody is, that has been answered.
func (p *Pages) bearer(w http.ResponseWriter, r *http.Request) (bearer, bool) {
	l, err := p.Keys.Open(r.PathValue("link"))
	if err != nil {
		p.dead(w)
		return bearer{}, false
	}
	ctx, cancel := context.WithTimeout(r.Context(), patience)
	defer cancel()
	b, err := p.open(ctx, l)
	switch {
	case errors.Is(err, link.ErrDead):
		p.dead(w)
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
	e, ok := b.entry(r.PathValue("n"))
	if !ok {
		http.Redirect(w, r, addressOf(r.PathValue("link"), ""), http.StatusSeeOther)
		return
	}
	v := viewOf(b, addressOf(r.PathValue("link"), ""))
	p.write(w, http.StatusOK, "done", page{Title: "Your answer is recorded", View: &v, Entry: givenOf(e)})
}

func (p *Pages) showForm(w http.ResponseWriter, status int, b bearer, f *form, text string) {
	title := f.Answer.Summary
	if len(f.Faults) > 0 {
		title = "Error: " + title
	}
	p.write(w, status, "ask", page{Title: title, Form: f, Back: addressOf(text, ""), Demonstration: b.demonstration()})
}

// dead is the answer to every link that opens nothing.
func (p *Pages) dead(w http.ResponseWriter) {
	p.write(w, http.StatusNotFound, "dead", page{Title: "This link does not open anything"})
}

// gone is for a link that lives and an answer that is not asked for, or is no more.
func (p *Pages) gone(w http.ResponseWriter, b bearer, text string) {
	p.write(w, http.StatusNotFound, "gone", page{Title: "This is not asked any more", Back: addressOf(text, ""),
		Demonstration: b.demonstration()})
}

func (p *Pages) sorry(w http.ResponseWriter, status int, title, says string) {
	p.write(w, status, "sorry", page{Title: title, Says: says})
}

func addressOf(text, rest string) string {
	if rest != "" {
		rest = "/" + rest
	}
	return Path + text + rest
}

func itoa(n int) string { return strconv.Itoa(n) }
