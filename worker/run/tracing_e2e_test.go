package run

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	collectorpb "go.opentelemetry.io/proto/otlp/collector/trace/v1"
	"google.golang.org/protobuf/proto"
)

func TestACaseIsTracedFromItsTriggerToItsMailsWithoutAWordOfIt(t *testing.T) {
	var mu sync.Mutex
	var names []string
	var all bytes.Buffer
	collector := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		var sent collectorpb.ExportTraceServiceRequest
		if err != nil || proto.Unmarshal(body, &sent) != nil {
			http.Error(w, "no spans", http.StatusBadRequest)
			return
		}
		mu.Lock()
		defer mu.Unlock()
		all.Write(body)
		for _, resource := range sent.ResourceSpans {
			for _, scope := range resource.ScopeSpans {
				for _, span := range scope.Spans {
					names = append(names, span.Name)
				}
			}
		}
	}))
	t.Cleanup(collector.Close)
	w := atRealWork(t, "OTEL_EXPORTER_OTLP_ENDPOINT", collector.URL)
	seen := func(name string) bool {
		mu.Lock()
		defer mu.Unlock()
		return slices.Contains(names, name)
	}
	for _, name := range []string{"HandleUpdate:TriggerRiskSummit", "RunActivity:SendNotices"} {
		if !assert.Eventually(t, func() bool { return seen(name) }, time.Minute, 100*time.Millisecond) {
			mu.Lock()
			defer mu.Unlock()
			t.Fatalf("no %s among %v", name, names)
		}
	}
	mu.Lock()
	defer mu.Unlock()
	require.Contains(t, all.String(), w.ref)
	for _, word := range []string{"A. Tester", "staffing", "media", "NHS England"} {
		require.NotContains(t, all.String(), word)
	}
}
