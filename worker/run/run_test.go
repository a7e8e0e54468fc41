package run_test

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/api/enums/v1"

	"holdthering/health"
	"holdthering/pages/apart"
	"holdthering/seal"
	"holdthering/worker/run"
)

// patience is how long a test waits for what must come.
const patience = 30 * time.Second

// notes is a log that may be read while it is written.
type notes struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (n *notes) Write(p []byte) (int, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.b.Write(p)
}

func (n *notes) String() string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.b.String()
}

// program is the worker, running in this process against an address.
type program struct {
	t    *testing.T
	log  notes
	stop context.CancelFunc
	end  chan error
}

func start(t *testing.T, address string, change func(*run.Settings)) *program {
	t.Helper()
	t.Setenv("TEMPORAL_ADDRESS", address)
	t.Setenv("TEMPORAL_NAMESPACE", "")
	t.Setenv("TEMPORAL_CONFIG_FILE", os.DevNull)
	key := filepath.Join(t.TempDir(), "key")
	require.NoError(t, seal.Make(key))
	t.Setenv("HTR_KEY_FILE", key)
	p := &program{t: t, end: make(chan error, 1)}
	s := run.Settings{Outbox: filepath.Join(t.TempDir(), "outbox"), Records: t.TempDir(),
		Log: slog.New(slog.NewTextHandler(&p.log, nil))}
	if change != nil {
		change(&s)
	}
	ctx, stop := context.WithCancel(context.Background())
	p.stop = stop
	t.Cleanup(stop)
	go func() { p.end <- run.Run(ctx, s) }()
	return p
}

func (p *program) ended() error {
	p.t.Helper()
	select {
	case err := <-p.end:
		return err
	case <-time.After(patience):
		p.t.Fatalf("the worker goes on: %s", p.log.String())
		return nil
	}
}

func TestAWorkerPreparesTheNamespaceWorksAndStops(t *testing.T) {
	s := newServer()
	p := start(t, s.serve(t, "127.0.0.1:0"), nil)
	r := <-s.polled
	require.Equal(t, "holdthering", r.Namespace)
	require.Empty(t, r.GetDeploymentOptions().GetBuildId())
	require.Equal(t, complete(), s.known())
	p.stop()
	require.NoError(t, p.ended())
	require.Contains(t, p.log.String(), "files in the outbox")
	require.Contains(t, p.log.String(), "Stopping; what is in hand is finished first")
}

func TestAWorkerWaitsForAServerThatIsNotThereYet(t *testing.T) {
	address := freeAddress(t)
	p := start(t, address, nil)
	require.Eventually(t, func() bool {
		return strings.Contains(p.log.String(), "Waiting for the Temporal server")
	}, patience, 10*time.Millisecond)
	s := newServer()
	s.serve(t, address)
	select {
	case <-s.polled:
	case <-time.After(patience):
		t.Fatal(p.log.String())
	}
	p.stop()
	require.NoError(t, p.ended())
}

func TestAWorkerThatIsStoppedWhileItWaitsHasNotFailed(t *testing.T) {
	p := start(t, freeAddress(t), nil)
	p.stop()
	require.NoError(t, p.ended())
}

func TestASearchAttributeOfAnotherTypeIsRefusedBeforeAnyWork(t *testing.T) {
	s := newServer()
	s.attributes["NextDue"] = enums.INDEXED_VALUE_TYPE_TEXT
	p := start(t, s.serve(t, "127.0.0.1:0"), nil)
	require.EqualError(t, p.ended(), `the search attribute NextDue of namespace "holdthering" is of type Text `+
		"and must be Datetime: somebody else has registered it. Remove it ('temporal operator search-attribute "+
		"remove --name NextDue') or use another namespace")
	require.Empty(t, s.polled)
}

func TestAVersionedWorkerSaysWhichAndIsMadeCurrentOnceTheServerKnowsIt(t *testing.T) {
	s := newServer()
	s.unknownFor = 2
	p := start(t, s.serve(t, "127.0.0.1:0"), func(s *run.Settings) {
		s.Deployment, s.BuildID, s.MakeCurrent = "holdthering", "v2", true
	})
	o := (<-s.polled).GetDeploymentOptions()
	require.Equal(t, enums.WORKER_VERSIONING_MODE_VERSIONED, o.GetWorkerVersioningMode())
	require.Equal(t, "holdthering/v2", o.GetDeploymentName()+"/"+o.GetBuildId())
	require.Eventually(t, func() bool { return len(s.madeCurrent()) == 1 }, patience, 10*time.Millisecond)
	require.Equal(t, []string{"holdthering/v2"}, s.madeCurrent())
	p.stop()
	require.NoError(t, p.ended())
}

func TestAWrongDirectoryOrMailSettingIsSaidAtTheStart(t *testing.T) {
	s := newServer()
	address := s.serve(t, "127.0.0.1:0")
	p := start(t, address, func(s *run.Settings) { s.Directory = filepath.Join(t.TempDir(), "none.csv") })
	require.ErrorContains(t, p.ended(), "--directory: ")
	p = start(t, address, func(s *run.Settings) {
		s.Getenv = func(name string) string { return map[string]string{"HTR_MAIL": "pigeon"}[name] }
	})
	require.EqualError(t, p.ended(), `HTR_MAIL is outbox, smtp or sendgrid, not "pigeon"`)
	require.Empty(t, s.polled)
}

// ready is what the worker answers at the address that it says it shows metrics at.
func (p *program) ready(t *testing.T) (status int, body string) {
	t.Helper()
	var address string
	require.Eventually(t, func() bool {
		_, rest, ok := strings.Cut(p.log.String(), "Showing metrics\" address=")
		address, _, _ = strings.Cut(rest, " ")
		return ok
	}, patience, 10*time.Millisecond)
	answer, err := http.Get("http://" + address + health.ReadyPath)
	require.NoError(t, err)
	raw, err := io.ReadAll(answer.Body)
	require.NoError(t, err)
	require.NoError(t, answer.Body.Close())
	return answer.StatusCode, string(raw)
}

func measured(s *run.Settings) {
	s.Getenv = func(name string) string { return map[string]string{"HTR_METRICS_ADDRESS": "127.0.0.1:0"}[name] }
}

func TestAWorkerIsReadyOnceItAsksTheServerForWork(t *testing.T) {
	address := freeAddress(t)
	p := start(t, address, measured)
	status, body := p.ready(t)
	require.Equal(t, http.StatusServiceUnavailable, status)
	require.JSONEq(t, `{"ready":false,"checks":{"namespace":"the Temporal server has not been reached yet",
		"key":"the Temporal server has not been reached yet","pollers":"the Temporal server has not been reached yet"}}`, body)
	s := newServer()
	s.serve(t, address)
	require.Eventually(t, func() bool {
		status, body = p.ready(t)
		return status == http.StatusOK
	}, patience, 100*time.Millisecond, "%s", body)
	require.JSONEq(t, `{"ready":true,"checks":{"namespace":"ok","key":"ok","pollers":"ok"}}`, body)
	s.mu.Lock()
	s.namespaces = nil
	s.mu.Unlock()
	require.Eventually(t, func() bool {
		status, body = p.ready(t)
		return status == http.StatusServiceUnavailable
	}, patience, 100*time.Millisecond)
	require.Contains(t, body, `"pollers":"ok"`)
	p.stop()
	require.NoError(t, p.ended())
}

// The process that the world reaches is ready when the worker behind it takes its questions.
func TestTheProcessOfThePagesIsReadyWhenItsWorkerAnswersUnderTheSameKey(t *testing.T) {
	own, other := filepath.Join(t.TempDir(), "key"), filepath.Join(t.TempDir(), "key")
	require.NoError(t, os.WriteFile(own, []byte(strings.Repeat("5a", 32)), 0o600))
	require.NoError(t, os.WriteFile(other, []byte(strings.Repeat("5b", 32)), 0o600))
	for _, row := range []struct {
		key  string
		want int
	}{{own, http.StatusOK}, {other, http.StatusServiceUnavailable}} {
		key, err := apart.Read(row.key)
		require.NoError(t, err)
		worker := httptest.NewServer(&apart.Near{Key: key, Pages: http.NotFoundHandler(), Log: slog.New(slog.DiscardHandler)})
		defer worker.Close()
		p := start(t, freeAddress(t), func(s *run.Settings) {
			s.Only = run.OnlyPages
			s.Getenv = func(name string) string {
				return map[string]string{"HTR_METRICS_ADDRESS": "127.0.0.1:0", "HTR_PAGES_ADDRESS": "127.0.0.1:0",
					"HTR_PAGES_URL": "https://ring.example", "HTR_PAGES_WORKER": worker.URL,
					"HTR_PAGES_APART_KEY_FILE": own}[name]
			}
		})
		require.Eventually(t, func() bool { return strings.Contains(p.log.String(), "Members can answer on pages") },
			patience, 10*time.Millisecond)
		status, body := p.ready(t)
		require.Equal(t, row.want, status, "%s", body)
		require.Equal(t, row.want == http.StatusOK, strings.Contains(body, `"worker":"ok"`), body)
		p.stop()
		require.NoError(t, p.ended())
	}
}
