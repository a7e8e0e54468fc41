package pages_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"holdthering/pages/visitor"
	"holdthering/regime"
	"holdthering/regime/ledger"
)

const fire = regime.Party("GUEST/G1")

// invited has a guest take part in the case.
func (b *bench) invited() {
	b.t.Helper()
	b.book[fire] = "duty@fire.example"
	b.do("guest invite --by", "NHS England East Anglia", "--who=Fire and rescue service", "--contact=duty@fire.example",
		"--why=escape routes")
}

func TestAGuestAnswersByTheLinkOfItsMailAndSeesWhatItWasTold(t *testing.T) {
	b := summit(t)
	b.invited()
	text := b.link(regime.NoticeGuest, fire)
	page := b.get("/a/" + text)
	has(t, page.body, "What is asked of Fire and rescue service", "Escape routes", "How far it is")
	lacks(t, page.body, "nsafe staffing")
	form := page
	if !strings.Contains(page.body, `name="f-answer"`) {
		form = b.get("/a/" + text + "/" + slugs.FindStringSubmatch(page.body)[1])
	}
	done := b.answer(form, url.Values{"f-answer": {"We take part"}})
	has(t, done.body, "Your answer is recorded", "for Fire and rescue service")
	last := b.ledger().Entries[len(b.ledger().Entries)-1]
	if last.By.For != fire || last.By.Channel != ledger.ChannelPage {
		t.Errorf("%+v", last.By)
	}
	b.do("guest end --by", "NHS England East Anglia", "--guest=GUEST/G1", "--reason=its part is done")
	if r := b.get("/a/" + text); r.status != http.StatusNotFound {
		t.Errorf("a guest whose part is over still sees the case: %d", r.status)
	}
}

func TestNoScannerChangesAGroupOrWhatAGuestWasAsked(t *testing.T) {
	b := summit(t)
	b.invited()
	b.inGroup("start --area Q56")
	b.memory.Pass(29 * 24 * time.Hour)
	b.inGroup("concern --provider RGP --kind standards-of-care --source patient --by Monitor --what", "falls")
	b.inGroup("action-propose --owner CQC --due 2013-12-31 --by", "NHS England", "--what", "visit at night")
	state := func() string {
		raw, err := json.Marshal(b.group())
		if err != nil {
			t.Fatal(err)
		}
		return string(raw) + b.state()
	}
	was, scanned := state(), 0
	v := visitor.Visitor{Client: http.DefaultClient, Scanner: true}
	scan := func(text string) {
		t.Helper()
		for _, slug := range append([]string{""}, offers(b.get("/a/"+text).body)...) {
			if err := v.Scan(t.Context(), b.site.URL+"/a/"+text+slug); err != nil {
				t.Fatal(err)
			}
			scanned++
			if state() != was {
				t.Fatalf("a scanner at %q has changed something", slug)
			}
		}
	}
	scan(b.link(regime.NoticeGuest, fire))
	scan(b.groupLink("CQC", "group action-accept"))
	scan(b.groupLink("MONITOR", "group pack"))
	if scanned < 6 {
		t.Errorf("only %d pages were scanned", scanned)
	}
}

// offers are the addresses of the forms that a page offers, behind that of the page.
func offers(body string) []string {
	var out []string
	for _, found := range slugs.FindAllStringSubmatch(body, -1) {
		if !slices.Contains(out, "/"+found[1]) {
			out = append(out, "/"+found[1])
		}
	}
	return out
}

func TestNoGuestsPageTellsWhatWasSealedOrWhoIsProtected(t *testing.T) {
	var worlds [2]map[string]string
	for i, view := range []string{"the board is weak", "the board is strong"} {
		b := newBench(t)
		flags := []string{"NHS England East Anglia", "--source=whistleblower", "--concern=unsafe staffing on the wards", "--key=3a8b6c1e-5d0f-4e2a-9b7c-1f2e3d4c5b6a"}
		if i == 1 {
			flags = append(flags, "--protect-identity")
		}
		b.do("trigger --provider RCX --by", flags...)
		b.memory.Pass(2 * time.Hour)
		b.do("summit convene --by", "NHS England East Anglia", "--at=2013-09-12 10:00", "--place=Cambridge")
		b.invited()
		b.do("guest tell --by", "NHS England East Anglia", "--guest=GUEST/G1", "--what=was the ward inspected?", "--due=2013-09-20")
		b.do("judgement own --by Monitor --sealed --view", view, "--intends=look into it")
		b.memory.Pass(60 * time.Hour)
		worlds[i] = b.everyPage(b.ref, b.ledger(), func(p regime.Party) bool { return p == fire })
		for name, text := range worlds[i] {
			if strings.Contains(text, "nsafe staffing") || strings.Contains(text, "the board is") {
				t.Errorf("%s shows a guest what it was not told", name)
			}
		}
		if len(worlds[i]) < 2 {
			t.Errorf("a guest has only %d pages", len(worlds[i]))
		}
	}
	same(t, worlds[0], worlds[1])
}
