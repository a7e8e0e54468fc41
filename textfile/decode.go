package textfile

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// documents are files that hold a text and are none, by how they begin.
var documents = []struct{ begins, what, save string }{
	{"PK\x03\x04", "a workbook or a document of a word processor", "save it as plain text, a sheet as 'CSV UTF-8'"},
	{"\xd0\xcf\x11\xe0", "an old workbook or document of a word processor", "save it as plain text, a sheet as 'CSV UTF-8'"},
	{"%PDF-", "a PDF", "copy its text into a plain text file"},
	{`{\rtf`, "a rich text document", "save it as plain text"},
}

// The marks with which an encoding begins a file.
const (
	markUTF8     = "\xef\xbb\xbf"
	markLittle   = "\xff\xfe"
	markBig      = "\xfe\xff"
	markLittle32 = "\xff\xfe\x00\x00"
	markBig32    = "\x00\x00\xfe\xff"
)

// Decode reads UTF-8, or UTF-16 with or without its mark, and gives every line end as "\n". The
// error is a *Fault with the line and the byte of what is neither.
func Decode(name string, raw []byte) (string, error) {
	for _, d := range documents {
		if bytes.HasPrefix(raw, []byte(d.begins)) {
			return "", &Fault{Name: name, Reason: "it is " + d.what + " and no plain text: " + d.save}
		}
	}
	text, fault := decoded(raw)
	if fault != nil {
		fault.Name = name
		return "", fault
	}
	text = lineEnds.Replace(text)
	if i := strings.IndexByte(text, 0); i >= 0 {
		return "", &Fault{Name: name, Line: lineOf(text, i), Reason: "a byte 0 stands there: it is no text"}
	}
	return text, nil
}

var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n")

func decoded(raw []byte) (string, *Fault) {
	s := string(raw)
	switch {
	case strings.HasPrefix(s, markLittle32), strings.HasPrefix(s, markBig32):
		return "", &Fault{Reason: "it is in UTF-32: save it as UTF-8"}
	case strings.HasPrefix(s, markUTF8):
		return inUTF8(s[len(markUTF8):])
	case strings.HasPrefix(s, markLittle):
		return inUTF16(raw[2:], unicode.LittleEndian)
	case strings.HasPrefix(s, markBig):
		return inUTF16(raw[2:], unicode.BigEndian)
	}
	if order, ok := unmarked(raw); ok {
		return inUTF16(raw, order)
	}
	return inUTF8(s)
}

// unmarked recognises UTF-16 without a mark: every other byte of English text is 0 there, and no
// text in UTF-8 has one.
func unmarked(raw []byte) (order unicode.Endianness, ok bool) {
	var even, odd int
	for i, b := range raw {
		switch {
		case b != 0:
		case i%2 == 0:
			even++
		default:
			odd++
		}
	}
	most := len(raw) / 4
	switch {
	case len(raw) < 2 || len(raw)%2 != 0:
		return unicode.BigEndian, false
	case odd > most && even == 0:
		return unicode.LittleEndian, true
	case even > most && odd == 0:
		return unicode.BigEndian, true
	}
	return unicode.BigEndian, false
}

func inUTF16(raw []byte, order unicode.Endianness) (string, *Fault) {
	const advice = "it begins as UTF-16 and is cut short or damaged: save it as UTF-8"
	if len(raw)%2 != 0 {
		return "", &Fault{Reason: advice}
	}
	out, err := unicode.UTF16(order, unicode.IgnoreBOM).NewDecoder().Bytes(raw)
	if err != nil {
		return "", &Fault{Reason: advice}
	}
	text := string(out)
	if i := strings.IndexRune(text, utf8.RuneError); i >= 0 { // half a pair of surrogates
		return "", &Fault{Line: lineOf(text, i), Reason: advice}
	}
	return text, nil
}

func inUTF8(s string) (string, *Fault) {
	if utf8.ValidString(s) {
		return s, nil
	}
	at := 0
	for at < len(s) {
		r, n := utf8.DecodeRuneInString(s[at:])
		if r == utf8.RuneError && n == 1 {
			break
		}
		at += n
	}
	return "", &Fault{Line: lineOf(s, at), Reason: notUTF8(s, at)}
}

// notUTF8 names the byte, and what it was meant to be where that can be told. The file is not
// read as Windows-1252 all the same: any bytes at all would pass for that.
func notUTF8(s string, at int) string {
	line := s[strings.LastIndexAny(s[:at], "\r\n")+1 : at]
	where := fmt.Sprintf("the byte 0x%02X after %d characters of the line is not UTF-8", s[at],
		utf8.RuneCountInString(line))
	if r := charmap.Windows1252.DecodeByte(s[at]); r >= 0xa0 {
		where += fmt.Sprintf("; in Windows-1252 ('ANSI') it is %q", string(r))
	}
	return where + ". Save the file as UTF-8: 'CSV UTF-8' in a spreadsheet, 'Encoding: UTF-8' in an editor"
}

// lineOf counts a line as an editor does.
func lineOf(s string, at int) int { return 1 + strings.Count(lineEnds.Replace(s[:at]), "\n") }
