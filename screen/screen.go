// Package screen keeps from a terminal what it would obey instead of showing: escape sequences,
// other control characters, marks that turn the direction of writing or do not show at all. What
// people, files and other programs wrote is printed through it, whatever it is. It also sets tables
// and long lines in a width.
package screen

import (
	"io"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Obeyed reports whether a character is never printed as it is.
func Obeyed(r rune) bool {
	switch r {
	case '\n', '\t', '\u200c', '\u200d', '\u00ad': // joiners of some scripts, and where a word may break
		return false
	case '\u2028', '\u2029':
		return true
	}
	return unicode.In(r, unicode.Cc, unicode.Cf)
}

// Text has a replacement character in the place of each that is obeyed. The ends of lines may be those of a
// spreadsheet's files.
func Text(s string) string {
	lines := strings.Split(s, "\r\n")
	for i, line := range lines {
		lines[i] = strings.Map(func(r rune) rune {
			if Obeyed(r) {
				return unicode.ReplacementChar
			}
			return r
		}, line)
	}
	return strings.Join(lines, "\r\n")
}

// JSON writes such characters as escapes, within strings the only place where JSON has any: the
// document says the same.
func JSON(raw string) string {
	if !strings.ContainsFunc(raw, Obeyed) {
		return strings.ToValidUTF8(raw, "\ufffd")
	}
	var b strings.Builder
	for _, r := range raw {
		if !Obeyed(r) || r == '\r' {
			b.WriteRune(r)
			continue
		}
		for _, unit := range units(r) {
			b.WriteString(`\u` + strconv.FormatInt(int64(unit)|1<<16, 16)[1:])
		}
	}
	return b.String()
}

// units are those of UTF-16.
func units(r rune) []rune {
	if r < 1<<16 {
		return []rune{r}
	}
	r -= 1 << 16
	return []rune{0xd800 + r>>10, 0xdc00 + r&0x3ff}
}

// Writer is a terminal's, or a file's that may be shown on one.
type Writer struct {
	to   io.Writer
	tail []byte // the beginning of a character, or of a line's end, whose rest has not come yet
}

// New guards a writer. Flush it at the end.
func New(to io.Writer) *Writer { return &Writer{to: to} }

// Write passes on what a terminal shows.
func (w *Writer) Write(p []byte) (int, error) {
	text := append(w.tail, p...)
	whole := len(text)
	for back := 1; back < utf8.UTFMax && back <= len(text); back++ {
		if at := len(text) - back; utf8.RuneStart(text[at]) {
			if !utf8.FullRune(text[at:]) {
				whole = at
			}
			break
		}
	}
	if whole > 0 && whole == len(text) && text[whole-1] == '\r' {
		whole-- // it may end a line
	}
	w.tail = append([]byte(nil), text[whole:]...)
	if _, err := io.WriteString(w.to, Text(string(text[:whole]))); err != nil {
		return 0, err
	}
	return len(p), nil
}

// Flush ends what was written.
func (w *Writer) Flush() error {
	if len(w.tail) == 0 {
		return nil
	}
	w.tail = nil
	_, err := io.WriteString(w.to, string(unicode.ReplacementChar))
	return err
}

// Raw is for what the program itself tells a terminal to do, such as colours, and never for a
// text from elsewhere.
func (w *Writer) Raw() io.Writer { return w.to }
