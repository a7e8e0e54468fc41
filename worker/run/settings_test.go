package run_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/spf13/pflag"
	"github.com/stretchr/testify/require"

	"holdthering/notices"
	"holdthering/worker/run"
)

func parse(env map[string]string, args ...string) (run.Settings, string, error) {
	var out bytes.Buffer
	s, err := run.ParseSettings(args, func(name string) string { return env[name] }, &out)
	return s, out.String(), err
}

func TestAFlagCountsBeforeTheEnvironmentAndThatBeforeTheDefault(t *testing.T) {
	s, _, err := parse(map[string]string{"HTR_OUTBOX": "a", "HTR_RECORDS": "b"}, "--records", "c")
	require.NoError(t, err)
	require.Equal(t, "a", s.Outbox)
	require.Equal(t, "c", s.Records)
	s, _, err = parse(nil)
	require.NoError(t, err)
	require.Equal(t, "outbox", s.Outbox)
	require.Equal(t, "records", s.Records)
	require.Empty(t, s.Directory)
}

func TestAVersionIsSaidWholeOrNotAtAll(t *testing.T) {
	_, _, err := parse(nil, "--deployment", "holdthering")
	require.EqualError(t, err, "--deployment and --build-id go together: one of them is missing")
	_, _, err = parse(nil, "--make-current")
	require.ErrorContains(t, err, "--make-current needs --deployment and --build-id")
	s, _, err := parse(map[string]string{"HTR_DEPLOYMENT": "d", "HTR_BUILD_ID": "1", "HTR_MAKE_CURRENT": "yes"})
	require.NoError(t, err)
	require.True(t, s.MakeCurrent)
}

func TestTemplatesAreReadAtTheStartOrTheWorkerDoesNotStart(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "templates")
	require.NoError(t, notices.Copy(dir))
	s, _, err := parse(map[string]string{"HTR_TEMPLATES": dir})
	require.NoError(t, err)
	require.NotNil(t, s.Templates)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "N5.md"), []byte("Subject: x\n\n{{.Nobody}}\n"), 0o644))
	_, _, err = parse(nil, "--templates", dir)
	require.ErrorContains(t, err, "N5.md:3: there is no field .Nobody")
}

func TestWhatIsNoFlagIsNotUnderstood(t *testing.T) {
	_, _, err := parse(nil, "start")
	require.EqualError(t, err, `"start" is not understood; there are flags only, see --help`)
	_, _, err = parse(nil, "--nonsense")
	require.Error(t, err)
}

func TestHelpNamesEveryFlagAndVariable(t *testing.T) {
	_, help, err := parse(nil, "--help")
	require.ErrorIs(t, err, pflag.ErrHelp)
	for _, want := range []string{"--outbox directory", "--records directory", "--directory file", "--templates folder",
		"--deployment name", "--build-id version", "--make-current", "HTR_MAIL", "HTR_METRICS_ADDRESS", "TEMPORAL_ADDRESS",
		"HTR_PAGES_ADDRESS", "HTR_PAGES_URL", "HTR_PAGES_KEY_FILE", "HTR_SECRETARIAT",
		"HTR_LOG", "HTR_LOG_LEVEL", "/readyz", "--probe", "--preflight", "--versions"} {
		require.Contains(t, help, want)
	}
}
