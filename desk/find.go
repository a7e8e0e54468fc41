package desk

import (
	"cmp"
	"errors"
	"net/http"
	"slices"
	"strings"
	"unicode"

	"holdthering/cases"
	"holdthering/reference"
	"holdthering/regime"
	"holdthering/regime/words"
	"holdthering/verbs"
)

// hospital is a provider that was searched for, with all that there is about it.
type hospital struct {
	Code, Name string
	Cases      []foundCase
	Groups     []foundGroup
	// Registered: it is in the register. Open: there is a case about it that is not closed.
	Registered, Open bool
}

type foundCase struct {
	Where  place
	Stage  string
	Ring   string
	Closed bool
}

type foundGroup struct {
	Where place
	Level string
}

// found is the answer of a search.
type found struct {
	Query string
	List  []*hospital
	More  int
	// Near are providers whose names are like it, where none has it.
	Near []reference.Match
}

// mostFound keeps an answer to a screen or two.
const mostFound = 30

// find answers a search by a part of a provider's name, its code or a case's reference.
func (d *Desk) find(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := within(r)
	defer cancel()
	query := words.Clip(strings.TrimSpace(r.URL.Query().Get("q")), 100)
	o, err := d.reader.overview(ctx, d.Now(), false)
	if err != nil {
		d.unanswered(w, r, err)
		return
	}
	page := found{Query: query}
	if query != "" {
		ended, err := d.Cases.List(ctx, cases.Filter{Ended: true})
		if err != nil {
			d.Log.Warn("The cases on file could not be listed", "reason", err)
		}
		page.List = d.search(o, query, ended)
		d.addEnded(page.List, ended)
	}
	if n := len(page.List); n > mostFound {
		page.List, page.More = page.List[:mostFound], n-mostFound
	}
	if len(page.List) == 0 && query != "" {
		page.Near = d.near(query)
	}
	d.show(w, http.StatusOK, "find", frame{Title: "Find a provider", Query: query, Page: page})
}

// search finds providers among cases, the lists of groups and the providers of England, and by the reference of a case,
// in any form in which people paste it.
func (d *Desk) search(o overview, query string, ended []cases.Row) []*hospital {
	by := map[string]*hospital{}
	asked, ref := folded(query), ""
	if verbs.WholeRef(query) {
		ref, _ = verbs.CaseRef(query) // it has been read as one
	}
	at := func(code, name string) *hospital {
		if by[code] == nil {
			by[code] = &hospital{Code: code, Name: name}
		}
		return by[code]
	}
	for _, s := range o.all {
		if s.place == "" && (fits(asked, s.name, s.code) || s.ref == cmp.Or(ref, strings.ToUpper(query))) {
			h := at(s.code, s.name)
			h.Open = h.Open || s.stageCode != regime.Closed
			h.Cases = append(h.Cases, foundCase{Where: placeOf(s), Stage: s.stage, Ring: s.ring})
		}
	}
	for _, row := range ended {
		if ref != "" && row.Ref == ref && by[row.Provider] == nil {
			at(row.Provider, d.providerName(row.Provider))
		}
	}
	for _, s := range o.all {
		for _, one := range s.watched {
			if by[one.Code] != nil || fits(asked, one.Name, one.Code) {
				h := at(one.Code, one.Name)
				h.Groups = append(h.Groups, foundGroup{placeOf(s), words.Plain(one.Level)})
			}
		}
	}
	for _, p := range d.ref.Providers() {
		if fits(asked, p.Name, p.Code) || by[p.Code] != nil {
			at(p.Code, p.Name).Registered = true
		}
	}
	out := make([]*hospital, 0, len(by))
	for _, h := range by {
		out = append(out, h)
	}
	slices.SortFunc(out, func(a, b *hospital) int {
		if (len(a.Cases) > 0) != (len(b.Cases) > 0) {
			return words.Flag(len(b.Cases) > 0) - words.Flag(len(a.Cases) > 0)
		}
		return strings.Compare(a.Name, b.Name)
	})
	return out
}

// addEnded adds the cases that are on file.
func (d *Desk) addEnded(list []*hospital, rows []cases.Row) {
	for _, h := range list {
		for _, row := range rows {
			if row.Provider == h.Code && row.Ended {
				h.Cases = append(h.Cases, foundCase{Where: place{Ref: row.Ref, Link: "/case/" + row.Ref, Title: h.Name}, Closed: true})
			}
		}
	}
}

// providerName is what a provider of the register is called; its code where it is in none.
func (d *Desk) providerName(code string) string {
	for _, p := range d.ref.Providers() {
		if p.Code == code {
			return p.Name
		}
	}
	return code
}

// near lists providers whose names are like what was typed.
func (d *Desk) near(query string) []reference.Match {
	_, err := d.ref.Provider(query)
	var unclear *reference.Unclear
	if errors.As(err, &unclear) {
		return unclear.Near
	}
	return nil
}

// fits reports whether a name holds every word that was asked for, or the code is what was asked for.
func fits(asked []string, name, code string) bool {
	if len(asked) == 0 {
		return false
	}
	if len(asked) == 1 && strings.EqualFold(code, asked[0]) {
		return true
	}
	has := " " + strings.Join(folded(name), " ")
	for _, one := range asked {
		if !strings.Contains(has, " "+one) && (len(one) < 4 || !strings.Contains(has, one)) {
			return false
		}
	}
	return true
}

// folded are the words of a text in small letters, without what people leave out: King's is kings.
func folded(text string) []string {
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '\'' || r == '’':
			return -1
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			return unicode.ToLower(r)
		}
		return ' '
	}, text)
	return strings.Fields(text)
}
