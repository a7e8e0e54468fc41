package main

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestTheExitCodeTellsAMisspeltFlagFromAFailure(t *testing.T) {
	require.Equal(t, 0, code([]string{"--help"}))
	require.Equal(t, 2, code([]string{"--outbocks", "x"}))
	t.Setenv("TEMPORAL_CONFIG_FILE", os.DevNull)
	t.Setenv("TEMPORAL_TLS_CLIENT_CERT_PATH", "/nowhere")
	require.Equal(t, 2, code(nil), "a connection that cannot be configured is known before it is tried")
}
