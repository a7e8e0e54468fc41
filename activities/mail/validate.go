package mail

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	maxSubject = 150       // characters
	maxBody    = 256 << 10 // bytes, for each of the two bodies and the calendar entry
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
		m.Calendar.check(),
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
	if year := m.At.UTC().Year(); year < 1 || year > 9999 {
		return errors.New("the mail's time is not in the years 1 to 9999")
	}
	return nil
}

var calendarName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,99}\.ics$`)

func (c *CalendarPart) check() error {
	if c == nil {
		return nil
	}
	if !calendarName.MatchString(c.FileName) {
		return field("calendar file name", errors.New("is not plain ASCII ending in .ics"))
	}
	return field("calendar entry", checkCalendar(c.Text, c.Method))
}

func checkCalendar(s, method string) error {
	if err := checkBody(s); err != nil {
		return err
	}
	upper := strings.ToUpper(s)
	switch {
	case strings.ContainsFunc(s, func(r rune) bool { return r > unicode.MaxASCII }):
		return errors.New("is not ASCII")
	case !strings.HasPrefix(upper, "BEGIN:VCALENDAR"):
		return errors.New("is not iCalendar")
	case method != "PUBLISH" && method != "CANCEL", !strings.Contains(upper, "\nMETHOD:"+method+"\r\n"), strings.Contains(upper, "\nATTENDEE"):
		return errors.New("is an invitation; it may only be METHOD:PUBLISH or CANCEL without attendees")
	}
	return nil
}
