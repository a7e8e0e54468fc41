// Package browsing opens pages in a real Chromium, for tests: by keyboard alone, on a small window and a wide
// one, on paper and in the dark, with axe looking for what breaks WCAG.
package browsing

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

// Browser is a real Chromium, where HTR_BROWSER names its program (Debian: /usr/bin/chromium).
func Browser(t *testing.T, within time.Duration) context.Context {
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
	Run(t, ctx, chromedp.Navigate("about:blank")) // which starts it, and must not be under a time limit
	ctx, end = context.WithTimeout(ctx, within)
	t.Cleanup(end)
	return ctx
}

// Step is one thing done in the browser.
type Step = chromedp.Action[chromedp.Void]

// Run does things in the browser, and is told what could not be done.
func Run(t *testing.T, ctx context.Context, steps ...Step) {
	t.Helper()
	if err := chromedp.Do(ctx, steps...); err != nil {
		t.Fatal(err)
	}
}

// Of asks the page.
func Of[T any](t *testing.T, ctx context.Context, a chromedp.Action[T]) T {
	t.Helper()
	out, err := chromedp.Run(ctx, a)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// Focus is what has the keyboard: its id, and its words or value.
func Focus(t *testing.T, ctx context.Context) string {
	t.Helper()
	return Of(t, ctx, chromedp.Evaluate[string](
		`(e => (e.id || '') + ' ' + (e.innerText || e.value || ''))(document.activeElement)`))
}

// TabTo presses Tab until what is wanted has the keyboard.
func TabTo(t *testing.T, ctx context.Context, want string) {
	t.Helper()
	var seen []string
	for range 60 {
		Run(t, ctx, chromedp.KeyEvent(kb.Tab))
		at := Focus(t, ctx)
		if strings.Contains(at, want) {
			return
		}
		seen = append(seen, at)
	}
	t.Fatalf("the keyboard does not get to %q: %q", want, seen)
}

// Loads does what makes the browser load a page, and waits until it has: for the page itself and not for something on
// it, which an old page may have as well.
func Loads(t *testing.T, ctx context.Context, trigger Step) {
	t.Helper()
	within, end := context.WithTimeout(ctx, 30*time.Second)
	defer end()
	if _, err := chromedp.Run(within, chromedp.WaitEvent(page.LoadEventFired, nil, trigger)); err != nil {
		t.Fatalf("the page does not load: %v", err)
	}
}

// Audited has axe look at the page where HTR_AXE names its file, and finds what is wider than the window.
func Audited(t *testing.T, ctx context.Context, name string) {
	t.Helper()
	if Of(t, ctx, chromedp.Evaluate[bool](
		`document.documentElement.scrollWidth > document.documentElement.clientWidth`)) {
		t.Errorf("%s is wider than the window", name)
	}
	if axe := os.Getenv("HTR_AXE"); axe != "" {
		judged(t, ctx, name, axe)
	}
}

// Looked audits a page, and keeps a picture of it where HTR_SHOTS names a folder.
func Looked(t *testing.T, ctx context.Context, name string) {
	t.Helper()
	if dir := os.Getenv("HTR_SHOTS"); dir != "" {
		picture := Of(t, ctx, chromedp.FullScreenshot(100))
		if err := os.WriteFile(filepath.Join(dir, name+".png"), picture, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	Audited(t, ctx, name)
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
	Run(t, ctx, chromedp.Evaluate[chromedp.Void](string(text)+";0"))
	found := Of(t, ctx, chromedp.Evaluate[string](`axe.run().then(r => JSON.stringify(
		r.passes.length < 15 ? ['it looked at little'] : r.violations.map(v => ({id: v.id, help: v.help, nodes: v.nodes.map(n => n.html + ' ' + n.failureSummary)}))))`,
		chromedp.EvalAwaitPromise))
	var violations []json.RawMessage
	if err := json.Unmarshal([]byte(found), &violations); err != nil || len(violations) > 0 {
		t.Errorf("%s: axe: %s, %v", name, found, err)
	}
}

// Media has the page shown on a medium ("print", "" for a screen), in a scheme of colours.
func Media(medium, scheme string) Step {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: medium,
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}})
		return err
	})
}
