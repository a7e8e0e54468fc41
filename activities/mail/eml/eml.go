// Package eml builds the bytes of a mail: text and HTML as alternatives, and the calendar
// entry as an attachment.
package eml

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	netmail "net/mail"
	"strings"

	gomail "github.com/wneessen/go-mail"

	"holdthering/activities/mail"
)

// Build makes the mail of a message that Validate has passed.
func Build(m mail.Message) (*gomail.Msg, error) {
	msg := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	msg.FromMailAddress(header(m.From))
	msg.ToMailAddress(header(m.To))
	msg.ReplyToMailAddress(header(m.ReplyTo))
	msg.Subject(m.Subject)
	msg.SetDateWithValue(m.At)
	msg.SetMessageIDWithValue(messageID(m))
	for _, h := range m.Headers() {
		msg.SetGenHeader(gomail.Header(h.Name), h.Value)
	}
	msg.SetBodyString(gomail.TypeTextPlain, m.Text)
	msg.AddAlternativeString(gomail.TypeTextHTML, m.HTML)
	if m.Calendar == nil {
		return msg, nil
	}
	err := msg.AttachReader(m.Calendar.FileName, strings.NewReader(m.Calendar.Text),
		gomail.WithFileContentType(gomail.ContentType("text/calendar; method="+m.Calendar.Method+"; charset=US-ASCII")))
	if err != nil {
		return nil, fmt.Errorf("attach the calendar entry: %w", err)
	}
	return msg, nil
}

// Bytes is the whole mail, with CRLF line ends.
func Bytes(m mail.Message) ([]byte, error) {
	msg, err := Build(m)
	if err != nil {
		return nil, err
	}
	var raw bytes.Buffer
	if _, err := msg.WriteTo(&raw); err != nil {
		return nil, fmt.Errorf("write the mail of notice %s: %w", m.ID, err)
	}
	return raw.Bytes(), nil
}

func header(a mail.Address) *netmail.Address {
	return &netmail.Address{Name: a.Name, Address: a.Email}
}

// messageID is the same in every try, so that a reader's mail program may fold doubles. It
// is a digest because an id may hold characters that a Message-ID may not.
func messageID(m mail.Message) string {
	sum := sha256.Sum256([]byte(m.ID))
	return fmt.Sprintf("%x@%s", sum[:16], m.From.Domain())
}
