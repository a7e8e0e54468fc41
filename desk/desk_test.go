package desk_test

import (
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"
	"time"

	"holdthering/desk"
	"holdthering/regime/ledger"
)

func TestAKeyOpensTheDeskOnce(t *testing.T) {
	b := newBench(t)
	has(t, b.page("/"), "Nothing is overdue.", "The country")
	address := b.address()
	jar := b.browser.Jar
	for i, want := range []int{http.StatusOK, http.StatusUnauthorized} {
		b.browser.Jar, _ = cookiejar.New(nil)
		if r := b.get(address); r.status != want {
			t.Errorf("the %d. time: %d", i+1, r.status)
		}
	}
	b.browser.Jar, _ = cookiejar.New(nil)
	for _, path := range []string{"/", "/country", "/case/K7QM-3XRD", "/group/Q56", "/sign-in?key=x.y.z", "/find?q=a", "/case/K7QM-3XRD/record"} {
		r := b.get(path)
		if r.status != http.StatusUnauthorized {
			t.Errorf("%s: %d", path, r.status)
		}
		has(t, r.body, "The desk is closed")
	}
	b.browser.Jar = jar
	has(t, b.page("/"), "Nothing is overdue.")
}

func TestTheCookieIsForThisSiteAlone(t *testing.T) {
	b := newBench(t)
	b.browser.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	set := b.get(b.address()).header.Get("Set-Cookie")
	has(t, set, "HttpOnly", "SameSite=Strict", "Path=/")
}

func TestAProxyMaySayWhoSignedIn(t *testing.T) {
	b := summit(t)
	b.browser.Jar, _ = cookiejar.New(nil)
	if r := b.ask(http.MethodGet, "/", nil, "X-Remote-User", "Sam Green"); r.status != http.StatusUnauthorized {
		t.Errorf("a header that nobody switched on: %d", r.status)
	}
	b.desk.UserHeader = "X-Remote-User"
	path := "/case/" + b.ref + "/act/note-add.n?by=CQC"
	page := b.ask(http.MethodGet, path, nil, "X-Remote-User", "Sam Green")
	has(t, page.body, "You are signed in as Sam Green", `value="Sam Green"`)
	form := url.Values{"key": {keyOf.FindStringSubmatch(page.body)[1]}, "person": {"Somebody Else"}, "role": {"secretary"},
		"record": {"yes"}, "f-what": {"rang the trust"}}
	if r := b.ask(http.MethodPost, path, form, "X-Remote-User", "Sam Green"); r.status != http.StatusOK && r.status != http.StatusUnauthorized {
		t.Fatalf("%d: %s", r.status, r.body)
	}
	es := b.snapshot().Entries
	if by := es[len(es)-1].By; by.Person != "Sam Green" || by.For != "CQC" || by.Channel != desk.Channel {
		t.Errorf("%+v", by)
	}
	if r := b.get("/"); r.status != http.StatusUnauthorized {
		t.Errorf("without the header: %d", r.status)
	}
}

func TestTheFrontPageSaysWhatIsDueAndWhere(t *testing.T) {
	b := summit(t)
	page := b.page("/")
	has(t, page, "1 open case and 0 surveillance groups", "The Queen Elizabeth Hospital", b.ref, "Due today", "Due this week",
		"/case/"+b.ref+"/act/", "Every mail has somebody to go to.")
	lacks(t, page, "<script", " style=", "unsafe staffing")
	b.memory.Pass(4 * 24 * time.Hour)
	page = b.page("/?look=again")
	has(t, page, "Overdue for 2 days")
	for _, none := range []string{"/?region=Y54", "/?body=HEALTHWATCH", "/?kind=groups"} {
		has(t, b.page(none), "Nothing is overdue.", "Show everything")
	}
	has(t, b.page("/?region=Y55&kind=cases"), "Overdue for 2 days")
}

func TestAChiefNurseFindsHerHospital(t *testing.T) {
	b := summit(t)
	b.inGroup("Q56", "start --area Q56")
	for _, typed := range []string{"kings lynn", "King's", "queen elizabeth", "rcx", "RCX", "lynn", b.ref} {
		has(t, b.page("/find?q="+url.QueryEscape(typed)), "The Queen Elizabeth Hospital", "/case/"+b.ref, `href="/group/Q56"`)
	}
	has(t, b.page("/find?q=papwurth"), "Did you mean", "Papworth")
	has(t, b.page("/find?q=papworth"), "No case has been opened.", "Papworth")
	has(t, b.page("/find?q=zzzz"), "No provider is called that.")
	has(t, b.page("/find?q=%3Cscript%3E"), "&lt;script&gt;")
	has(t, b.page("/find"), "Type a part")
}

func TestTheSecretarySeesWhoHasNotAnsweredAndAnswersForItFromThere(t *testing.T) {
	b := summit(t)
	b.do("summit reply --by CQC --answer attending")
	page := b.page("/case/" + b.ref)
	has(t, page, "Who comes to the risk summit", `<td data-head="Who">CQC</td><td data-head="Answer">Attending</td>`,
		"Who has not acknowledged the alert", `<a href="/case/`+b.ref+`/act/acknowledge.n?by=MONITOR">Monitor</a>`)
	lacks(t, page, "Answer for CQC", "acknowledge.n?by=CQC")
	link := "/case/" + b.ref + "/act/summit-reply.n?by=MONITOR"
	has(t, page, `<a href="`+link+`">Answer for Monitor</a>`)
	done := b.fill(b.get(link), url.Values{"f-answer": {"not-attending"}})
	if done.status != http.StatusOK {
		t.Fatalf("%d: %s", done.status, done.body)
	}
	page = b.page("/case/" + b.ref)
	has(t, page, `<td data-head="Who">Monitor</td><td data-head="Answer">Not attending</td>`, "What the words on this page mean",
		"It gives no orders", "The judgement of CQC")
	lacks(t, page, "acknowledge.n?by=MONITOR") // who answers has read it
	b.do("summit open --by", "NHS England East Anglia", "--attending=CQC", "--early=all are here")
	lacks(t, b.page("/case/"+b.ref), "Who comes to the risk summit")
}

func TestACaseIsOnOnePage(t *testing.T) {
	b := newBench(t)
	b.responding()
	b.do("action propose --by Monitor --owner CQC --aim safeguard-patients --due=2013-10-20", "--what=Look at the night rota")
	page := b.page("/case/" + strings.ToLower(b.ref))
	has(t, page, "Case "+b.ref, "Unsafe staffing on the wards.", "<strong>Monitor</strong>, agreed", "<svg", "<title id=\"time-title\">",
		"The time of the case, as a table", "Look at the night rota", "Who owes what", "Taken by the mail service",
		"Shown as NHS England East Anglia area team may see it", "Q56 East Anglia (has not been started)", "Chronology", "/acts", "/record")
	lacks(t, page, "<script", " style=", "/group/")
	b.inGroup("Q56", "start --area Q56")
	has(t, b.page("/case/"+b.ref), `<a href="/group/Q56">Q56 East Anglia</a>, Y55 Midlands and East of England (has not been started)`)
	has(t, b.page("/case/"+b.ref+"?find=night+rota"), "with “night rota”")
	for _, path := range []string{"/case/NOCA-SE00", "/group/Q44"} {
		none := b.get(path)
		if none.status != http.StatusNotFound {
			t.Errorf("%d", none.status)
		}
		has(t, none.body, "Today and the country list what there is")
		lacks(t, none.body, "&#39;list&#39;", "group start")
	}
	record := b.get("/case/" + b.ref + "/record")
	has(t, record.body, "Record of case "+b.ref, "Board paper", "The case so far")
	lacks(t, record.body, " style=", "<script")
}

func TestAGroupAndTheCountryAreOnOnePageEach(t *testing.T) {
	b := newBench(t)
	b.inGroup("Q56", "start --area Q56")
	b.inGroup("Q56", "concern --provider RGP --kind standards-of-care --source patient --by LETB", "--what", "trainees are alone at night")
	b.inGroup("Q56", "level --by", "NHS England East Anglia", "--provider", "RGP", "--level", "enhanced", "--reason", "two inspections")
	b.convene()
	page := b.page("/group/q56")
	has(t, page, "Quality Surveillance Group, East Anglia", "Providers by month", "enhanced, 1 concern", "trainees are alone at night",
		"Agenda of the next meeting", "/case/"+b.ref, "risk summit")
	page = b.page("/country")
	has(t, page, "Midlands and East", "The Queen Elizabeth Hospital", "Surveillance group, East Anglia", "Enhanced")
	has(t, b.page("/country?region=Y54"), "There is no open case and no group")
	has(t, b.page("/group/Q56/record"), "East Anglia")
}

func TestWhatIsDoneAtTheDeskIsTheSameActWithWhoTypedIt(t *testing.T) {
	b := summit(t)
	front := b.page("/")
	slug := "/case/" + b.ref + "/act/summit-"
	if !strings.Contains(front, slug) {
		t.Fatalf("no act of the summit is offered:\n%s", front)
	}
	page := b.get("/case/" + b.ref + "/act/summit-reply.n?by=CQC")
	has(t, page.body, "for CQC", "Whether your body attends", "Yes, record it for")
	done := b.fill(page, url.Values{"f-answer": {"attending"}})
	if done.status != http.StatusOK || !strings.Contains(done.url, "/done/") {
		t.Fatalf("%d at %s: %s", done.status, done.url, done.body)
	}
	has(t, done.body, "It is recorded", "Jo Bloggs, secretary")
	es := b.snapshot().Entries
	last := es[len(es)-1]
	if last.By.For != "CQC" || last.By.Channel != desk.Channel || last.By.Person != "Jo Bloggs" || last.By.Role != "secretary" || last.Verb != "summit reply" {
		t.Errorf("%+v", last)
	}
	b.fill(page, url.Values{"f-answer": {"attending"}})
	if n := len(b.snapshot().Entries); n != len(es) {
		t.Errorf("the same form twice: %d entries more", n-len(es))
	}
	has(t, b.get("/case/"+b.ref+"/act/note-add.n").body, `value="Jo Bloggs"`, `value="secretary"`)
}

func TestARefusalIsShownAtTheDeskInTheWordsOfTheRule(t *testing.T) {
	b := summit(t)
	was := len(b.snapshot().Entries)
	page := b.get("/case/" + b.ref + "/act/ring-accept.n?by=CQC")
	r := b.fill(page, nil)
	if r.status != http.StatusUnprocessableEntity {
		t.Fatalf("%d: %s", r.status, r.body)
	}
	has(t, r.body, "There is a problem", `value="Jo Bloggs"`, "Error: ")
	for _, typed := range []url.Values{{"record": {"look"}}, {"record": {""}}, {"person": {""}}, {"role": {" "}}} {
		b.fill(page, typed)
	}
	for _, path := range []string{"/act/trigger.n", "/act/nothing.n", "/act/summit-reply.D999", "/act/..%2f"} {
		if r := b.get("/case/" + b.ref + path); r.status != http.StatusNotFound {
			t.Errorf("%s: %d", path, r.status)
		}
	}
	if n := len(b.snapshot().Entries); n != was {
		t.Errorf("%d entries more", n-was)
	}
}

func TestAPostFromElsewhereIsRefusedAtTheDesk(t *testing.T) {
	b := summit(t)
	page := b.get("/case/" + b.ref + "/act/note-add.n?by=CQC")
	form := url.Values{"key": {keyOf.FindStringSubmatch(page.body)[1]}, "person": {"x"}, "role": {"y"}, "record": {"yes"}, "f-what": {"z"}}
	was := len(b.snapshot().Entries)
	for _, h := range [][]string{{"Sec-Fetch-Site", "cross-site"}, {"Origin", "https://evil.example"}, {"Sec-Fetch-Site", "same-site"}} {
		if r := b.ask(http.MethodPost, "/case/"+b.ref+"/act/note-add.n?by=CQC", form, h...); r.status != http.StatusForbidden {
			t.Errorf("%v: %d", h, r.status)
		}
	}
	if n := len(b.snapshot().Entries); n != was {
		t.Error("it was recorded")
	}
}

func TestEveryPageOfTheDeskHasStrictHeaders(t *testing.T) {
	b := summit(t)
	for _, path := range []string{"/", "/country", "/find?q=x", "/case/" + b.ref, "/case/" + b.ref + "/record", "/nowhere", "/desk.css"} {
		h := b.get(path).header
		for name, part := range map[string]string{"Content-Security-Policy": "default-src 'none'", "Referrer-Policy": "no-referrer",
			"X-Frame-Options": "DENY", "X-Content-Type-Options": "nosniff", "Cross-Origin-Opener-Policy": "same-origin"} {
			if !strings.Contains(h.Get(name), part) {
				t.Errorf("%s: %s is %q", path, name, h.Get(name))
			}
		}
	}
}

func TestEveryActHasItsFormAtTheDesk(t *testing.T) {
	b := newBench(t)
	b.responding()
	b.inGroup("Q56", "start --area Q56")
	for _, at := range []string{"/case/" + b.ref, "/group/Q56"} {
		page := b.page(at + "/acts")
		slugs := strings.Split(page, `<li><a href="`+at+"/act/")[1:]
		if len(slugs) < 20 {
			t.Errorf("%s: %d acts", at, len(slugs))
		}
		for _, rest := range slugs {
			slug, _, _ := strings.Cut(rest, `"`)
			has(t, b.page(at+"/act/"+slug), "Record this answer?", "For which body")
		}
	}
}

func TestMailsThatReachNobodyStandOnTheFrontPage(t *testing.T) {
	b := summit(t)
	b.memory.Mail(ledger.SendResult{State: ledger.StateNoContact, Note: "no contact in the directory"})
	page := b.page("/?look=again")
	has(t, page, "to be found", "CQC, duty contact</a>")
	has(t, b.page("/case/"+b.ref), "Mails that reached nobody", "CQC, duty contact")
}
