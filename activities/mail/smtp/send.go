package smtp

import (
	"context"
	"crypto/tls"
	"net"
	"time"

	gomail "github.com/wneessen/go-mail"
	"github.com/wneessen/go-mail/smtp"

	"holdthering/activities/mail"
	"holdthering/activities/mail/eml"
)

// Send gives one mail to the server.
func (s *Sender) Send(ctx context.Context, m mail.Message) mail.Result {
	if err := m.Validate(); err != nil {
		return m.Unfit(err)
	}
	msg, err := eml.Build(m)
	if err != nil {
		return m.Unfit(err)
	}
	try, r, held := s.breaker.Enter()
	if held {
		return r
	}
	return s.breaker.Leave(try, m.To.Domain(), s.talk(ctx, m, msg))
}

// talk is one mail's own connection.
func (s *Sender) talk(ctx context.Context, m mail.Message, msg *gomail.Msg) mail.Result {
	ctx, cancel := context.WithTimeout(ctx, s.cfg.Timeout)
	defer cancel()
	line := &line{sender: s, mail: ctx}
	defer line.close()
	client, err := gomail.NewClient(s.host, s.options(line)...)
	if err != nil {
		return mail.Result{Outcome: mail.Misconfigured, About: mail.AboutSystem,
			Detail: "the mail server's settings are not usable"}
	}
	session, err := client.DialToSMTPClientWithContext(ctx)
	if err != nil {
		return notGreeted(err, m.To)
	}
	err = client.SendWithSMTPClient(session, msg)
	if !msg.IsDelivered() {
		// No QUIT here: after a broken body it would first end the mail, and the server
		// would take over half of it.
		return notTaken(err, m.To)
	}
	line.takeLeave(session)
	return mail.Result{Outcome: mail.Accepted}
}

func (s *Sender) options(l *line) []gomail.Option {
	options := []gomail.Option{
		gomail.WithPort(s.port),
		gomail.WithTimeout(s.cfg.Timeout),
		gomail.WithTLSPolicy(policy(s.cfg.TLS)),
		gomail.WithTLSConfig(s.tls.Clone()),
		gomail.WithDialContextFunc(l.dial),
		gomail.WithoutNoop(),
		gomail.WithoutRset(),
	}
	if s.cfg.Hello != "" {
		options = append(options, gomail.WithHELO(s.cfg.Hello))
	}
	if s.cfg.Username != "" {
		options = append(options,
			gomail.WithOpportunisticSMTPAuth(
				gomail.SMTPAuthSCRAMSHA256, gomail.SMTPAuthPlain, gomail.SMTPAuthLogin),
			gomail.WithUsername(s.cfg.Username), gomail.WithPassword(s.cfg.Password))
	}
	return options
}

func policy(t TLS) gomail.TLSPolicy {
	switch t {
	case Mandatory:
		return gomail.TLSMandatory
	case Opportunistic:
		return gomail.TLSOpportunistic
	}
	return gomail.NoTLS // Implicit: the line itself is encrypted
}

// line is the connection of one mail, closed with the mail's context: the library looks at
// that while it dials only, and lets go of an open connection when the greeting goes wrong.
type line struct {
	sender *Sender
	mail   context.Context
	conn   net.Conn
	stop   func() bool
}

func (l *line) dial(ctx context.Context, network, address string) (net.Conn, error) {
	conn, err := new(net.Dialer).DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}
	l.conn = conn
	l.stop = context.AfterFunc(l.mail, func() { _ = conn.Close() })
	if l.sender.cfg.TLS != Implicit {
		return conn, nil
	}
	secured := tls.Client(conn, l.sender.tls)
	if err := secured.HandshakeContext(ctx); err != nil {
		return nil, err
	}
	return secured, nil
}

// takeLeave says QUIT, behind the answer: the mail is taken over already, what comes of it changes nothing, and
// whoever sent it has to note at once that it went.
func (l *line) takeLeave(session *smtp.Client) {
	conn := l.conn
	if !l.stop() {
		return // its time is up, and it is closed
	}
	l.conn = nil
	go func() {
		defer conn.Close()
		if conn.SetDeadline(time.Now().Add(time.Second)) == nil {
			_ = session.Quit()
		}
	}()
}

func (l *line) close() {
	if l.conn != nil {
		l.stop()
		_ = l.conn.Close()
	}
}
