package metrics_test

import (
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"holdthering/worker/metrics"
)

// shown is what a collector gets.
func shown(t *testing.T, h *metrics.Handler) string {
	t.Helper()
	s, err := metrics.Listen(":0", h, nil)
	require.NoError(t, err)
	require.True(t, strings.HasPrefix(s.Address(), "127.0.0.1:"), s.Address())
	answer, err := http.Get("http://" + s.Address() + metrics.Path)
	require.NoError(t, err)
	body, err := io.ReadAll(answer.Body)
	require.NoError(t, err)
	require.NoError(t, answer.Body.Close())
	require.NoError(t, s.Close())
	require.Equal(t, http.StatusOK, answer.StatusCode, "%s", body)
	return string(body)
}

func TestWhatIsCountedAndTimedIsShown(t *testing.T) {
	h := metrics.New()
	mails := h.WithTags(map[string]string{"namespace": "holdthering", "outcome": "accepted"}).Counter("holdthering_mails")
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() { mails.Inc(1) })
	}
	wait.Wait()
	h.Counter("holdthering_mails").Inc(2) // the SDK names other labels each time
	h.Gauge("temporal_slots").Update(3)
	h.Gauge("temporal_slots").Update(4)
	h.Timer("temporal_latency").Record(30 * time.Millisecond)
	got := shown(t, h)
	for _, want := range []string{
		"# HELP holdthering_mails_total Mails by what became of each try.",
		`holdthering_mails_total{namespace="holdthering",outcome="accepted"} 8`, "holdthering_mails_total 2",
		"temporal_slots 4", `temporal_latency_seconds_bucket{le="0.025"} 0`,
		`temporal_latency_seconds_bucket{le="0.05"} 1`, "temporal_latency_seconds_count 1",
	} {
		require.Contains(t, got, want+"\n")
	}
}

func TestNoLabelButThoseOfClosedListsIsKept(t *testing.T) {
	h := metrics.New()
	for _, ref := range []string{"K7QM-3XRD", "9CWP-KVVP"} {
		h.WithTags(map[string]string{"workflow_id": ref, "case": ref, "operation": "Poll"}).Counter("x").Inc(1)
	}
	got := shown(t, h)
	require.Contains(t, got, `x_total{operation="Poll"} 2`)
	require.NotContains(t, got, "K7QM")
}

func TestALabelThatIsNoTextDoesNotStopTheRest(t *testing.T) {
	h := metrics.New()
	h.WithTags(map[string]string{"workflow_type": "\xff"}).Counter("x").Inc(1)
	h.Counter("y").Inc(1)
	require.Contains(t, shown(t, h), "y_total 1")
}

func TestAnAddressThatIsNoneIsSaidSo(t *testing.T) {
	_, err := metrics.Listen("here", metrics.New(), nil)
	require.ErrorContains(t, err, "is not host:port")
}
