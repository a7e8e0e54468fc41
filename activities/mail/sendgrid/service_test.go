package sendgrid_test

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"

	"holdthering/activities/mail"
	"holdthering/activities/mail/mailtest"
	"holdthering/activities/mail/sendgrid"
)

const key = "SG.the-key"

// request is the JSON of a mail as the service reads it.
type request struct {
	From, ReplyTo    *party
	Personalizations []struct {
		To         []party
		CustomArgs map[string]string `json:"custom_args"`
	}
	Subject     string
	Content     []struct{ Type, Value string }
	Attachments []struct{ Content, Type, Filename, Disposition string }
	Headers     map[string]string
	Categories  []string
	CustomArgs  map[string]string          `json:"custom_args"`
	Tracking    map[string]map[string]bool `json:"tracking_settings"`
	Asm         any
}

type party struct{ Name, Email string }

// service records what it is sent and answers as told.
type service struct {
	mu      sync.Mutex
	got     []request
	headers []http.Header
	raw     []string
	answer  http.HandlerFunc // nil: 202
}

func (s *service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	raw, err := io.ReadAll(r.Body)
	var got request
	if err == nil {
		err = json.Unmarshal(raw, &got)
	}
	if err != nil || r.Method != http.MethodPost || r.URL.Path != "/v3/mail/send" {
		w.WriteHeader(http.StatusTeapot)
		return
	}
	s.mu.Lock()
	s.got = append(s.got, got)
	s.raw = append(s.raw, string(raw))
	s.headers = append(s.headers, r.Header)
	answer := s.answer
	s.mu.Unlock()
	if answer != nil {
		answer(w, r)
		return
	}
	w.WriteHeader(http.StatusAccepted)
}

func (s *service) set(answer http.HandlerFunc) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.answer = answer
}

func (s *service) count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.got)
}

func status(code int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) }
}

func start(t testing.TB, answer http.HandlerFunc) (*service, string) {
	t.Helper()
	s := &service{answer: answer}
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	return s, server.URL
}

// raw starts a server below HTTP: talk gets the connection once a whole request came in.
func raw(t *testing.T, talk func(net.Conn)) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var wait sync.WaitGroup
	wait.Go(func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			wait.Go(func() {
				defer conn.Close()
				r, err := http.ReadRequest(bufio.NewReader(conn))
				if err != nil {
					return
				}
				if _, err := io.Copy(io.Discard, r.Body); err == nil {
					talk(conn)
				}
			})
		}
	})
	t.Cleanup(func() {
		listener.Close()
		wait.Wait()
	})
	return "http://" + listener.Addr().String()
}

func fixed(key string) func() (string, error) {
	return func() (string, error) { return key, nil }
}

func newSender(t testing.TB, cfg sendgrid.Config) *sendgrid.Sender {
	t.Helper()
	if cfg.Key == nil {
		cfg.Key = fixed(key)
	}
	if cfg.Rate == 0 {
		cfg.Rate = 1e6
	}
	s, err := sendgrid.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func send(t *testing.T, host string) mail.Result {
	t.Helper()
	return newSender(t, sendgrid.Config{Host: host}).Send(context.Background(), mailtest.Message("n1"))
}
