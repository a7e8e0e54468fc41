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

func (s sight) verdict() verdict {
	switch {
	case errors.Is(s.err, errNoKey):
		return keyRefused
	case s.response == nil, s.response.StatusCode >= 500:
		return keyUntold
	case keyAtFault(s.response.StatusCode):
		return keyRefused
	}
	return keyGood
}

func keyAtFault(status int) bool {
	return status == http.StatusUnauthorized || status == http.StatusForbidden
}

func (s sight) result(now time.Time) mail.Result {
	switch {
	case s.response != nil:
		return s.answered(now)
	case errors.Is(s.err, errNoKey):
		return mail.Result{Outcome: mail.Misconfigured, Detail: errNoKey.Error()}
	case !s.begun:
		return mail.Result{
			Outcome: mail.RefusedForNow,
			Detail:  "the service was not reached: " + reason(s.err),
		}
	}
	return mail.Result{
		Outcome: mail.Unknown,
		Detail:  "the request was sent and not answered: " + reason(s.err),
	}
}

func (s sight) answered(now time.Time) mail.Result {
	status := s.response.StatusCode
	r := mail.Result{Detail: fmt.Sprintf("status %d", status)}
	switch {
	case status == http.StatusAccepted, status == http.StatusOK: // 200: sandbox mode
		r.Outcome = mail.Accepted
	case status == http.StatusTooManyRequests:
		r.Outcome = mail.RefusedForNow
		r.RetryAfter = untilReset(s.response.Headers, now)
	case status == http.StatusRequestTimeout: // the request did not come in whole
		r.Outcome = mail.RefusedForNow
	case keyAtFault(status):
		r.Outcome = mail.Misconfigured
		r.Detail += ": the service refuses the key or the sender"
	case status >= 300 && status < 500:
		r.Outcome = mail.RefusedForGood
		r.Detail += faults(s.response.Body)
	default:
		r.Outcome = mail.Unknown
	}
	return r
}

const (
	shortestWait = time.Second
	longestWait  = time.Minute
)

// untilReset is the time until the limit is lifted, and up to a quarter more so that many
// who wait do not come back at once. The reset is a Unix time by the service's clock, so
// it is taken against the answer's own Date.
func untilReset(headers map[string][]string, now time.Time) time.Duration {
	h := http.Header(headers)
	wait := shortestWait
	if unix, err := strconv.ParseInt(h.Get("X-RateLimit-Reset"), 10, 64); err == nil {
		if date, err := http.ParseTime(h.Get("Date")); err == nil {
			now = date
		}
		wait = time.Unix(unix, 0).Sub(now)
	}
	wait = min(max(wait, shortestWait), longestWait)
	return wait + rand.N(wait/4+1)
}

// fieldName is what the name of a field may look like; the service's words beside it are
// free text that may quote the mail.
var fieldName = regexp.MustCompile(`^[a-z0-9_.\[\]]{1,80}$`)

// faults names the fields that the service finds fault with.
func faults(body string) string {
	var answer struct {
		Errors []struct {
			Field string `json:"field"`
		} `json:"errors"`
	}
	if json.Unmarshal([]byte(body), &answer) != nil {
		return ""
	}
	var fields []string
	for _, e := range answer.Errors {
		if fieldName.MatchString(e.Field) && len(fields) < 5 {
			fields = append(fields, e.Field)
		}
	}
	if fields == nil {
		return ""
	}
	return ", at fault: " + strings.Join(fields, ", ")
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
