package desk_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"holdthering/cases"
	"holdthering/desk"
	"holdthering/pages/browsing"
	"holdthering/regime"
	"holdthering/regime/failure"
	"holdthering/verbs"
)

// trigger is what is typed of a trigger.
var trigger = url.Values{"f-by": {"NHS England East Anglia"}, "f-source": {"qsg-sharing"}, "f-what": {"unsafe staffing on the wards"}}

// openedAt is the case that a page says it has opened.
func (b *bench) openedAt(r reply) string {
	b.t.Helper()
	parts := strings.Split(r.url, "/")
	if r.status != http.StatusOK || len(parts) != 5 || parts[3] != "done" {
		b.t.Fatalf("%d at %s: %s", r.status, r.url, r.body)
	}
	b.ref = parts[2]
	return b.ref
}

func (b *bench) countCases() int {
	b.t.Helper()
	rows, err := b.memory.List(b.t.Context(), cases.Filter{})
	if err != nil {
		b.t.Fatal(err)
	}
	return len(rows)
}

func TestACaseIsOpenedAtTheDeskByAPartOfTheHospitalsName(t *testing.T) {
	b := newBench(t)
	has(t, b.page("/"), `href="/new"`)
	has(t, b.page("/find?q=kings+lynn"), "/new/trigger?provider=RCX")
	has(t, b.page("/new?name=kings+lynn"), "/new/trigger?provider=RCX", "Queen Elizabeth")
	has(t, b.page("/new?name=qween+elisabeth"), "No provider of the register")
	page := b.get("/new/trigger?provider=RCX")
	has(t, page.body, "(RCX)", "every member is alerted", "NHS England East Anglia area team", "More that you can say")
	for _, typed := range []url.Values{nil, {"f-by": {"CQC"}}, {"f-by": {"nobody at all"}, "f-source": {"media"}, "f-what": {"x"}}} {
		if r := b.fill(page, typed); r.status != http.StatusUnprocessableEntity {
			t.Errorf("%v: %d", typed, r.status)
		} else {
			has(t, r.body, "There is a problem", `value="Jo Bloggs"`, "Error: ")
			lacks(t, r.body, "--")
		}
	}
	look := url.Values{"record": {"look"}}
	for name, v := range trigger {
		look[name] = v
	}
	b.fill(page, look)
	if n := b.countCases(); n != 0 {
		t.Fatalf("%d cases were opened by what was not to open one", n)
	}
	done := b.fill(page, trigger)
	ref := b.openedAt(done)
	has(t, done.body, "It is recorded", "Jo Bloggs, secretary", "Queen Elizabeth")
	if c := b.snapshot(); c.Trigger == nil || c.Trigger.By.Channel != desk.Channel || c.Stage != regime.Convening || len(c.Notices) == 0 {
		t.Errorf("%+v", c.Trigger)
	}
	if again := b.openedAt(b.fill(page, trigger)); again != ref || b.countCases() != 1 {
		t.Errorf("the same form twice opened %s after %s; %d cases", again, ref, b.countCases())
	}
	other := b.get("/new/trigger?provider=RCX")
	has(t, other.body, "is open already", "/case/"+ref)
	if r := b.fill(other, trigger); r.status != http.StatusUnprocessableEntity || !strings.Contains(r.body, ref) || b.countCases() != 1 {
		t.Errorf("a second case: %d", r.status)
	}
	lacks(t, b.page("/find?q=kings+lynn"), "/new/trigger?provider=RCX")
}

func TestAnotherCaseIsOpenedAtTheDeskByWhoSaysThatItIsMeant(t *testing.T) {
	b := summit(t)
	again := url.Values{"f-again": {"true"}}
	for name, v := range trigger {
		again[name] = v
	}
	if ref := b.openedAt(b.fill(b.get("/new/trigger?provider=RCX"), again)); ref == b.first || b.countCases() != 2 {
		t.Errorf("%s after %s; %d cases", ref, b.first, b.countCases())
	}
}

func TestAProviderThatIsInNoRegisterIsTypedAtTheDesk(t *testing.T) {
	b := newBench(t)
	page := b.get("/new/trigger")
	r := b.fill(page, trigger)
	has(t, r.body, "The provider&#39;s name", "An NHS foundation trust")
	whole := url.Values{"f-provider-name": {"Hill Street Surgery"}, "f-provider-code": {"D81012"}, "f-provider-type": {"GP_PRACTICE"}, "f-area": {"East Anglia"}}
	for name, v := range trigger {
		whole[name] = v
	}
	b.openedAt(b.fill(page, whole))
	if p := b.snapshot().Provider; p.Name != "Hill Street Surgery" || p.AreaTeam != "Q56" {
		t.Errorf("%+v", p)
	}
}

func TestACaseIsOpenedAtTheDeskWithoutASummitAndTriggeredLater(t *testing.T) {
	b := newBench(t)
	b.openedAt(b.fill(b.get("/new/open?provider=RCX"), url.Values{"f-by": {"Monitor"}, "f-reason": {"special measures on own evidence"}}))
	if c := b.snapshot(); c.Stage != regime.UnderSurveillance || len(c.Notices) != 0 {
		t.Fatalf("%s, %d notices", c.Stage, len(c.Notices))
	}
	has(t, b.page("/case/"+b.ref+"/acts"), "/act/trigger.n")
	b.memory.Pass(time.Hour)
	r := b.fill(b.get("/case/"+b.ref+"/act/trigger.n?by=CQC"), url.Values{"f-source": {"inspection"}, "f-what": {"unsafe at night"}})
	b.openedAt(r)
	if c := b.snapshot(); c.Stage != regime.Convening {
		t.Errorf("%s", c.Stage)
	}
	if r := b.get("/case/" + b.ref + "/act/trigger.n"); r.status != http.StatusNotFound {
		t.Errorf("it can be triggered twice: %d", r.status)
	}
}

func TestACaseIsOpenedAtTheDeskFromWhatAGroupWasTold(t *testing.T) {
	b := newBench(t)
	b.inGroup("Q56", "start --area Q56")
	b.inGroup("Q56", "concern --provider RCX --by", "CQC", "--what=falls on two wards", "--source=inspection")
	b.inGroup("Q56", "concern --provider RCX --by", "CCG/07J", "--what=nights without a doctor", "--source=patient")
	at := hrefOf(t, b.page("/group/Q56"), "/new/trigger?")
	page := b.get(at)
	has(t, page.body, "falls on two wards; nights without a doctor")
	b.openedAt(b.fill(page, trigger))
	g, err := b.memory.Group(t.Context(), "Q56")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range g.Group.Concerns {
		if c.Case != b.ref {
			t.Errorf("%s led to %q and not to %s", c.ID, c.Case, b.ref)
		}
	}
	lacks(t, b.page("/group/Q56"), "/new/trigger?")
	if r := b.get(strings.Replace(at, "C1", "C9", 1)); r.status != http.StatusNotFound {
		t.Errorf("a concern that nobody told: %d", r.status)
	}
}

// hrefOf is the first address of a page that begins so.
func hrefOf(t *testing.T, body, begins string) string {
	t.Helper()
	_, after, found := strings.Cut(body, `href="`+strings.ReplaceAll(begins, "&", "&amp;"))
	if !found {
		t.Fatalf("no link to %s in:\n%s", begins, body)
	}
	rest, _, _ := strings.Cut(after, `"`)
	return begins + strings.ReplaceAll(rest, "&amp;", "&")
}

func TestCasesLinkedAtTheDeskAreLinkedInBoth(t *testing.T) {
	b := summit(t)
	b.summitBeside()
	page := b.get("/case/" + b.first + "/act/case-link.n?by=CQC")
	if r := b.fill(page, url.Values{"f-with-case": {"K7QM-3XRD"}}); r.status == http.StatusOK {
		t.Error("a case that is nowhere was linked")
	}
	second := b.ref
	b.openedAt(b.fill(page, url.Values{"f-with-case": {second}, "f-reason": {"the same service"}}))
	for from, to := range map[string]string{b.first: second, second: b.first} {
		s, err := b.memory.Snapshot(t.Context(), from)
		if err != nil {
			t.Fatal(err)
		}
		if len(s.Case.Links) != 1 || s.Case.Links[0].Ref != to {
			t.Errorf("%s: %+v", from, s.Case.Links)
		}
	}
}

// Who opens a case by a form of the desk is asked for everything that the commands take.
func TestTheFormOfANewCaseAsksForAllThatTheCommandTakes(t *testing.T) {
	b := newBench(t)
	page := b.page("/new/trigger")
	for _, f := range append(verbs.OpeningFields(), regime.Fields(new(failure.TriggerRiskSummit))...) {
		if f.Flag != "provider" && f.Flag != regime.SureFlag {
			has(t, page, `"f-`+f.Flag)
		}
	}
}

func TestInARealBrowserACaseIsOpenedByKeyboardAlone(t *testing.T) {
	ctx := browsing.Browser(t, 3*time.Minute)
	b := newBench(t)
	b.inGroup("Q56", "start --area Q56")
	opened(t, ctx, b)
	for name, at := range map[string]string{"search": "/new?name=queen", "trigger": "/new/trigger?provider=RCX", "by-hand": "/new/trigger", "open": "/new/open?provider=RCX"} {
		b.page(at) // for html-validate
		for _, size := range []int64{320, 1280, 1920} {
			browsing.Run(t, ctx, chromedp.EmulateViewport(size, 900), chromedp.Navigate(b.site.URL+at), unfolded())
			browsing.Looked(t, ctx, fmt.Sprintf("desk-new-%s-%d", name, size))
		}
	}
	browsing.Run(t, ctx, chromedp.EmulateViewport(1280, 900), chromedp.Navigate(b.site.URL+"/new/trigger?provider=RCX"))
	for _, typed := range [][2]string{{"f-by", "NHS England East Anglia"}, {"f-what", "unsafe at night"}, {"f-source", "i"}, {"person", "Jo Bloggs"}, {"role", "secretary"}} {
		browsing.TabTo(t, ctx, typed[0])
		browsing.Run(t, ctx, chromedp.KeyEvent(typed[1]))
	}
	browsing.TabTo(t, ctx, "record_0")
	browsing.Run(t, ctx, chromedp.KeyEvent(kb.ArrowDown))
	browsing.TabTo(t, ctx, "Send")
	browsing.Run(t, ctx, chromedp.KeyEvent(kb.Enter), chromedp.WaitVisible(`.panel`))
	if b.countCases() != 1 {
		t.Errorf("%d cases", b.countCases())
	}
}
