package events

import (
	"net/http"
	"sync"

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
	var once sync.Once
	refused := func(host string) { // the mails' events would be missed in silence
		once.Do(func() {
			r.Log.Error("What comes to the receiver of events under this name is refused; if it is the proxy's, "+
				"HTR_EVENTS_HOST is to name it", "host", host)
		})
	}
	return loopback.ListenTelling(address, mux, refused, names...)
}
