package mail

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"time"

	"holdthering/notices/content"
)

var errEmpty = content.ErrEmpty

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
		content.Check(m.Subject, m.Text, m.HTML),
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
