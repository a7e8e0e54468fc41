package picture

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"
)

func day(n int) time.Time { return time.Date(2013, 9, n, 12, 0, 0, 0, time.UTC) }

var line = Timeline{ID: "t", Title: `A <case> & "more"`, Desc: "desc", From: day(1), To: day(91), Now: day(40), Lanes: []Lane{
	{Name: "Stage", Spans: []Span{{From: day(1), To: day(20), Class: "span-a", Label: "Convening & <so on>"},
		{From: day(20), To: day(40), Class: "span-b", Label: "Responding", Open: true}}},
	{Name: "Months", Marks: []Mark{{day(30), Done, "month 1"}, {day(60), Missed, "month 2"}, {day(300), Ahead, "month 3"}}}}}

var months = Months{ID: "m", Title: "Providers", Desc: "d", From: day(1), Rows: []MonthRow{
	{Name: "RCX <King's Lynn>", Cells: []Cell{{Class: "span-a", Level: "routine", Considered: 1}, {Class: "span-c", Level: "enhanced", Concerns: 2}, {Class: "cell"}}}}}

var bars = Bars{ID: "b", Title: "Who owes", Desc: "d", Bars: []Bar{{"CQC & co", 2, 1}, {"Monitor", 0, 3}, {"TDA", 1, 0}}}

// read is the text of a picture, which must be well-formed XML.
func read(t *testing.T, svg string) (texts []string, marks map[string]int) {
	t.Helper()
	marks = map[string]int{}
	d := xml.NewDecoder(strings.NewReader(svg))
	for {
		tok, err := d.Token()
		if err == io.EOF {
			return texts, marks
		}
		if err != nil {
			t.Fatalf("%v in %s", err, svg)
		}
		switch one := tok.(type) {
		case xml.StartElement:
			marks[one.Name.Local]++
			for _, a := range one.Attr {
				if a.Name.Local == "style" || strings.HasPrefix(a.Name.Local, "on") {
					t.Errorf("%s has %s", one.Name.Local, a.Name.Local)
				}
				if a.Name.Local == "class" {
					marks["."+a.Value]++
				}
			}
		case xml.CharData:
			texts = append(texts, string(one))
		}
	}
}

func TestAPictureIsXMLWithATitleADescriptionAndEveryMark(t *testing.T) {
	texts, marks := read(t, string(line.SVG()))
	all := strings.Join(texts, "|")
	for _, want := range []string{`A <case> & "more"`, "desc", "Convening & <so on>", "month 2, 30 October 2013", "since 20 September 2013"} {
		if !strings.Contains(all, want) {
			t.Errorf("%q is not in %s", want, all)
		}
	}
	for class, n := range map[string]int{".sign-done": 1, ".sign-missed": 1, ".sign-ahead": 1, ".span-a": 1, ".now": 1, "svg": 1, "desc": 1} {
		if marks[class] != n {
			t.Errorf("%s occurs %d times, not %d", class, marks[class], n)
		}
	}
	_, marks = read(t, string(months.SVG()))
	if marks[".span-c"] != 1 || marks[".sign-done"] != 1 || marks[".cell"] != 1 {
		t.Errorf("%v", marks)
	}
	if texts, marks := read(t, string(bars.SVG())); marks[".bar-late"] != 2 || !strings.Contains(strings.Join(texts, "|"), "2 overdue, 1 to come") {
		t.Errorf("%v %v", texts, marks)
	}
}

func TestATableSaysTheSameAsItsPicture(t *testing.T) {
	for _, row := range []struct {
		got  Table
		want string
	}{
		{line.Table(), "[What Which When] [[Stage Convening & <so on> 1 September 2013 to 20 September 2013] [Stage Responding since 20 September 2013] " +
			"[Months month 1 30 September 2013] [Months month 2 30 October 2013] [Months month 3 27 June 2014]]"},
		{months.Table(), "[Provider Sep 2013 Oct 2013 Nov 2013] [[RCX <King's Lynn> routine, considered enhanced, 2 concerns not on the list]]"},
		{bars.Table(), "[Who Overdue To come] [[CQC & co 2 1] [Monitor 0 3] [TDA 1 0]]"},
	} {
		if got := fmt.Sprint(row.got.Heads, " ", row.got.Rows); got != row.want {
			t.Errorf("%s\n%s", got, row.want)
		}
	}
}

func TestWhatLiesOutsideStandsAtTheEdge(t *testing.T) {
	for at, want := range map[time.Time]int{day(-100): laneNames, day(1): laneNames, day(91): wide - pad, day(400): wide - pad} {
		if got := line.x(at); got != want {
			t.Errorf("%v stands at %d, not %d", at, got, want)
		}
	}
	if got := (Timeline{From: day(1), To: day(1)}).x(day(1)); got != laneNames {
		t.Errorf("a time of no length: %d", got)
	}
	for _, days := range []int{1, 30, 400, 4000} {
		read(t, string(Timeline{ID: "t", From: day(1), To: day(1 + days), Now: day(1)}.SVG()))
	}
}
