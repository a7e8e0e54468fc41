package sendgrid

import (
	"errors"
	"fmt"
	"math"
	"net"
	"net/url"
	"time"
)

// Hosts of the service. An account lives in one region only.
const (
	Global = "https://api.sendgrid.com"
	EU     = "https://api.eu.sendgrid.com"
)

// Config is how the service is reached. Only Key is required.
type Config struct {
	// Key returns the API key; it is asked for each mail, so that a new key takes effect
	// without a restart.
	Key  func() (string, error)
	Host string  // Global by default
	Rate float64 // mails a second, 5 by default; the service publishes no number
	// Hold is how long nothing is sent after a refused key before one mail tries again, longer each time;
	// 1 min by default.
	Hold    time.Duration
	Timeout time.Duration // for one mail, 20 s by default
}

const (
	defaultRate = 5
	defaultHold = time.Minute
	// Below the 30 s that an activity has, so that it is we who see the end.
	defaultTimeout = 20 * time.Second
)

func (c Config) complete() (Config, error) {
	if c.Key == nil {
		return c, errors.New("SendGrid needs an API key")
	}
	if c.Host == "" {
		c.Host = Global
	}
	if err := checkHost(c.Host); err != nil {
		return c, err
	}
	if c.Rate < 0 || math.IsNaN(c.Rate) {
		return c, errors.New("the SendGrid rate is not a number of mails a second above 0")
	}
	if c.Rate == 0 {
		c.Rate = defaultRate
	}
	if c.Hold <= 0 {
		c.Hold = defaultHold
	}
	if c.Timeout <= 0 {
		c.Timeout = defaultTimeout
	}
	return c, nil
}

// checkHost lets the key travel in clear on this machine only, which is for tests.
func checkHost(host string) error {
	u, err := url.Parse(host)
	bare := err == nil && u.Host != "" && *u == url.URL{Scheme: u.Scheme, Host: u.Host}
	if !bare {
		return fmt.Errorf("the SendGrid host %q is not of the form https://name", host)
	}
	ip := net.ParseIP(u.Hostname())
	local := u.Hostname() == "localhost" || ip != nil && ip.IsLoopback()
	if u.Scheme != "https" && !(u.Scheme == "http" && local) {
		return fmt.Errorf("the SendGrid host %q is not reached by https", host)
	}
	return nil
}
