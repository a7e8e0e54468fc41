package mail

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

const (
	maxSubject = 150       // characters
	maxBody    = 256 << 10 // bytes, for each of the two bodies
)

var errEmpty = errors.New("is empty")

// Validate tells in one sentence why no channel may take the message; the sentence quotes
// neither a body nor an address. It is the border behind which values may be put into
// headers: not every mail library refuses line ends in them.
func (m Message) Validate() error {
	return cmp.Or(
		field("notice id", checkToken(m.ID)),
		field("case reference", checkToken(m.CaseRef)),
		field("recipient address", m.To.check()),
		field("sender address", m.From.check()),
		field("reply address", m.ReplyTo.check()),
		field("subject", checkSubject(m.Subject)),
		field("text", checkBody(m.Text)),
		field("HTML", checkBody(m.HTML)),
		m.checkTime(),
		field("thread", checkOptional(m.Thread)),
		field("earlier notice id", checkOptional(m.After)),
		m.checkEntries(),
	)
}

// field makes a sentence of what a check says of a field.
func field(name string, says error) error {
	if says == nil {
		return nil
	}
	return fmt.Errorf("the mail's %s %w", name, says)
}

// token: a Message-ID, a category of the service and a file name are made from it.
var token = regexp.MustCompile(`^[!-~]{1,128}$`)

func checkToken(s string) error {
	switch {
	case s == "":
		return errEmpty
	case !token.MatchString(s):
		return errors.New("is not 1 to 128 printable ASCII characters without spaces")
	}
	return nil
}

func checkOptional(s string) error {
	if s == "" {
		return nil
	}
	return checkToken(s)
}

func checkSubject(s string) error {
	if strings.TrimSpace(s) == "" {
		return errEmpty
	}
	return checkLine(s, maxSubject)
}

// checkLine refuses what could end a header line early or turn about how it reads.
func checkLine(s string, most int) error {
	if !utf8.ValidString(s) {
		return errors.New("is not UTF-8")
	}
	if n := utf8.RuneCountInString(s); n > most {
		return fmt.Errorf("is longer than %d characters", most)
	}
	if strings.ContainsFunc(s, unprintable) {
		return errors.New("holds a control character")
	}
	return nil
}

func unprintable(r rune) bool {
	return unicode.IsControl(r) || unicode.In(r, unicode.Zl, unicode.Zp, unicode.Bidi_Control)
}

func checkBody(s string) error {
	switch {
	case strings.TrimSpace(s) == "":
		return errEmpty
	case len(s) > maxBody:
		return fmt.Errorf("is longer than %d KiB", maxBody>>10)
	case !utf8.ValidString(s):
		return errors.New("is not UTF-8")
	case strings.ContainsFunc(s, unwritable):
		return errors.New("holds a control character")
	}
	return nil
}

func unwritable(r rune) bool {
	return unicode.IsControl(r) && r != '\n' && r != '\r' && r != '\t'
}

func (m Message) checkTime() error {
	if m.At.IsZero() {
		return errors.New("the mail has no time")
	}
	for _, t := range []time.Time{m.At, m.Date()} {
		if year := t.UTC().Year(); year < 1 || year > 9999 {
			return errors.New("the mail's time is not in the years 1 to 9999")
		}
	}
	return nil
}
