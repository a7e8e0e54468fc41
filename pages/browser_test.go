package pages_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// browser is a real Chromium, where HTR_BROWSER names its program (Debian: /usr/bin/chromium).
func browser(t *testing.T, within time.Duration) context.Context {
	t.Helper()
	program := os.Getenv("HTR_BROWSER")
	if program == "" {
		t.Skip("no browser: HTR_BROWSER names the program of a Chromium")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(program), chromedp.NoSandbox)
	all, end := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(end)
	ctx, end := chromedp.NewContext(all)
	t.Cleanup(end)
	run(t, ctx, chromedp.Navigate("about:blank")) // which starts it, and must not be under a time limit
	ctx, end = context.WithTimeout(ctx, within)
	t.Cleanup(end)
	return ctx
}

// step is one thing done in the browser.
type step = chromedp.Action[chromedp.Void]

// run does things in the browser, and is told what could not be done.
func run(t *testing.T, ctx context.Context, steps ...step) {
	t.Helper()
	if err := chromedp.Do(ctx, steps...); err != nil {
		t.Fatal(err)
	}
}

// of asks the page.
func of[T any](t *testing.T, ctx context.Context, a chromedp.Action[T]) T {
	t.Helper()
	out, err := chromedp.Run(ctx, a)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// focus is what has the keyboard: its id, and its words or value.
func focus(t *testing.T, ctx context.Context) string {
	t.Helper()
	return of(t, ctx, chromedp.Evaluate[string](
		`(e => (e.id || '') + ' ' + (e.innerText || e.value || ''))(document.activeElement)`))
}

// tabTo presses Tab until what is wanted has the keyboard.
func tabTo(t *testing.T, ctx context.Context, want string) {
	t.Helper()
	var seen []string
	for range 60 {
		run(t, ctx, chromedp.KeyEvent(kb.Tab))
		at := focus(t, ctx)
		if strings.Contains(at, want) {
			return
		}
		seen = append(seen, at)
	}
	t.Fatalf("the keyboard does not get to %q: %q", want, seen)
}

// loads does what makes the browser load a page, and waits until it has: for the page itself and not for something on
// it, which an old page may have as well.
func loads(t *testing.T, ctx context.Context, trigger step) {
	t.Helper()
	within, end := context.WithTimeout(ctx, 30*time.Second)
	defer end()
	if _, err := chromedp.Run(within, chromedp.WaitEvent(page.LoadEventFired, nil, trigger)); err != nil {
		t.Fatalf("the page does not load: %v", err)
	}
}

// audited has axe look at the page where HTR_AXE names its file, and finds what is wider than the window.
func audited(t *testing.T, ctx context.Context, name string) {
	t.Helper()
	if of(t, ctx, chromedp.Evaluate[bool](
		`document.documentElement.scrollWidth > document.documentElement.clientWidth`)) {
		t.Errorf("%s is wider than the window", name)
	}
	if axe := os.Getenv("HTR_AXE"); axe != "" {
		judged(t, ctx, name, axe)
	}
}

// looked audits a page, and keeps a picture of it where HTR_SHOTS names a folder.
func looked(t *testing.T, ctx context.Context, name string) {
	t.Helper()
	if dir := os.Getenv("HTR_SHOTS"); dir != "" {
		picture := of(t, ctx, chromedp.FullScreenshot(100))
		if err := os.WriteFile(filepath.Join(dir, name+".png"), picture, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	audited(t, ctx, name)
}

// axeText is the program of axe, read once.
var axeText = sync.OnceValues(func() ([]byte, error) { return os.ReadFile(os.Getenv("HTR_AXE")) })

// judged runs axe.
func judged(t *testing.T, ctx context.Context, name, axe string) {
	t.Helper()
	text, err := axeText()
	if err != nil {
		t.Fatal(axe, err)
	}
	run(t, ctx, chromedp.Evaluate[chromedp.Void](string(text)+";0"))
	found := of(t, ctx, chromedp.Evaluate[string](`axe.run().then(r => JSON.stringify(
		r.passes.length < 15 ? ['it looked at little'] : r.violations.map(v => ({id: v.id, help: v.help, nodes: v.nodes.map(n => n.html + ' ' + n.failureSummary)}))))`,
		chromedp.EvalAwaitPromise))
	var violations []json.RawMessage
	if err := json.Unmarshal([]byte(found), &violations); err != nil || len(violations) > 0 {
		t.Errorf("%s: axe: %s, %v", name, found, err)
	}
}

// media has the page shown on a medium ("print", "" for a screen), in a scheme of colours.
func media(medium, scheme string) step {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: medium,
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}})
		return err
	})
}

func TestInARealBrowserAMemberAnswersByKeyboardAlone(t *testing.T) {
	ctx := browser(t, 2*time.Minute)
	b := summit(t)
	text := b.link("N3", "CQC")
	run(t, ctx, chromedp.EmulateViewport(320, 640), chromedp.Navigate(b.site.URL+"/a/"+text))
	looked(t, ctx, "1-asked-320")
	tabTo(t, ctx, "Skip to the main content")
	tabTo(t, ctx, "Answer the invitation")
	loads(t, ctx, chromedp.KeyEvent(kb.Enter))
	looked(t, ctx, "2-form-320")
	tabTo(t, ctx, "Send")
	loads(t, ctx, chromedp.KeyEvent(kb.Enter))
	looked(t, ctx, "3-faults-320")
	run(t, ctx, media("", "dark"))
	looked(t, ctx, "4-faults-dark")
	tabTo(t, ctx, "f-answer_0")
	run(t, ctx, chromedp.KeyEvent(" "))
	tabTo(t, ctx, "person")
	run(t, ctx, chromedp.KeyEvent("Jo Bloggs"))
	tabTo(t, ctx, "role")
	run(t, ctx, chromedp.KeyEvent("medical director"))
	tabTo(t, ctx, "record_0")
	run(t, ctx, chromedp.KeyEvent(kb.ArrowDown))
	tabTo(t, ctx, "Send")
	was := len(b.ledger().Entries)
	loads(t, ctx, chromedp.KeyEvent(kb.Enter))
	looked(t, ctx, "5-done-dark")
	entries := b.ledger().Entries
	if len(entries) != was+1 || entries[was].By.Person != "Jo Bloggs" || entries[was].By.Channel != "page" {
		t.Errorf("%d entries, %+v", len(entries)-was, entries[len(entries)-1])
	}
	run(t, ctx, chromedp.Reload())
	if n := len(b.ledger().Entries); n != was+1 {
		t.Errorf("loading it again recorded %d entries", n-was)
	}
	run(t, ctx, media("", "light"), chromedp.EmulateViewport(1280, 900),
		chromedp.Navigate(b.site.URL+"/a/"+text+"/summit-pack.n"))
	looked(t, ctx, "6-form-wide")
	run(t, ctx, chromedp.Navigate(b.site.URL+"/a/x"))
	looked(t, ctx, "7-dead-wide")
	run(t, ctx, media("print", "light"), chromedp.Navigate(b.site.URL+"/a/"+text))
	looked(t, ctx, "8-print")
}
