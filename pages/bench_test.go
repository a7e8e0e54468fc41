package pages_test

import (
	"crypto/sha256"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"holdthering/cases/casestest"
	"holdthering/notices"
	"holdthering/pages"
	"holdthering/pages/link"
	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
	"holdthering/verbs"
)

var began = time.Date(2013, 9, 10, 9, 30, 0, 0, calendar.London)

// bench is a site of pages over cases in memory.
type bench struct {
	t      *testing.T
	memory *casestest.Memory
	keys   link.Keys
	pages  *pages.Pages
	site   *httptest.Server
	ref    string
	book   book
}

// book has one address for each party: CQC's is cqc@example.org.
type book map[regime.Party]string

func (b book) address(p regime.Party) string {
	if a, ok := b[p]; ok {
		return a
	}
	return strings.ToLower(strings.ReplaceAll(string(p), "/", "-")) + "@example.org"
}

func (b book) Has(p regime.Party, meant func(string) bool) bool { return meant(b.address(p)) }

func (b book) Levels(regime.Party) ([]regime.Level, []string) {
	return []regime.Level{regime.LevelDuty, regime.LevelDeputy}, []string{"", "Sam Green"}
}

func newBench(t *testing.T) *bench {
	t.Helper()
	keys, err := link.Parse(strings.Repeat("5a", 32))
	if err != nil {
		t.Fatal(err)
	}
	b := &bench{t: t, memory: casestest.At(began), keys: keys, book: book{}}
	b.pages = &pages.Pages{Keys: keys, Cases: b.memory, Contacts: b.book, Now: b.memory.Now,
		URL: &url.URL{Scheme: "https", Host: "ring.example"}, Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
		Secretariat: notices.Secretariat{Name: "Regional team", Telephone: "01223 555 0100",
			Mailbox: "secretariat@england.example"}}
	b.site = httptest.NewServer(b.pages.Handler())
	t.Cleanup(b.site.Close)
	return b
}

// summit is a case whose risk summit is convened for the twelfth.
func summit(t *testing.T) *bench {
	t.Helper()
	b := newBench(t)
	b.do(`trigger --provider RCX --by`, "NHS England East Anglia", "--source=qsg-sharing",
		"--concern=unsafe staffing on the wards", "--key=k1")
	b.memory.Pass(2 * time.Hour)
	b.do("summit convene --by", "NHS England East Anglia", "--at=2013-09-12 10:00", "--place=Cambridge")
	return b
}

// do runs a command of the command line.
func (b *bench) do(path string, words ...string) ledger.Receipt {
	b.t.Helper()
	p, err := verbs.Parse(append(strings.Fields(path), words...), verbs.Env{Case: b.ref, Person: "A. Tester"})
	if err != nil {
		b.t.Fatal(err)
	}
	if p.Opening != nil {
		b.ref = p.Case
		r, err := b.memory.Open(b.t.Context(), *p.Opening, p.Request, p.Act)
		if err != nil {
			b.t.Fatal(err)
		}
		return r
	}
	r, err := b.memory.Act(b.t.Context(), b.ref, p.Request, p.Act)
	if err != nil {
		b.t.Fatal(err)
	}
	return r
}

func (b *bench) ledger() *ledger.Ledger {
	b.t.Helper()
	s, err := b.memory.Snapshot(b.t.Context(), b.ref)
	if err != nil {
		b.t.Fatal(err)
	}
	return &s.Case.Ledger
}

// link is that of the latest notice of a kind to a party.
func (b *bench) link(kind regime.NoticeKind, p regime.Party) string {
	b.t.Helper()
	l := b.ledger()
	for _, n := range slices.Backward(l.Notices) {
		at := slices.IndexFunc(n.To, func(r ledger.Recipient) bool { return r.Party == p })
		if n.Kind == kind && at >= 0 {
			return b.sign(link.Link{Ref: b.ref, Party: p, Level: n.To[at].Level, Notice: n.ID,
				Expires: b.memory.Now().AddDate(0, 0, 42), Mailbox: b.keys.Mailbox(b.book.address(p))})
		}
	}
	b.t.Fatalf("%s was not sent %s", p, kind)
	return ""
}

func (b *bench) sign(l link.Link) string {
	b.t.Helper()
	text, err := b.keys.Sign(l)
	if err != nil {
		b.t.Fatal(err)
	}
	return text
}

// reply is what a request came to.
type reply struct {
	status int
	header http.Header
	body   string
	url    string // in the end
}

func (b *bench) ask(method, path string, form url.Values, headers ...string) reply {
	b.t.Helper()
	var body io.Reader
	if form != nil {
		body = strings.NewReader(form.Encode())
	}
	q, err := http.NewRequestWithContext(b.t.Context(), method, b.site.URL+path, body)
	if err != nil {
		b.t.Fatal(err)
	}
	if form != nil {
		q.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for i := 0; i+1 < len(headers); i += 2 {
		q.Header.Set(headers[i], headers[i+1])
	}
	r, err := b.site.Client().Do(q)
	if err != nil {
		b.t.Fatal(err)
	}
	defer r.Body.Close()
	text, err := io.ReadAll(r.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	kept(b.t, r.Header, string(text))
	return reply{r.StatusCode, r.Header, string(text), r.Request.URL.Path}
}

func (b *bench) get(path string) reply { b.t.Helper(); return b.ask(http.MethodGet, path, nil) }

var (
	actionOf = regexp.MustCompile(`<form method="post" action="([^"]+)"`)
	keyOf    = regexp.MustCompile(`name="key" value="([^"]+)"`)
)

// answer fills in the form of a page and sends it.
func (b *bench) answer(page reply, form url.Values) reply {
	b.t.Helper()
	to, key := actionOf.FindStringSubmatch(page.body), keyOf.FindStringSubmatch(page.body)
	if to == nil || key == nil {
		b.t.Fatalf("there is no form in:\n%s", page.body)
	}
	whole := url.Values{"key": {key[1]}, "person": {"Jo Bloggs"}, "role": {"medical director"}, "record": {"yes"}}
	for name, v := range form {
		whole[name] = v
	}
	return b.ask(http.MethodPost, to[1], whole)
}

func has(t *testing.T, text string, parts ...string) {
	t.Helper()
	for _, p := range parts {
		if !strings.Contains(text, p) {
			t.Errorf("%q is not in:\n%s", p, text)
		}
	}
}

func lacks(t *testing.T, text string, parts ...string) {
	t.Helper()
	for _, p := range parts {
		if strings.Contains(text, p) {
			t.Errorf("%q is in:\n%s", p, text)
		}
	}
}

// served is what a handler answers without a network between.
func served(t *testing.T, h http.Handler, method, path string) reply {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), method, path, nil))
	return reply{w.Code, w.Header(), w.Body.String(), path}
}

// slugs are the answers that a page offers.
var slugs = regexp.MustCompile(`(?:href|action)="/a/[A-Za-z0-9_-]{60,}/([a-z-]+\.[A-Za-z0-9]+)"`)

// kept writes each page that a test has opened into the folder that HTR_HTML names, for html-validate to look
// at (.ci/browser): one file for each that is different.
func kept(t *testing.T, header http.Header, text string) {
	t.Helper()
	dir := os.Getenv("HTR_HTML")
	if dir == "" || !strings.HasPrefix(header.Get("Content-Type"), "text/html") || text == "" {
		return
	}
	name := fmt.Sprintf("%x.html", sha256.Sum256([]byte(secret.ReplaceAllString(text, ""))))
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
