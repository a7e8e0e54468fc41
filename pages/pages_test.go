package pages_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"holdthering/pages/link"
)

// state is all that the case knows, for telling whether anything has changed.
func (b *bench) state() string {
	b.t.Helper()
	raw, err := json.Marshal(b.ledger())
	if err != nil {
		b.t.Fatal(err)
	}
	return string(raw)
}

func TestAMemberAnswersByTheLinkOfItsMail(t *testing.T) {
	b := summit(t)
	text := b.link("N3", "CQC")
	page := b.get("/a/" + text)
	if page.status != http.StatusOK {
		t.Fatalf("%d: %s", page.status, page.body)
	}
	has(t, page.body, "What is asked of CQC", "Please say whether your body will come to the risk summit by "+
		"Thursday 12 September 2013, 10:00 UK time.", "King&#39;s Lynn", "Unsafe staffing on the wards.", "/summit-reply.n")
	page = b.get("/a/" + text + "/summit-reply.n")
	has(t, page.body, "Whether your body attends", "Attending", "Not attending", "Record this answer?")
	lacks(t, page.body, "starter ", "--")
	done := b.answer(page, url.Values{"f-answer": {"attending"}})
	if done.status != http.StatusOK || !strings.Contains(done.url, "/done/") {
		t.Fatalf("%d at %s: %s", done.status, done.url, done.body)
	}
	has(t, done.body, "Your answer is recorded", "Jo Bloggs, medical director")
	entries := b.ledger().Entries
	last := entries[len(entries)-1]
	if last.By.For != "CQC" || last.By.Channel != "page" || last.By.Person != "Jo Bloggs" ||
		last.By.Role != "medical director" || last.Verb != "summit reply" {
		t.Errorf("%+v", last)
	}
	again := b.get("/a/" + text)
	has(t, again.body, "Done on Tuesday 10 September 2013, 11:30 UK time by Jo Bloggs",
		"What CQC has recorded here", "Jo Bloggs")
}

func TestTheSameFormTwiceIsRecordedOnce(t *testing.T) {
	b := summit(t)
	page := b.get("/a/" + b.link("N3", "CQC") + "/summit-reply.n")
	form := url.Values{"f-answer": {"attending"}}
	first := b.answer(page, form)
	was := b.state()
	second := b.answer(page, form)
	if first.url != second.url || b.state() != was {
		t.Errorf("%s and %s", first.url, second.url)
	}
	b.memory.Pass(time.Hour)
	// Who goes back, changes the answer and sends it means the other answer.
	n := len(b.ledger().Entries)
	other := b.answer(page, url.Values{"f-answer": {"not-attending"}})
	has(t, other.body, "Your answer is recorded", "not attending")
	if got := len(b.ledger().Entries) - n; got != 1 {
		t.Errorf("%d entries: %s", got, other.body)
	}
}

func TestWhatScansLinksChangesNothing(t *testing.T) {
	b := summit(t)
	text := b.link("N3", "CQC")
	was := b.state()
	page := b.get("/a/" + text + "/summit-reply.n")
	for _, path := range []string{"/a/" + text, "/a/" + text + "/summit-reply.n", "/a/" + text + "/done/1", "/robots.txt"} {
		for _, method := range []string{"GET", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "PROPFIND"} {
			b.ask(method, path, nil, "Purpose", "prefetch")
		}
	}
	for _, form := range []url.Values{
		{}, {"record": {""}}, {"record": {"look"}}, {"person": {""}}, {"role": {" "}}, {"record": {"yes", "look"}, "person": {"\t"}},
	} {
		form["f-answer"] = []string{"attending"}
		if len(form) == 1 {
			b.ask(http.MethodPost, actionOf.FindStringSubmatch(page.body)[1], form)
			continue
		}
		b.answer(page, form)
	}
	if b.state() != was {
		t.Error("a scanner has changed the case")
	}
}

func TestWhatWasTypedIsKeptBesideWhatIsWrong(t *testing.T) {
	b := summit(t)
	page := b.get("/a/" + b.link("N3", "CQC") + "/summit-reply.n")
	r := b.answer(page, url.Values{"person": {`Jo "<script>alert(1)</script>`}, "role": {""}})
	if r.status != http.StatusUnprocessableEntity {
		t.Fatalf("%d", r.status)
	}
	has(t, r.body, "There is a problem", `href="#f-answer_0"`, `href="#role"`, "Enter your role.", "Error: ",
		"&lt;script&gt;alert(1)")
	lacks(t, r.body, "<script>")
	if keyOf.FindStringSubmatch(r.body)[1] != keyOf.FindStringSubmatch(page.body)[1] {
		t.Error("the key has changed")
	}
}

func TestARefusalIsShownInTheWordsOfTheRule(t *testing.T) {
	b := summit(t)
	b.memory.Pass(46*time.Hour + 30*time.Minute)
	b.do("summit open --by", "NHS England East Anglia", "--present=CQC,Monitor")
	page := b.get("/a/" + b.link("N3", "CQC") + "/summit-reply.n")
	r := b.answer(page, url.Values{"f-answer": {"attending"}})
	if r.status != http.StatusUnprocessableEntity {
		t.Fatalf("%d: %s", r.status, r.body)
	}
	has(t, r.body, "The rules do not allow this (", `value="Jo Bloggs"`, `value="attending" checked`)
}

func TestEveryDeadLinkGetsOnePage(t *testing.T) {
	b := summit(t)
	good := b.link("N3", "CQC")
	withdrawn := b.link("N3", "MONITOR")
	b.do("link withdraw --by", "NHS England East Anglia", "--to=Monitor:duty", "--reason=a shared mailbox")
	l, err := b.keys.Open(good)
	if err != nil {
		t.Fatal(err)
	}
	with := func(change func(*link.Link)) string {
		c := l
		change(&c)
		return b.sign(c)
	}
	want := b.get("/a/x")
	for name, text := range map[string]string{
		"cut": good[:len(good)-3], "forged": good[:40] + "A" + good[41:],
		"withdrawn":       withdrawn,
		"no such case":    with(func(l *link.Link) { l.Ref = "NOCA-SE00" }),
		"no such group":   with(func(l *link.Link) { l.Ref = "group-Q99" }),
		"no such notice":  with(func(l *link.Link) { l.Notice = "n9999" }),
		"another's":       with(func(l *link.Link) { l.Party = "TDA" }),
		"another level":   with(func(l *link.Link) { l.Level = "executive" }),
		"another mailbox": with(func(l *link.Link) { l.Mailbox = b.keys.Mailbox("who@example.org") }),
	} {
		for _, path := range []string{"", "/summit-reply.n", "/done/1"} {
			if got := b.get("/a/" + text + path); got.status != http.StatusNotFound || got.body != want.body {
				t.Errorf("%s: %d, %s", name, got.status, got.body)
			}
		}
		got := b.ask(http.MethodPost, "/a/"+text+"/summit-reply.n", url.Values{"record": {"yes"}})
		if got.status != http.StatusNotFound || got.body != want.body {
			t.Errorf("%s: %d", name, got.status)
		}
	}
	has(t, want.body, "<a href=\"tel:012235550100\">01223\u00a0555\u00a00100</a>", "secretariat@england.example")
	lacks(t, want.body, b.ref, "CQC")
}

func TestALinkDiesWithItsContact(t *testing.T) {
	b := summit(t)
	text := b.link("N3", "CQC")
	b.book["CQC"] = "successor@example.org"
	if r := b.get("/a/" + text); r.status != http.StatusNotFound {
		t.Errorf("%d", r.status)
	}
}

func TestALinkGivesNoOthersActs(t *testing.T) {
	b := summit(t)
	was := b.state()
	text := b.link("N3", "CQC")
	for _, act := range []string{"summit-convene.n", "case-close.n", "note-add.n", "summit-reply.D1", "trigger.n", "..", "%2e%2e"} {
		r := b.ask(http.MethodPost, "/a/"+text+"/"+act, url.Values{"record": {"yes"}, "person": {"x"}, "role": {"y"},
			"f-at": {"2013-09-11"}, "f-at.hour": {"10:00"}, "f-what": {"x"}, "key": {strings.Repeat("0", 32)}})
		if r.status == http.StatusOK && strings.Contains(r.url, "done") || b.state() != was {
			t.Errorf("%s: %d", act, r.status)
		}
	}
}

func TestEveryAnswerHasStrictHeaders(t *testing.T) {
	b := summit(t)
	for _, r := range []reply{b.get("/a/" + b.link("N3", "CQC")), b.get("/a/x"), b.get("/"), b.get("/style.css")} {
		for name, part := range map[string]string{
			"Content-Security-Policy": "frame-ancestors 'none'", "Referrer-Policy": "no-referrer",
			"X-Robots-Tag": "noindex", "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY",
		} {
			if !strings.Contains(r.header.Get(name), part) {
				t.Errorf("%s: %s is %q", r.url, name, r.header.Get(name))
			}
		}
		if r.url != "/style.css" && r.header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s is kept", r.url)
		}
		lacks(t, r.body, "<script", " style=", "onclick")
	}
}

func TestAPostFromElsewhereIsRefused(t *testing.T) {
	b := summit(t)
	page := b.get("/a/" + b.link("N3", "CQC") + "/summit-reply.n")
	to, key := actionOf.FindStringSubmatch(page.body)[1], keyOf.FindStringSubmatch(page.body)[1]
	form := url.Values{"key": {key}, "person": {"x"}, "role": {"y"}, "record": {"yes"}, "f-answer": {"attending"}}
	was := b.state()
	for _, h := range [][]string{{"Sec-Fetch-Site", "cross-site"}, {"Origin", "https://evil.example"}, {"Sec-Fetch-Site", "same-site"}} {
		if r := b.ask(http.MethodPost, to, form, h...); r.status != http.StatusForbidden || b.state() != was {
			t.Errorf("%v: %d", h, r.status)
		}
	}
	if r := b.ask(http.MethodPost, to, form, "Origin", "https://ring.example", "Sec-Fetch-Site", "same-origin"); r.status != http.StatusOK {
		t.Errorf("our own page: %d", r.status)
	}
}

func TestBodiesAreBounded(t *testing.T) {
	b := summit(t)
	page := b.get("/a/" + b.link("N3", "CQC") + "/summit-reply.n")
	to := actionOf.FindStringSubmatch(page.body)[1]
	was := b.state()
	r := b.ask(http.MethodPost, to, url.Values{"f-answer": {strings.Repeat("x", 2<<20)}})
	if r.status != http.StatusRequestEntityTooLarge {
		t.Errorf("%d", r.status)
	}
	has(t, r.body, "<h1>This is too long</h1>", "Nothing was recorded", "01223\u00a0555\u00a00100")
	if r := b.ask(http.MethodPost, to, nil, "Content-Type", "application/json"); r.status != http.StatusUnsupportedMediaType {
		t.Errorf("%d", r.status)
	}
	for _, text := range []string{"\x00", "a\x1bb", "\xff", "943 476 5919"} {
		if r := b.answer(page, url.Values{"f-answer": {"attending"}, "person": {text}}); r.status != http.StatusUnprocessableEntity {
			t.Errorf("%q: %d", text, r.status)
		}
	}
	if b.state() != was {
		t.Error("something was recorded")
	}
}

func TestWhoAsksTooOftenWaits(t *testing.T) {
	b := summit(t)
	text, refused := b.link("N3", "CQC"), 0
	for range 60 {
		if r := b.get("/a/" + text); r.status == http.StatusTooManyRequests {
			refused++
		}
	}
	if refused == 0 {
		t.Error("one link is answered without end")
	}
	if r := b.get("/a/" + b.link("N3", "MONITOR")); r.status != http.StatusOK {
		t.Errorf("another link: %d", r.status)
	}
	for range 300 {
		if r := b.ask(http.MethodHead, "/", nil); r.status == http.StatusTooManyRequests {
			return
		}
	}
	t.Error("one address is answered without end")
}
