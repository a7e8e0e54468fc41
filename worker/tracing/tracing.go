// Package tracing sends to an OpenTelemetry collector how long a worker's steps took: workflow tasks'
// runs, acts, activities. It sends nothing unless the environment names a collector.
//
// A span has the ids that stand openly at the Temporal server and nothing else: no argument, no result
// and no word of an error, since a refusal may say what was told in confidence. Queries are left out:
// who looks at what is nobody's business.
package tracing

import (
	"context"
	"fmt"
	"log/slog"
	"net/url"
	"strings"
	"sync"
	"time"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/sdk/resource"
	"go.opentelemetry.io/otel/sdk/trace"
	api "go.opentelemetry.io/otel/trace"
	"go.temporal.io/sdk/contrib/opentelemetry"
	"go.temporal.io/sdk/interceptor"
)

// The variables of OpenTelemetry's own that turn tracing on and off. Its others, such as
// OTEL_SERVICE_NAME and OTEL_EXPORTER_OTLP_HEADERS, hold as its documentation says.
const (
	endpoint       = "OTEL_EXPORTER_OTLP_ENDPOINT"
	tracesEndpoint = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"
	disabled       = "OTEL_SDK_DISABLED"
)

// Collector is the address that spans are sent to; empty where tracing is off. The error is a sentence
// for whoever starts the program.
func Collector(getenv func(string) string) (string, error) {
	if strings.EqualFold(getenv(disabled), "true") {
		return "", nil
	}
	name, value := tracesEndpoint, getenv(tracesEndpoint)
	if value == "" {
		name, value = endpoint, getenv(endpoint)
	}
	if value == "" {
		return "", nil
	}
	u, err := url.Parse(value)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return "", fmt.Errorf("%s is the address of a collector such as http://127.0.0.1:4318, not %q", name, value)
	}
	if name == endpoint {
		u = u.JoinPath("v1", "traces")
	}
	return u.String(), nil
}

// Tracing is what a worker is traced by.
type Tracing struct {
	Interceptor interceptor.Interceptor // for the options of Temporal's client
	provider    *trace.TracerProvider
}

// Start begins to send to the collector. What cannot be sent is lost, and said in the log once a minute
// at most.
func Start(ctx context.Context, collector string, l *slog.Logger) (*Tracing, error) {
	out, err := otlptracehttp.New(ctx, otlptracehttp.WithEndpointURL(collector))
	if err != nil {
		return nil, fmt.Errorf("the collector of traces at %s: %w", collector, err)
	}
	about, err := resource.New(ctx, resource.WithAttributes(attribute.String("service.name", "holdthering-worker")),
		resource.WithTelemetrySDK(), resource.WithFromEnv())
	if err != nil {
		return nil, fmt.Errorf("OTEL_RESOURCE_ATTRIBUTES: %w", err)
	}
	otel.SetErrorHandler(seldom(time.Minute, func(err error) { l.Warn("Traces were not sent", "reason", err) }))
	p := trace.NewTracerProvider(trace.WithBatcher(out), trace.WithResource(about))
	i, err := opentelemetry.NewTracingInterceptor(opentelemetry.TracerOptions{
		Tracer: p.Tracer("holdthering"), DisableQueryTracing: true, DisableBaggage: true,
		AllowInvalidParentSpans: true, SpanStarter: wordless,
	})
	if err != nil {
		return nil, err
	}
	return &Tracing{Interceptor: i, provider: p}, nil
}

// Stop sends what is left, for five seconds at most.
func (t *Tracing) Stop() error {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	return t.provider.Shutdown(ctx)
}

// wordless starts a span that keeps whether a step failed, and not why.
func wordless(ctx context.Context, t api.Tracer, name string, opts ...api.SpanStartOption) api.Span {
	_, span := t.Start(ctx, name, opts...)
	return silent{span}
}

type silent struct{ api.Span }

func (silent) RecordError(error, ...api.EventOption) {}
func (s silent) SetStatus(code codes.Code, _ string) { s.Span.SetStatus(code, "") }
func (silent) AddEvent(string, ...api.EventOption)   {}

// seldom passes on the first error, and then one in each span of time.
func seldom(every time.Duration, say func(error)) otel.ErrorHandlerFunc {
	var mu sync.Mutex
	var last time.Time
	return func(err error) {
		mu.Lock()
		defer mu.Unlock()
		if now := time.Now(); last.IsZero() || now.Sub(last) >= every {
			last = now
			say(err)
		}
	}
}
