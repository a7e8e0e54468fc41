package desk

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"holdthering/cases"
	"holdthering/pages"
	"holdthering/reference"
	"holdthering/regime"
	"holdthering/regime/words"
	"holdthering/verbs"
)

// newPage finds the provider of a new case.
type newPage struct {
	Query string
	List  []regime.Provider
	More  int
	Near  []reference.Match
}

// newForm is the form that opens a case.
type newForm struct {
	Heading, About string
	Sheet          any
	Personal       string
	Open           []place // cases of this provider that are open
	Other          string  // the other way to open one
	OtherWords     string
}

// findNew asks which provider a new case is to be about.
func (d *Desk) findNew(w http.ResponseWriter, r *http.Request) {
	p := newPage{Query: words.Clip(strings.TrimSpace(r.URL.Query().Get("name")), 100)}
	if asked := folded(p.Query); len(asked) > 0 {
		p.List = slices.DeleteFunc(slices.Clone(d.ref.Providers()), func(one regime.Provider) bool { return !fits(asked, one.Name, one.Code) })
		slices.SortFunc(p.List, func(a, b regime.Provider) int { return strings.Compare(a.Name, b.Name) })
		if n := len(p.List); n > mostFound {
			p.List, p.More = p.List[:mostFound], n-mostFound
		}
		if len(p.List) == 0 {
			p.Near = d.near(p.Query)
		}
	}
	d.show(w, http.StatusOK, "new", frame{Title: "Open a case", Here: "new", Page: p})
}

// opener is what the address says of a new case; its provider is one of the register, or typed by hand.
func (d *Desk) opener(r *http.Request) pages.Opener {
	q := r.URL.Query()
	o := pages.Opener{Path: r.PathValue("way"), Now: d.Now(), Given: url.Values{"person": {of(r).person}, "role": {of(r).role}}}
	if code := strings.ToUpper(q.Get("provider")); code != "" {
		if p, err := d.ref.Provider(code); err == nil && p.Code == code {
			o.Provider, o.Name = p.Code, p.Name
		}
	}
	return o
}

// ofConcerns fills in what the group that the address names was told of the provider.
func (d *Desk) ofConcerns(r *http.Request, o *pages.Opener) error {
	q := r.URL.Query()
	at, ids := strings.ToUpper(q.Get("group")), strings.Fields(strings.ReplaceAll(q.Get("concerns"), ",", " "))
	if at == "" || len(ids) == 0 {
		return nil
	}
	s, err := d.Cases.Group(r.Context(), at)
	if err != nil {
		return err
	}
	told, err := verbs.ConcernsOf(s.Group.Public(), ids)
	if err != nil {
		return &regime.Mistake{Reason: err.Error()}
	}
	o.Group, o.Concerns = at, strings.Join(ids, ",")
	for name, value := range map[string]string{"f-what": told.What, "f-source": string(told.Source)} {
		o.Given.Set(name, value)
	}
	for name, on := range map[string]bool{"f-immediate": told.Urgent, "f-protect-identity": told.Protected} {
		if on {
			o.Given.Set(name, "true")
		}
	}
	if o.Provider == "" {
		for name, value := range map[string]string{"f-provider-name": told.Provider.Name, "f-provider-code": told.Provider.Code,
			"f-provider-type": string(told.Provider.Type), "f-area": told.Area} {
			o.Given.Set(name, value)
		}
	}
	return nil
}

// askNew is the form that opens a case.
func (d *Desk) askNew(w http.ResponseWriter, r *http.Request) {
	o := d.opener(r)
	if err := d.ofConcerns(r, &o); err != nil {
		d.unanswered(w, r, err)
		return
	}
	form, ok := o.Form(url.Values{})
	if !ok {
		d.nowhere(w, r)
		return
	}
	d.showNew(w, r, http.StatusOK, o, form)
}

// openNew opens the case.
func (d *Desk) openNew(w http.ResponseWriter, r *http.Request) {
	typed, status := pages.Posted(r)
	if status != 0 {
		d.sorry(w, r, status, "This could not be read", "What was sent is not a form of the desk, or is too long. Nothing was recorded.")
		return
	}
	ctx, cancel := within(r)
	defer cancel()
	if s := of(r); s.fixed { // the proxy says who it is, whatever is typed
		typed.Set("person", s.person)
	}
	o := d.opener(r)
	err := d.ofConcerns(r, &o)
	o.Given = nil // it has been typed
	form, ok := o.Form(typed)
	switch {
	case err != nil:
		d.unanswered(w, r, err)
		return
	case !ok:
		d.nowhere(w, r)
		return
	case form.OnlyLooking():
		http.Redirect(w, r, "/new", http.StatusSeeOther)
		return
	case !form.Check():
		d.showNew(w, r, http.StatusUnprocessableEntity, o, form)
		return
	}
	sent, status := form.Open(ctx, d.Cases, Channel, d.Now())
	if status != http.StatusOK {
		d.showNew(w, r, status, o, form)
		return
	}
	d.reader.forget(sent.Opened)
	d.typist(r, form)
	to := "/case/" + sent.Opened + "/done/" + strconv.Itoa(sent.Entry.N)
	if sent.Unlinked {
		to += "?unlinked=yes"
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
}

func (d *Desk) showNew(w http.ResponseWriter, r *http.Request, status int, o pages.Opener, form pages.Form) {
	q := url.Values{}
	for _, name := range []string{"provider", "group", "concerns"} {
		if v := r.URL.Query().Get(name); v != "" {
			q.Set(name, v)
		}
	}
	address := "/new/" + o.Path
	if len(q) > 0 {
		address += "?" + q.Encode()
	}
	p := newForm{Heading: form.Title(), About: "A provider that is not in the register", Sheet: form.Sheet(address)}
	if o.Provider != "" {
		p.About = o.Name + " (" + o.Provider + ")"
		if rows, err := d.Cases.List(r.Context(), cases.Filter{Provider: o.Provider}); err == nil {
			for _, row := range rows {
				if !row.Ended && row.Stage != regime.Closed && !row.Dead() {
					p.Open = append(p.Open, place{row.Ref, "/case/" + row.Ref, o.Name, false})
				}
			}
		}
	}
	p.Other, p.OtherWords = strings.Replace(address, o.Path, "open", 1), "Open it without a risk summit instead, and alert nobody"
	if o.Path == "open" {
		p.Other, p.OtherWords = strings.Replace(address, o.Path, "trigger", 1), "Trigger a risk summit instead"
	}
	if s := of(r); s.fixed {
		p.Personal = s.person
	}
	title := form.Title()
	if form.Faulty() {
		title = "Error: " + title
	}
	d.show(w, status, "opening", frame{Title: title, Here: "new", Page: p})
}
