package markdown

import (
	"bufio"
	"bytes"
	"fmt"
	"html"
	"io"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	renderer "github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"
)

// width is where lines of text are broken, as mail has done since terminals had 80 columns.
const width = 72

// parser is made once: it is some thousand allocations, and a mail's time.
var parser = goldmark.DefaultParser()

// Text turns Markdown into plain text: paragraphs, headings, lists, code and rules. Code is
// never broken, so that a command can be copied. Anything else is an error, since it would
// be lost on who reads the text alone.
func Text(source string) (string, error) {
	raw := []byte(source)
	return textOf(raw, parser.Parse(text.NewReader(raw)))
}

func textOf(source []byte, root ast.Node) (string, error) {
	w := writer{source: source}
	if err := w.blocks(root, "", ""); err != nil {
		return "", err
	}
	return strings.TrimRight(w.out.String(), "\n") + "\n", nil
}

// Both are Text and HTML. The source is read once: that is most of what a mail takes. With a table in it, which plain
// text has no form for, it is read twice.
func Both(source string) (plain, fragment string, err error) {
	raw := []byte(source)
	root := converter.Parser().Parse(text.NewReader(raw))
	if hasTable(root) {
		plain, err = Text(source)
	} else {
		plain, err = textOf(raw, root)
	}
	if err != nil {
		return "", "", err
	}
	fragment, err = rendered(func(w io.Writer) error { return converter.Renderer().Render(w, raw, root) })
	return plain, styles.Replace(fragment), err
}

// hasTable looks among the blocks that may hold one.
func hasTable(n ast.Node) bool {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if c.Kind() == extast.KindTable || c.Type() == ast.TypeBlock && hasTable(c) {
			return true
		}
	}
	return false
}

type writer struct {
	source []byte
	out    strings.Builder
}

// blocks writes the children of n; the very first line begins with first, the others with
// rest.
func (w *writer) blocks(n ast.Node, first, rest string) error {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if err := w.block(c, first, rest); err != nil {
			return err
		}
		first = rest
	}
	return nil
}

func (w *writer) block(n ast.Node, first, rest string) error {
	switch n := n.(type) {
	case *ast.Paragraph, *ast.Heading, *ast.TextBlock:
		words, err := w.inline(n)
		if err != nil {
			return err
		}
		w.wrap(words, first, rest)
		if n.Kind() == ast.KindTextBlock {
			return nil
		}
	case *ast.FencedCodeBlock, *ast.CodeBlock:
		for i := range n.Lines().Len() {
			line := n.Lines().At(i)
			w.out.WriteString(rest + "    " + strings.TrimRight(string(line.Value(w.source)), "\n") + "\n")
		}
	case *ast.ThematicBreak:
		w.out.WriteString(rest + strings.Repeat("-", width-len(rest)) + "\n")
	case *ast.List:
		return w.list(n, rest)
	default:
		return fmt.Errorf("%s cannot be written as plain text", n.Kind())
	}
	w.out.WriteString("\n")
	return nil
}

func (w *writer) list(n *ast.List, indent string) error {
	number := n.Start
	for item := n.FirstChild(); item != nil; item = item.NextSibling() {
		mark := "- "
		if n.IsOrdered() {
			mark = fmt.Sprintf("%d. ", number)
			number++
		}
		if err := w.blocks(item, indent+mark, indent+strings.Repeat(" ", len(mark))); err != nil {
			return err
		}
	}
	w.out.WriteString("\n")
	return nil
}

// inline is the text of a block, with "\n" only where a line must end.
func (w *writer) inline(n ast.Node) (string, error) {
	var b strings.Builder
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			b.WriteString(w.words(c))
		case *ast.String:
			b.Write(c.Value)
		case *ast.Link:
			s, err := w.inline(c)
			if err != nil {
				return "", err
			}
			b.WriteString(s + ":\n" + string(c.Destination))
		case *ast.Emphasis, *ast.CodeSpan:
			s, err := w.inline(c)
			if err != nil {
				return "", err
			}
			b.WriteString(s)
		default:
			return "", fmt.Errorf("%s cannot be written as plain text", c.Kind())
		}
	}
	return b.String(), nil
}

func (w *writer) words(t *ast.Text) string {
	value := t.Segment.Value(w.source)
	if !t.IsRaw() && t.Parent().Kind() != ast.KindCodeSpan {
		value = resolved(value)
	}
	switch {
	case t.HardLineBreak():
		return string(value) + "\n"
	case t.SoftLineBreak():
		return string(value) + " "
	}
	return string(value)
}

// resolved takes the backslashes and entities out of a text as HTML does; doing one after
// the other would resolve what a backslash protects.
func resolved(value []byte) []byte {
	if bytes.IndexByte(value, '\\') < 0 && bytes.IndexByte(value, '&') < 0 {
		return value
	}
	var b bytes.Buffer
	buffered := buffers.Get().(*bufio.Writer)
	defer buffers.Put(buffered)
	buffered.Reset(&b)
	renderer.DefaultWriter.Write(buffered, value)
	buffered.Flush() // into memory: it cannot fail
	return []byte(html.UnescapeString(b.String()))
}

// buffers are what goldmark writes through, which would make one anew each time.
var buffers = sync.Pool{New: func() any { return bufio.NewWriter(nil) }}

func (w *writer) wrap(words, first, rest string) {
	lead := first
	for forced := range strings.SplitSeq(words, "\n") {
		var line strings.Builder
		begin := func() int { line.Reset(); line.WriteString(lead); return utf8.RuneCountInString(lead) }
		end := func() {
			w.out.WriteString(strings.TrimRight(line.String(), " "))
			w.out.WriteByte('\n')
			lead = rest
		}
		long := begin()
		for word := range strings.FieldsSeq(forced) {
			letters := utf8.RuneCountInString(word)
			if long+letters >= width && line.Len() > len(lead) {
				end()
				long = begin()
			}
			line.WriteString(word)
			line.WriteByte(' ')
			long += letters + 1
		}
		end()
	}
}
