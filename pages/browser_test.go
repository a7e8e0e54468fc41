package pages_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"holdthering/pages/browsing"
)

type step = browsing.Step

func browser(t *testing.T, within time.Duration) context.Context {
	t.Helper()
	return browsing.Browser(t, within)
}

func run(t *testing.T, ctx context.Context, steps ...step) {
	t.Helper()
	browsing.Run(t, ctx, steps...)
}

func of[T any](t *testing.T, ctx context.Context, a chromedp.Action[T]) T {
	t.Helper()
	return browsing.Of(t, ctx, a)
}

func tabTo(t *testing.T, ctx context.Context, want string) { t.Helper(); browsing.TabTo(t, ctx, want) }

func looked(t *testing.T, ctx context.Context, name string) {
	t.Helper()
	browsing.Looked(t, ctx, name)
}

func audited(t *testing.T, ctx context.Context, name string) {
	t.Helper()
	browsing.Audited(t, ctx, name)
}

func loads(t *testing.T, ctx context.Context, trigger step) {
	t.Helper()
	browsing.Loads(t, ctx, trigger)
}

func media(medium, scheme string) step { return browsing.Media(medium, scheme) }

// unlimited is a site of the same pages on which each request comes from another address.
func (b *bench) unlimited() *httptest.Server {
	h, n := b.pages.Handler(), atomic.Uint32{}
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		from := n.Add(1)
		r.Header.Set("X-Forwarded-For", fmt.Sprintf("198.%d.%d.%d", 18+from>>16&1, from>>8&255, from&255))
		h.ServeHTTP(w, r)
	}))
	b.t.Cleanup(s.Close)
	return s
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
