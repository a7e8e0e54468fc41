package sendgrid

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"sync/atomic"
	"time"

	"github.com/sendgrid/rest"
)

const (
	// idle is short: a connection that the service closes just as a mail goes out leaves
	// that mail unknown.
	idle = 5 * time.Second
	// maxAnswer is far above any answer of the service, which is read into memory.
	maxAnswer = 64 << 10
)

func newClient(timeout time.Duration) *rest.Client {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.IdleConnTimeout = idle
	transport.MaxIdleConnsPerHost = 32
	return &rest.Client{HTTPClient: &http.Client{
		Transport: short{transport},
		Timeout:   timeout,
		// A redirect would send the whole mail again, to another host.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// short cuts answers off at maxAnswer.
type short struct {
	next http.RoundTripper
}

func (s short) RoundTrip(r *http.Request) (*http.Response, error) {
	response, err := s.next.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	response.Body = struct {
		io.Reader
		io.Closer
	}{io.LimitReader(response.Body, maxAnswer), response.Body}
	return response, nil
}

// requestTrace is how far one request came.
type requestTrace struct {
	connected, wroteHeaders atomic.Bool
}

func follow(ctx context.Context) (context.Context, *requestTrace) {
	w := new(requestTrace)
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GotConn:      func(httptrace.GotConnInfo) { w.connected.Store(true) },
		WroteHeaders: func() { w.wroteHeaders.Store(true) },
	}), w
}

// begun reports whether the service may have seen the request. One that was given up after
// it got its connection may still be written, by the goroutine that it was handed to.
func (w *requestTrace) begun(err error) bool {
	return w.wroteHeaders.Load() || w.connected.Load() && givenUp(err)
}

func givenUp(err error) bool {
	var network net.Error
	return errors.Is(err, context.Canceled) || errors.As(err, &network) && network.Timeout()
}
