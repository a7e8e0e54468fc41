package tracing

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	collectorpb "go.opentelemetry.io/proto/otlp/collector/trace/v1"
	tracepb "go.opentelemetry.io/proto/otlp/trace/v1"
	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/interceptor"
	"go.temporal.io/sdk/testsuite"
	"go.temporal.io/sdk/worker"
	"google.golang.org/protobuf/proto"
)

func TestTracesAreSentOnlyWhereACollectorIsNamed(t *testing.T) {
	for _, row := range []struct {
		env        map[string]string
		want, says string
	}{
		{nil, "", ""},
		{map[string]string{endpoint: "http://127.0.0.1:4318"}, "http://127.0.0.1:4318/v1/traces", ""},
		{map[string]string{endpoint: "https://a.example/otlp/"}, "https://a.example/otlp/v1/traces", ""},
		{map[string]string{endpoint: "https://a.example", tracesEndpoint: "http://b.example/x"}, "http://b.example/x", ""},
		{map[string]string{endpoint: "https://a.example", disabled: "TRUE"}, "", ""},
		{map[string]string{endpoint: "127.0.0.1:4318"}, "", endpoint},
		{map[string]string{tracesEndpoint: "ftp://b.example"}, "", tracesEndpoint},
	} {
		got, err := Collector(func(name string) string { return row.env[name] })
		require.Equal(t, row.want, got, "%v", row.env)
		if row.says == "" {
			require.NoError(t, err)
		} else {
			require.ErrorContains(t, err, row.says)
		}
	}
}

// collector is one that keeps what it is sent.
type collector struct {
	*httptest.Server
	mu    sync.Mutex
	raw   strings.Builder
	spans []*tracepb.Span
}

func listen(t *testing.T) *collector {
	t.Helper()
	c := &collector{}
	c.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		var sent collectorpb.ExportTraceServiceRequest
		if err != nil || proto.Unmarshal(body, &sent) != nil {
			http.Error(w, "no spans", http.StatusBadRequest)
			return
		}
		c.mu.Lock()
		defer c.mu.Unlock()
		c.raw.Write(body)
		for _, r := range sent.ResourceSpans {
			for _, s := range r.ScopeSpans {
				c.spans = append(c.spans, s.Spans...)
			}
		}
	}))
	t.Cleanup(c.Close)
	return c
}

func TestASpanSaysThatAStepFailedAndNotWhy(t *testing.T) {
	c := listen(t)
	traced, err := Start(t.Context(), c.URL+"/v1/traces", slog.New(slog.DiscardHandler))
	require.NoError(t, err)
	var suite testsuite.WorkflowTestSuite
	env := suite.NewTestActivityEnvironment()
	env.SetWorkerOptions(worker.Options{Interceptors: []interceptor.WorkerInterceptor{traced.Interceptor}})
	step := func(context.Context) error { return errors.New("told by Nurse Jackson") }
	env.RegisterActivityWithOptions(step, activity.RegisterOptions{Name: "Step"})
	_, err = env.ExecuteActivity(step)
	require.ErrorContains(t, err, "Nurse Jackson")
	require.NoError(t, traced.Stop())
	require.Len(t, c.spans, 1)
	require.Equal(t, "RunActivity:Step", c.spans[0].Name)
	require.Equal(t, tracepb.Status_STATUS_CODE_ERROR, c.spans[0].Status.Code)
	require.NotContains(t, c.raw.String(), "Jackson")
	require.Contains(t, c.raw.String(), "holdthering-worker")
}

func TestACollectorThatDoesNotAnswerIsSaidSeldom(t *testing.T) {
	var said int
	h := seldom(time.Hour, func(error) { said++ })
	for range 100 {
		h.Handle(errors.New("refused"))
	}
	require.Equal(t, 1, said)
}
