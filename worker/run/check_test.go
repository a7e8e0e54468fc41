package run_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAllThatIsWrongIsSaidAtOnceBeforeAnyServerIsAsked(t *testing.T) {
	dir := t.TempDir()
	bad := filepath.Join(dir, "directory.csv")
	require.NoError(t, os.WriteFile(bad, []byte("party\ncaf\xe9\n"), 0o600))
	t.Setenv("TEMPORAL_ADDRESS", "https://ring.example")
	_, _, err := parse(map[string]string{
		"HTR_MAIL": "sendgrid", "HTR_SENDGRID_RATE": "fast", "HTR_SENDGRID_HOLD": "long", "HTR_MAIL_FROM": "the ring",
		"HTR_EVENTS_KEY": "x", "HTR_EVENTS_WAIT": "soon", "HTR_EVENTS_ADDRESS": "8026", "HTR_METRICS_ADDRESS": "here",
		"HTR_MAKE_CURRENT": "true", "HTR_KEY_FILE": bad, "HTR_DIRECTORY": bad, "HTR_RECORDS": filepath.Join(bad, "records"),
		"HTR_TEMPLATES": filepath.Join(dir, "none"), "HTR_DEPLOYMENT": "d", "HTR_PAGES_ADDRESS": "8027",
		"HTR_PAGES_URL": "http://ring.example", "HTR_PAGES_KEY_FILE": bad, "HTR_SECRETARIAT": "somebody",
		"HTR_LOG": "xml", "HTR_LOG_LEVEL": "loud", "OTEL_EXPORTER_OTLP_ENDPOINT": "collector:4318",
	})
	require.Error(t, err)
	for _, says := range []string{"SENDGRID_API_KEY", "HTR_SENDGRID_RATE", "HTR_SENDGRID_HOLD", "HTR_MAIL_FROM", "HTR_MAIL_REPLY_TO",
		"HTR_EVENTS_KEY", "HTR_EVENTS_WAIT", "HTR_EVENTS_ADDRESS", "HTR_METRICS_ADDRESS", "HTR_MAKE_CURRENT", "HTR_KEY_FILE",
		"--directory", "Windows-1252", "--records", "--templates", "--build-id", "TEMPORAL_ADDRESS",
		"HTR_PAGES_ADDRESS", "HTR_PAGES_URL", "HTR_PAGES_KEY_FILE", "HTR_SECRETARIAT", "HTR_LOG_LEVEL", "OTEL_EXPORTER_OTLP_ENDPOINT"} {
		if !strings.Contains(err.Error(), says) {
			t.Errorf("nothing is said of %s:\n%v", says, err)
		}
	}
}

func TestSettingsAreReadAsTheyAreMeant(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TEMPORAL_ADDRESS", "127.0.0.1:7233/\n")
	s, _, err := parse(map[string]string{
		"HTR_MAIL": "sendgrid\n", "SENDGRID_API_KEY": "SG.k\r\n", "HTR_SENDGRID_HOST": "https://api.eu.sendgrid.com/\n",
		"HTR_MAIL_FROM": "Hold the Ring <ring@qsg.example>\n", "HTR_MAIL_REPLY_TO": " office@qsg.example ",
		"HTR_EVENTS_WAIT": "10m\n", "HTR_RECORDS": filepath.Join(dir, "records") + "\n",
		"HTR_EVENTS_KEY": `-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE83T4O/n84iotIvIW4mdBgQ/7dAfSmpqI` +
			`M8kF9mN1\nflpVKS3GRqe62gw+2fNNRaINXvVpiglSI8eNEc6wEA3F+g==\n-----END PUBLIC KEY-----\n`,
	})
	require.NoError(t, err)
	require.Equal(t, filepath.Join(dir, "records"), s.Records)
	_, err = os.Stat("outbox")
	require.Error(t, err, "looking at settings makes nothing")
}

func TestTheWorkersFlagsSwallowNoOther(t *testing.T) {
	_, _, err := parse(nil, "--records", "--outbox")
	require.ErrorContains(t, err, "--records=--outbox")
	_, _, err = parse(nil, "--records", "")
	require.ErrorContains(t, err, "--records is empty")
}
