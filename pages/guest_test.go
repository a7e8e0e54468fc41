package pages_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"holdthering/regime"
)

const fireService = regime.Party("GUEST/G1")

// invited is a case with a guest, which its own contact reaches.
func invited(t *testing.T) *bench {
	b := summit(t)
	b.book[fireService] = "duty@fire.example"
	b.do("concern record --by CQC --kind below-standards --what", "bells are not answered at night")
	b.do("guest invite --by", "NHS England East Anglia", "--who=Fire and rescue service", "--contact=duty@fire.example",
		"--why=the escape routes of the ward")
	b.do("guest tell --by", "NHS England East Anglia", "--guest=GUEST/G1", "--what=Was the ward inspected?", "--due=2013-09-20")
	return b
}

func TestR110_AGuestAnswersOnceByTheLinkOfItsMail(t *testing.T) {
	b := invited(t)
	text := b.link(regime.NoticeGuest, fireService)
	page := b.get("/a/" + text)
	has(t, page.body, "The escape routes of the ward.", "Was the ward inspected?", "guest-answer.n")
	form := b.get("/a/" + text + "/guest-answer.n")
	answer := url.Values{"f-answer": {"Yes, in May"}}
	done := b.answer(form, answer)
	if done.status != http.StatusOK {
		t.Fatalf("%d: %s", done.status, done.body)
	}
	was := b.state()
	if b.answer(form, answer); b.state() != was {
		t.Error("the same answer is recorded twice")
	}
	entries := b.ledger().Entries
	if last := entries[len(entries)-1]; last.By.For != fireService || last.Verb != "guest answer" || !strings.Contains(last.Text, "Yes, in May") {
		t.Errorf("%+v", last)
	}
	has(t, b.get("/a/"+text).body, "Done on ")
}

func TestR110_AGuestSeesWhatItWasToldAndNothingOfTheCase(t *testing.T) {
	b := invited(t)
	text := b.link(regime.NoticeGuest, fireService)
	for _, path := range []string{"/a/" + text, "/a/" + text + "/guest-answer.n"} {
		lacks(t, b.get(path).body, "unsafe staffing", "Unsafe staffing", "bells are not answered", "duty@fire.example", "summit-reply", "judgement-own")
	}
	was := b.state()
	for _, act := range []string{"judgement-own.n", "ring-propose.n", "guest-invite.n", "guest-tell.n", "note-add.n"} {
		b.ask(http.MethodPost, "/a/"+text+"/"+act, url.Values{"record": {"yes"}, "person": {"x"}, "role": {"y"}, "f-view": {"x"},
			"f-answer": {"x"}, "f-what": {"x"}, "f-guest": {"GUEST/G1"}, "key": {strings.Repeat("0", 32)}})
	}
	if b.state() != was {
		t.Error("a guest's link gives more than a guest's acts")
	}
	b.do("guest end --by", "NHS England East Anglia", "--guest=GUEST/G1", "--reason=its part is done")
	delete(b.book, fireService)
	if gone := b.get("/a/" + text); strings.Contains(gone.body, "escape routes") {
		t.Error("the link opens what has ended")
	}
}

func TestNoPageOfAGuestTellsWhatASealedViewSaysOrWhoIsProtected(t *testing.T) {
	var worlds [2]map[string]string
	for i, view := range []string{"the board is weak", "the board is strong"} {
		b := invited(t)
		b.do("concern record --by Monitor --kind below-standards --protect-identity --what=falls --source", []string{"patient", "whistleblower"}[i])
		b.do("judgement own --by Monitor --sealed --view", view, "--intends=look into it")
		b.memory.Pass(40 * time.Hour)
		worlds[i] = b.everyPage(b.ref, b.ledger(), func(p regime.Party) bool { return p == fireService })
	}
	same(t, worlds[0], worlds[1])
}
