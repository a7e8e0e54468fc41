package run

import (
	"io"
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestMetricsAreShownOnlyWhereTheyAreAskedFor(t *testing.T) {
	for _, env := range []map[string]string{{}, {metricsAddress: nowhere}} {
		s := given(env)
		stop, err := s.measure()
		require.NoError(t, err)
		require.Nil(t, s.metrics)
		stop()
	}
	s := given(map[string]string{metricsAddress: "here"})
	_, err := s.measure()
	require.ErrorContains(t, err, metricsAddress)
	var log strings.Builder
	s = given(map[string]string{metricsAddress: ":0"})
	s.Log = slog.New(slog.NewTextHandler(&log, nil))
	stop, err := s.measure()
	require.NoError(t, err)
	defer stop()
	s.metrics.Counter("temporal_x").Inc(1)
	_, rest, ok := strings.Cut(log.String(), "address=")
	require.True(t, ok)
	address, _, _ := strings.Cut(rest, " ")
	answer, err := http.Get("http://" + address + "/metrics")
	require.NoError(t, err)
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	require.NoError(t, err)
	require.Contains(t, string(body), "temporal_x_total 1")
}
