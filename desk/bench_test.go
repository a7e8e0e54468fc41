package desk_test

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"holdthering/cases"
	"holdthering/cases/casestest"
	"holdthering/desk"
	"holdthering/desk/key"
	"holdthering/regime/calendar"
	"holdthering/regime/failure"
	"holdthering/regime/ledger"
	"holdthering/verbs"
)

var began = time.Date(2013, 9, 10, 9, 30, 0, 0, calendar.London)

// bench is a desk over cases in memory, with a browser that is signed in.
type bench struct {
	t       testing.TB
	memory  *casestest.Memory
	desk    *desk.Desk
	site    *httptest.Server
	browser *http.Client
	ref     string // of the case that was opened last
	first   string // of the case that was opened first
}

func newBench(t testing.TB) *bench {
	t.Helper()
	b := &bench{t: t}
	b.begin(began)
	return b
}

// begin opens a desk over nothing yet.
func (b *bench) begin(at time.Time) {
	b.t.Helper()
	b.memory = casestest.At(at)
	b.over(b.memory)
	b.signIn()
}

// over serves a desk over some cases.
func (b *bench) over(c cases.Cases) {
	b.t.Helper()
	b.desk = &desk.Desk{Cases: c, Now: b.memory.Now, Fresh: desk.Usual, Log: slog.New(slog.NewTextHandler(b.t.Output(), nil))}
	b.site = httptest.NewServer(b.desk.Handler())
	b.t.Cleanup(b.site.Close)
	jar, err := cookiejar.New(nil)
	if err != nil {
		b.t.Fatal(err)
	}
	b.browser = &http.Client{Jar: jar}
}

// address is one at which the desk opens.
func (b *bench) address() string {
	return key.Path + "?" + key.Query + "=" + key.New(nil, time.Now())
}

func (b *bench) signIn() {
	b.t.Helper()
	if r := b.get(b.address()); r.status != http.StatusOK {
		b.t.Fatalf("signing in: %d", r.status)
	}
}

// do runs a command of the command line.
func (b *bench) do(path string, words ...string) ledger.Receipt {
	b.t.Helper()
	p, err := verbs.Parse(append(strings.Fields(path), words...), verbs.Env{Case: b.ref, Person: "A. Tester"})
	if err != nil {
		b.t.Fatal(err)
	}
	act := func() (ledger.Receipt, error) {
		if p.Opening != nil {
			b.ref = p.Case
			b.first = cmp.Or(b.first, b.ref)
			return b.memory.Open(b.t.Context(), *p.Opening, p.Request, p.Act)
		}
		return b.memory.Act(b.t.Context(), b.ref, p.Request, p.Act)
	}
	r, err := act()
	if err != nil {
		b.t.Fatal(err)
	}
	return r
}

// inGroup runs a command of a group.
func (b *bench) inGroup(place, path string, words ...string) {
	b.t.Helper()
	p, err := verbs.ParseGroup(append(strings.Fields(path), words...), verbs.Env{Group: place, Person: "A. Tester"})
	if err != nil {
		b.t.Fatal(err)
	}
	for _, o := range p.Starts {
		if _, err := b.memory.StartGroup(b.t.Context(), o); err != nil {
			b.t.Fatal(err)
		}
	}
	if len(p.Starts) == 0 {
		if _, err := b.memory.ActInGroup(b.t.Context(), place, p.Request, p.Act); err != nil {
			b.t.Fatal(err)
		}
	}
}

// summit is a case whose risk summit is convened for the twelfth.
func summit(t *testing.T) *bench {
	t.Helper()
	b := newBench(t)
	b.convene()
	return b
}

func (b *bench) convene() {
	b.t.Helper()
	b.do(`trigger --provider RCX --by`, "NHS England East Anglia", "--source=qsg-sharing",
		"--concern=unsafe staffing on the wards", "--key=k1")
	b.memory.Pass(2 * time.Hour)
	b.do("summit convene --by", "NHS England East Anglia", "--at=2013-09-12 10:00", "--place=Cambridge")
}

// responding is a case in which Monitor holds the ring, and actions were proposed.
func (b *bench) responding() {
	b.t.Helper()
	b.convene()
	b.memory.Pass(46*time.Hour + 30*time.Minute)
	b.do("summit open --by", "NHS England East Anglia", "--present=CQC,Monitor,CCG/07J")
	b.do("judgement regulatory --by CQC --value significant-breach --intends=inspect")
	b.do("judgement collective --by", "NHS England East Anglia", "--value=actual-failure", "--reason=the wards are not safe")
	b.do("ring propose --by CQC --candidate Monitor --fitness", "it regulates the trust")
	b.do("ring accept --by Monitor")
	b.memory.Pass(13 * time.Hour)
}

// summitBeside opens another case, whose summit is due in two days and whose mails reach nobody.
func (b *bench) summitBeside() {
	b.t.Helper()
	b.do("trigger --provider RGT --by", "NHS England East Anglia", "--source=qsg-sharing", "--what=deaths after surgery", "--key=k2")
	b.memory.Pass(time.Hour)
	at := b.memory.Now().Add(49 * time.Hour).In(calendar.London).Format("2006-01-02 15:04")
	b.do("summit convene --by", "NHS England East Anglia", "--at="+at, "--place=Cambridge")
	b.memory.Mail(ledger.SendResult{State: ledger.StateNoContact, Note: "no contact in the directory"})
}

// snapshot is the case as it stands.
func (b *bench) snapshot() *failure.Case {
	b.t.Helper()
	s, err := b.memory.Snapshot(b.t.Context(), b.ref)
	if err != nil {
		b.t.Fatal(err)
	}
	return s.Case
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
	r, err := b.browser.Do(q)
	if err != nil {
		b.t.Fatal(err)
	}
	defer r.Body.Close()
	text, err := io.ReadAll(r.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	b.kept(r, string(text))
	return reply{r.StatusCode, r.Header, string(text), r.Request.URL.Path}
}

func (b *bench) get(path string) reply { b.t.Helper(); return b.ask(http.MethodGet, path, nil) }

// page opens a page that is there.
func (b *bench) page(path string) string {
	b.t.Helper()
	r := b.get(path)
	if r.status != http.StatusOK {
		b.t.Fatalf("%s: %d\n%s", path, r.status, r.body)
	}
	return r.body
}

var (
	actionOf = regexp.MustCompile(`<form method="post" action="([^"]+)"`)
	keyOf    = regexp.MustCompile(`name="key" value="([^"]+)"`)
	secret   = regexp.MustCompile(`[0-9a-f]{32}`)
)

// fill fills in the form of a page and sends it.
func (b *bench) fill(page reply, form url.Values) reply {
	b.t.Helper()
	to, one := actionOf.FindStringSubmatch(page.body), keyOf.FindStringSubmatch(page.body)
	if to == nil || one == nil {
		b.t.Fatalf("there is no form in:\n%s", page.body)
	}
	whole := url.Values{"key": {one[1]}, "person": {"Jo Bloggs"}, "role": {"secretary"}, "record": {"yes"}}
	for name, v := range form {
		whole[name] = v
	}
	return b.ask(http.MethodPost, strings.ReplaceAll(to[1], "&amp;", "&"), whole)
}

func has(t testing.TB, text string, parts ...string) {
	t.Helper()
	for _, p := range parts {
		if !strings.Contains(text, p) {
			t.Errorf("%q is not in:\n%s", p, text)
		}
	}
}

func lacks(t testing.TB, text string, parts ...string) {
	t.Helper()
	for _, p := range parts {
		if strings.Contains(text, p) {
			t.Errorf("%q is in:\n%s", p, text)
		}
	}
}

// kept writes each page that a test has opened into the folder that HTR_HTML names, for html-validate to look
// at (.ci/browser): one file for each that is different.
func (b *bench) kept(r *http.Response, text string) {
	b.t.Helper()
	dir := os.Getenv("HTR_HTML")
	if dir == "" || !strings.HasPrefix(r.Header.Get("Content-Type"), "text/html") || text == "" {
		return
	}
	name := fmt.Sprintf("desk-%x.html", sha256.Sum256([]byte(secret.ReplaceAllString(text, ""))))
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
		b.t.Fatal(err)
	}
}
