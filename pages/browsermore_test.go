package pages_test

import (
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"holdthering/regime"
)

// TestInARealBrowserEveryKindOfFieldIsAccessible looks at the forms with lists of bodies, times, periods and switches,
// which the chair and the ring-holder fill in.
func TestInARealBrowserEveryKindOfFieldIsAccessible(t *testing.T) {
	ctx := browser(t, 2*time.Minute)
	b := newBench(t)
	b.do(`trigger --provider RCX --by`, "NHS England East Anglia", "--source=qsg-sharing",
		"--concern=unsafe staffing on the wards", "--key=k1")
	support := regime.Party("NHSCB/Q56")
	text := b.link("N4", support)
	for _, size := range []int64{320, 1280} {
		run(t, ctx, chromedp.EmulateViewport(size, 800), chromedp.Navigate(b.site.URL+"/a/"+text), opened())
		looked(t, ctx, "9-convene-"+map[int64]string{320: "320", 1280: "wide"}[size])
	}
	run(t, ctx, media("", "dark"), chromedp.Reload(), opened())
	looked(t, ctx, "9-convene-dark")
}

// opened opens what is folded away.
func opened() step {
	return chromedp.Evaluate[chromedp.Void](`document.querySelectorAll('details').forEach(d => d.open = true)`)
}
