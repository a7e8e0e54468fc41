package run_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

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
