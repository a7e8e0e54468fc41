package pages_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"holdthering/pages/link"
	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/verbs"
)

func TestWhoIsNotAtTheTableSeesNothingOfWhatWasTold(t *testing.T) {
	b := newBench(t)
	b.do("trigger --immediate --provider RCX --by", "NHS England East Anglia", "--source=qsg-sharing",
		"--concern=unsafe staffing on the wards", "--key=k1")
	b.do("judgement regulatory --by CQC --value significant-breach --evidence", "two visits found it")
	b.do("measures recommend --by CQC --reason", "a weak board")
	l := b.ledger()
	seen := 0
	for _, n := range l.Notices {
		for _, r := range n.To {
			if r.Party.Body() != regime.ProviderBody {
				continue
			}
			seen++
			page := b.get("/a/" + b.sign(link.Link{Ref: b.ref, Party: r.Party, Level: r.Level, Notice: n.ID,
				Expires: b.memory.Now().AddDate(0, 1, 0), Mailbox: b.keys.Mailbox(b.book.address(r.Party))}))
			if page.status == http.StatusTooManyRequests {
				continue
			}
			lacks(t, page.body, "nsafe staffing", "two visits", "ignificant breach", "weak board")
			has(t, page.body, "How far it is", "King&#39;s Lynn")
		}
	}
	if seen == 0 {
		t.Error("the provider was told nothing")
	}
}

func TestASealedViewIsOnNobodysPage(t *testing.T) {
	b := summit(t)
	b.do("judgement own --by Monitor --sealed --view", "the board is weak", "--intends=look into it")
	for _, p := range []regime.Party{"CQC", "MONITOR"} {
		lacks(t, b.get("/a/"+b.link("N3", p)).body, "the board is weak", "look into it")
	}
}

// secret is what differs from page to page.
var secret = regexp.MustCompile(`/a/[A-Za-z0-9_-]{60,}|value="[0-9a-f]{32}"|Case [A-Z0-9]{4}-[A-Z0-9]{4}`)

func TestNoPageTellsWhetherASourceIsProtected(t *testing.T) {
	var pages [2][]string
	for i, flags := range [][]string{{}, {"--protect-identity"}} {
		b := newBench(t)
		b.do("trigger --provider RCX --by", append([]string{"NHS England East Anglia", "--source=whistleblower",
			"--concern=unsafe staffing on the wards", "--key=3a8b6c1e-5d0f-4e2a-9b7c-1f2e3d4c5b6a"}, flags...)...)
		b.memory.Pass(2 * time.Hour)
		b.do("summit convene --by", "NHS England East Anglia", "--at=2013-09-12 10:00")
		for _, p := range []regime.Party{"CQC", "MONITOR", "NHSCB/Q56"} {
			pages[i] = append(pages[i], secret.ReplaceAllString(b.get("/a/"+b.link("N3", p)).body, ""))
		}
	}
	for i := range pages[0] {
		if pages[0][i] != pages[1][i] {
			t.Errorf("the pages differ:\n%s\n%s", pages[0][i], pages[1][i])
		}
	}
}

func TestAGroupsMemberAnswersToo(t *testing.T) {
	b := newBench(t)
	parsed, err := verbs.ParseGroup([]string{"start", "--area", "Q56"}, verbs.Env{Person: "A. Tester"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.memory.StartGroup(t.Context(), parsed.Starts[0]); err != nil {
		t.Fatal(err)
	}
	b.memory.Pass(45 * 24 * time.Hour)
	s, err := b.memory.Group(t.Context(), "Q56")
	if err != nil {
		t.Fatal(err)
	}
	var n ledger.Notice
	var party regime.Party
	for _, one := range s.Group.Notices {
		for _, a := range s.Group.Asked(one) {
			if strings.HasPrefix(a.Says, "send what") {
				n, party = one, a.Of[len(a.Of)-1]
			}
		}
	}
	text := b.sign(link.Link{Ref: "group-Q56", Party: party, Level: "duty", Notice: n.ID,
		Expires: b.memory.Now().AddDate(0, 1, 0), Mailbox: b.keys.Mailbox(b.book.address(party))})
	page := b.get("/a/" + text)
	has(t, page.body, "Please send what your body knows about the providers on the agenda", "East Anglia")
	done := b.answer(page, url.Values{"f-what": {"We saw nothing new."}})
	if !strings.Contains(done.url, "/done/") {
		t.Errorf("%d: %s", done.status, done.body)
	}
}

func TestTwoWhoAnswerAtOnceAreBothOnRecord(t *testing.T) {
	b := summit(t)
	text := b.link("N3", "CQC")
	var crew sync.WaitGroup
	was := len(b.ledger().Entries)
	for _, a := range []string{"attending", "not-attending"} {
		page := b.get("/a/" + text + "/summit-reply.n")
		crew.Go(func() { b.answer(page, url.Values{"f-answer": {a}, "person": {a}}) })
	}
	crew.Wait()
	if n := len(b.ledger().Entries) - was; n != 2 {
		t.Errorf("%d entries", n)
	}
}

func TestWhatIsProposedIsFilledInAndAnsweredForItsOwnerAlone(t *testing.T) {
	b := summit(t)
	b.memory.Pass(46*time.Hour + 30*time.Minute)
	b.do("summit open --by", "NHS England East Anglia", "--present=CQC,Monitor")
	b.do("judgement collective --by", "NHS England East Anglia", "--value=actual-failure")
	b.do("ring propose --by CQC --candidate Monitor")
	b.do("ring accept --by Monitor")
	b.do("action propose --by Monitor --owner CQC --aim safeguard-patients --due 2013-09-20 --what", "inspect again")
	text := b.link("N18", "CQC")
	page := b.get("/a/" + text)
	has(t, page.body, "action-accept.n", "action-decline.n", "Inspect again. Proposed by Monitor. Due ")
	lacks(t, b.get("/a/"+b.link("N3", "NHSCB/Q56")).body, "nspect again")
	form := b.get("/a/" + text + "/action-decline.n")
	has(t, form.body, "The action&#39;s number: A1", "Inspect again")
	lacks(t, form.body, `name="f-action"`)
	done := b.answer(form, url.Values{"f-reason": {"it is Monitor's"}, "f-action": {"A9"}})
	has(t, done.body, "Your answer is recorded", "A1")
}
