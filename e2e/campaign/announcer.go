package main

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	crand "crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"sync"
	"time"

	"holdthering/activities/mail/sendgrid"
	"holdthering/worker/events"
)

// announcer tells what becomes of mails as SendGrid does: signed, more than once, in any order,
// at times late, and again until it is taken.
type announcer struct {
	key    *ecdsa.PrivateKey
	to     []string // addresses of the receivers, in turn
	done   chan struct{}
	client http.Client

	gather time.Duration // for how long events are gathered

	mu      sync.Mutex
	waiting []map[string]any
	chance  *rand.Rand
	posts   int
	refused int
}

func newAnnouncer(p plan, to []string) (*announcer, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), crand.Reader)
	if err != nil {
		return nil, err
	}
	return &announcer{key: key, to: to, done: make(chan struct{}), gather: p.Gather, client: http.Client{Timeout: 25 * time.Second},
		chance: rand.New(rand.NewPCG(p.Seed, 2))}, nil
}

// publicKey is as SendGrid shows it.
func (a *announcer) publicKey() string {
	der, err := x509.MarshalPKIXPublicKey(&a.key.PublicKey)
	if err != nil {
		return "" // a key that we made
	}
	return base64.StdEncoding.EncodeToString(der)
}

// announce tells of a mail that was sent: first that it is processed and then how it ended, in
// either order; a fifth late, a third twice.
func (a *announcer) announce(mail, ref string, bounces bool) {
	end := "delivered"
	if bounces {
		end = "bounce"
	}
	for i, event := range []string{"processed", end} {
		wait := 100*time.Millisecond + a.upTo(400*time.Millisecond)
		if a.upTo(5) == 0 {
			wait += a.upTo(4 * time.Second)
		}
		times := 1
		if a.upTo(3) == 0 {
			times = 2
		}
		for copy := range times {
			id := fmt.Sprintf("%s-%d-%d", mail, i, copy)
			a.tell(map[string]any{"event": event, "timestamp": time.Now().Unix(), "sg_event_id": id, "email": "duty@body.example",
				sendgrid.NoticeArg: mail, sendgrid.CaseArg: ref}, wait+time.Duration(copy)*a.upTo(2*time.Second))
		}
	}
}

// returned reports that a mail was refused for what we are, and not for whom it was for.
func (a *announcer) returned(l letter, ref string, why weather) {
	event := map[string]any{"event": "bounce", "type": "blocked", "status": "5.7.1",
		"reason": "554 5.7.1 <" + l.to + "> poor reputation"}
	if why == quota {
		event = map[string]any{"event": "dropped", "reason": "Recipient List over Package Quota"}
	}
	event["timestamp"], event["email"] = time.Now().Unix(), l.to
	event[sendgrid.NoticeArg], event[sendgrid.CaseArg] = l.mail, ref
	for range 1 + int(a.upTo(2)) { // some twice
		a.tell(event, 100*time.Millisecond+a.upTo(3*time.Second))
	}
}

// tell has an event go after a time, together with those that are to go in the same moment: a service that has many
// mails on their way tells of many at once.
func (a *announcer) tell(event map[string]any, after time.Duration) {
	time.AfterFunc(after, func() {
		a.mu.Lock()
		defer a.mu.Unlock()
		if a.waiting = append(a.waiting, event); len(a.waiting) == 1 {
			time.AfterFunc(a.gather, a.sendAll)
		}
	})
}

func (a *announcer) sendAll() {
	a.mu.Lock()
	raw, err := json.Marshal(a.waiting)
	a.waiting = nil
	a.mu.Unlock()
	if err == nil { // they are texts and numbers
		a.post(raw)
	}
}

func (a *announcer) upTo(most time.Duration) time.Duration {
	a.mu.Lock()
	defer a.mu.Unlock()
	return time.Duration(a.chance.Int64N(int64(most)))
}

// post gives the batch to the receivers until one has taken it or the run is over, after waits that grow, as a service's do.
func (a *announcer) post(body []byte) {
	for wait := 500 * time.Millisecond; !a.once(body); wait = min(2*wait, 8*time.Second) {
		select {
		case <-a.done:
			return
		case <-time.After(wait):
		}
	}
}

func (a *announcer) once(body []byte) bool {
	a.mu.Lock()
	a.posts++
	to := a.to[a.posts%len(a.to)]
	a.mu.Unlock()
	stamp := fmt.Sprint(time.Now().Unix())
	sum := sha256.Sum256(append([]byte(stamp), body...))
	signature, err := ecdsa.SignASN1(crand.Reader, a.key, sum[:])
	if err != nil {
		return false
	}
	q, err := http.NewRequest(http.MethodPost, "http://"+to+events.Path, bytes.NewReader(body))
	if err != nil {
		return false
	}
	q.Header.Set(events.TimestampHeader, stamp)
	q.Header.Set(events.SignatureHeader, base64.StdEncoding.EncodeToString(signature))
	answer, err := a.client.Do(q)
	taken := err == nil && answer.StatusCode/100 == 2
	if err == nil {
		_ = answer.Body.Close()
	}
	if !taken {
		a.mu.Lock()
		a.refused++
		a.mu.Unlock()
	}
	return taken
}
