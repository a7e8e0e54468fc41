// Package content says what the text of a mail may be. One set of rules is used when a template is
// checked, when a worker starts and when a mail is sent.
package content

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	// MaxSubject is in characters. What is longer is cut off by the programs that show it.
	MaxSubject = 150
	// MaxBody is in bytes, for each of the two bodies: with both in base64 a mail stays far below
	// what services and mailboxes take (SendGrid: 30 MB).
	MaxBody = 256 << 10
)

// Fault says that the text of a mail is at fault. It is about our own words: not about who would
// get the mail, nor about who carries it. It quotes nothing.
type Fault struct {
	Field string // "subject", "text", "HTML", "calendar entry"
	Says  string // "is longer than 150 characters"
}

func (f *Fault) Error() string { return "the mail's " + f.Field + " " + f.Says }

// As makes a fault of what a check says of a field; nil of nil.
func As(field string, says error) error {
	if says == nil {
		return nil
	}
	return &Fault{Field: field, Says: says.Error()}
}

// Check looks at all that a reader of a mail sees.
func Check(subject, text, html string) error {
	if err := As("subject", Subject(subject)); err != nil {
		return err
	}
	if err := As("text", Body(text)); err != nil {
		return err
	}
	return As("HTML", Body(html))
}

// ErrEmpty is said of what must not be empty.
var ErrEmpty = errors.New("is empty")

// Subject looks at a subject line.
func Subject(s string) error {
	if strings.TrimSpace(s) == "" {
		return ErrEmpty
	}
	return Line(s, MaxSubject)
}

// Line refuses what could end a header line early or turn round how it reads.
func Line(s string, most int) error {
	if err := encoded(s); err != nil {
		return err
	}
	if utf8.RuneCountInString(s) > most {
		return fmt.Errorf("is longer than %d characters", most)
	}
	if strings.ContainsFunc(s, unprintable) {
		return errControl
	}
	return nil
}

// Body looks at one of the two bodies.
func Body(s string) error {
	if strings.TrimSpace(s) == "" {
		return ErrEmpty
	}
	if len(s) > MaxBody {
		return fmt.Errorf("is longer than %d KiB", MaxBody>>10)
	}
	return Source(s)
}

// Source looks at text that becomes part of a mail, such as a line of a template.
func Source(s string) error {
	if err := encoded(s); err != nil {
		return err
	}
	if strings.ContainsFunc(s, unwritable) {
		return errControl
	}
	return nil
}

var errControl = errors.New("holds a control character")

func encoded(s string) error {
	if !utf8.ValidString(s) {
		return errors.New("is not UTF-8")
	}
	return nil
}

func unprintable(r rune) bool {
	if ' ' <= r && r <= '~' {
		return false
	}
	return unicode.IsControl(r) || unicode.In(r, unicode.Zl, unicode.Zp, unicode.Bidi_Control)
}

func unwritable(r rune) bool {
	if ' ' <= r && r <= '~' {
		return false
	}
	return unicode.IsControl(r) && r != '\n' && r != '\r' && r != '\t' || unicode.In(r, unicode.Bidi_Control)
}
