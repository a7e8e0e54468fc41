package main

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestTheExitCodeTellsAMisspeltFlagFromAFailure(t *testing.T) {
	require.Equal(t, 0, code([]string{"--help"}))
	require.Equal(t, 2, code([]string{"--outbocks", "x"}))
	require.Equal(t, 2, code([]string{"--probe"}), "there is nothing to ask")
	require.Equal(t, 1, code([]string{"--probe", "127.0.0.1:1"}))
	t.Setenv("HTR_LOG", "xml")
	require.Equal(t, 2, code(nil))
	t.Setenv("HTR_LOG", "")
	t.Setenv("TEMPORAL_CONFIG_FILE", os.DevNull)
	t.Setenv("TEMPORAL_TLS_CLIENT_CERT_PATH", "/nowhere")
	require.Equal(t, 2, code(nil), "a connection that cannot be configured is known before it is tried")
}
