package desk

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"holdthering/cases"
	"holdthering/pages"
	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// askPage is the form of one act.
type askPage struct {
	Where    place
	Form     pages.Form
	Sheet    any
	For      string
	Bodies   []choice
	Address  string // of the form
	Heading  string
	Personal string // whom the proxy names
}

// actsPage lists every act.
type actsPage struct {
	Where    place
	Chapters []pages.Chapter
	Address  string
}

// donePage says what was recorded.
type donePage struct {
	Where               place
	What, When, By, For string
	Unlinked            bool // the group that told of it has not recorded that
}

// refOf is the case or group that an address names.
func refOf(r *http.Request) string {
	if at := r.PathValue("place"); at != "" {
		return cases.GroupRef(strings.ToUpper(at))
	}
	return strings.ToUpper(r.PathValue("ref"))
}

// fresh reads the case or group of an address as it is now.
func (d *Desk) fresh(ctx context.Context, w http.ResponseWriter, r *http.Request) (file, bool) {
	f, err := d.reader.now(ctx, refOf(r), d.Now())
	if err != nil {
		d.unanswered(w, r, err)
	}
	return f, err == nil
}

func (f file) clerk() pages.Clerk {
	return pages.Clerk{Case: f.failure, Group: f.group, Place: f.place(), Now: f.now}
}

// place is that by which a group is reached; in the play of a scenario it is not the group's own.
func (f file) place() string {
	at, _ := cases.PlaceOf(f.ref)
	return at
}

func (f file) where() place {
	if f.group != nil {
		return place{f.ref, "/group/" + f.place(), words.Capital(f.group.LawNow().Labels.Group) + ", " + f.group.PlaceName, f.group.Demonstration}
	}
	return place{f.ref, "/case/" + f.ref, f.failure.Provider.Name, f.failure.Demonstration}
}

func (f file) name(p regime.Party) string {
	if f.group != nil {
		return f.group.Name(p)
	}
	return f.failure.Name(p)
}

func (f file) ledger() *ledger.Ledger {
	if f.group != nil {
		return &f.group.Ledger
	}
	return &f.failure.Ledger
}

// acts lists every act that there is here.
func (d *Desk) acts(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := within(r)
	defer cancel()
	f, ok := d.fresh(ctx, w, r)
	if !ok {
		return
	}
	at := f.where()
	d.show(w, http.StatusOK, "acts", frame{Title: "Act in " + at.Title, Played: at.Played,
		Page: actsPage{at, f.clerk().Chapters(), at.Link + "/act/"}})
}

// ask is the form of one act.
func (d *Desk) ask(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := within(r)
	defer cancel()
	f, ok := d.fresh(ctx, w, r)
	if !ok {
		return
	}
	s := of(r)
	typed := url.Values{"person": {s.person}, "role": {s.role}}
	form, ok := f.clerk().Form(r.PathValue("slug"), regime.Party(r.URL.Query().Get("by")), typed)
	if !ok {
		d.gone(w, r, f)
		return
	}
	d.showForm(w, r, http.StatusOK, f, form)
}

func (d *Desk) gone(w http.ResponseWriter, r *http.Request, f file) {
	d.sorry(w, r, http.StatusNotFound, "This is not asked any more", "Nothing was recorded now. The page of "+f.where().Title+
		" says what is owed there.")
}

func (d *Desk) showForm(w http.ResponseWriter, r *http.Request, status int, f file, form pages.Form) {
	by, name := form.For()
	at := f.where()
	address := at.Link + "/act/" + r.PathValue("slug")
	p := askPage{Where: at, Form: form, For: name, Heading: form.Title(), Address: address,
		Sheet: form.Sheet(address + "?by=" + url.QueryEscape(string(by)))}
	if s := of(r); s.fixed {
		p.Personal = s.person
	}
	for _, one := range f.clerk().Parties() {
		p.Bodies = append(p.Bodies, choice{string(one), f.name(one), one == by})
	}
	if !slices.ContainsFunc(p.Bodies, func(c choice) bool { return c.Chosen }) {
		p.Bodies = append(p.Bodies, choice{string(by), name, true})
	}
	slices.SortFunc(p.Bodies, byWords)
	title := form.Title()
	if form.Faulty() {
		title = "Error: " + title
	}
	d.show(w, status, "ask", frame{Title: title, Played: at.Played, Page: p})
}

// act takes what was typed and does it.
func (d *Desk) act(w http.ResponseWriter, r *http.Request) {
	typed, status := pages.Posted(r)
	if status != 0 {
		d.sorry(w, r, status, "This could not be read", "What was sent is not a form of the desk, or is too long. Nothing was recorded.")
		return
	}
	ctx, cancel := within(r)
	defer cancel()
	f, ok := d.fresh(ctx, w, r)
	if !ok {
		return
	}
	s := of(r)
	if s.fixed { // the proxy says who it is, whatever is typed
		typed.Set("person", s.person)
	}
	form, ok := f.clerk().Form(r.PathValue("slug"), regime.Party(r.URL.Query().Get("by")), typed)
	at := f.where()
	switch {
	case !ok:
		d.gone(w, r, f)
		return
	case form.OnlyLooking():
		http.Redirect(w, r, at.Link, http.StatusSeeOther)
		return
	case !form.Check():
		d.showForm(w, r, http.StatusUnprocessableEntity, f, form)
		return
	}
	receipt, status := form.Send(ctx, d.Cases, Channel)
	if status != http.StatusOK {
		d.showForm(w, r, status, f, form)
		return
	}
	d.reader.forget(f.ref)
	d.typist(r, form)
	if receipt.Opened != "" {
		at.Link = "/case/" + receipt.Opened
	}
	http.Redirect(w, r, at.Link+"/done/"+strconv.Itoa(receipt.Entry.N), http.StatusSeeOther)
}

// typist remembers who typed, for the next form.
func (d *Desk) typist(r *http.Request, form pages.Form) {
	if c, err := r.Cookie(cookie(r)); err == nil {
		person, role := form.Typist()
		d.sessions.typed(c.Value, person, role)
	}
}

// done says what was recorded; to load it again changes nothing.
func (d *Desk) done(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := within(r)
	defer cancel()
	f, ok := d.fresh(ctx, w, r)
	if !ok {
		return
	}
	n, _ := strconv.Atoi(r.PathValue("n"))
	at := f.where()
	for _, e := range f.ledger().Entries {
		if e.N == n && e.Verb != ledger.ByClock {
			by := e.By.Person
			if e.By.Role != "" {
				by += ", " + e.By.Role
			}
			d.show(w, http.StatusOK, "done", frame{Title: "It is recorded", Played: at.Played, Page: donePage{at,
				words.Full(e.Text), calendar.Instant(e.At), by, f.name(e.By.For), r.URL.Query().Has("unlinked")}})
			return
		}
	}
	http.Redirect(w, r, at.Link, http.StatusSeeOther)
}
