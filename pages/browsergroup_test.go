package pages_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"holdthering/pages/link"
	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/surveillance"
)

// group is the group of East Anglia as it stands.
func (b *bench) group() *surveillance.Group {
	b.t.Helper()
	s, err := b.memory.Group(b.t.Context(), "Q56")
	if err != nil {
		b.t.Fatal(err)
	}
	return s.Group
}

// groupLink is the link of the latest notice to a party by which the group asks for a verb.
func (b *bench) groupLink(p regime.Party, verb string) string {
	b.t.Helper()
	g := b.group()
	for _, n := range slices.Backward(g.Notices) {
		at := slices.IndexFunc(n.To, func(r ledger.Recipient) bool { return r.Party == p })
		if at < 0 || !slices.ContainsFunc(g.Asked(n), func(a ledger.Ask) bool {
			return slices.Contains(a.Of, p) && strings.Contains(a.How, verb)
		}) {
			continue
		}
		return b.sign(link.Link{Ref: "group-Q56", Party: p, Level: n.To[at].Level, Notice: n.ID,
			Expires: b.memory.Now().AddDate(0, 1, 0), Mailbox: b.keys.Mailbox(b.book.address(p))})
	}
	b.t.Fatalf("%s is not asked for %q", p, verb)
	return ""
}

// typed is what is done to one control by the keyboard: to write into it, or to choose a radio button by how many
// steps down.
type typed struct {
	id, text string
	down     int
}

// byKeyboard fills in the form on the page with the keyboard alone, and sends it.
func (b *bench) byKeyboard(ctx context.Context, fields ...typed) {
	b.t.Helper()
	fields = append(fields, typed{id: "person", text: "Jo Bloggs"}, typed{id: "role", text: "medical director"},
		typed{id: "record_0", down: 1})
	for _, f := range fields {
		tabTo(b.t, ctx, f.id)
		switch {
		case f.text != "":
			run(b.t, ctx, chromedp.KeyEvent(f.text))
		case f.down == 0:
			run(b.t, ctx, chromedp.KeyEvent(" "))
		}
		for range f.down {
			run(b.t, ctx, chromedp.KeyEvent(kb.ArrowDown))
		}
	}
	tabTo(b.t, ctx, "Send")
	loads(b.t, ctx, chromedp.KeyEvent(kb.Enter))
}

func TestInARealBrowserAMemberOfAGroupAnswersByKeyboardAlone(t *testing.T) {
	ctx := browser(t, 3*time.Minute)
	b := newBench(t)
	b.inGroup("start --area Q56")
	b.memory.Pass(30 * 24 * time.Hour)
	run(t, ctx, chromedp.EmulateViewport(320, 640), media("", "light"))
	answered := func(verb, picture string, fields ...typed) {
		t.Helper()
		was := len(b.group().Entries)
		text := b.groupLink("CQC", verb)
		run(t, ctx, chromedp.Navigate(b.site.URL+"/a/"+text))
		looked(t, ctx, "g-"+picture+"-asked-320")
		if on := of(t, ctx, chromedp.Evaluate[bool](`!!document.querySelector('#person')`)); !on {
			tabTo(t, ctx, summaryOf(t, verb))
			loads(t, ctx, chromedp.KeyEvent(kb.Enter))
			looked(t, ctx, "g-"+picture+"-form-320")
		}
		b.byKeyboard(ctx, fields...)
		looked(t, ctx, "g-"+picture+"-done-320")
		entries := b.group().Entries
		if len(entries) != was+1 || entries[was].Verb != verb || entries[was].By.Person != "Jo Bloggs" || entries[was].By.Channel != "page" {
			t.Errorf("%s: %d entries, %+v", verb, len(entries)-was, entries[len(entries)-1])
		}
	}
	answered("group pack", "pack", typed{id: "f-what", text: "We saw nothing new at any of them."})
	b.inGroup("consider --provider RCX --outcome ask-for-information --by", "NHS England", "--conclusion", "who knows more?")
	answered("group concern", "concern", typed{id: "f-provider", text: "RCX"}, typed{id: "f-what", text: "Falls at night"})
	b.inGroup("action-propose --owner CQC --due 2013-10-31 --by", "NHS England", "--what", "visit at night")
	answered("group action-accept", "action")
	b.memory.Pass(21 * 24 * time.Hour) // when it is reminded of
	answered("group action-done", "done", typed{id: "f-evidence", text: "Visited twice"})
	text := b.groupLink("MONITOR", "group pack")
	run(t, ctx, chromedp.EmulateViewport(1280, 900), chromedp.Navigate(b.site.URL+"/a/"+text))
	looked(t, ctx, "g-asked-wide")
	run(t, ctx, media("", "dark"), chromedp.Reload())
	looked(t, ctx, "g-asked-dark")
	run(t, ctx, media("print", "light"), chromedp.Reload())
	looked(t, ctx, "g-asked-print")
	run(t, ctx, media("", "light"), chromedp.EmulateViewport(320, 640), chromedp.Navigate(b.site.URL+"/a/"+text+"/owes"))
	looked(t, ctx, "g-owes-320")
}

// summaryOf is what a button for the verb says, as far as it is the same everywhere.
func summaryOf(t *testing.T, verb string) string {
	t.Helper()
	for _, v := range surveillance.Verbs() {
		if v.Path == verb {
			first, _, _ := strings.Cut(v.Summary, " (")
			first, _, _ = strings.Cut(first, ";")
			return first
		}
	}
	t.Fatalf("there is no verb %q", verb)
	return ""
}

// TestInARealBrowserEveryFormThatIsAskedForIsAccessible opens the page of every question of each profile, and the form
// of every verb that is asked for.
func TestInARealBrowserEveryFormThatIsAskedForIsAccessible(t *testing.T) {
	for _, p := range regime.Profiles() {
		t.Run(p.Name, func(t *testing.T) {
			ctx := browser(t, 8*time.Minute)
			a := newAsking(t, p)
			front := a.unlimited().URL
			run(t, ctx, chromedp.EmulateViewport(320, 640))
			if n := a.audit(ctx, front); n < 90 {
				t.Errorf("only %d questions were looked at", n)
			}
		})
	}
}

// audit opens what each question leads to, once for each way to answer, and returns how many there are.
func (a *asking) audit(ctx context.Context, front string) int {
	seen := map[string]bool{}
	for _, q := range questions(a.profile) {
		s, ref := a.put(q)
		for _, ask := range s.Asked(a.asker.notice) {
			if ask.How == "" || seen[ask.How] {
				continue
			}
			seen[ask.How] = true
			to := ask.Of[0]
			if slices.Contains(ask.Of, regime.Party("CQC")) {
				to = "CQC"
			}
			a.answered(q, a.mailed(s, ref, a.profile, to), ask, func(path string) {
				run(a.t, ctx, chromedp.Navigate(front+path), opened())
				audited(a.t, ctx, q.String()+" "+path[strings.LastIndexByte(path, '/'):])
			})
		}
	}
	return len(seen)
}
