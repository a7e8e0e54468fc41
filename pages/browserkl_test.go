package pages_test

import (
	"context"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"holdthering/pages/link"
	"holdthering/pages/visitor"
	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/rehearsal"
	"holdthering/verbs"
)

// fill types into the form of a page and presses its button. Each field is filled as a person would, by its
// own control.
const fill = `(values => {
  for (const [name, value] of Object.entries(values)) {
    const one = n => document.getElementsByName(n)[0];
    if (one(name + '.hour')) {
      const [day, hour] = value.split(' ');
      one(name).value = day; one(name + '.hour').value = hour || '';
    } else if (one(name + '.more')) {
      one(name + '.more').value = value;
    } else if (one(name) && ['radio', 'checkbox'].includes(one(name).type)) {
      [...document.getElementsByName(name)].filter(c => c.value === value).forEach(c => c.click());
    } else if (one(name)) {
      one(name).value = value;
    }
  }
  setTimeout(() => document.querySelector('main form button').click(), 0);
})`

// answerInBrowser answers by a link in the browser, on the form of the verb.
func (b *bench) answerInBrowser(ctx context.Context, text, slug string, flags map[string]string) {
	b.t.Helper()
	values := map[string]string{"person": "Officer on duty", "role": "duty officer", "record": "yes"}
	for flag, v := range flags {
		values["f-"+flag] = v
	}
	raw, err := json.Marshal(values)
	if err != nil {
		b.t.Fatal(err)
	}
	run(b.t, ctx, chromedp.Navigate(b.site.URL+"/a/"+text+"/"+slug))
	loads(b.t, ctx, chromedp.Evaluate[chromedp.Void](fill+"("+string(raw)+")"))
	if problem := of(b.t, ctx, chromedp.Evaluate[string](
		`document.querySelector('.panel') ? '' : document.querySelector('main').innerText`)); problem != "" {
		b.t.Errorf("%s: %s", slug, problem)
	}
}

// offered finds a link of the party's, the latest first, whose page has a form for the verb.
func (b *bench) offered(p regime.Party, verb string, flags map[string]string) (text, slug string, ok bool) {
	b.t.Helper()
	behind := b.pages.Behind()
	want := strings.ReplaceAll(verb, " ", "-") + "."
	tried := 0
	for _, n := range slices.Backward(b.ledger().Notices) {
		at := slices.IndexFunc(n.To, func(r ledger.Recipient) bool { return r.Party == p })
		if at < 0 {
			continue
		}
		if tried++; tried > 12 {
			return "", "", false
		}
		text = b.sign(link.Link{Ref: b.ref, Party: p, Level: n.To[at].Level, Notice: n.ID,
			Expires: b.memory.Now().AddDate(0, 0, 42), Mailbox: b.keys.Mailbox(b.book.address(p))})
		page := served(b.t, behind, http.MethodGet, "/a/"+text)
		for _, found := range slugs.FindAllStringSubmatch(page.body, -1) {
			if strings.HasPrefix(found[1], want) && b.about(text, found[1], flags) {
				return text, found[1], true
			}
		}
	}
	return "", "", false
}

// about reports whether the form of an answer has, or says itself, each value that is meant.
func (b *bench) about(text, slug string, flags map[string]string) bool {
	form := served(b.t, b.pages.Behind(), http.MethodGet, "/a/"+text+"/"+slug).body
	for flag, value := range flags {
		if !strings.Contains(form, `name="f-`+flag) && !strings.Contains(form, ": "+value+"</p>") {
			return false
		}
	}
	return true
}

func TestInARealBrowserKingsLynnIsAnsweredOnPages(t *testing.T) {
	ctx := browser(t, 8*time.Minute)
	s, err := rehearsal.Read("../scenarios/kings-lynn.txt")
	if err != nil {
		t.Fatal(err)
	}
	b := newBench(t)
	b.site = b.unlimited() // a case of two years in a minute, from one address
	if os.Getenv("HTR_SHOTS") != "" {
		t.Logf("pictures in %s", filepath.Clean(os.Getenv("HTR_SHOTS")))
	}
	run(t, ctx, chromedp.EmulateViewport(390, 844)) // a telephone
	onPages, typed, who := 0, 0, map[regime.Party]bool{}
	for _, line := range s.Lines {
		if line.Refused != "" || line.Words[0] == "expect" || line.Words[0] == verbs.GroupNoun || line.Words[0] == "case" && b.ref == "" {
			continue
		}
		if d := line.At.Sub(b.memory.Now()); d > 0 {
			b.memory.Pass(d)
		}
		b.memory.Mail(ledger.SendResult{State: ledger.StateAccepted})
		if b.ref == "" { // the case comes from the group's concerns, which are not played here
			b.do("trigger --provider RCX --by", "NHS England East Anglia", "--source=qsg-sharing", "--what", "risks to patients", "--key=k1")
			continue
		}
		parsed, err := verbs.Parse(line.Words, verbs.Env{Case: b.ref, Person: "Officer on duty"})
		if err != nil {
			t.Fatalf("line %d: %v", line.N, err)
		}
		snapshot, err := b.memory.Snapshot(t.Context(), b.ref)
		if err != nil {
			t.Fatal(err)
		}
		party := snapshot.Case.ResolveUnit(parsed.Request.By.For)
		flags := rehearsal.Flags(line.Words)
		if text, slug, ok := b.offered(party, parsed.Verb.Path, flags); ok {
			v := visitor.Visitor{Client: http.DefaultClient, Scanner: true}
			was := b.state()
			if err := v.Scan(t.Context(), b.site.URL+"/a/"+text); err != nil || b.state() != was {
				t.Errorf("line %d: a scanner has changed the case: %v", line.N, err)
			}
			b.answerInBrowser(ctx, text, slug, flags)
			onPages, who[party] = onPages+1, true
			continue
		}
		if _, err := b.memory.Act(t.Context(), b.ref, parsed.Request, parsed.Act); err != nil {
			t.Fatalf("line %d, %s: %v", line.N, strings.Join(line.Words, " "), err)
		}
		typed++
	}
	end2, err := b.memory.Snapshot(t.Context(), b.ref)
	if err != nil {
		t.Fatal(err)
	}
	if end2.Case.Stage != regime.Closed {
		t.Errorf("the case ends at %s", end2.Case.Stage)
	}
	if onPages < 40 || len(who) < 5 {
		t.Errorf("only %d acts by %d bodies were done on pages", onPages, len(who))
	}
	t.Logf("%d acts of %d bodies on pages, %d typed", onPages, len(who), typed)
}
