package pages

import (
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// limit lets each of many through so often, and remembers only those of late.
type limit struct {
	every time.Duration // one more is let through
	burst int

	mu   sync.Mutex
	of   map[string]*rate.Limiter
	last time.Time // when those that are full again were forgotten
}

// mostKnown bounds the memory; beyond it, whoever is new shares one limit.
const mostKnown = 20_000

func newLimit(every time.Duration, burst int) *limit {
	return &limit{every: every, burst: burst, of: map[string]*rate.Limiter{}}
}

// lets reports whether one more may pass.
func (l *limit) lets(who string, now time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if now.Sub(l.last) > time.Duration(l.burst)*l.every || now.Before(l.last) {
		for key, one := range l.of {
			if one.TokensAt(now) >= float64(l.burst) {
				delete(l.of, key)
			}
		}
		l.last = now
	}
	if l.of[who] == nil && len(l.of) >= mostKnown {
		who = ""
	}
	one := l.of[who]
	if one == nil {
		one = rate.NewLimiter(rate.Every(l.every), l.burst)
		l.of[who] = one
	}
	return one.AllowN(now, 1)
}

// caller is where a request comes from. A proxy on this machine or in its network is believed: the last
// address that it names is the one that it saw. Of IPv6 the network counts, since a caller has all of it.
func caller(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	at, err := netip.ParseAddr(host)
	if err != nil {
		return host
	}
	if at = at.Unmap(); at.IsLoopback() || at.IsPrivate() {
		named := strings.Join(r.Header.Values("X-Forwarded-For"), ",")
		if seen, err := netip.ParseAddr(strings.TrimSpace(named[strings.LastIndexByte(named, ',')+1:])); err == nil {
			at = seen.Unmap()
		}
	}
	if at.Is6() {
		if net, err := at.WithZone("").Prefix(64); err == nil {
			return net.String()
		}
	}
	return at.String()
}
