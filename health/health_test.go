package health_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"holdthering/health"
)

func ask(t *testing.T, h *health.Health, path string) (int, health.Report) {
	t.Helper()
	mux := http.NewServeMux()
	for at, one := range h.Handlers() {
		mux.Handle(at, one)
	}
	s := httptest.NewServer(mux)
	defer s.Close()
	answer, err := http.Get(s.URL + path)
	require.NoError(t, err)
	body, err := io.ReadAll(answer.Body)
	require.NoError(t, err)
	require.NoError(t, answer.Body.Close())
	require.Equal(t, "no-store", answer.Header.Get("Cache-Control"))
	var r health.Report
	if path == health.ReadyPath {
		require.NoError(t, json.Unmarshal(body, &r), "%s", body)
		probed := health.Probe(context.Background(), strings.TrimPrefix(s.URL, "http://"))
		require.Equal(t, r.Ready, probed == nil, "%v", probed)
	}
	return answer.StatusCode, r
}

func TestAProcessLivesBeforeItIsReady(t *testing.T) {
	var h health.Health
	status, _ := ask(t, &h, health.LivePath)
	require.Equal(t, http.StatusOK, status)
	status, r := ask(t, &h, health.ReadyPath)
	require.Equal(t, http.StatusServiceUnavailable, status)
	require.False(t, r.Ready, "nothing was checked")
}

func TestAProcessIsReadyWhenEveryCheckHoldsAndSaysWhichDoesNot(t *testing.T) {
	var h health.Health
	h.Set("namespace", func(context.Context) error { return nil })
	h.Await("pollers", "the worker has not begun")
	status, r := ask(t, &h, health.ReadyPath)
	require.Equal(t, http.StatusServiceUnavailable, status)
	require.Equal(t, map[string]string{"namespace": "ok", "pollers": "the worker has not begun"}, r.Checks)
	h.Set("pollers", func(context.Context) error { return nil })
	status, r = ask(t, &h, health.ReadyPath)
	require.Equal(t, http.StatusOK, status, "what has changed is asked at once")
	require.True(t, r.Ready)
	h.Set("namespace", func(context.Context) error { return errors.New("gone") })
	_, r = ask(t, &h, health.ReadyPath)
	require.Equal(t, "gone", r.Checks["namespace"])
}

func TestACheckThatHangsIsNotWaitedFor(t *testing.T) {
	var h health.Health
	h.Set("namespace", func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() })
	began := time.Now()
	status, _ := ask(t, &h, health.ReadyPath)
	require.Equal(t, http.StatusServiceUnavailable, status)
	require.Less(t, time.Since(began), 10*time.Second)
}

func TestAskingOftenAsksTheServerOnce(t *testing.T) {
	var h health.Health
	asked := 0
	h.Set("namespace", func(context.Context) error { asked++; return nil })
	for range 20 {
		require.True(t, h.Report(context.Background()).Ready)
	}
	require.Equal(t, 1, asked)
}

func TestAProbeOfWhatIsNotThereFails(t *testing.T) {
	for _, at := range []string{"here", "127.0.0.1:1", "http://127.0.0.1:1/readyz"} {
		require.Error(t, health.Probe(context.Background(), at), at)
	}
}
