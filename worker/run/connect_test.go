package run

import (
	"context"
	"log/slog"
	"net"
	"testing"

	"github.com/stretchr/testify/require"

	"holdthering/workflows"
)

func TestTheServerIsNotToldOnWhichComputerAWorkerRuns(t *testing.T) {
	o, err := temporalOptions()
	require.NoError(t, err)
	require.Equal(t, workflows.WorkerIdentity, o.Identity)
}

// lines hands on what is logged, a line at a time.
type lines chan string

func (l lines) Write(line []byte) (int, error) {
	l <- string(line)
	return len(line), nil
}

func TestTheLogNamesTheHostThatIsNotReached(t *testing.T) {
	var at [2]net.Listener
	for i := range at {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		require.NoError(t, err)
		defer l.Close()
		at[i] = l
	}
	dead, alive := at[0].Addr().String(), at[1].Addr().String()
	require.NoError(t, at[0].Close())
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	said := make(lines, 5)
	go watchHosts(ctx, dead+","+alive, slog.New(slog.NewTextHandler(said, nil)))
	line := <-said
	require.Contains(t, line, "level=WARN")
	require.Contains(t, line, "address="+dead)
}
