package run

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"go.temporal.io/api/serviceerror"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"

	"holdthering/activities"
	"holdthering/cases"
	"holdthering/environ"
	"holdthering/health"
	"holdthering/loopback"
	"holdthering/seal"
	"holdthering/worker/census"
	"holdthering/worker/events"
	"holdthering/worker/metrics"
	"holdthering/worker/tracing"
)

// metricsAddress says where metrics are shown, and whether the worker is ready; without it neither is.
const metricsAddress = "HTR_METRICS_ADDRESS"

// MetricsAddress is where the environment has metrics and readiness shown; empty where it has not.
func MetricsAddress(getenv func(string) string) string {
	if at := environ.Cleaned(getenv)(metricsAddress); at != nowhere {
		return at
	}
	return ""
}

// measure has the worker counted and timed, where that is configured; what it gives back stops
// showing it.
func (s *Settings) measure() (stop func(), err error) {
	s.health = &health.Health{}
	address := s.getenv(metricsAddress)
	if address == "" || address == nowhere {
		return func() {}, nil
	}
	h := metrics.New()
	server, err := metrics.Listen(address, h, s.health.Handlers())
	if err != nil {
		return nil, fmt.Errorf("%s: %w", metricsAddress, err)
	}
	s.metrics = h
	for _, name := range []string{activities.MetricMails, activities.MetricRecords, events.MetricEvents} {
		h.Counter(name).Inc(0) // what is not there yet cannot be told from what is not counted
	}
	s.Log.Info("Showing metrics", "address", server.Address(), "path", metrics.Path, "ready", health.ReadyPath)
	return s.closing(server, "Metrics were asked for while the worker stopped"), nil
}

// trace has what the worker does traced, where a collector is named; what it gives back sends the rest.
func (s *Settings) trace(ctx context.Context, o *client.Options) (stop func(), err error) {
	collector, err := tracing.Collector(s.getenv)
	if err != nil || collector == "" {
		return func() {}, err
	}
	traced, err := tracing.Start(ctx, collector, s.Log)
	if err != nil {
		return nil, err
	}
	o.Interceptors = append(o.Interceptors, traced.Interceptor)
	s.Log.Info("Sending traces", "collector", collector)
	return func() {
		if err := traced.Stop(); err != nil {
			s.Log.Warn("The last traces were not sent", "reason", err)
		}
	}, nil
}

func (s *Settings) closing(server *loopback.Server, late string) func() {
	return func() {
		if err := server.Close(); err != nil {
			s.Log.Warn(late, "reason", err)
		}
	}
}

// awaited are what a worker needs before it can do its work.
func (s Settings) awaited() {
	const waiting = "the Temporal server has not been reached yet"
	for _, name := range []string{"namespace", "key", "pollers"} {
		s.health.Await(name, waiting)
	}
}

// watched has the worker's readiness follow the server from now on.
func (s Settings) watched(c client.Client, namespace string) {
	s.health.Set("namespace", func(ctx context.Context) error {
		_, err := c.WorkflowService().DescribeNamespace(ctx, &workflowservice.DescribeNamespaceRequest{Namespace: namespace})
		return err
	})
	s.health.Set("key", keyOpens(c, namespace))
}

// triedFor is how long a key that opened what is in the namespace is not tried again.
const triedFor = time.Minute

func keyOpens(c client.Client, namespace string) health.Check {
	var mu sync.Mutex
	var held time.Time
	return func(ctx context.Context) error {
		mu.Lock()
		defer mu.Unlock()
		if time.Since(held) < triedFor {
			return nil
		}
		keys, err := seal.FromEnv(environ.Get)
		if err == nil {
			_, err = keys.Check(ctx, c, namespace)
		}
		var unable *serviceerror.Unimplemented
		if err == nil || errors.As(err, &unable) {
			held = time.Now()
			return nil
		}
		return err
	}
}

// count has cases and groups counted, where metrics are shown; what it gives back stops that.
func (s Settings) count(c client.Client, o client.Options) (stop func()) {
	if s.metrics == nil {
		return func() {}
	}
	counting := &census.Census{Source: cases.New(c, o.HostPort, o.Namespace, cases.Settings{}), Metrics: s.metrics,
		Now: time.Now, Log: s.Log, Every: s.countEvery}
	ctx, end := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() { counting.Run(ctx) })
	return func() {
		end()
		running.Wait()
	}
}

// pollers is what the SDK counts those goroutines under that ask for work.
const pollers = "temporal_num_pollers"

// asksForWork reports the worker ready while it asks for work.
func (s Settings) asksForWork() {
	h, ok := s.metrics.(*metrics.Handler)
	if !ok {
		return
	}
	s.health.Set("pollers", func(context.Context) error {
		if h.Sum(pollers) == 0 {
			return errors.New("no work is asked for")
		}
		return nil
	})
}
