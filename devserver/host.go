package main

import (
	"net"
	"net/http"
	"slices"
	"strings"
)

// own answers only requests for this machine by a name of its own (127.0.0.1, ::1, localhost), or
// by one of the further names. A web page elsewhere can have its own name resolve to this machine
// (DNS rebinding) and is then of one origin with what is served here; the name that it asks for
// gives it away. This is a copy of the file in the product's package loopback.
func own(h http.Handler, names ...string) http.Handler {
	return ownTelling(h, func(string) {}, names...)
}

// ownTelling is own that also tells of each name that it refuses.
func ownTelling(h http.Handler, refused func(host string), names ...string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := hostname(r.Host)
		ip := net.ParseIP(name)
		if name == "localhost" || ip != nil && ip.IsLoopback() || slices.Contains(names, name) {
			h.ServeHTTP(w, r)
			return
		}
		refused(r.Host)
		http.Error(w, "this is not served under that name", http.StatusForbidden)
	})
}

// hostname is the name in a Host header, in small letters and without port, brackets and final dot.
func hostname(host string) string {
	name, _, err := net.SplitHostPort(host)
	if err != nil {
		name = strings.TrimSuffix(strings.TrimPrefix(host, "["), "]")
	}
	return strings.ToLower(strings.TrimSuffix(name, "."))
}
