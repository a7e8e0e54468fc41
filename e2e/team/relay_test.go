package team

import (
	"io"
	"maps"
	"net"
	"regexp"
	"sync"
	"testing"
	"time"

	server "github.com/emersion/go-smtp"
)

// relay takes every mail, slowly enough that something can happen meanwhile, and counts.
type relay struct {
	mu    sync.Mutex
	delay time.Duration
	taken map[string]int // by mail
}

func serveRelay(t *testing.T) (*relay, string) {
	t.Helper()
	r := &relay{taken: map[string]int{}}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	srv := server.NewServer(r)
	srv.Domain = "relay.example"
	go func() { _ = srv.Serve(l) }() // its end is ours
	t.Cleanup(func() { _ = srv.Close() })
	return r, l.Addr().String()
}

func (r *relay) NewSession(*server.Conn) (server.Session, error) { return &session{r}, nil }

type session struct{ *relay }

func (s *session) Mail(string, *server.MailOptions) error { return nil }
func (s *session) Rcpt(string, *server.RcptOptions) error { return nil }
func (s *session) Reset()                                 {}
func (s *session) Logout() error                          { return nil }

var mailLine = regexp.MustCompile(`(?mi)^X-Holdthering-Notice: *(\S+)`)

func (s *session) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	time.Sleep(s.delay)
	if found := mailLine.FindSubmatch(raw); found != nil {
		s.taken[string(found[1])]++
	}
	return nil
}

func (r *relay) slow(d time.Duration) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.delay = d
}

// counts are the mails that were taken, and how many of them more than once.
func (r *relay) counts() (mails, doubled int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, n := range r.taken {
		mails++
		if n > 1 {
			doubled++
		}
	}
	return mails, doubled
}

// all are the mails that were taken, and how often.
func (r *relay) all() map[string]int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return maps.Clone(r.taken)
}

func (r *relay) times(mail string) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.taken[mail]
}
