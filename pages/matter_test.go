package pages_test

import (
	"net/url"
	"strings"
	"testing"
	"time"
)

func TestWhatCanStillBeObjectedToIsFilledIn(t *testing.T) {
	b := newBench(t)
	b.inGroup("start --area Q56")
	b.memory.Pass(30*24*time.Hour + time.Hour)
	b.inGroup("hold --present CQC,Monitor --considered AGENDA --by", "NHS England", "--record", "as before")
	text := b.groupLink("CQC", "group object")
	page := b.get("/a/" + text)
	has(t, page.body, "/group-object.n", "/group-agree.n")
	form := b.get("/a/" + text + "/group-object.n")
	has(t, form.body, "What is objected to: M1")
	lacks(t, form.body, `name="f-matter"`)
	done := b.answer(form, url.Values{"f-reason": {"Monitor spoke of RGP too"}})
	if !strings.Contains(done.url, "/done/") || b.group().Agreements[0].Objections[0].By != "CQC" {
		t.Errorf("%d: %s", done.status, done.body)
	}
}

func TestWhatOneIsAskedIsShownToThatOneAndToNobodyElse(t *testing.T) {
	b := summit(t)
	b.do("information request --by CQC --asked Monitor --what", "the last three board papers")
	page := b.get("/a/" + b.link("N21", "MONITOR"))
	has(t, page.body, "CQC asks (Q1)", "The last three board papers.", "/information-answer.n")
	lacks(t, b.get("/a/"+b.link("N3", "NHSCB/Q56")).body, "board papers")
}

func TestWhoIsAskedToAssentSeesWhoIsProposed(t *testing.T) {
	b := summit(t)
	b.memory.Pass(46*time.Hour + 30*time.Minute)
	b.do("summit open --by", "NHS England East Anglia", "--present=CQC,Monitor")
	b.do("judgement collective --by", "NHS England East Anglia", "--value=actual-failure")
	b.do("ring propose --by CQC --candidate Monitor")
	b.do("ring accept --by Monitor")
	page := b.get("/a/" + b.link("N13", "CQC"))
	has(t, page.body, "/ring-assent.n", "<dt>Monitor</dt><dd>Proposed by CQC; accepts")
}

func TestWhoIsAskedForThePackSeesWhichProvidersAreMeant(t *testing.T) {
	b := newBench(t)
	b.inGroup("start --area Q56")
	b.memory.Pass(29 * 24 * time.Hour)
	b.inGroup("concern --provider RGP --kind standards-of-care --source patient --by Monitor --what", "falls")
	page := b.get("/a/" + b.groupLink("CQC", "group pack"))
	has(t, page.body, "<dt>On the agenda</dt><dd>", "James Paget")
}
