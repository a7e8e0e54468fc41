package run_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/api/workflowservice/v1"

	"holdthering/cases"
	"holdthering/seal"
)

// The starter's, here for the server in memory.
func TestAServerThatRestartsIsWaitedForAndSaidSo(t *testing.T) {
	key := filepath.Join(t.TempDir(), "key")
	require.NoError(t, seal.Make(key))
	address := freeAddress(t)
	for name, value := range map[string]string{"TEMPORAL_ADDRESS": address, "TEMPORAL_NAMESPACE": "",
		"TEMPORAL_CONFIG_FILE": os.DevNull, seal.Variable: key} {
		t.Setenv(name, value)
	}
	notes := make(chan string, 10)
	go func() {
		time.Sleep(1500 * time.Millisecond)
		newServer().serve(t, address)
	}()
	c, err := cases.Connect(t.Context(), cases.Settings{Patience: time.Minute, Note: func(l string) { notes <- l }})
	require.NoError(t, err)
	c.Close()
	require.Contains(t, <-notes, "Waiting for the server at "+address)
}

func TestTheStarterUsesOneOfSeveralHostsThatLives(t *testing.T) {
	key := filepath.Join(t.TempDir(), "key")
	require.NoError(t, seal.Make(key))
	dead := freeAddress(t)
	a, stop := newServer().serveUntil(t, "127.0.0.1:0")
	b := newServer().serve(t, "127.0.0.1:0")
	for name, value := range map[string]string{"TEMPORAL_ADDRESS": dead + ", " + a + "," + b, "TEMPORAL_NAMESPACE": "",
		"TEMPORAL_CONFIG_FILE": os.DevNull, seal.Variable: key} {
		t.Setenv(name, value)
	}
	c, err := cases.Connect(t.Context(), cases.Settings{Patience: 5 * time.Second})
	require.NoError(t, err)
	defer c.Close()
	answers := func() bool {
		_, err := c.Client().WorkflowService().DescribeNamespace(t.Context(),
			&workflowservice.DescribeNamespaceRequest{Namespace: c.Namespace()})
		return err == nil
	}
	require.True(t, answers())
	stop()
	require.Eventually(t, answers, 5*time.Second, 10*time.Millisecond)
	t.Setenv("TEMPORAL_ADDRESS", dead+","+a)
	_, err = cases.Connect(t.Context(), cases.Settings{Patience: 2 * time.Second})
	require.ErrorContains(t, err, "No Temporal server answers at "+dead+","+a)
}

func TestAWorkerGoesOnAtAnotherOfSeveralHosts(t *testing.T) {
	first, second := newServer(), newServer()
	a, stop := first.serveUntil(t, "127.0.0.1:0")
	p := start(t, freeAddress(t)+","+a, nil)
	polls := func(s *server) {
		t.Helper()
		select {
		case <-s.polled:
		case <-time.After(patience):
			t.Fatal(p.log.String())
		}
	}
	polls(first)
	p.stop()
	require.NoError(t, p.ended())

	p = start(t, a+","+second.serve(t, "127.0.0.1:0"), nil)
	polls(first)
	for len(second.polled) > 0 { // before the first dies: a request for work is held for as long as the test lasts
		<-second.polled
	}
	stop()
	polls(second)
	p.stop()
	require.NoError(t, p.ended())
}
