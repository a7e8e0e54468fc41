package record_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"

	"holdthering/pages/browsing"
	"holdthering/record"
	"holdthering/regime/failure"
	"holdthering/regime/ledger"
)

// crowded is a case with more of everything than two pages hold.
func crowded(t *testing.T) *player {
	p := wholeCase(t)
	long := strings.Repeat("the rota for the nights on every ward of the hospital ", 12)
	p.c.Trigger.Concern = long
	for i := range 14 {
		p.c.Actions = append(p.c.Actions, failure.ResponseAction{Aim: "secure-improvement", Action: ledger.Action{
			ID: fmt.Sprintf("A%d", 10+i), What: long, Owner: "MONITOR", Due: p.now, Status: "accepted"}})
		p.c.Duties = append(p.c.Duties, ledger.Duty{ID: fmt.Sprintf("D%d", 900+i), Kind: failure.DutyDoAction, Owner: p.c.Members[i%len(p.c.Members)].Party,
			Subject: "A10", Start: p.now, Due: p.now.Add(time.Hour)})
	}
	return p
}

func TestInARealBrowserARecordOpensAsABoardPaperOfTwoPages(t *testing.T) {
	ctx := browsing.Browser(t, 4*time.Minute)
	closed, begun, full := wholeCase(t), open(t), crowded(t)
	group, met := met(t)
	files := map[string]func() (string, error){
		"closed":  func() (string, error) { return record.HTML(closed.c, closed.now) },
		"begun":   func() (string, error) { return record.HTML(begun.c, begun.now, record.Caution("It stands still.")) },
		"crowded": func() (string, error) { return record.HTML(full.c, full.now) },
		"group":   func() (string, error) { return record.GroupHTML(group, met) },
	}
	for name, write := range files {
		text, err := write()
		require.NoError(t, err)
		require.NotContains(t, text, " style=")
		require.NotContains(t, text, "<script")
		dir := t.TempDir()
		if kept := os.Getenv("HTR_HTML"); kept != "" { // for html-validate
			dir = kept
		}
		file := filepath.Join(dir, "record-"+name+".html")
		require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
		for _, size := range []int64{320, 360, 1280} {
			browsing.Run(t, ctx, browsing.Media("", "light"), chromedp.EmulateViewport(size, 900), chromedp.Navigate("file://"+file))
			browsing.Looked(t, ctx, fmt.Sprintf("record-%s-%d", name, size))
		}
		onPaper(t, ctx, name)
	}
}

// onPaper holds the summary to two pages of A4 between its margins, and the record after it to their width.
func onPaper(t *testing.T, ctx context.Context, name string) {
	t.Helper()
	const wide, high = 680, 997 // pixels: 180 and 264 millimetres
	browsing.Run(t, ctx, browsing.Media("print", "light"), chromedp.EmulateViewport(wide, high))
	browsing.Looked(t, ctx, "record-"+name+"-print")
	first := browsing.Of(t, ctx, chromedp.Evaluate[int](`document.querySelector('.sheet').offsetTop`))
	second := browsing.Of(t, ctx, chromedp.Evaluate[int](`document.querySelector('.sheet').offsetHeight`))
	if first > high || second > high || first < 200 || second < 150 {
		t.Errorf("%s: the two pages are %d and %d pixels high, of %d", name, first, second, high)
	}
	if links := browsing.Of(t, ctx, chromedp.Evaluate[int](`[...document.querySelectorAll('.contents a')].filter(a => !document.querySelector(a.getAttribute('href'))).length`)); links > 0 {
		t.Errorf("%s: %d lines of the contents lead nowhere", name, links)
	}
}
