package run

import (
	"fmt"

	"holdthering/loopback"
	"holdthering/worker/metrics"
)

// metricsAddress says where metrics are shown; without it they are not.
const metricsAddress = "HTR_METRICS_ADDRESS"

// measure has the worker counted and timed, where that is configured; what it gives back stops
// showing it.
func (s *Settings) measure() (stop func(), err error) {
	address := s.getenv(metricsAddress)
	if address == "" || address == nowhere {
		return func() {}, nil
	}
	h := metrics.New()
	server, err := metrics.Listen(address, h)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", metricsAddress, err)
	}
	s.metrics = h
	s.Log.Info("Showing metrics", "address", server.Address(), "path", metrics.Path)
	return s.closing(server, "Metrics were asked for while the worker stopped"), nil
}

func (s *Settings) closing(server *loopback.Server, late string) func() {
	return func() {
		if err := server.Close(); err != nil {
			s.Log.Warn(late, "reason", err)
		}
	}
}
