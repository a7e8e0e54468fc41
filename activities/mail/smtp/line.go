package smtp

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"slices"
	"sync"
	"time"

	gomail "github.com/wneessen/go-mail"
	"github.com/wneessen/go-mail/smtp"
)

// A line that has carried a mail is kept for the next one of the same batch, and no longer than a server that waits
// would mind. Servers bound how many mails they take over one.
const (
	keptFor   = 5 * time.Second
	mostMails = 50
	mostKept  = 8
)

// line is a connection with its session. It is closed with the context of the mail that it carries: the library looks
// at that while it dials only, and lets go of an open connection when the greeting goes wrong.
type line struct {
	sender  *Sender
	client  *gomail.Client
	session *smtp.Client
	conn    net.Conn // nil when the line is kept or closed
	stop    func() bool
	mails   int // that it has carried
}

// dialer connects the line for the mail with this context.
func (l *line) dialer(mail context.Context) gomail.DialContextFunc {
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := new(net.Dialer).DialContext(ctx, network, address)
		if err != nil {
			return nil, err
		}
		l.hold(mail, conn)
		if l.sender.cfg.TLS != Implicit {
			return conn, nil
		}
		secured := tls.Client(conn, l.sender.tls)
		if err := secured.HandshakeContext(ctx); err != nil {
			return nil, err
		}
		return secured, nil
	}
}

func (l *line) hold(mail context.Context, conn net.Conn) {
	l.conn = conn
	l.stop = context.AfterFunc(mail, func() { _ = conn.Close() })
}

// leave takes the connection out of the line; nil where the mail's time is up, and it is closed.
func (l *line) leave() net.Conn {
	conn := l.conn
	if l.conn = nil; conn == nil || !l.stop() {
		return nil
	}
	return conn
}

func (l *line) close() {
	if conn := l.leave(); conn != nil {
		_ = conn.Close()
	}
}

// lines are those that are kept. Its zero value has none.
type lines struct {
	mu   sync.Mutex
	kept []keptLine // the one that was kept last is the last
}

type keptLine struct {
	line  *line
	conn  net.Conn
	until *time.Timer
}

// take gives a kept line to a mail; nil where there is none.
func (k *lines) take(mail context.Context) *line {
	k.mu.Lock()
	defer k.mu.Unlock()
	for len(k.kept) > 0 {
		last := k.kept[len(k.kept)-1]
		k.kept = k.kept[:len(k.kept)-1]
		if last.until.Stop() { // else its time is up, and it takes its leave
			last.line.hold(mail, last.conn)
			return last.line
		}
	}
	return nil
}

// keep keeps a line whose mail was taken, for a while, or takes leave of it.
func (k *lines) keep(l *line) {
	conn := l.leave()
	if conn == nil {
		return
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if l.mails >= mostMails || len(k.kept) >= mostKept {
		go quit(l.session, conn)
		return
	}
	k.kept = append(k.kept, keptLine{l, conn, time.AfterFunc(keptFor, func() {
		k.forget(l)
		quit(l.session, conn)
	})})
}

func (k *lines) forget(l *line) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.kept = slices.DeleteFunc(k.kept, func(o keptLine) bool { return o.line == l })
}

// quit says QUIT behind the answer: the mails are taken over already, what comes of it changes nothing, and nobody
// waits for it.
func quit(session *smtp.Client, conn net.Conn) {
	defer conn.Close()
	if conn.SetDeadline(time.Now().Add(time.Second)) == nil {
		_ = session.Quit()
	}
}

// notBegun reports whether a mail failed over a kept line before its content was begun, in a way that a fresh line may
// not meet: the server had closed the line, or was full of mails that came over it. What is for good stays so.
func notBegun(err error) bool {
	var failed *gomail.SendError
	if !errors.As(err, &failed) || failed.ErrorCode() >= 500 {
		return false
	}
	switch failed.Reason {
	case gomail.ErrConnCheck, gomail.ErrSMTPMailFrom, gomail.ErrSMTPRcptTo, gomail.ErrSMTPData:
		return true
	}
	return false
}
