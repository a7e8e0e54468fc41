package desk

import (
	"context"
	"crypto/rand"
	"errors"
	"net"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"time"

	"holdthering/desk/key"
)

// signedFor is how long somebody stays signed in who does nothing.
const signedFor = 12 * time.Hour

// session is somebody who signed in.
type session struct {
	until time.Time
	// person and role are who typed last, or whom the proxy names; fixed says that it was the proxy.
	person, role string
	fixed        bool
}

// sessions are those who are signed in, by what their browsers keep. Nothing of it outlives the program.
type sessions struct {
	mu sync.Mutex
	of map[string]*session
}

// begin signs somebody in.
func (s *sessions) begin(now time.Time) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	for name, one := range s.of {
		if !now.Before(one.until) {
			delete(s.of, name)
		}
	}
	if s.of == nil {
		s.of = map[string]*session{}
	}
	name := rand.Text()
	s.of[name] = &session{until: now.Add(signedFor)}
	return name
}

// who is signed in under a name.
func (s *sessions) who(name string, now time.Time) (session, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	one := s.of[name]
	if one == nil || !now.Before(one.until) {
		return session{}, false
	}
	one.until = now.Add(signedFor)
	return *one, true
}

// typed remembers who typed, for the next form.
func (s *sessions) typed(name, person, role string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if one := s.of[name]; one != nil {
		one.person, one.role = person, role
	}
}

// cookie is the name under which a browser keeps its session. Browsers send cookies to every port of a
// machine, so that two desks need two names.
func cookie(r *http.Request) string {
	_, port, err := net.SplitHostPort(r.Host)
	if err != nil {
		return "desk"
	}
	return "desk-" + port
}

type signed struct{}

// of is who asks.
func of(r *http.Request) session {
	s, _ := r.Context().Value(signed{}).(session)
	return s
}

// signIn takes the key of the address that was printed.
func (d *Desk) signIn(w http.ResponseWriter, r *http.Request) {
	now := time.Now()
	switch err := d.spent.Use(d.Keys, r.URL.Query().Get(key.Query), now); {
	case errors.Is(err, key.ErrSpent) && d.known(r, now):
		http.Redirect(w, r, wanted(r), http.StatusSeeOther)
		return
	case err != nil:
		d.closed(w, r)
		return
	}
	http.SetCookie(w, &http.Cookie{Name: cookie(r), Value: d.sessions.begin(now), Path: "/", HttpOnly: true,
		SameSite: http.SameSiteStrictMode, MaxAge: int(signedFor / time.Second)})
	http.Redirect(w, r, wanted(r), http.StatusSeeOther)
}

// wanted is the page of the desk that is opened with a key, the front page where none is named.
func wanted(r *http.Request) string {
	to := r.URL.Query().Get(key.To)
	if !page.MatchString(to) {
		return "/"
	}
	return to
}

// page is an address within the desk.
var page = regexp.MustCompile(`^/(case|group)/[A-Za-z0-9.-]+$`)

func (d *Desk) known(r *http.Request, now time.Time) bool {
	c, err := r.Cookie(cookie(r))
	if err != nil {
		return false
	}
	_, ok := d.sessions.who(c.Value, now)
	return ok
}

// signedIn lets those through who signed in here, or whom the proxy has signed in.
func (d *Desk) signedIn(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var s session
		ok := false
		if d.UserHeader != "" {
			s = session{person: strings.TrimSpace(r.Header.Get(d.UserHeader)), fixed: true}
			ok = s.person != ""
		}
		if c, err := r.Cookie(cookie(r)); !ok && err == nil {
			s, ok = d.sessions.who(c.Value, time.Now())
		}
		if !ok {
			d.closed(w, r)
			return
		}
		h.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), signed{}, s)))
	})
}

// closed says how the desk is opened.
func (d *Desk) closed(w http.ResponseWriter, _ *http.Request) {
	d.write(w, http.StatusUnauthorized, "closed", frame{Title: "The desk is closed"})
}
