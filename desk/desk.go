package desk

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"holdthering/cases"
	"holdthering/desk/key"
	"holdthering/health"
	"holdthering/pages"
	"holdthering/reference"
	"holdthering/seal"
)

// Channel is how an act at the desk comes in.
const Channel = "desk"

// Desk is what the secretariat opens. Cases, Now and Log must be set.
type Desk struct {
	Cases cases.Cases
	// Keys make the keys that open it.
	Keys seal.Keys
	Now  func() time.Time
	Log  *slog.Logger
	// Fresh is how long the answer of a case or group is good for as long as the list shows no change in it.
	Fresh time.Duration
	// UserHeader, where it is set, is the header in which the organisation's proxy says who signed in. Whoever
	// reaches the desk past the proxy could set it too: it is for a desk that only the proxy reaches.
	UserHeader string

	begin    sync.Once
	reader   reader
	spent    key.Spent
	sessions sessions
	ref      *reference.Reference
	health   health.Health
}

// patience is how long cases may take to answer a page.
const patience = 40 * time.Second

// Usual is how long an answer is good for.
const Usual = time.Minute

// Handler serves the desk.
func (d *Desk) Handler() http.Handler {
	d.begin.Do(func() {
		d.health.Set("server", d.reached)
		d.reader.cases, d.reader.fresh = d.Cases, d.Fresh
		var err error
		if d.ref, err = reference.Load(); err != nil {
			d.Log.Error("The names of places cannot be read", "reason", err)
			d.ref = &reference.Reference{}
		}
	})
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", d.today)
	mux.HandleFunc("GET /find", d.find)
	mux.HandleFunc("GET /country", d.country)
	mux.HandleFunc("GET /new", d.findNew)
	mux.HandleFunc("GET /new/{way}", d.askNew)
	mux.HandleFunc("POST /new/{way}", d.openNew)
	mux.HandleFunc("GET /case/{ref}", d.showCase)
	mux.HandleFunc("GET /case/{ref}/record", d.showRecord)
	mux.HandleFunc("GET /group/{place}", d.showGroup)
	mux.HandleFunc("GET /group/{place}/record", d.showGroupRecord)
	for _, of := range []string{"/case/{ref}", "/group/{place}"} {
		mux.HandleFunc("GET "+of+"/acts", d.acts)
		mux.HandleFunc("GET "+of+"/act/{slug}", d.ask)
		mux.HandleFunc("POST "+of+"/act/{slug}", d.act)
		mux.HandleFunc("GET "+of+"/done/{n}", d.done)
	}
	mux.HandleFunc("/", d.nowhere)

	open := http.NewServeMux()
	open.HandleFunc("GET /style.css", pages.Style)
	open.HandleFunc("GET /desk.css", look)
	open.HandleFunc("GET "+key.Path, d.signIn)
	for path, one := range d.health.Handlers() { // for who keeps it running: they name no case
		open.Handle("GET "+path, one)
	}
	open.Handle("/", d.signedIn(mux))
	own := http.NewCrossOriginProtection()
	own.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		d.sorry(w, r, http.StatusForbidden, "This came from another page",
			"An act is taken only from the desk's own pages. Nothing was recorded.")
	}))
	return pages.Guarded(own.Handler(open))
}

// reached reports whether the server answers with the list of groups, which is shorter than that of cases.
func (d *Desk) reached(ctx context.Context) error {
	if _, err := d.Cases.ListGroups(ctx, cases.GroupFilter{}); err != nil {
		return errors.New("the Temporal server does not answer") // the error names where it is
	}
	return nil
}

// within is how long a page may take.
func within(r *http.Request) (context.Context, context.CancelFunc) {
	return context.WithTimeout(r.Context(), patience)
}

func (d *Desk) nowhere(w http.ResponseWriter, r *http.Request) {
	d.sorry(w, r, http.StatusNotFound, "There is no such page", "The address may have been cut off. The search above finds "+
		"a provider by a part of its name.")
}
