package smtp

import (
	"context"

	gomail "github.com/wneessen/go-mail"

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

// talk gives a mail to the server, over a line that another has left open or one of its own.
func (s *Sender) talk(ctx context.Context, m mail.Message, msg *gomail.Msg) mail.Result {
	ctx, cancel := context.WithTimeout(ctx, s.cfg.Timeout)
	defer cancel()
	if l := s.lines.take(ctx); l != nil {
		err := s.carry(l, msg)
		if msg.IsDelivered() || !notBegun(err) {
			return became(msg, err, m.To)
		}
		// The server has let go of the line, or takes no more over it: a fresh one decides.
	}
	l := &line{sender: s}
	client, err := gomail.NewClient(s.host, s.options(l.dialer(ctx))...)
	if err != nil {
		return mail.Result{Outcome: mail.Misconfigured, About: mail.AboutSystem,
			Detail: "the mail server's settings are not usable"}
	}
	l.client = client
	if l.session, err = client.DialToSMTPClientWithContext(ctx); err != nil {
		l.close()
		return notGreeted(err, m.To)
	}
	return became(msg, s.carry(l, msg), m.To)
}

// carry sends a mail over a line, and keeps the line where that went well; it is no longer the caller's. Where it did
// not there is no QUIT: after a broken body it would first end the mail, and the server would take over half of it.
func (s *Sender) carry(l *line, msg *gomail.Msg) error {
	err := l.client.SendWithSMTPClient(l.session, msg)
	if l.mails++; msg.IsDelivered() {
		s.lines.keep(l)
	} else {
		l.close()
	}
	return err
}

func became(msg *gomail.Msg, err error, to mail.Address) mail.Result {
	if msg.IsDelivered() {
		return mail.Result{Outcome: mail.Accepted}
	}
	return notTaken(err, to)
}

func (s *Sender) options(dial gomail.DialContextFunc) []gomail.Option {
	options := []gomail.Option{
		gomail.WithPort(s.port),
		gomail.WithTimeout(s.cfg.Timeout),
		gomail.WithTLSPolicy(policy(s.cfg.TLS)),
		gomail.WithTLSConfig(s.tls.Clone()),
		gomail.WithDialContextFunc(dial),
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
