// Package visitor answers on members' pages as people do: it takes a link from a mail, lets a mail scanner at
// it first, opens it, finds what is asked, fills in the form and sends it. Demonstrations and tests play
// members with it.
package visitor

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"holdthering/activities/mail/outbox"
)

// Visitor is one who answers.
type Visitor struct {
	Client *http.Client
	// Scanner visits every link before the person does, and presses what it finds there.
	Scanner bool
}

// Person is who answers, as typed.
type Person struct{ Name, Role string }

// ErrNotAsked: no page that the links lead to has a form for it.
var ErrNotAsked = errors.New("the page does not ask for that")

// InMail finds the links of a mail by the mail's id.
func InMail(dir, id string) ([]string, error) {
	entries, err := outbox.List(dir)
	var skipped *outbox.SkippedError
	if err != nil && !errors.As(err, &skipped) {
		return nil, err
	}
	at := slices.IndexFunc(entries, func(e outbox.Entry) bool { return e.Notice == id })
	if at < 0 {
		return nil, fmt.Errorf("there is no mail %s in %s", id, dir)
	}
	m, err := outbox.Read(dir, entries[at].Name)
	if err != nil {
		return nil, err
	}
	return Links(m.Text), nil
}

// link is the address of an answer page.
var link = regexp.MustCompile(`https?://[^\s/]+/a/[A-Za-z0-9_-]{60,}`)

// Links are those in a text, each once.
func Links(text string) []string {
	return slices.Compact(link.FindAllString(text, -1))
}

// Answer does a verb ("summit reply") by the first of the links whose page has its form, with the values of
// its flags. What the page has filled in itself must be what is meant.
func (v *Visitor) Answer(ctx context.Context, links []string, verb string, flags map[string]string, who Person) error {
	for _, l := range links {
		if v.Scanner {
			if err := v.Scan(ctx, l); err != nil {
				return err
			}
		}
		f, err := v.formFor(ctx, l, verb, flags)
		if errors.Is(err, ErrNotAsked) {
			continue
		}
		if err != nil {
			return err
		}
		return v.send(ctx, f, flags, who)
	}
	return fmt.Errorf("%s: %w", verb, ErrNotAsked)
}

// Scan does what mail scanners do: it asks without opening, opens, follows, and presses buttons.
func (v *Visitor) Scan(ctx context.Context, address string) error {
	if _, err := v.do(ctx, http.MethodHead, address, nil); err != nil {
		return err
	}
	p, err := v.do(ctx, http.MethodGet, address, nil)
	if err != nil {
		return err
	}
	for _, f := range p.forms {
		if _, err := v.do(ctx, http.MethodPost, f.action, f.values); err != nil {
			return err
		}
	}
	return nil
}

// formFor finds the form of the verb that is about what is meant, on the page or on one that it leads to.
func (v *Visitor) formFor(ctx context.Context, address, verb string, flags map[string]string) (form, error) {
	p, err := v.do(ctx, http.MethodGet, address, nil)
	if err != nil {
		return form{}, err
	}
	slug := "/" + strings.ReplaceAll(verb, " ", "-") + "."
	for _, f := range p.forms {
		if strings.Contains(f.action, slug) && f.about(flags) {
			return f, nil
		}
	}
	for _, to := range p.links {
		if !strings.Contains(to, slug) {
			continue
		}
		next, err := v.do(ctx, http.MethodGet, to, nil)
		if err != nil {
			return form{}, err
		}
		if len(next.forms) > 0 && next.forms[0].about(flags) {
			return next.forms[0], nil
		}
	}
	return form{}, ErrNotAsked
}

// about reports whether the form has a place for each value, or says itself what is meant.
func (f form) about(flags map[string]string) bool {
	for flag, value := range flags {
		if !f.has("f-"+flag) && !strings.Contains(f.text, ": "+value) {
			return false
		}
	}
	return true
}

func (v *Visitor) send(ctx context.Context, f form, flags map[string]string, who Person) error {
	for flag, value := range flags {
		name := "f-" + flag
		switch {
		case f.has(name + ".hour"):
			day, hour, _ := strings.Cut(value, " ")
			f.values.Set(name, day)
			f.values.Set(name+".hour", hour)
		case f.has(name + ".more"):
			f.values.Set(name+".more", value)
		case f.has(name):
			f.values.Set(name, value)
		}
	}
	f.values.Set("person", who.Name)
	f.values.Set("role", who.Role)
	f.values.Set("record", "yes")
	done, err := v.do(ctx, http.MethodPost, f.action, f.values)
	if err != nil {
		return err
	}
	if !strings.Contains(done.address, "/done/") {
		return &Refused{Status: done.status, Says: done.problem}
	}
	return nil
}

// Refused is what a page says instead of recording.
type Refused struct {
	Status int
	Says   string
}

func (r *Refused) Error() string { return fmt.Sprintf("the page answered %d: %s", r.Status, r.Says) }

// page is what a request came to.
type page struct {
	address string
	status  int
	links   []string
	forms   []form
	problem string // its summary of what is wrong
}

type form struct {
	action string
	values url.Values // what is filled in
	names  []string
	text   string // of the form
}

func (f form) has(name string) bool { return slices.Contains(f.names, name) }

// busy is how often one who is told to wait tries again.
const busy = 10

func (v *Visitor) do(ctx context.Context, method, address string, values url.Values) (page, error) {
	for try := 0; ; try++ {
		p, err := v.once(ctx, method, address, values)
		if err != nil || p.status != http.StatusTooManyRequests || try >= busy {
			return p, err
		}
		select {
		case <-ctx.Done():
			return p, ctx.Err()
		case <-time.After(2 * time.Second):
		}
	}
}

func (v *Visitor) once(ctx context.Context, method, address string, values url.Values) (page, error) {
	q, err := http.NewRequestWithContext(ctx, method, address, strings.NewReader(values.Encode()))
	if err != nil {
		return page{}, err
	}
	if method == http.MethodPost {
		q.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		q.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	r, err := v.Client.Do(q)
	if err != nil {
		return page{}, errors.New("the page could not be opened") // the error names the link
	}
	defer r.Body.Close()
	root, err := html.Parse(io.LimitReader(r.Body, 8<<20))
	if err != nil {
		return page{}, err
	}
	p := page{address: r.Request.URL.String(), status: r.StatusCode}
	p.read(root, r.Request.URL, nil)
	return p, nil
}

func (p *page) read(n *html.Node, at *url.URL, in *form) {
	switch n.DataAtom {
	case atom.A:
		if to, err := at.Parse(attribute(n, "href")); err == nil {
			p.links = append(p.links, to.String())
		}
	case atom.Form:
		to, err := at.Parse(attribute(n, "action"))
		if err == nil && strings.EqualFold(attribute(n, "method"), http.MethodPost) {
			f := form{action: to.String(), values: url.Values{}, text: words(n)}
			for c := n.FirstChild; c != nil; c = c.NextSibling {
				p.read(c, at, &f)
			}
			p.forms = append(p.forms, f)
			return
		}
	case atom.Input, atom.Textarea, atom.Select:
		if in != nil {
			in.control(n)
		}
	case atom.Div:
		if attribute(n, "class") == "summary" {
			p.problem = words(n)
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		p.read(c, at, in)
	}
}

// control adds a field, with what is filled in already.
func (f *form) control(n *html.Node) {
	name := attribute(n, "name")
	f.names = append(f.names, name)
	switch kind := attribute(n, "type"); {
	case n.DataAtom == atom.Textarea:
		f.values.Set(name, words(n))
	case n.DataAtom == atom.Select:
	case kind == "radio" || kind == "checkbox":
		if has(n, "checked") {
			f.values.Add(name, attribute(n, "value"))
		}
	default:
		f.values.Set(name, attribute(n, "value"))
	}
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, name string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == name })
}

func words(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	var b strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		b.WriteString(words(c))
	}
	return strings.Join(strings.Fields(b.String()), " ")
}
