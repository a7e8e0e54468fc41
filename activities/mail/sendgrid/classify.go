package sendgrid

import (
	"cmp"
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/sendgrid/rest"

	"holdthering/activities/mail"
)

// sight is what was seen of one request.
type sight struct {
	response *rest.Response // nil: no status came
	err      error          // with a response: its body was broken, which changes nothing
	begun    bool           // the service may have seen the request
}

func (s sight) result(to mail.Address, now time.Time) mail.Result {
	switch {
	case s.response != nil:
		return s.answered(to, now)
	case errors.Is(s.err, errNoKey):
		return mail.Result{Outcome: mail.Misconfigured, About: mail.AboutAccount, Detail: errNoKey.Error()}
	case !s.begun:
		r := mail.Result{
			Outcome: mail.RefusedForNow,
			Detail:  "the service was not reached: " + reason(s.err),
		}
		if !givenUp(s.err) || !errors.Is(s.err, context.Canceled) {
			r.About = mail.AboutSystem
		}
		return r
	}
	return mail.Result{
		Outcome: mail.Unknown,
		Detail:  "the request was sent and not answered: " + reason(s.err),
	}
}

func (s sight) answered(to mail.Address, now time.Time) mail.Result {
	status := s.response.StatusCode
	r := mail.Result{Detail: fmt.Sprintf("status %d", status)}
	switch {
	case status == http.StatusAccepted:
		r.Outcome = mail.Accepted
		return r
	case status == http.StatusOK:
		r.Outcome, r.About = mail.Misconfigured, mail.AboutAccount
		r.Detail += ": the service is in sandbox mode and sends nothing"
		return r
	case status < 300, status >= 500:
		r.Outcome = mail.Unknown
		return r
	}
	words, general, fields := said(s.response.Body)
	r.About, r.Sign, r.Reason = about(status, fields, general), r.Detail, mail.Words(words, to)
	switch {
	case status == http.StatusTooManyRequests:
		r.Outcome = mail.RefusedForNow
		r.RetryAfter = untilReset(s.response.Headers, now)
	case status == http.StatusRequestTimeout: // the request did not come in whole
		r.Outcome = mail.RefusedForNow
	case r.About.All():
		r.Outcome = mail.Misconfigured
	default:
		r.Outcome = mail.RefusedForGood
	}
	if len(fields) > 0 {
		r.Detail += ", at fault: " + strings.Join(fields[:min(len(fields), 5)], ", ")
		r.Sign += " " + fields[0]
	}
	return r
}

// about is what a refusal is about: by its status where that says it, else by the fields that the
// service names, else by the words with which it names none.
func about(status int, fields []string, words string) mail.About {
	switch status {
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusPaymentRequired:
		if inWords(words) == mail.AboutSender || slices.ContainsFunc(fields, senderField.MatchString) {
			return mail.AboutSender
		}
		return mail.AboutAccount
	case http.StatusTooManyRequests:
		return mail.AboutRate
	case http.StatusRequestEntityTooLarge:
		return mail.AboutSize
	case http.StatusRequestTimeout:
		return mail.AboutRoute
	case http.StatusBadRequest, http.StatusConflict, http.StatusUnprocessableEntity:
	default: // another address, method or form than the service's: every mail meets it
		return mail.AboutSystem
	}
	switch { // of several faults the sender's is the one that every mail meets
	case slices.ContainsFunc(fields, senderField.MatchString):
		return mail.AboutSender
	case slices.ContainsFunc(fields, recipientField.MatchString):
		return mail.AboutRecipient
	}
	return cmp.Or(inWords(words), mail.AboutContent)
}

var senderField = regexp.MustCompile(`^(from|reply_to(_list)?)\b|^personalizations(\.\d+|\[\d+\])?\.from\b`)

var recipientField = regexp.MustCompile(`^personalizations(\.\d+|\[\d+\])?\.to\b`)

var ofAccount = regexp.MustCompile(`(?i)\bcredits?\b|\bapi.?key\b|\baccount\b|\bauthori[sz]|\bpermission|\baccess\b|\bquota\b`)

var ofSender = regexp.MustCompile(`(?i)\bfrom address\b|\bsender identity\b|\bsender\b`)

func inWords(words string) mail.About {
	switch {
	case ofSender.MatchString(words):
		return mail.AboutSender
	case ofAccount.MatchString(words):
		return mail.AboutAccount
	}
	return ""
}

// longestReset is the farthest off that a reset is believed to be.
const longestReset = 24 * time.Hour

// lastSecond is the end of the year 2999.
const lastSecond = 32503680000

// untilReset is the time until the limit is lifted, and up to a quarter more, of a minute at most,
// so that many who wait do not come back at once; zero where the service does not say. The reset is
// a Unix time by the service's clock, so it is taken against the answer's own Date.
func untilReset(headers map[string][]string, now time.Time) time.Duration {
	h := http.Header(headers)
	if date, err := http.ParseTime(h.Get("Date")); err == nil {
		now = date
	}
	wait := time.Duration(0)
	if unix, err := strconv.ParseInt(strings.TrimSpace(h.Get("X-RateLimit-Reset")), 10, 64); err == nil {
		if unix > lastSecond {
			unix /= 1000 // in milliseconds
		}
		wait = time.Unix(unix, 0).Sub(now)
	}
	after := strings.TrimSpace(h.Get("Retry-After"))
	if seconds, err := strconv.ParseInt(after, 10, 32); err == nil {
		wait = max(wait, time.Duration(seconds)*time.Second)
	} else if date, err := http.ParseTime(after); err == nil {
		wait = max(wait, date.Sub(now))
	}
	if wait <= 0 {
		return 0
	}
	wait = min(max(wait, time.Second), longestReset)
	return wait + rand.N(min(wait/4, time.Minute)+1)
}

// fieldName is what the name of a field may look like; the service's words beside it are
// free text that may quote the mail.
var fieldName = regexp.MustCompile(`^[a-z0-9_.\[\]]{1,80}$`)

// mostFields bounds what is read of them.
const mostFields = 100

// said is what the service says of its refusal, what of that is about no field, and the fields that it
// finds fault with.
func said(body string) (words, general string, fields []string) {
	var answer struct {
		Errors []struct {
			Message string `json:"message"`
			Field   any    `json:"field"`
		} `json:"errors"`
	}
	if json.Unmarshal([]byte(body), &answer) != nil {
		return "", "", nil
	}
	for _, e := range answer.Errors {
		if f, ok := e.Field.(string); ok && fieldName.MatchString(f) && len(fields) < mostFields && !slices.Contains(fields, f) {
			fields = append(fields, f)
		}
		words = strings.TrimSpace(words + " " + e.Message)
		if e.Field == nil {
			general += " " + e.Message
		}
	}
	return words, general, fields
}

// reason names the kind of failure; the error itself may hold more than a log should.
func reason(err error) string {
	var dns *net.DNSError
	var op *net.OpError
	var certificate *tls.CertificateVerificationError
	var network net.Error
	switch {
	case errors.As(err, &dns):
		return "name not found"
	case errors.As(err, &certificate):
		return "certificate not trusted"
	case errors.Is(err, context.Canceled):
		return "given up"
	case errors.As(err, &network) && network.Timeout():
		return "time-out"
	case errors.As(err, &op):
		return cmp.Or(op.Op, "connection") + " failed"
	}
	return "connection failed"
}
