package metrics

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"go.temporal.io/sdk/client"

	"holdthering/activities"
	"holdthering/worker/census"
	"holdthering/worker/events"
)

// labels are those that are kept; every other is left out, and its series are added up.
var labels = []string{"namespace", "worker_type", "poller_type", "workflow_type", "activity_type", "operation",
	"failure_reason", "cause", "status_code", activities.LabelOutcome, census.LabelVersion}

// helps says what the product's own metrics are; of the others Temporal's documentation does.
var helps = map[string]string{
	activities.MetricMails + "_total": "Mails by what became of each try.",
	activities.MetricHeld:             "Mails that are held because the mail service does not take them.",
	events.MetricEvents + "_total":    "What the mail service has told of mails.",
}

// buckets are for times, in seconds: a workflow task takes milliseconds, a batch of mails minutes.
var buckets = []float64{.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60, 300, 600}

// Handler is a client.MetricsHandler whose metrics Prometheus collects. Make it with New.
type Handler struct {
	book *book
	tags map[string]string
}

// New is a handler without any metric yet.
func New() *Handler { return &Handler{book: &book{series: map[string]*series{}}} }

// WithTags adds labels to what is counted from then on.
func (h *Handler) WithTags(tags map[string]string) client.MetricsHandler {
	all := maps.Clone(h.tags)
	if all == nil {
		all = map[string]string{}
	}
	for name, value := range tags {
		if slices.Contains(labels, name) {
			all[name] = strings.ToValidUTF8(value, "?")
		}
	}
	return &Handler{h.book, all}
}

// Counter counts under the name with "_total" behind it.
func (h *Handler) Counter(name string) client.MetricsCounter {
	s := h.book.of(name+"_total", prometheus.CounterValue, h.tags)
	return counter(func(n int64) { s.change(func() { s.value += float64(n) }) })
}

// Gauge shows the latest value.
func (h *Handler) Gauge(name string) client.MetricsGauge {
	s := h.book.of(name, prometheus.GaugeValue, h.tags)
	return gauge(func(v float64) { s.change(func() { s.value = v }) })
}

// Timer is a histogram of seconds, "_seconds" behind the name.
func (h *Handler) Timer(name string) client.MetricsTimer {
	s := h.book.of(name+"_seconds", prometheus.UntypedValue, h.tags)
	return timer(func(d time.Duration) { s.observe(d.Seconds()) })
}

type (
	counter func(int64)
	gauge   func(float64)
	timer   func(time.Duration)
)

// Inc counts.
func (c counter) Inc(n int64) { c(n) }

// Update sets.
func (g gauge) Update(v float64) { g(v) }

// Record times.
func (t timer) Record(d time.Duration) { t(d) }

// book is every series there is.
type book struct {
	mu     sync.Mutex
	series map[string]*series
}

// series is one metric with one set of labels. An untyped one is a histogram.
type series struct {
	name   string
	kind   prometheus.ValueType
	names  []string // of the labels, in order
	values []string

	mu     sync.Mutex
	value  float64 // of a histogram: the sum
	count  uint64
	within map[float64]uint64
}

func (b *book) of(name string, kind prometheus.ValueType, tags map[string]string) *series {
	s := &series{name: name, kind: kind, names: slices.Sorted(maps.Keys(tags)), within: map[float64]uint64{}}
	for _, limit := range buckets {
		s.within[limit] = 0
	}
	for _, n := range s.names {
		s.values = append(s.values, tags[n])
	}
	key := strings.Join(slices.Concat([]string{name}, s.names, s.values), "\x00")
	b.mu.Lock()
	defer b.mu.Unlock()
	if known, ok := b.series[key]; ok {
		return known
	}
	b.series[key] = s
	return s
}

func (s *series) change(do func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	do()
}

func (s *series) observe(seconds float64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.value += seconds
	s.count++
	for _, limit := range buckets {
		if seconds <= limit {
			s.within[limit]++
		}
	}
}

// Sum adds up the series of a gauge.
func (h *Handler) Sum(name string) (sum float64) {
	h.book.mu.Lock()
	defer h.book.mu.Unlock()
	for _, s := range h.book.series {
		if s.name == name && s.kind == prometheus.GaugeValue {
			s.change(func() { sum += s.value })
		}
	}
	return sum
}

// Describe describes nothing: which metrics there are is seen as they come.
func (h *Handler) Describe(chan<- *prometheus.Desc) {}

// Collect gives every series as it stands.
func (h *Handler) Collect(out chan<- prometheus.Metric) {
	h.book.mu.Lock()
	defer h.book.mu.Unlock()
	for _, s := range h.book.series {
		out <- s.metric()
	}
}

func (s *series) metric() prometheus.Metric {
	s.mu.Lock()
	defer s.mu.Unlock()
	about := prometheus.NewDesc(s.name, cmp.Or(helps[s.name], census.Helps[s.name], "Of Temporal's Go SDK."), s.names, nil)
	if s.kind == prometheus.UntypedValue {
		return prometheus.MustNewConstHistogram(about, s.count, s.value, maps.Clone(s.within), s.values...)
	}
	return prometheus.MustNewConstMetric(about, s.kind, s.value, s.values...)
}
