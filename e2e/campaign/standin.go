package main

import (
	"encoding/json"
	"fmt"
	"hash/fnv"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"sync"
	"time"

	"holdthering/activities/mail/sendgrid"
)

// fault is what the stand-in does with a request.
type fault string

const (
	none      fault = "taken as it should be"
	limited   fault = "refused: 429"
	failed    fault = "refused: 503"
	delayed   fault = "delayed"
	cutBefore fault = "cut off before the mail was taken"
	cutAfter  fault = "cut off after it"
	lieTaken  fault = "lied: 202, and the mail dropped"
	lieFailed fault = "lied: 500, and the mail sent"
)

var faults = []fault{limited, failed, delayed, cutBefore, cutAfter, lieTaken, lieFailed}

// letter is one mail at one mailbox.
type letter struct{ mail, to string }

// taken is one time that a mail was really sent.
type taken struct {
	from time.Time // when it began to be given
	at   time.Time
	door int  // by which worker
	said bool // it was told that the mail was taken
}

// standIn is a mail service as it should not be.
type standIn struct {
	plan
	events *announcer // nil: it tells nothing

	mu      sync.Mutex
	asked   map[string]int     // requests for a mail
	sent    map[letter][]taken // what was really sent
	dropped map[string]bool    // mails that it said were taken, and threw away without a word
	bounced map[string]bool
	refused map[string]bool // mailboxes that a relay does not know
	met     map[fault]int

	began  time.Time
	spells []spell
	stormy map[weather]int // requests by weather
}

func newStandIn(p plan, events *announcer, kinds []weather) *standIn {
	return &standIn{plan: p, events: events, began: time.Now(), spells: forecast(p, kinds), stormy: map[weather]int{},
		asked: map[string]int{}, sent: map[letter][]taken{}, dropped: map[string]bool{}, bounced: map[string]bool{},
		refused: map[string]bool{}, met: map[fault]int{}}
}

// request is what is read of a mail.
type request struct {
	Personalizations []struct {
		To   []struct{ Email string }
		Args map[string]string `json:"custom_args"`
	}
}

// door is the address at which one worker reaches the service.
type door struct {
	*standIn
	of int
}

func (s door) ServeHTTP(w http.ResponseWriter, q *http.Request) {
	var r request
	body, err := io.ReadAll(q.Body)
	if err == nil {
		err = json.Unmarshal(body, &r)
	}
	if err != nil || len(r.Personalizations) != 1 || len(r.Personalizations[0].To) != 1 {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	one := r.Personalizations[0]
	l := letter{one.Args[sendgrid.NoticeArg], one.To[0].Email}
	ref := one.Args[sendgrid.CaseArg]
	if s.storm(w, l, ref) {
		return
	}
	from, chance := time.Now(), s.chance(l.mail)
	f := s.pick(chance)
	switch f {
	case limited:
		w.Header().Set("X-RateLimit-Reset", fmt.Sprint(time.Now().Add(time.Second).Unix()))
		w.WriteHeader(http.StatusTooManyRequests)
	case failed:
		w.WriteHeader(http.StatusServiceUnavailable)
	case cutBefore:
		cut(w)
	case cutAfter:
		s.send(l, ref, chance, taken{from: from, door: s.of})
		cut(w)
	case lieTaken:
		s.drop(l)
		w.WriteHeader(http.StatusAccepted)
	case lieFailed:
		s.send(l, ref, chance, taken{from: from, door: s.of})
		w.WriteHeader(http.StatusInternalServerError)
	case delayed:
		time.Sleep(time.Duration(200+chance.IntN(1300)) * time.Millisecond)
		fallthrough
	default:
		s.send(l, ref, chance, taken{from: from, door: s.of, said: true})
		w.WriteHeader(http.StatusAccepted)
	}
}

// chance is the same for the same try of the same mail under the same seed, whatever else
// goes on. Mail ids follow from the case and the notice, so case references are fixed too.
func (s *standIn) chance(mail string) *rand.Rand {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked[mail]++
	h := fnv.New64a()
	fmt.Fprint(h, mail, s.asked[mail])
	return rand.New(rand.NewPCG(s.Seed, h.Sum64()))
}

func (s *standIn) pick(chance *rand.Rand) fault {
	f := none
	if chance.Float64() < s.Rate {
		f = faults[chance.IntN(len(faults))]
		if f == limited && chance.Float64() >= s.Limited {
			f = failed
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.met[f]++
	return f
}

// send really sends the mail; one in thirty bounces where the service tells of it.
func (s *standIn) send(l letter, ref string, chance *rand.Rand, t taken) {
	bounces := s.events != nil && chance.IntN(30) == 0
	t.at = time.Now()
	s.mu.Lock()
	s.sent[l] = append(s.sent[l], t)
	s.bounced[l.mail] = s.bounced[l.mail] || bounces
	delete(s.dropped, l.mail)
	s.mu.Unlock()
	if s.events != nil {
		s.events.announce(l.mail, ref, bounces)
	}
}

func (s *standIn) drop(l letter) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.dropped[l.mail] = true
}

func cut(w http.ResponseWriter) {
	conn, _, err := w.(http.Hijacker).Hijack()
	if err != nil {
		return
	}
	if tcp, ok := conn.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0) // a reset
	}
	_ = conn.Close()
}

// serveHTTP listens on this machine until it is closed.
func serveHTTP(h http.Handler) (address string, stop func(), err error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, err
	}
	server := &http.Server{Handler: h, ReadHeaderTimeout: 5 * time.Second}
	go func() { _ = server.Serve(listener) }() // its end is ours
	return listener.Addr().String(), func() { _ = server.Close() }, nil
}
