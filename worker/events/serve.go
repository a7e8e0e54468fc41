package events

import (
	"net/http"

	"holdthering/loopback"
)

// Path is where the webhook posts to.
const Path = "/events"

// Listen serves the receiver at host:port; without a host, on this machine alone: whatever
// reaches it from outside comes through a proxy that ends the TLS. The names are those that the
// proxy may ask for besides this machine's own.
func Listen(address string, r *Receiver, names ...string) (*loopback.Server, error) {
	mux := http.NewServeMux()
	mux.Handle(Path, r)
	return loopback.Listen(address, mux, names...)
}
