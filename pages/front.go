package pages

import (
	"bytes"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"holdthering/notices"
)

// Front is what meets the world before the pages: it sets the headers, turns away who asks too often, posts
// from other sites and bodies that are too long, and knows no case. It can run in a process of its own.
type Front struct {
	// Behind answers what is let through.
	Behind http.Handler
	// URL is what stands in mails before Path: scheme, host and perhaps a port.
	URL         *url.URL
	Secretariat notices.Secretariat
	Log         *slog.Logger
}

// Handler serves it.
func (f *Front) Handler() http.Handler {
	s := site{f.Secretariat, f.Log}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /style.css", style)
	mux.HandleFunc("GET /robots.txt", robots)
	mux.Handle("/", s.whole(f.Behind))
	own := http.NewCrossOriginProtection()
	if err := own.AddTrustedOrigin(f.URL.Scheme + "://" + f.URL.Host); err != nil {
		f.Log.Error("The address of the pages is no origin", "reason", err)
	}
	own.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		s.sorry(w, http.StatusForbidden, "This came from another page",
			"An answer is taken only from the page that the link in your mail opens. Nothing was recorded.")
	}))
	return Guarded(s.limited(own.Handler(mux)))
}

// Sorry shows that a page cannot be shown at the moment.
func (f *Front) Sorry(w http.ResponseWriter) {
	site{f.Secretariat, f.Log}.sorry(w, http.StatusServiceUnavailable, "This page cannot be shown at the moment",
		"Please try again in a few minutes. If you had sent an answer, send it again: it is recorded once.")
}

// Guarded sets what holds for every page: nothing is kept, framed, indexed, run or told on.
func Guarded(h http.Handler) http.Handler {
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

// The limits: a person reads a few pages a minute, and a body behind one address some dozen.
const (
	ofLink, burstOfLink       = 2 * time.Second, 30
	ofAddress, burstOfAddress = 200 * time.Millisecond, 150
)

// limited turns away who asks too often, by address first and then by link, whatever the link is worth.
func (s site) limited(h http.Handler) http.Handler {
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
			s.sorry(w, http.StatusTooManyRequests, "Too many requests",
				"Please wait a minute and try again. Nothing was recorded.")
			return
		}
		h.ServeHTTP(w, r)
	})
}

// whole reads what is posted before any case is asked, no more than a form: what is too long or does not arrive in time
// is answered here, and whoever sends a byte a second keeps nothing but a connection busy.
func (s site) whole(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
		var large *http.MaxBytesError
		switch {
		case errors.As(err, &large):
			s.sorry(w, http.StatusRequestEntityTooLarge, "This is too long", "What was sent is longer than any answer here. "+
				"Nothing was recorded. Please go back, shorten it, and send it again.")
			return
		case err != nil:
			s.sorry(w, http.StatusRequestTimeout, "This did not arrive whole", "What you sent did not arrive whole, or not in time. "+
				"Nothing was recorded. Please go back and send it again: it is recorded once.")
			return
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		h.ServeHTTP(w, r)
	})
}
