package seal

import (
	"crypto/rand"
	"crypto/subtle"
	"net/http"
	"strings"
)

// NewToken is a word that cannot be guessed, for one run of a program.
func NewToken() string { return rand.Text() }

// Behind serves only who knows the token, which is the first part of the path: a loopback address is
// open to everybody on the machine, and the key is not. The UI adds its own path to the address that
// it is given.
func Behind(token string, h http.Handler) http.Handler {
	inner := http.StripPrefix("/"+token, h)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		first, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
		if token == "" || subtle.ConstantTimeCompare([]byte(first), []byte(token)) != 1 {
			http.NotFound(w, r)
			return
		}
		inner.ServeHTTP(w, r)
	})
}
