package main

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"time"
)

// weather is what the service does to all mails for a time: it refuses us, and not a recipient.
type weather string

const (
	fair     weather = "fair"
	noSender weather = "403: the sender is not verified"
	badFrom  weather = "400 naming from"
	noKey    weather = "401: the key is refused"
	sandbox  weather = "200: the sandbox"
	moved    weather = "301: moved elsewhere"
	spam     weather = "400 naming the content"
	crowded  weather = "429 with Retry-After"
	blocks   weather = "202, then bounced as blocked"
	quota    weather = "202, then dropped for the package's quota"
)

// What a relay says.
const (
	relaySender  weather = "550 5.7.60 at MAIL FROM: not permitted to send as this sender"
	relayAccount weather = "530 5.7.0 at MAIL FROM: authentication required"
	relayContent weather = "554 5.7.1 after DATA: rejected as spam"
	relayBusy    weather = "421 4.3.2 at the greeting"
	relayLater   weather = "451 4.7.1 at RCPT TO: try again later"
)

var (
	weathers      = []weather{noSender, badFrom, noKey, sandbox, moved, spam, crowded}
	toldLater     = []weather{blocks, quota} // what is told later only would be lost without a word
	relayWeathers = []weather{relaySender, relayAccount, relayContent, relayBusy, relayLater}
)

// spell is a time of one weather.
type spell struct {
	from, to time.Duration // since the run began
	of       weather
}

// forecast has bad weather half of the time, every kind in its turn; it follows from the seed.
func forecast(p plan, kinds []weather) []spell {
	if p.Outage <= 0 {
		return nil
	}
	chance := rand.New(rand.NewPCG(p.Seed, 4))
	order := chance.Perm(len(kinds))
	var out []spell
	at := time.Duration(0)
	for n := 0; at < p.Storm && len(kinds) > 0; n++ {
		at += p.Outage/4 + time.Duration(chance.Int64N(int64(p.Outage)))
		lasts := p.Outage/3 + time.Duration(chance.Int64N(int64(p.Outage)*2/3))
		out = append(out, spell{at, min(at+lasts, p.Storm), kinds[order[n%len(kinds)]]})
		at += lasts
	}
	return out
}

func weatherAt(spells []spell, since time.Duration) weather {
	for _, s := range spells {
		if since >= s.from && since < s.to {
			return s.of
		}
	}
	return fair
}

// now is the weather that a request meets; it is counted.
func (s *standIn) now() weather {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := weatherAt(s.spells, time.Since(s.began))
	if now != fair {
		s.stormy[now]++
	}
	return now
}

// storm answers a request in bad weather; false leaves it to what else may happen.
func (s *standIn) storm(w http.ResponseWriter, l letter, ref string) bool {
	now := s.now()
	refuse := func(status int, message, field string) {
		w.WriteHeader(status)
		fmt.Fprintf(w, `{"errors":[{"message":%q,"field":%q}]}`, message, field)
	}
	switch now {
	case fair:
		return false
	case noSender:
		refuse(403, "The from address does not match a verified Sender Identity", "from")
	case badFrom:
		refuse(400, "Does not contain a valid address.", "from.email")
	case noKey:
		refuse(401, "The provided authorization grant is invalid", "")
	case sandbox:
		w.WriteHeader(http.StatusOK)
	case moved:
		w.Header().Set("Location", "https://elsewhere.example/")
		w.WriteHeader(http.StatusMovedPermanently)
	case spam:
		refuse(400, "The content is not acceptable", "content")
	case crowded:
		w.Header().Set("Retry-After", "5")
		w.WriteHeader(http.StatusTooManyRequests)
	case blocks, quota:
		w.WriteHeader(http.StatusAccepted)
		if s.events != nil {
			s.events.returned(l, ref, now)
		}
	}
	return true
}
