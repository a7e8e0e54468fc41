package pages_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"holdthering/cases"
	"holdthering/pages/link"
	"holdthering/regime"
	"holdthering/regime/ledger"
)

// askedForSummit is a group that has asked CQC to trigger a summit about a provider, or to say why not, and CQC's
// link to the question.
func askedForSummit(t *testing.T) (b *bench, text string) {
	t.Helper()
	b = newBench(t)
	b.inGroup("start --area Q56")
	b.memory.Pass(10 * 24 * time.Hour)
	b.inGroup("concern --provider RCX --kind standards-of-care --source patient --by Monitor", "--what", "falls at night")
	b.inGroup("consider --provider RCX --outcome trigger-risk-summit --lead CQC --by", "NHS England")
	s, err := b.memory.Group(t.Context(), "Q56")
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range slices.Backward(s.Group.Notices) {
		if n.Kind == regime.NoticeGroupDecided && slices.Contains(ledger.PartiesOf(n.To), regime.Party("CQC")) {
			return b, b.sign(link.Link{Ref: "group-Q56", Party: "CQC", Level: n.To[0].Level, Notice: n.ID,
				Expires: b.memory.Now().AddDate(0, 1, 0), Mailbox: b.keys.Mailbox(b.book.address("CQC"))})
		}
	}
	t.Fatal("CQC was asked nothing")
	return nil, ""
}

func (b *bench) cases() []cases.Row {
	b.t.Helper()
	rows, err := b.memory.List(b.t.Context(), cases.Filter{})
	if err != nil {
		b.t.Fatal(err)
	}
	return rows
}

func TestAMemberOfAGroupTriggersByPageWhatTheGroupAskedItAbout(t *testing.T) {
	b, text := askedForSummit(t)
	page := b.get("/a/" + text)
	has(t, page.body, "/trigger.n", "/group-no-summit.n", "risk summit is triggered, or why not")
	form := b.get("/a/" + text + "/trigger.n")
	has(t, form.body, "Provider: The Queen Elizabeth Hospital, King&#39;s Lynn. NHS Foundation Trust (RCX)")
	lacks(t, form.body, `name="f-provider"`)
	said := url.Values{"f-what": {"Falls at night, and nobody comes"}, "f-source": {"qsg-sharing"}, "f-provider": {"RGP"}}
	done := b.answer(form, said)
	if rows := b.cases(); done.status != http.StatusOK || len(rows) != 1 || rows[0].Provider != "RCX" {
		t.Fatalf("%d, %+v: %s", done.status, rows, done.body)
	}
	ref := b.cases()[0].Ref
	has(t, done.body, "Your answer is recorded", "This is case "+ref, "Jo Bloggs, medical director")
	if !strings.HasSuffix(done.url, "/opened/"+ref) {
		t.Errorf("it is shown at %s", done.url)
	}
	s, err := b.memory.Snapshot(t.Context(), ref)
	if err != nil {
		t.Fatal(err)
	}
	first := s.Case.Entries[0].By
	if first.For != "CQC" || first.Channel != ledger.ChannelPage || first.Link == "" || first.Notice != "" {
		t.Errorf("%+v", first)
	}
	if len(s.Case.Trigger.Known) == 0 || s.Case.Trigger.Known[0].What != "falls at night" {
		t.Errorf("what the group knows is not taken along: %+v", s.Case.Trigger.Known)
	}
	if again := b.answer(form, said); again.url != done.url || len(b.cases()) != 1 {
		t.Errorf("the same form sent again opens another: %d, %s", again.status, again.url)
	}
	// A second form of the same link is told that there is a case.
	other := b.answer(b.get("/a/"+text+"/group-no-summit.n"), url.Values{"f-reason": {"There is one"}})
	lacks(t, secret.ReplaceAllString(other.body, ""), "--")
	if r := b.get("/a/" + text + "/trigger.n"); r.status == http.StatusOK {
		taken := b.answer(r, said)
		has(t, taken.body, "open already: "+ref)
		lacks(t, secret.ReplaceAllString(taken.body, ""), "--")
	}
}

func TestALinkShowsNoCaseThatItHasNotOpened(t *testing.T) {
	b, text := askedForSummit(t)
	b.do("trigger --provider RGP --by CQC --source=qsg-sharing --key=k2 --what", "no leadership")
	for _, ref := range []string{b.ref, "NOCA-SE00", "x", "..", "%2e%2e"} {
		r := b.get("/a/" + text + "/opened/" + ref)
		if r.status != http.StatusNotFound && !strings.HasPrefix(r.body, "<!DOCTYPE html>") || strings.Contains(r.body, "no leadership") {
			t.Errorf("%s: %d, %s", ref, r.status, r.body)
		}
		if got, want := secret.ReplaceAllString(r.body, ""), secret.ReplaceAllString(b.get("/a/"+text+"/opened/NOCA-SE01").body, ""); ref == b.ref && got != want {
			t.Errorf("it tells a case that there is from one that there is not:\n%s\n%s", got, want)
		}
	}
}
