package main

import (
	"hash/fnv"
	"io"
	"math/rand/v2"
	"net"
	"regexp"
	"time"

	smtp "github.com/emersion/go-smtp"
)

// relay is the service as a mail server speaks: the same faults of the same mails, at the end of DATA.
type relay struct{ door }

// NewSession refuses the connection where the weather says so.
func (r relay) NewSession(c *smtp.Conn) (smtp.Session, error) {
	if now := weatherAt(r.spells, time.Since(r.began)); now == relayBusy {
		r.now()
		return nil, answer(421, smtp.EnhancedCode{4, 3, 2}, "system is not accepting network messages")
	}
	return &session{relay: r, conn: c.Conn()}, nil
}

type session struct {
	relay
	conn net.Conn
	to   string
}

func answer(code int, enhanced smtp.EnhancedCode, text string) error {
	return &smtp.SMTPError{Code: code, EnhancedCode: enhanced, Message: text}
}

func (s *session) Reset()        {}
func (s *session) Logout() error { return nil }

// Mail is where a relay refuses us for who we are.
func (s *session) Mail(string, *smtp.MailOptions) error {
	switch weatherAt(s.spells, time.Since(s.began)) {
	case relaySender:
		s.now()
		return answer(550, smtp.EnhancedCode{5, 7, 60}, "client does not have permissions to send as this sender")
	case relayAccount:
		s.now()
		return answer(530, smtp.EnhancedCode{5, 7, 0}, "authentication required")
	}
	return nil
}

// Rcpt knows nothing of one mailbox in twenty, always the same.
func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	if weatherAt(s.spells, time.Since(s.began)) == relayLater {
		s.now()
		return answer(451, smtp.EnhancedCode{4, 7, 1}, "try again later")
	}
	h := fnv.New64a()
	_, _ = io.WriteString(h, to) // a hash takes all
	if rand.New(rand.NewPCG(s.Seed, h.Sum64())).IntN(20) == 0 {
		s.mu.Lock()
		s.standIn.refused[to] = true
		s.mu.Unlock()
		return answer(550, smtp.EnhancedCode{5, 1, 1}, "no such mailbox here")
	}
	s.to = to
	return nil
}

var (
	noticeLine = regexp.MustCompile(`(?mi)^X-Holdthering-Notice: *(\S+)`)
)

// Data meets the same faults as a request to SendGrid.
func (s *session) Data(r io.Reader) error {
	from := time.Now()
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	found := noticeLine.FindSubmatch(raw)
	if found == nil {
		return answer(554, smtp.EnhancedCode{5, 6, 0}, "a mail of no notice")
	}
	if weatherAt(s.spells, time.Since(s.began)) == relayContent {
		s.now()
		return answer(554, smtp.EnhancedCode{5, 7, 1}, "message rejected as spam")
	}
	l := letter{string(found[1]), s.to}
	chance := s.chance(l.mail)
	switch f := s.pick(chance); f {
	case limited:
		return answer(421, smtp.EnhancedCode{4, 7, 28}, "rate limit exceeded")
	case failed:
		return answer(451, smtp.EnhancedCode{4, 3, 0}, "requested action aborted")
	case cutBefore:
		return s.cut()
	case cutAfter:
		s.send(l, "", chance, taken{from: from, door: s.of})
		return s.cut()
	case lieTaken:
		s.drop(l)
		return nil
	case lieFailed:
		s.send(l, "", chance, taken{from: from, door: s.of})
		return answer(451, smtp.EnhancedCode{4, 3, 0}, "requested action aborted")
	case delayed:
		time.Sleep(time.Duration(200+chance.IntN(1300)) * time.Millisecond)
	}
	s.send(l, "", chance, taken{from: from, door: s.of, said: true})
	return nil
}

// cut ends the connection without an answer.
func (s *session) cut() error {
	if tcp, ok := s.conn.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0) // a reset
	}
	_ = s.conn.Close()
	return io.ErrUnexpectedEOF
}

// serveSMTP listens on this machine until it is closed.
func serveSMTP(r relay) (address string, stop func(), err error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, err
	}
	server := smtp.NewServer(r)
	server.Domain = "relay.example"
	server.ErrorLog = silent{}
	go func() { _ = server.Serve(listener) }() // its end is ours
	return listener.Addr().String(), func() { _ = server.Close() }, nil
}

type silent struct{}

func (silent) Printf(string, ...any) {}
func (silent) Println(...any)        {}
