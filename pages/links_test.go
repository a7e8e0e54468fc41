package pages_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"holdthering/regime"
	"holdthering/regime/ledger"
)

// notices are those of a kind to a party, the latest last.
func (b *bench) notices(kind regime.NoticeKind, p regime.Party) []ledger.Notice {
	b.t.Helper()
	var out []ledger.Notice
	for _, n := range b.ledger().Notices {
		if n.Kind == kind && strings.Contains(strings.Join(names(ledger.PartiesOf(n.To)), " "), string(p)) {
			out = append(out, n)
		}
	}
	return out
}

func names(ps []regime.Party) (out []string) {
	for _, p := range ps {
		out = append(out, string(p))
	}
	return out
}

var sendNew = url.Values{"new": {"yes"}}

func TestR128_ALinkEndsSixWeeksAfterWhatItAsksIsOverAndNotBefore(t *testing.T) {
	b := summit(t)
	text := b.link("N3", "CQC")
	l, err := b.keys.Open(text)
	if err != nil {
		t.Fatal(err)
	}
	l.Expires = b.memory.Now()
	text = b.sign(l)
	if r := b.get("/a/" + text); r.status != http.StatusOK {
		t.Errorf("it ends while its question is open: %d", r.status)
	}
	b.memory.Pass(46*time.Hour + 30*time.Minute)
	b.do("summit open --by", "NHS England East Anglia", "--present=CQC,Monitor")
	b.memory.Pass(41 * 24 * time.Hour)
	if r := b.get("/a/" + text); r.status != http.StatusOK {
		t.Errorf("it ends before its time: %d", r.status)
	}
	b.memory.Pass(3 * 24 * time.Hour)
	if r := b.get("/a/" + text); r.status != http.StatusNotFound {
		t.Errorf("it never ends: %d", r.status)
	}
}

func TestR128_ADeadLinkHasANewOneSentToTheContactOfNowOnce(t *testing.T) {
	b := summit(t)
	text := b.link("N3", "CQC")
	b.book["CQC"] = "successor@example.org"
	dead := b.get("/a/" + text)
	has(t, dead.body, `action="?new"`, "Yes, send a new link")
	was := b.state()
	for _, form := range []url.Values{{}, {"new": {"no"}}, {"record": {"yes"}}} { // as a scanner presses
		if r := b.ask(http.MethodPost, "/a/"+text+"?new", form); r.status != http.StatusUnprocessableEntity {
			t.Errorf("%v: %d", form, r.status)
		}
	}
	b.pages.Wait()
	if b.state() != was {
		t.Fatal("what nobody chose was done")
	}
	made := b.ask(http.MethodPost, "/a/xyz?new", sendNew)
	for range 3 {
		r := b.ask(http.MethodPost, "/a/"+text+"/summit-reply.n?new", sendNew)
		if r.status != http.StatusOK || r.body != made.body {
			t.Errorf("it tells a link that was ours from one that was not: %d", r.status)
		}
		b.pages.Wait()
	}
	sent := b.notices(regime.NoticeNewLink, "CQC")
	if len(sent) != 1 || sent[0].To[0].Level != regime.LevelDuty {
		t.Fatalf("%+v", sent)
	}
	fresh := b.get("/a/" + b.link(regime.NoticeNewLink, "CQC"))
	has(t, fresh.body, "Please say whether your body will come to the risk summit", "summit-reply.n")
	if alerts := b.ledger().Alerts; len(alerts) == 0 || strings.Contains(strings.Join(names(alerts[0].Acknowledged), " "), "CQC") {
		t.Error("whoever holds a dead link has acknowledged for the body")
	}
}

func TestR128_AWithdrawnLinkOpensNothingAndALaterOneDoes(t *testing.T) {
	b := summit(t)
	old := b.link("N3", "CQC")
	b.do("link withdraw --by CQC --to CQC:duty --reason", "the mailbox was read by others")
	if r := b.get("/a/" + old); r.status != http.StatusNotFound {
		t.Errorf("%d", r.status)
	}
	b.do("link send --by CQC --to CQC:duty")
	if r := b.get("/a/" + b.link(regime.NoticeNewLink, "CQC")); r.status != http.StatusOK {
		t.Errorf("%d", r.status)
	}
}

func TestR129_AQuestionIsPassedOnToAColleagueWhoAnswersByALinkOfTheirOwn(t *testing.T) {
	b := summit(t)
	text := b.link("N3", "CQC")
	has(t, b.get("/a/"+text).body, "/link-pass.n", "Pass it on to a colleague")
	form := b.get("/a/" + text + "/link-pass.n")
	has(t, form.body, "Deputy contact (Sam Green)")
	lacks(t, form.body, "Executive", "Duty contact", `name="f-notice"`)
	if r := b.answer(form, url.Values{"f-to": {"executive"}}); r.status != http.StatusUnprocessableEntity {
		t.Errorf("it goes to who is not listed: %d", r.status)
	}
	done := b.answer(form, url.Values{"f-to": {"deputy"}})
	has(t, done.body, "Your answer is recorded", "CQC, deputy contact")
	passed := b.notices(regime.NoticePassedOn, "CQC")
	if len(passed) != 1 || passed[0].To[0].Level != regime.LevelDeputy {
		t.Fatalf("%+v", passed)
	}
	deputy := b.get("/a/" + b.link(regime.NoticePassedOn, "CQC"))
	has(t, deputy.body, "Please say whether your body will come to the risk summit")
	reply := b.get("/a/" + b.link(regime.NoticePassedOn, "CQC") + "/summit-reply.n")
	has(t, b.answer(reply, url.Values{"f-answer": {"attending"}, "person": {"Sam Green"}}).body, "Your answer is recorded")
	last := b.ledger().Entries[len(b.ledger().Entries)-1]
	if last.By.Contact != regime.LevelDeputy || last.By.Notice != passed[0].ID || last.By.Link == "" {
		t.Errorf("whose link it was is not on record: %+v", last.By)
	}
}

func TestR130_TheBodysOtherContactsAreToldWhoAnsweredAndNotWhatWasWritten(t *testing.T) {
	b := summit(t)
	text := b.link("N3", "CQC")
	b.answer(b.get("/a/"+text+"/summit-reply.n"), url.Values{"f-answer": {"attending"}})
	b.answer(b.get("/a/"+text+"/summit-pack.n"), url.Values{"f-what": {"the wards were short of nurses"}})
	told := b.notices(regime.NoticeAnswered, "CQC")
	if len(told) != 2 {
		t.Fatalf("%+v", told)
	}
	if want := "Jo Bloggs (medical director) answered for CQC, by the link of its duty contact: Answer the invitation, " +
		"for your own body: attending"; told[0].Text != want {
		t.Errorf("%q", told[0].Text)
	}
	lacks(t, told[1].Text, "nurses")
	for _, r := range told[0].To {
		if r.Party != "CQC" || r.Level == regime.LevelDuty || r.Level == regime.LevelExecutive {
			t.Errorf("%+v is told", r)
		}
	}
	b.do("summit reply --by CQC --answer not-attending")
	if len(b.notices(regime.NoticeAnswered, "CQC")) != 2 {
		t.Error("what is typed at the command line is confirmed too")
	}
}

func TestNoNameCarriesALinkIntoAMail(t *testing.T) {
	b := summit(t)
	page := b.get("/a/" + b.link("N3", "CQC") + "/summit-reply.n")
	for _, name := range []string{"https://evil.example", "see evil.example now", "jo@evil.example", "evil.co"} {
		if r := b.answer(page, url.Values{"f-answer": {"attending"}, "person": {name}}); r.status != http.StatusUnprocessableEntity {
			t.Errorf("%q: %d", name, r.status)
		}
	}
	if r := b.answer(page, url.Values{"f-answer": {"attending"}, "person": {"Dr. J. O'Neill-Smith"}}); !strings.Contains(r.url, "/done/") {
		t.Errorf("%d: %s", r.status, r.body)
	}
}

func TestWhatABodyOwesEverywhereIsOnOnePage(t *testing.T) {
	b := summit(t)
	first := b.ref
	b.ref = ""
	b.do("trigger --immediate --provider RGP --by Monitor --source=qsg-sharing --key=k2 --what", "no leadership")
	b.ref = first
	support := regime.Party("NHSCB/Q56")
	page := b.get("/a/" + b.link("N4", support) + "/owes")
	if page.status != http.StatusOK {
		t.Fatalf("%d", page.status)
	}
	has(t, page.body, "What NHS England", "Case "+first+", the one of this page", "Hold the risk summit")
	lacks(t, page.body, "James Paget", "no leadership")
	if n := strings.Count(page.body, "Case "); n < 2 {
		t.Errorf("only %d are listed:\n%s", n, page.body)
	}
}

func TestToSayThatALinkOpensNothingTakesAsLongWhateverIsWrong(t *testing.T) {
	b := summit(t)
	b.pages.Refusal = 150 * time.Millisecond
	good := b.link("N3", "CQC")
	l, err := b.keys.Open(good)
	if err != nil {
		t.Fatal(err)
	}
	none, noNotice := l, l
	none.Ref, noNotice.Notice = "NOCA-SE00", "n9999"
	for name, text := range map[string]string{"no link": "x", "forged": good[:50] + "A" + good[51:], "no case": b.sign(none),
		"no notice": b.sign(noNotice)} {
		began := time.Now()
		if r := b.get("/a/" + text); r.status != http.StatusNotFound {
			t.Errorf("%s: %d", name, r.status)
		}
		if took := time.Since(began); took < b.pages.Refusal {
			t.Errorf("%s: said after %s", name, took)
		}
	}
}

func TestAnAnswerThatComesTooLateGetsAClearPageAndChangesNothing(t *testing.T) {
	b := summit(t)
	page := b.get("/a/" + b.link("N3", "CQC") + "/summit-reply.n")
	b.memory.Pass(46*time.Hour + 30*time.Minute)
	b.do("summit open --by", "NHS England East Anglia", "--present=CQC,Monitor")
	was := b.state()
	late := b.answer(page, url.Values{"f-answer": {"attending"}})
	if late.status != http.StatusUnprocessableEntity && late.status != http.StatusNotFound || b.state() != was {
		t.Errorf("%d", late.status)
	}
	if !strings.Contains(late.body, "The rules do not allow this (") && !strings.Contains(late.body, "This is not asked any more") {
		t.Error(late.body)
	}
	b.book["CQC"] = "successor@example.org"
	if r := b.answer(page, url.Values{"f-answer": {"attending"}}); r.status != http.StatusNotFound || b.state() != was {
		t.Errorf("after the contact changed: %d", r.status)
	}
}
