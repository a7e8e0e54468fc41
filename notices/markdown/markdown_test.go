package markdown_test

import (
	"html"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"holdthering/notices/markdown"
)

var hostile = []string{
	"", "plain words", `<script>alert("x")</script>`, "1. no list", "12) nor this", "- nor this",
	"=== nor a heading", "# nor this", "> nor a quotation", "*not* **bold** _or_ __this__", "`no code`",
	"```", "[no](http://link.example)", "![no](http://image.example)", "a | b", "&amp; &lt; &#60; A&E",
	"C:\\path\\", "~~~", "<https://auto.example>", "line\nline\r\nline\u2028line", "tab\there",
	":-", ":-:", "right\u202Eto left", "zero\u200Bwidth", "    four blanks", "trailing  ",
	"~~struck~~", "***", "---",
	"é ü 漢字", "a\\", "+", "-", "1.", "<!-- -->", "&", "&;", "setext\n===",
	"ENGLAND_2013", "_a_b_", "a _b_ c", "a_ _b", "1_2_", "é_ü_", "__a__b__", "!", "\\&amp;",
}

func TestEscapedTextIsReadAsItWasWritten(t *testing.T) {
	for _, s := range hostile {
		requireSame(t, s)
	}
	rapid.Check(t, func(t *rapid.T) {
		requireSame(t, rapid.String().Draw(t, "s"))
	})
}

// requireSame puts s where a line begins, where it goes on, and into a table.
func requireSame(t interface {
	Helper()
	Fatalf(string, ...any)
}, s string) {
	t.Helper()
	want := markdown.Plain(s)
	for _, around := range [][2]string{{"", ""}, {"**Case:** ", " ends"}, {"- item ", ""}, {"x\n", "\ny"}} {
		source := around[0] + markdown.Escape(s) + around[1]
		got, err := markdown.HTML(source)
		if err != nil {
			t.Fatalf("%q: %v", s, err)
		}
		expected := oneLine(strings.NewReplacer("*", "", "- item", "item").Replace(around[0]) + want + around[1])
		if strings.Join(strings.Fields(shown(got)), " ") != expected {
			t.Fatalf("%q in %q is read as %q, not %q", s, source, shown(got), expected)
		}
		text, err := markdown.Text(source)
		if err != nil {
			t.Fatalf("%q: %v", s, err)
		}
		if strings.HasPrefix(source, "- item") {
			text = strings.TrimPrefix(text, "- ")
		}
		if oneLine(text) != expected {
			t.Fatalf("%q in %q is text %q, not %q", s, source, text, expected)
		}
	}
	table, err := markdown.HTML("| a | b |\n|---|---|\n| " + markdown.Escape(s) + " | 2 |\n")
	if err != nil || strings.Count(table, "<td") != 2 {
		t.Fatalf("%q breaks a table: %s %v", s, table, err)
	}
}

var tag = regexp.MustCompile(`<[^>]*>`)

func shown(fragment string) string { return html.UnescapeString(tag.ReplaceAllString(fragment, "")) }

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

func TestPlainTextKeepsCommandsWholeAndBreaksTheRest(t *testing.T) {
	got, err := markdown.Text("## Head\n\nSome words " + strings.Repeat("and more ", 12) + "\n\n```\n" +
		"starter " + strings.Repeat("x", 90) + "\n```\n\n1. one\n2. two **bold** `code`\n\n---\nlast\\\nline")
	if err != nil {
		t.Fatal(err)
	}
	want := "Head\n\nSome words " + strings.TrimSpace(strings.Repeat("and more ", 6)) + " and\nmore " +
		strings.TrimSpace(strings.Repeat("and more ", 5)) + "\n\n    starter " + strings.Repeat("x", 90) +
		"\n\n1. one\n2. two bold code\n\n" + strings.Repeat("-", 72) + "\n\nlast\nline\n"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestWhatPlainTextCannotSayIsAnError(t *testing.T) {
	for _, source := range []string{"> quotation", "![a](b.png)", "<b>raw</b>"} {
		if got, err := markdown.Text(source); err == nil {
			t.Errorf("%q became %q", source, got)
		}
	}
}

func TestALinkIsWordsAndAddressInPlainText(t *testing.T) {
	got, err := markdown.Text("[Answer on this page](https://b.example/a_b-c)\n")
	if err != nil || got != "Answer on this page:\nhttps://b.example/a_b-c\n" {
		t.Errorf("%q, %v", got, err)
	}
}

func TestRawHTMLIsLeftOut(t *testing.T) {
	got, err := markdown.HTML("a <img src=x onerror=alert(1)> b\n\n<script>alert(1)</script>\n")
	if err != nil || strings.Contains(got, "<img") || strings.Contains(got, "script") {
		t.Errorf("%q, %v", got, err)
	}
}

func TestAPageIsEnglishAndLoadsNothing(t *testing.T) {
	page := markdown.Page{Title: `<A & "B">`, Width: "40em", Body: "<p>x</p>\n"}.String()
	for _, want := range []string{`<html lang="en">`, "font-size:16px",
		"<title>&lt;A &amp; &#34;B&#34;&gt;</title>"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	for _, bad := range []string{"<img", "src=", "href=", "url(", "<link", "<script"} {
		if strings.Contains(page, bad) {
			t.Errorf("the page has %s", bad)
		}
	}
}

// The source is read once for both, and twice where it holds a table.
func TestBothAreWhatEachIsByItself(t *testing.T) {
	pieces := append([]string{"\n", "\n\n", "| a | b |", "|---|---|", "| 1 | 2 |", ":-:", "- ", "1. ", "## ", "**x**", "`y`",
		"> z", "    code", "[w](https://a.example/b)", "\\\n"}, hostile...)
	same := func(t interface {
		Helper()
		Fatalf(string, ...any)
	}, source string) {
		t.Helper()
		plain, textErr := markdown.Text(source)
		fragment, htmlErr := markdown.HTML(source)
		gotPlain, gotFragment, err := markdown.Both(source)
		switch {
		case textErr != nil || htmlErr != nil:
			if err == nil {
				t.Fatalf("%q: no error, and apart %v, %v", source, textErr, htmlErr)
			}
		case err != nil || gotPlain != plain || gotFragment != fragment:
			t.Fatalf("%q: %v\n%q\n%q\napart\n%q\n%q", source, err, gotPlain, gotFragment, plain, fragment)
		}
	}
	same(t, "a\n\n| a | b |\n|---|---|\n| 1 | 2 |\n")
	same(t, "- x\n\n  | a | b |\n  |---|---|\n  | 1 | 2 |\n")
	rapid.Check(t, func(t *rapid.T) {
		same(t, strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 1, 12).Draw(t, "source"), ""))
	})
}
