package markdown

import (
	"bufio"
	"errors"
	"fmt"
	"html"
	"io"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
)

// converter leaves raw HTML out, which is its default.
var converter = goldmark.New(goldmark.WithExtensions(extension.Table))

const cell = `border:1px solid #b1b4b6;padding:6px 10px;text-align:left;vertical-align:top`

// styles puts a style on each tag, since many mail programs drop style sheets. The
// converter alone writes tags: in text, "<" has become "&lt;".
var styles = strings.NewReplacer(
	`<h1>`, `<h1 style="font-size:24px;line-height:1.25;margin:0 0 20px">`,
	`<h2>`, `<h2 style="font-size:19px;line-height:1.3;margin:32px 0 12px">`,
	`<h3>`, `<h3 style="font-size:16px;margin:24px 0 8px">`,
	`<p>`, `<p style="margin:0 0 16px">`,
	`<ul>`, `<ul style="margin:0 0 16px;padding-left:24px">`,
	`<ol>`, `<ol style="margin:0 0 16px;padding-left:24px">`,
	`<li>`, `<li style="margin:0 0 6px">`,
	`<pre>`, `<pre style="background:#f3f2f1;padding:12px;margin:0 0 16px;`+
		`font-family:Consolas,Menlo,monospace;font-size:16px;white-space:pre-wrap;overflow-wrap:anywhere">`,
	`<hr>`, `<hr style="border:0;border-top:1px solid #b1b4b6;margin:24px 0">`,
	`<table>`, `<table style="border-collapse:collapse;margin:0 0 20px;font-size:16px">`,
	`<th>`, `<th scope="col" style="`+cell+`;background:#f3f2f1">`,
	`<td>`, `<td style="`+cell+`">`,
)

// HTML turns Markdown, tables included, into a fragment of HTML with its styles inline.
func HTML(source string) (string, error) {
	text, err := Bare(source)
	return styles.Replace(text), err
}

// Bare is HTML without styles, for a page that has a style sheet.
func Bare(source string) (string, error) {
	return rendered(func(w io.Writer) error { return converter.Convert([]byte(source), w) })
}

func rendered(render func(io.Writer) error) (string, error) {
	var b strings.Builder
	buffered := buffers.Get().(*bufio.Writer)
	defer buffers.Put(buffered)
	buffered.Reset(&b)
	if err := errors.Join(render(buffered), buffered.Flush()); err != nil {
		return "", fmt.Errorf("turn Markdown into HTML: %w", err)
	}
	return b.String(), nil
}

// Page is a whole HTML document.
type Page struct {
	Title string // plain text
	Width string // most that a line may take: "40em"
	Body  string // HTML
}

// String is the document: English, 16 pixels, dark on white, nothing to load.
func (p Page) String() string {
	return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>` + html.EscapeString(p.Title) + `</title>
</head>
<body style="margin:0;padding:0;background:#ffffff">
<div lang="en" style="max-width:` + p.Width + `;margin:0 auto;padding:24px;` +
		`font-family:Arial,Helvetica,sans-serif;font-size:16px;line-height:1.5;color:#0b0c0c">
` + p.Body + `</div>
</body>
</html>
`
}
