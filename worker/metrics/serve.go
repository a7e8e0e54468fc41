package metrics

import (
	"net/http"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"holdthering/loopback"
)

// Path is where a collector asks.
const Path = "/metrics"

// Listen shows the metrics at host:port; without a host, on this machine alone.
func Listen(address string, h *Handler) (*loopback.Server, error) {
	all := prometheus.NewRegistry()
	if err := all.Register(h); err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.Handle(Path, promhttp.HandlerFor(all, promhttp.HandlerOpts{}))
	return loopback.Listen(address, mux)
}
