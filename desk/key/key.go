// Package key makes and tries the keys that open the desk: whoever has the key of the sealed cases can make
// one, each opens it once and within hours, and nothing of it is kept but that it was used.
package key

import (
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"holdthering/seal"
)

// Lasts is how long a key can be used.
const Lasts = 12 * time.Hour

// Query is the name of the key in the address of the desk.
const Query = "key"

// To names the page that is opened with it, such as "/case/K7QM-3XRD".
const To = "to"

// Path is where a key is given in.
const Path = "/sign-in"

// ErrSpent says that a key has been used; ErrBad that it is none, or too old.
var (
	ErrSpent = errors.New("this key has been used")
	ErrBad   = errors.New("this is no key of this desk, or it is too old")
)

// New makes a key.
func New(keys seal.Keys, now time.Time) string {
	once, until := rand.Text(), strconv.FormatInt(now.Add(Lasts).Unix(), 36)
	return once + "." + until + "." + mark(keys, once, until)
}

// Address is where a desk is opened with a key of its own, and a page of it where one is named.
func Address(keys seal.Keys, at, page string, now time.Time) string {
	out := "http://" + at + Path + "?" + Query + "=" + New(keys, now)
	if page != "" {
		out += "&" + To + "=" + url.QueryEscape(page)
	}
	return out
}

// Usual is where the desk of the cases listens on this machine.
const Usual = "127.0.0.1:8235"

func mark(keys seal.Keys, once, until string) string { return keys.Mark("desk", once, until) }

// Spent knows the keys that have been used. Its zero value is ready.
type Spent struct {
	mu   sync.Mutex
	used map[string]time.Time // until when each would have been good
}

// Use opens with a key, once.
func (s *Spent) Use(keys seal.Keys, text string, now time.Time) error {
	parts := strings.Split(text, ".")
	if len(parts) != 3 || subtle.ConstantTimeCompare([]byte(mark(keys, parts[0], parts[1])), []byte(parts[2])) != 1 {
		return ErrBad
	}
	at, err := strconv.ParseInt(parts[1], 36, 64)
	until := time.Unix(at, 0)
	if err != nil || !now.Before(until) {
		return ErrBad
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for one, end := range s.used {
		if !now.Before(end) {
			delete(s.used, one)
		}
	}
	if _, spent := s.used[parts[0]]; spent {
		return ErrSpent
	}
	if s.used == nil {
		s.used = map[string]time.Time{}
	}
	s.used[parts[0]] = until
	return nil
}
