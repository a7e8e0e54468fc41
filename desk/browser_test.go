package desk_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"holdthering/pages/browsing"
	"holdthering/regime/calendar"
	"holdthering/regime/ledger"
	"holdthering/rehearsal"
	"holdthering/verbs"
)

// lynn is the case of King's Lynn with its group, played until a day.
func lynn(t *testing.T, until string) *bench {
	t.Helper()
	s, err := rehearsal.Read("../scenarios/kings-lynn.txt")
	if err != nil {
		t.Fatal(err)
	}
	end, err := calendar.ParseInstant(until)
	if err != nil {
		t.Fatal(err)
	}
	b := &bench{t: t}
	b.begin(s.Lines[0].At)
	for _, line := range s.Lines {
		if line.At.After(end) {
			break
		}
		if line.Refused != "" || line.Words[0] == "expect" {
			continue
		}
		if d := line.At.Sub(b.memory.Now()); d > 0 {
			b.pass(d)
		}
		switch {
		case line.Words[0] == "trigger": // the case comes from the group's concerns, which only a server brings along
			b.do("trigger --provider RCX --by", "NHS England East Anglia", "--source=qsg-sharing", "--what", "risks to patients", "--key=k1")
		case line.Words[0] == verbs.GroupNoun:
			b.tryInGroup("Q56", line.Words[1:])
		default:
			b.tryIn(line.Words)
		}
	}
	b.pass(end.Sub(b.memory.Now()))
	return b
}

// pass lets time go by in steps, and every mail be taken.
func (b *bench) pass(d time.Duration) {
	for ; d > 0; d -= 24 * time.Hour {
		b.memory.Pass(min(d, 24*time.Hour))
		b.memory.Mail(ledger.SendResult{State: ledger.StateAccepted})
	}
}

// tryIn does an act of the scenario; some rest on what was left out.
func (b *bench) tryIn(words []string) {
	p, err := verbs.Parse(words, verbs.Env{Case: b.ref, Person: "Officer on duty"})
	if err != nil {
		b.t.Fatal(err)
	}
	if _, err := b.memory.Act(b.t.Context(), b.ref, p.Request, p.Act); err != nil {
		b.t.Logf("%v: %v", words, err)
	}
}

func (b *bench) tryInGroup(place string, words []string) {
	p, err := verbs.ParseGroup(words, verbs.Env{Group: place, Person: "Officer on duty"})
	if err != nil {
		b.t.Logf("%v: %v", words, err)
		return
	}
	for _, o := range p.Starts {
		if _, err := b.memory.StartGroup(b.t.Context(), o); err != nil {
			b.t.Fatal(err)
		}
	}
	if len(p.Starts) == 0 {
		if _, err := b.memory.ActInGroup(b.t.Context(), place, p.Request, p.Act); err != nil {
			b.t.Logf("%v: %v", words, err)
		}
	}
}

// opened signs the browser in.
func opened(t *testing.T, ctx context.Context, b *bench) {
	t.Helper()
	browsing.Run(t, ctx, chromedp.Navigate(b.site.URL+b.address()), chromedp.WaitVisible(`.tiles`))
}

func TestInARealBrowserEveryPageOfTheDeskIsAccessible(t *testing.T) {
	ctx := browsing.Browser(t, 6*time.Minute)
	b := lynn(t, "2014-04-02 10:00")
	b.summitBeside()
	opened(t, ctx, b)
	for _, page := range []struct{ name, path string }{
		{"today", "/"}, {"find", "/find?q=queen"}, {"country", "/country"}, {"case", "/case/" + b.first}, {"group", "/group/Q56"},
		{"acts", "/case/" + b.first + "/acts"}, {"form", "/case/" + b.first + "/act/action-propose.n?by=MONITOR"},
		{"record", "/case/" + b.first + "/record"}, {"new-case", "/case/" + b.ref},
	} {
		b.page(page.path) // for html-validate
		sizes := []int64{320, 1280}
		if page.name == "today" || page.name == "case" || page.name == "group" {
			sizes = []int64{320, 768, 1280, 1920}
		}
		for _, size := range sizes {
			browsing.Run(t, ctx, chromedp.EmulateViewport(size, 900), chromedp.Navigate(b.site.URL+page.path), unfolded())
			browsing.Looked(t, ctx, fmt.Sprintf("desk-%s-%d", page.name, size))
			if broken := browsing.Of(t, ctx, chromedp.Evaluate[[]string](brokenWords)); len(broken) > 0 {
				t.Errorf("%s, %d pixels wide: words are broken in tables: %q", page.name, size, broken)
			}
		}
		browsing.Run(t, ctx, chromedp.EmulateViewport(1280, 900), browsing.Media("", "dark"))
		browsing.Looked(t, ctx, "desk-"+page.name+"-dark")
		browsing.Run(t, ctx, browsing.Media("print", "light"), chromedp.EmulateViewport(794, 1123))
		browsing.Looked(t, ctx, "desk-"+page.name+"-print")
		if n := browsing.Of(t, ctx, chromedp.Evaluate[int](emptyColumns)); n > 0 {
			t.Errorf("%s: %d columns are printed of which nothing but the head is", page.name, n)
		}
		if page.name == "record" {
			twoPages(t, ctx)
		}
		browsing.Run(t, ctx, browsing.Media("", "light"))
	}
}

// brokenWords are those in the tables of pictures that go on in the next line.
const brokenWords = `[...document.querySelectorAll('details.same td, details.same th')].flatMap(cell => {
	const out = [], walk = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT), at = document.createRange();
	for (let n = walk.nextNode(); n; n = walk.nextNode())
		for (const word of n.data.matchAll(/[A-Za-z]+/g)) {
			at.setStart(n, word.index);
			at.setEnd(n, word.index + word[0].length);
			if (new Set([...at.getClientRects()].map(r => r.top)).size > 1) out.push(word[0]);
		}
	return out;
})`

// emptyColumns counts the columns of duties that show a head alone.
const emptyColumns = `[...document.querySelectorAll('table.lines')].filter(t => t.tBodies.length && t.tBodies[0].rows.length)
	.flatMap(t => [...t.tHead.rows[0].cells].filter((h, i) => h.offsetWidth && [...t.tBodies[0].rows].every(r => !r.cells[i].innerText.trim()))).length`

// twoPages holds a board paper to its two pages of A4 before the record, with margins of a centimetre.
func twoPages(t *testing.T, ctx context.Context) {
	t.Helper()
	const most = 1047 // pixels of a page between its margins
	first := browsing.Of(t, ctx, chromedp.Evaluate[int](`document.querySelector('.sheet').offsetTop`))
	second := browsing.Of(t, ctx, chromedp.Evaluate[int](`document.querySelector('.sheet').offsetHeight`))
	if first > most || second > most || first < 300 || second < 300 {
		t.Errorf("the pages of the board paper are %d and %d pixels high, of %d", first, second, most)
	}
}

// unfolded opens what is folded away.
func unfolded() browsing.Step {
	return chromedp.Evaluate[chromedp.Void](`document.querySelectorAll('details').forEach(d => d.open = true)`)
}

func TestInARealBrowserTheSecretaryFindsAndActsByKeyboardAlone(t *testing.T) {
	ctx := browsing.Browser(t, 2*time.Minute)
	b := summit(t)
	opened(t, ctx, b)
	browsing.Run(t, ctx, chromedp.EmulateViewport(1280, 900))
	browsing.TabTo(t, ctx, "Skip to the main content")
	browsing.TabTo(t, ctx, "q ")
	browsing.Run(t, ctx, chromedp.KeyEvent("kings lynn"), chromedp.KeyEvent(kb.Enter), chromedp.WaitVisible(`.owes`))
	browsing.TabTo(t, ctx, "Case "+b.ref)
	browsing.Run(t, ctx, chromedp.KeyEvent(kb.Enter), chromedp.WaitVisible(`.picture`))
	browsing.Run(t, ctx, chromedp.Navigate(b.site.URL+"/case/"+b.ref+"/act/summit-reply.n?by=CQC"), chromedp.WaitVisible(`#person`))
	browsing.TabTo(t, ctx, "f-answer_0")
	browsing.Run(t, ctx, chromedp.KeyEvent(" "))
	browsing.TabTo(t, ctx, "person")
	browsing.Run(t, ctx, chromedp.KeyEvent("Jo Bloggs"))
	browsing.TabTo(t, ctx, "role")
	browsing.Run(t, ctx, chromedp.KeyEvent("secretary"))
	browsing.TabTo(t, ctx, "record_0")
	browsing.Run(t, ctx, chromedp.KeyEvent(kb.ArrowDown))
	browsing.TabTo(t, ctx, "Send")
	was := len(b.snapshot().Entries)
	browsing.Run(t, ctx, chromedp.KeyEvent(kb.Enter), chromedp.WaitVisible(`.panel`))
	browsing.Looked(t, ctx, "desk-done")
	es := b.snapshot().Entries
	if len(es) != was+1 || es[was].By.Person != "Jo Bloggs" || es[was].By.Channel != "desk" {
		t.Errorf("%d entries, %+v", len(es)-was, es[len(es)-1])
	}
}
