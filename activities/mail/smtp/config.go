package smtp

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"slices"
	"strconv"
	"time"

	"holdthering/activities/mail"
)

// TLS is how the connection is kept from being read.
type TLS string

// The ways.
const (
	// Mandatory: STARTTLS, or no mail. The default unless the server is on this machine.
	Mandatory TLS = "mandatory"
	// Opportunistic: STARTTLS if the server offers it. The default on this machine.
	Opportunistic TLS = "opportunistic"
	Implicit      TLS = "implicit" // TLS from the first byte, usually on port 465
	None          TLS = "none"
)

var tlsModes = []TLS{Mandatory, Opportunistic, Implicit, None}

// Config names the server. Only Address is required.
type Config struct {
	Address  string // host:port
	TLS      TLS
	Username string // empty: no login
	Password string
	Hello    string         // our name in EHLO; the machine's by default
	Timeout  time.Duration  // for one mail, 20 s by default
	RootCAs  *x509.CertPool // the system's by default
	// Hold is how long nothing is sent after a refusal that every mail would meet, before one mail
	// tries again; 30 s by default, and longer each time.
	Hold time.Duration
}

// Below the 30 s that an activity has, so that it is we who see the end.
const defaultTimeout = 20 * time.Second

// Sender is the channel; its configuration does not change.
type Sender struct {
	cfg  Config
	host string
	port int
	tls  *tls.Config

	breaker *mail.Breaker
	lines   lines
}

// New checks the configuration; it does not connect.
func New(cfg Config) (*Sender, error) {
	host, digits, err := net.SplitHostPort(cfg.Address)
	if err != nil || host == "" {
		return nil, fmt.Errorf("the mail server %q is not of the form host:port", cfg.Address)
	}
	port, err := strconv.Atoi(digits)
	if err != nil || port < 1 || port > 65535 {
		return nil, fmt.Errorf("the mail server %q has no port from 1 to 65535", cfg.Address)
	}
	local := loopback(host)
	if cfg.TLS == "" {
		cfg.TLS = Mandatory
		if local {
			cfg.TLS = Opportunistic
		}
	}
	if !slices.Contains(tlsModes, cfg.TLS) {
		return nil, fmt.Errorf("TLS for the mail server is one of %v, not %q", tlsModes, cfg.TLS)
	}
	if err := checkLogin(cfg, local); err != nil {
		return nil, err
	}
	if cfg.Timeout <= 0 {
		cfg.Timeout = defaultTimeout
	}
	return &Sender{cfg: cfg, host: host, port: port, breaker: &mail.Breaker{Hold: cfg.Hold}, tls: &tls.Config{
		ServerName: host, MinVersion: tls.VersionTLS12, RootCAs: cfg.RootCAs,
	}}, nil
}

func checkLogin(cfg Config, local bool) error {
	if (cfg.Username == "") != (cfg.Password == "") {
		return errors.New("a login to the mail server needs both a user name and a password")
	}
	if cfg.Password != "" && !local && cfg.TLS != Mandatory && cfg.TLS != Implicit {
		return errors.New("a password goes to another machine with TLS mandatory or implicit only")
	}
	return nil
}

func loopback(host string) bool {
	if host == "localhost" {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}

// Name is "smtp".
func (s *Sender) Name() string { return "smtp" }

// String describes the channel without its password.
func (s *Sender) String() string {
	return fmt.Sprintf("the mail server %s, TLS %s", s.cfg.Address, s.cfg.TLS)
}
