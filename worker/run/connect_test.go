package run

import (
	"log/slog"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"holdthering/seal"
	"holdthering/workflows"
)

func TestTheServerIsNotToldOnWhichComputerAWorkerRuns(t *testing.T) {
	t.Setenv(seal.Variable, filepath.Join(t.TempDir(), "key"))
	o, err := options(slog.New(slog.DiscardHandler))
	require.NoError(t, err)
	require.Equal(t, workflows.WorkerIdentity, o.Identity)
}
