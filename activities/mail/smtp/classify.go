package smtp

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/textproto"

	gomail "github.com/wneessen/go-mail"

	"holdthering/activities/mail"
)

// notGreeted is the result of a connection that did not come as far as a mail.
func notGreeted(err error) mail.Result {
	var answer *textproto.Error
	if errors.As(err, &answer) {
		return refused(connection, answer.Code, "")
	}
	var certificate *tls.CertificateVerificationError
	switch {
	case errors.As(err, &certificate):
		return mail.Result{
			Outcome: mail.Misconfigured,
			Detail:  "the mail server's certificate is not trusted",
		}
	case passing(err):
		return mail.Result{
			Outcome: mail.RefusedForNow,
			Detail:  "the mail server was not reached",
		}
	}
	// What is left is what the client itself will not do: no STARTTLS offered where it is
	// mandatory, no way to log in that both sides know.
	return mail.Result{
		Outcome: mail.Misconfigured,
		Detail:  "the mail server does not offer the TLS or the login that is configured",
	}
}

func passing(err error) bool {
	var network net.Error
	return errors.As(err, &network) || errors.Is(err, io.EOF) ||
		errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed) ||
		errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}

// notTaken is the result of a mail that got no acceptance.
func notTaken(err error) mail.Result {
	var failed *gomail.SendError
	if !errors.As(err, &failed) {
		return mail.Result{Outcome: mail.Unknown, Detail: "the mail library gave no reason"}
	}
	if code := failed.ErrorCode(); code != 0 {
		return refused(subjectOf(failed.Reason), code, failed.EnhancedStatusCode())
	}
	switch failed.Reason {
	case gomail.ErrSMTPDataClose:
		return mail.Result{
			Outcome: mail.Unknown,
			Detail:  "the mail was sent, and the mail server did not answer",
		}
	case gomail.ErrGetSender, gomail.ErrGetRcpts, gomail.ErrNoUnencoded:
		return mail.Result{Outcome: mail.RefusedForGood, Detail: "the mail has no usable address"}
	}
	return mail.Result{
		Outcome: mail.RefusedForNow,
		Detail:  "the connection ended before the mail did",
	}
}

// subject is what a server refuses.
type subject string

const (
	connection subject = "the connection"
	sender     subject = "the sender"
	recipient  subject = "the recipient"
	whole      subject = "the mail"
)

func subjectOf(reason gomail.SendErrReason) subject {
	switch reason {
	case gomail.ErrSMTPMailFrom:
		return sender
	case gomail.ErrSMTPRcptTo:
		return recipient
	}
	return whole
}

// refused sorts a reply code. The server's own words stay out: they often quote the address.
func refused(what subject, code int, enhanced string) mail.Result {
	r := mail.Result{Outcome: mail.RefusedForGood}
	switch {
	case code < 500: // RFC 5321 4.2.1: the same again may succeed
		r.Outcome = mail.RefusedForNow
	case code == 530: // RFC 4954 6: log in first
		r.Outcome = mail.Misconfigured
	case what == connection, what == sender && code != tooBig:
		r.Outcome = mail.Misconfigured // every mail would be refused so
	}
	r.Detail = fmt.Sprintf("the mail server refused %s: %d", what, code)
	if enhanced != "" {
		r.Detail += " " + enhanced
	}
	return r
}

// tooBig is the one refusal at MAIL that is about the mail (RFC 1870 6.1).
const tooBig = 552
