package smtp

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/textproto"
	"regexp"
	"strconv"
	"strings"

	gomail "github.com/wneessen/go-mail"

	"holdthering/activities/mail"
)

// notGreeted is the result of a connection that did not come as far as a mail.
func notGreeted(err error, to mail.Address) mail.Result {
	var answer *textproto.Error
	if errors.As(err, &answer) {
		return refused(mail.Reply{Step: mail.AtGreeting, Code: answer.Code, Text: answer.Msg}, to)
	}
	var certificate *tls.CertificateVerificationError
	switch {
	case errors.As(err, &certificate):
		return mail.Result{
			Outcome: mail.Misconfigured, About: mail.AboutSystem,
			Detail: "the mail server's certificate is not trusted",
		}
	case errors.Is(err, context.Canceled): // it is we who let go
		return mail.Result{Outcome: mail.RefusedForNow, Detail: "given up before the mail server was reached"}
	case passing(err):
		return mail.Result{
			Outcome: mail.RefusedForNow, About: mail.AboutSystem,
			Detail: "the mail server was not reached",
		}
	}
	// What is left is what the client itself will not do: no STARTTLS offered where it is
	// mandatory, no way to log in that both sides know.
	return mail.Result{
		Outcome: mail.Misconfigured, About: mail.AboutSystem,
		Detail: "the mail server does not offer the TLS or the login that is configured",
	}
}

func passing(err error) bool {
	var network net.Error
	return errors.As(err, &network) || errors.Is(err, io.EOF) ||
		errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed) ||
		errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}

// notTaken is the result of a mail that got no acceptance.
func notTaken(err error, to mail.Address) mail.Result {
	var failed *gomail.SendError
	if !errors.As(err, &failed) {
		return mail.Result{Outcome: mail.Unknown, Detail: "the mail library gave no reason"}
	}
	if code := failed.ErrorCode(); code != 0 {
		return refused(mail.Reply{Step: stepOf(failed.Reason), Code: code, Text: textOf(failed)}, to)
	}
	switch failed.Reason {
	case gomail.ErrSMTPDataClose:
		if strings.HasPrefix(failed.Error(), failed.Reason.String()+": 2") && done.MatchString(failed.Error()) {
			return mail.Result{Outcome: mail.Accepted}
		}
		return mail.Result{
			Outcome: mail.Unknown,
			Detail:  "the mail was sent, and the mail server did not answer",
		}
	case gomail.ErrGetSender, gomail.ErrGetRcpts, gomail.ErrNoUnencoded:
		return mail.Result{Outcome: mail.RefusedForGood, About: mail.AboutContent,
			Detail: "the mail has no usable address"}
	}
	return mail.Result{
		Outcome: mail.RefusedForNow, About: mail.AboutSystem,
		Detail: "the connection ended before the mail did",
	}
}

// done is an answer of RFC 5321 that tells of success by its first digit (4.2.1), though not as 250.
var done = regexp.MustCompile(`: 2\d\d( |-|$)`)

func stepOf(reason gomail.SendErrReason) mail.Step {
	switch reason {
	case gomail.ErrSMTPMailFrom:
		return mail.AtSender
	case gomail.ErrSMTPRcptTo:
		return mail.AtRecipient
	}
	return mail.AtData
}

// textOf is the server's own line out of what the library says around it.
func textOf(failed *gomail.SendError) string {
	text := failed.Error()
	for _, end := range []string{", affected recipient(s): ", ", affected message ID: "} {
		text, _, _ = strings.Cut(text, end)
	}
	if _, after, ok := strings.Cut(text, strconv.Itoa(failed.ErrorCode())+" "); ok {
		text = after
	}
	if plain, err := strconv.Unquote(strings.TrimSpace(text)); err == nil {
		return plain // of several lines
	}
	return text
}

// subjects says of each step what was refused, in words.
var subjects = map[mail.Step]string{mail.AtGreeting: "the connection", mail.AtSender: "the sender",
	mail.AtRecipient: "the recipient", mail.AtData: "the mail"}

// refused sorts a reply. The server's own words often quote the address: they are cleaned of it,
// and kept apart from what may be logged.
func refused(reply mail.Reply, to mail.Address) mail.Result {
	r := mail.Result{Outcome: mail.RefusedForGood, About: reply.About(), Sign: reply.Sign(),
		Reason: mail.Words(reply.Text, to)}
	switch {
	case reply.Code < 500: // RFC 5321 4.2.1: the same again may succeed
		r.Outcome = mail.RefusedForNow
	case r.About.All():
		r.Outcome = mail.Misconfigured
	}
	r.Detail = fmt.Sprintf("the mail server refused %s: %s", subjects[reply.Step], r.Sign)
	return r
}
