package smtp_test

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"io"
	"net"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/emersion/go-sasl"
	server "github.com/emersion/go-smtp"

	"holdthering/activities/mail"
	"holdthering/activities/mail/mailtest"
	"holdthering/activities/mail/smtp"
)

const password = "the-password"

// behaviour is what a server under test does; nil steps succeed.
type behaviour struct {
	mail, rcpt, login error
	// data is called with the whole mail; cut ends the connection without an answer.
	data      func(raw string, cut func()) error
	beforeAll func(cut func()) error // at MAIL
	tls       *tls.Config
	auth      bool
}

type taken struct {
	mu    sync.Mutex
	mails []string
	lines atomic.Int32 // connections on which a session began
}

func (t *taken) all() []string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.mails
}

// serve starts a real mail server on this machine and returns its address.
func serve(t *testing.T, b behaviour, implicit bool) (address string, got *taken) {
	t.Helper()
	got = new(taken)
	s := server.NewServer(server.BackendFunc(func(c *server.Conn) (server.Session, error) {
		got.lines.Add(1)
		session := session{b: b, got: got, cut: func() { _ = c.Conn().Close() }}
		if b.auth {
			return &loginSession{session}, nil
		}
		return &session, nil
	}))
	s.TLSConfig = b.tls
	s.AllowInsecureAuth = true
	s.ErrorLog = quiet{}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address = listener.Addr().String()
	if implicit {
		listener = tls.NewListener(listener, b.tls)
	}
	done := make(chan struct{})
	go func() {
		_ = s.Serve(listener)
		close(done)
	}()
	t.Cleanup(func() {
		_ = listener.Close() // Serve may not yet know of it
		_ = s.Close()
		<-done
	})
	return address, got
}

type quiet struct{}

func (quiet) Printf(string, ...any) {}
func (quiet) Println(...any)        {}

type session struct {
	b   behaviour
	got *taken
	cut func()
}

func (s *session) Mail(string, *server.MailOptions) error {
	if s.b.beforeAll != nil {
		return s.b.beforeAll(s.cut)
	}
	return s.b.mail
}

func (s *session) Rcpt(string, *server.RcptOptions) error { return s.b.rcpt }

func (s *session) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	if s.b.data != nil {
		if err := s.b.data(string(raw), s.cut); err != nil {
			return err
		}
	}
	s.got.mu.Lock()
	defer s.got.mu.Unlock()
	s.got.mails = append(s.got.mails, string(raw))
	return nil
}

func (s *session) Reset()        {}
func (s *session) Logout() error { return nil }

type loginSession struct{ session }

func (s *loginSession) AuthMechanisms() []string { return []string{sasl.Plain} }

func (s *loginSession) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, given string) error {
		if s.b.login != nil {
			return s.b.login
		}
		if user != "ring" || given != password {
			return server.ErrAuthFailed
		}
		return nil
	}), nil
}

// certificate is one that is valid for 127.0.0.1, and the pool that trusts it.
func certificate(t *testing.T) (*tls.Config, *x509.CertPool) {
	t.Helper()
	s := httptest.NewTLSServer(nil)
	defer s.Close()
	pool := x509.NewCertPool()
	pool.AddCert(s.Certificate())
	return &tls.Config{Certificates: s.TLS.Certificates}, pool
}

func newSender(t *testing.T, cfg smtp.Config) *smtp.Sender {
	t.Helper()
	s, err := smtp.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func send(cfg smtp.Config, t *testing.T) mail.Result {
	t.Helper()
	return newSender(t, cfg).Send(context.Background(), mailtest.Message("n1"))
}
