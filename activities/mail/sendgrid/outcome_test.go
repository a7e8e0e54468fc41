package sendgrid_test

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"holdthering/activities/mail"
	"holdthering/activities/mail/mailtest"
	"holdthering/activities/mail/sendgrid"
)

func TestTheStatusDecidesTheOutcome(t *testing.T) {
	for code, want := range map[int]mail.Outcome{
		202: mail.Accepted,
		429: mail.RefusedForNow, 408: mail.RefusedForNow,
		400: mail.RefusedForGood, 413: mail.RefusedForGood, 422: mail.RefusedForGood, 409: mail.RefusedForGood,
		// These every mail would meet; 200 is the sandbox, which sends nothing.
		200: mail.Misconfigured, 300: mail.Misconfigured, 304: mail.Misconfigured,
		404: mail.Misconfigured, 405: mail.Misconfigured, 410: mail.Misconfigured, 415: mail.Misconfigured,
		401: mail.Misconfigured, 402: mail.Misconfigured, 403: mail.Misconfigured,
		500: mail.Unknown, 502: mail.Unknown, 503: mail.Unknown, 504: mail.Unknown,
		201: mail.Unknown, 204: mail.Unknown, 599: mail.Unknown,
	} {
		t.Run(strconv.Itoa(code), func(t *testing.T) {
			service, host := start(t, status(code))
			r := send(t, host)
			if r.Outcome != want || !strings.Contains(r.Detail, strconv.Itoa(code)) {
				t.Errorf("%+v, want %s", r, want)
			}
			if service.count() != 1 {
				t.Errorf("the service saw %d requests", service.count())
			}
		})
	}
}

func TestA429IsWaitedOutUntilTheResetByTheServicesClock(t *testing.T) {
	for _, row := range []struct {
		reset, after string
		from, to     time.Duration
	}{
		{"+20", "", 20 * time.Second, 25 * time.Second},
		{"+3600", "", time.Hour, time.Hour + time.Minute},
		{"", "40", 40 * time.Second, 50 * time.Second},
		{"soon", "3600", time.Hour, time.Hour + time.Minute},
		{"+20", "60", time.Minute, 75 * time.Second}, // the later of two
		{"", "Tue, 01 Jan 2030 00:10:00 GMT", 10 * time.Minute, 11 * time.Minute},
		{"+99999999", "", 24 * time.Hour, 24*time.Hour + time.Minute},
		{"-5", "", 10 * time.Second, 10 * time.Second}, // left to our own waits
		{"", "", 10 * time.Second, 10 * time.Second},
		{"1893456020000", "", 20 * time.Second, 25 * time.Second}, // in milliseconds
		{"soon", "soon", 10 * time.Second, 10 * time.Second},
	} {
		t.Run(row.reset+","+row.after, func(t *testing.T) {
			service, host := start(t, func(w http.ResponseWriter, _ *http.Request) {
				clock := time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC) // not ours
				w.Header().Set("Date", clock.Format(http.TimeFormat))
				value := row.reset
				if seconds, err := strconv.Atoi(row.reset); err == nil && seconds < 1e12 {
					value = strconv.FormatInt(clock.Unix()+int64(seconds), 10)
				}
				w.Header().Set("X-RateLimit-Reset", value)
				w.Header().Set("Retry-After", row.after)
				w.WriteHeader(http.StatusTooManyRequests)
			})
			s := newSender(t, sendgrid.Config{Host: host})
			r := s.Send(context.Background(), mailtest.Message("n1"))
			for range 20 { // nothing is asked before that time
				s.Send(context.Background(), mailtest.Message("n2"))
			}
			if service.count() != 1 {
				t.Errorf("%d requests", service.count())
			}
			if r.Outcome != mail.RefusedForNow || r.RetryAfter < row.from || r.RetryAfter > row.to {
				t.Errorf("%+v, want %v to %v", r, row.from, row.to)
			}
		})
	}
}

func TestWhatFailsBeforeTheRequestIsWrittenIsRefusedForNow(t *testing.T) {
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	closed.Close()
	untrusted := httptest.NewUnstartedServer(nil)
	untrusted.Config.ErrorLog = nil
	untrusted.StartTLS()
	defer untrusted.Close()
	silent, err := net.Listen("tcp", "127.0.0.1:0") // never answers the handshake
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	for fact, row := range map[string]struct{ host, says string }{
		"dial":                       {"http://" + closed.Addr().String(), "dial failed"},
		"DNS":                        {"https://nowhere.invalid", "name not found"},
		"TLS":                        {untrusted.URL, "certificate not trusted"},
		"TLS that never comes about": {"https://" + silent.Addr().String(), "time-out"},
	} {
		t.Run(fact, func(t *testing.T) {
			s := newSender(t, sendgrid.Config{Host: row.host, Timeout: time.Second})
			r := s.Send(context.Background(), mailtest.Message("n1"))
			if r.Outcome != mail.RefusedForNow || !strings.Contains(r.Detail, row.says) {
				t.Errorf("%+v, want %s", r, row.says)
			}
		})
	}
}

func TestARequestThatIsCutOffIsUnknownAndIsNotRepeated(t *testing.T) {
	for fact, talk := range map[string]func(net.Conn){
		"closed": func(net.Conn) {},
		"reset": func(c net.Conn) {
			_ = c.(*net.TCPConn).SetLinger(0)
		},
		"half a status": func(c net.Conn) { fmt.Fprint(c, "HTTP/1.1 20") },
		"not HTTP":      func(c net.Conn) { fmt.Fprint(c, "hello\r\n\r\n") },
	} {
		t.Run(fact, func(t *testing.T) {
			requests := make(chan struct{}, 9)
			host := raw(t, func(c net.Conn) {
				requests <- struct{}{}
				talk(c)
			})
			if r := send(t, host); r.Outcome != mail.Unknown {
				t.Errorf("%+v", r)
			}
			if len(requests) != 1 {
				t.Errorf("%d requests", len(requests))
			}
		})
	}
}

func TestAConnectionThatDiesInUseIsUnknownAndIsNotRepeated(t *testing.T) {
	var second bool
	requests := make(chan struct{}, 9)
	service, host := start(t, nil)
	service.set(func(w http.ResponseWriter, r *http.Request) {
		requests <- struct{}{}
		if second {
			panic(http.ErrAbortHandler)
		}
		second = true
		w.WriteHeader(http.StatusAccepted)
	})
	s := newSender(t, sendgrid.Config{Host: host})
	if r := s.Send(context.Background(), mailtest.Message("n1")); r.Outcome != mail.Accepted {
		t.Fatalf("%+v", r)
	}
	if r := s.Send(context.Background(), mailtest.Message("n2")); r.Outcome != mail.Unknown {
		t.Errorf("%+v", r)
	}
	if len(requests) != 2 {
		t.Errorf("%d requests", len(requests))
	}
}

func TestAnAnswerThatDoesNotComeIsUnknown(t *testing.T) {
	t.Run("time-out", func(t *testing.T) {
		_, host := start(t, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
		s := newSender(t, sendgrid.Config{Host: host, Timeout: 500 * time.Millisecond})
		r := s.Send(context.Background(), mailtest.Message("n1"))
		if r.Outcome != mail.Unknown || !strings.Contains(r.Detail, "time-out") {
			t.Errorf("%+v", r)
		}
	})
	t.Run("given up", func(t *testing.T) {
		ctx, cancel := context.WithCancel(context.Background())
		_, host := start(t, func(_ http.ResponseWriter, r *http.Request) {
			cancel()
			<-r.Context().Done()
		})
		r := newSender(t, sendgrid.Config{Host: host}).Send(ctx, mailtest.Message("n1"))
		if r.Outcome != mail.Unknown || !strings.Contains(r.Detail, "given up") {
			t.Errorf("%+v", r)
		}
	})
}

func TestABrokenBodyChangesNothingAboutTheStatus(t *testing.T) {
	for code, want := range map[int]mail.Outcome{
		202: mail.Accepted, 429: mail.RefusedForNow, 400: mail.RefusedForGood,
	} {
		host := raw(t, func(c net.Conn) {
			fmt.Fprintf(c, "HTTP/1.1 %d Whatever\r\nContent-Length: 100\r\n\r\nbroken", code)
		})
		if r := send(t, host); r.Outcome != want {
			t.Errorf("%d: %+v", code, r)
		}
	}
}

func TestAnEndlessAnswerIsNotReadToItsEnd(t *testing.T) {
	const most = 64 << 20 // far more than buffers on the way hold
	written := make(chan int, 1)
	_, host := start(t, func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusAccepted)
		sum := 0
		for sum < most {
			n, err := w.Write(make([]byte, 1<<16))
			sum += n
			if err != nil {
				break
			}
		}
		written <- sum
	})
	if r := send(t, host); r.Outcome != mail.Accepted {
		t.Errorf("%+v", r)
	}
	if n := <-written; n >= most {
		t.Errorf("read %d bytes", n)
	}
}

func TestARedirectIsRefusedAndTheOtherHostSeesNothing(t *testing.T) {
	for _, code := range []int{301, 302, 303, 307, 308} {
		other, elsewhere := start(t, nil)
		_, host := start(t, func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, elsewhere+"/v3/mail/send", code)
		})
		if r := send(t, host); r.Outcome != mail.Misconfigured || r.About != mail.AboutSystem {
			t.Errorf("%d: %+v", code, r)
		}
		if other.count() != 0 {
			t.Errorf("%d: the other host saw the mail", code)
		}
	}
}

func TestARefusalNamesTheFieldAndNothingOfTheMail(t *testing.T) {
	_, host := start(t, func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusBadRequest)
		fmt.Fprintf(w, `{"errors":[
			{"message":"%[1]s at %[2]s","field":"personalizations.0.to.0.email","help":"%[1]s"},
			{"message":"x","field":"%[1]s <%[2]s>"}, {"message":"x","field":null}]}`,
			mailtest.Secret, mailtest.Recipient)
	})
	r := send(t, host)
	if want := "status 400, at fault: personalizations.0.to.0.email"; r.Detail != want {
		t.Errorf("detail %q, want %q", r.Detail, want)
	}
}

func TestAFaultThatTheServiceNamesIsAboutWhatItNames(t *testing.T) {
	for _, row := range []struct {
		status int
		body   string
		about  mail.About
		out    mail.Outcome
	}{
		{400, `{"errors":[{"message":"bad","field":"from.email"}]}`, mail.AboutSender, mail.Misconfigured},
		{400, `{"errors":[{"message":"bad","field":"from"}]}`, mail.AboutSender, mail.Misconfigured},
		{400, `{"errors":[{"message":"bad","field":"reply_to.email"}]}`, mail.AboutSender, mail.Misconfigured},
		{400, `{"errors":[{"message":"bad","field":"personalizations.0.to.0.email"}]}`, mail.AboutRecipient, mail.RefusedForGood},
		{400, `{"errors":[{"message":"bad","field":"personalizations[0].to"}]}`, mail.AboutRecipient, mail.RefusedForGood},
		{400, `{"errors":[{"message":"bad","field":"personalizations.0.to.0.email"},{"message":"bad","field":"from.email"}]}`,
			mail.AboutSender, mail.Misconfigured},
		{400, `{"errors":[{"message":"bad","field":"content"},{"message":"Maximum credits exceeded","field":null}]}`,
			mail.AboutAccount, mail.Misconfigured},
		{400, `{"errors":[{"message":"bad","field":"content"},{"message":"bad","field":"personalizations.0.to"}]}`,
			mail.AboutRecipient, mail.RefusedForGood},
		{400, `{"errors":[{"message":"bad for the sender","field":"subject"}]}`, mail.AboutContent, mail.RefusedForGood},
		{400, `{"errors":[{"message":"bad","field":"a"},{"message":"bad","field":"b"},{"message":"bad","field":"c"},
			{"message":"bad","field":"d"},{"message":"bad","field":"e"},{"message":"bad","field":"reply_to_list.0"}]}`,
			mail.AboutSender, mail.Misconfigured},
		{400, `{"errors":[{"message":"bad","field":"content.0.value"}]}`, mail.AboutContent, mail.RefusedForGood},
		{400, `{"errors":[{"message":"bad","field":"personalizations.0.custom_args"}]}`, mail.AboutContent, mail.RefusedForGood},
		{400, `{"errors":[{"message":"The from address does not match a verified Sender Identity","field":null}]}`, mail.AboutSender, mail.Misconfigured},
		{403, `{"errors":[{"message":"The from address does not match a verified Sender Identity","field":"from"}]}`, mail.AboutSender, mail.Misconfigured},
		{401, `{"errors":[{"message":"Maximum credits exceeded","field":null}]}`, mail.AboutAccount, mail.Misconfigured},
		{403, `access forbidden`, mail.AboutAccount, mail.Misconfigured},
		{413, ``, mail.AboutSize, mail.RefusedForGood},
		{415, ``, mail.AboutSystem, mail.Misconfigured},
		{429, ``, mail.AboutRate, mail.RefusedForNow},
	} {
		_, host := start(t, func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(row.status)
			fmt.Fprint(w, row.body)
		})
		if r := send(t, host); r.About != row.about || r.Outcome != row.out {
			t.Errorf("%d %s: %+v, want %s", row.status, row.body, r, row.about)
		}
	}
}

func TestWhatTheServiceSaysIsKeptWithoutAddressesAndOnlyForAPerson(t *testing.T) {
	_, host := start(t, func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusForbidden)
		fmt.Fprintf(w, `{"errors":[{"message":"The from address ring@qsg.example does\u001b[31m not match a verified\n Sender Identity of %s","field":"from"}]}`, mailtest.Recipient)
	})
	r := send(t, host)
	if r.Reason != "The from address ... does [31m not match a verified Sender Identity of ..." ||
		strings.Contains(r.Detail, "verified") {
		t.Errorf("%q, %q", r.Reason, r.Detail)
	}
}
