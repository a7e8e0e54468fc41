package metrics

import (
	"net/http"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"holdthering/loopback"
)

// Path is where a collector asks.
const Path = "/metrics"

// Listen shows the metrics, and the memory and processor that the process takes, at host:port, and beside them what else is given by its path; without a host, on
// this machine alone.
func Listen(address string, h *Handler, beside map[string]http.Handler) (*loopback.Server, error) {
	all := prometheus.NewRegistry()
	for _, c := range []prometheus.Collector{h, collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{})} {
		if err := all.Register(c); err != nil {
			return nil, err
		}
	}
	mux := http.NewServeMux()
	mux.Handle(Path, promhttp.HandlerFor(all, promhttp.HandlerOpts{}))
	for path, one := range beside {
		mux.Handle(path, one)
	}
	return loopback.Listen(address, mux)
}
