// Package eml builds the bytes of a mail: text and HTML as alternatives, and the calendar
// entry as an attachment.
package eml

import (
	"bytes"
	"fmt"
	netmail "net/mail"
	"strings"

	gomail "github.com/wneessen/go-mail"

	"holdthering/activities/mail"
	"holdthering/activities/mail/ics"
)

// Build makes the mail of a message that Validate has passed.
func Build(m mail.Message) (*gomail.Msg, error) {
	msg := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	msg.FromMailAddress(header(m.From))
	msg.ToMailAddress(header(m.To))
	msg.ReplyToMailAddress(header(m.ReplyTo))
	msg.Subject(m.Subject)
	msg.SetDateWithValue(m.Date())
	msg.SetMessageIDWithValue(m.MessageID())
	for _, h := range m.Headers() {
		msg.SetGenHeader(gomail.Header(h.Name), h.Value)
	}
	msg.SetBodyString(gomail.TypeTextPlain, m.Text)
	msg.AddAlternativeString(gomail.TypeTextHTML, m.HTML)
	for _, f := range ics.Files(m) {
		contentType := "text/calendar; method=" + f.Method + "; charset=UTF-8"
		err := msg.AttachReader(f.Name, strings.NewReader(f.Text),
			gomail.WithFileContentType(gomail.ContentType(contentType)))
		if err != nil {
			return nil, fmt.Errorf("attach the calendar entry: %w", err)
		}
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
