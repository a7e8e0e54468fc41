package run

import (
	"testing"

	"github.com/stretchr/testify/require"

	"holdthering/workflows"
)

func TestTheServerIsNotToldOnWhichComputerAWorkerRuns(t *testing.T) {
	o, err := temporalOptions()
	require.NoError(t, err)
	require.Equal(t, workflows.WorkerIdentity, o.Identity)
}
