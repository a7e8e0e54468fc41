package run_test

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"holdthering/cases"
	embedded "holdthering/launch/server"
	"holdthering/seal"
	"holdthering/worker/run"
)

// keyed is a server for workers and starters that differ in their keys alone.
type keyed struct {
	*testing.T
	dir string
}

func newKeyed(t *testing.T) keyed {
	t.Helper()
	if os.Getenv("HTR_E2E") == "" {
		t.Skip("needs the embedded server: set HTR_E2E=1")
	}
	s, err := embedded.Start(t.Context(), embedded.Options{Namespaces: []string{"holdthering"}})
	require.NoError(t, err)
	t.Cleanup(s.Stop)
	k := keyed{t, t.TempDir()}
	for name, value := range map[string]string{"TEMPORAL_ADDRESS": s.Address(), "TEMPORAL_NAMESPACE": "",
		"TEMPORAL_CONFIG_FILE": os.DevNull, "HOME": k.dir, "XDG_CONFIG_HOME": filepath.Join(k.dir, "config")} {
		t.Setenv(name, value)
	}
	return k
}

func (k keyed) key(name string) string {
	path := filepath.Join(k.dir, name)
	require.NoError(k, seal.Make(path))
	return path
}

// worker runs one for as long as it takes until it works, or does not.
func (k keyed) worker(key string) error {
	k.Helper()
	k.Setenv(seal.Variable, key)
	p := &program{t: k.T, end: make(chan error, 1)}
	ctx, stop := context.WithCancel(k.Context())
	defer stop()
	go func() {
		p.end <- run.Run(ctx, run.Settings{Outbox: k.TempDir(), Records: k.TempDir(),
			Log: slog.New(slog.NewTextHandler(&p.log, nil))})
	}()
	for {
		select {
		case err := <-p.end:
			return err
		case <-time.After(100 * time.Millisecond):
			if strings.Contains(p.log.String(), "msg=Working") {
				stop()
				return <-p.end
			}
		}
	}
}

func (k keyed) starter(key string) error {
	k.Setenv(seal.Variable, key)
	c, err := cases.Connect(k.Context(), cases.Settings{Patience: 10 * time.Second})
	if err == nil {
		c.Close()
	}
	return err
}

func TestAKeyThatDoesNotOpenWhatIsThereIsAnErrorBeforeAnythingIsDone(t *testing.T) {
	k := newKeyed(t)
	right, wrong := k.key("right"), k.key("wrong")
	both := filepath.Join(k.dir, "both")
	young, err := os.ReadFile(wrong)
	require.NoError(t, err)
	old, err := os.ReadFile(right)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(both, append(young, old...), 0o600))
	require.NoError(t, k.starter(wrong), "nothing is there yet")
	require.NoError(t, k.worker(right))
	for name, try := range map[string]func(string) error{"worker": k.worker, "starter": k.starter} {
		require.NoError(t, try(right), name)
		require.NoError(t, try(both), name)
		for _, key := range []string{wrong, seal.Open} {
			var misfit *seal.Misfit
			err := try(key)
			require.True(t, errors.As(err, &misfit), "%s with %s: %v", name, key, err)
		}
		missing := filepath.Join(k.dir, "missing")
		var none *seal.Missing
		require.ErrorAs(t, try(missing), &none, name)
		require.NoFileExists(t, missing)
		require.ErrorAs(t, try(""), &none, name) // the usual one, where cases are
		require.NoFileExists(t, none.Path)
	}
}

func TestTheFirstWorkerOfAnEmptyNamespaceMakesTheUsualKeyAndNoStarterDoes(t *testing.T) {
	k := newKeyed(t)
	var none *seal.Missing
	require.ErrorAs(t, k.starter(""), &none)
	require.NoFileExists(t, none.Path)
	require.NoError(t, k.worker(""))
	require.FileExists(t, none.Path)
	require.NoError(t, k.starter(""))
}
