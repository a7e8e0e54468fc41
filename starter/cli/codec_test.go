package cli_test

import (
	"context"
	"io"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/encoding/protojson"

	"holdthering/seal"
	"holdthering/starter/cli"
)

// codec runs the command until it is done with; lines is what it prints.
func codec(t *testing.T, key string, args ...string) (lines io.Reader, errs *strings.Builder, end func() int) {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	lines, out := io.Pipe()
	errs = new(strings.Builder)
	code := make(chan int, 1)
	go func() {
		code <- cli.Run(ctx, cli.IO{Args: append([]string{"codec"}, args...), Stdout: out, Stderr: errs,
			Stdin: strings.NewReader(""), Getenv: func(name string) string {
				if name == seal.Variable {
					return key
				}
				return ""
			}})
		_ = out.Close()
	}()
	return lines, errs, func() int { stop(); return <-code }
}

func TestWhoHasTheKeyReadsWhatIsSealedThroughTheCodec(t *testing.T) {
	path := filepath.Join(t.TempDir(), "key")
	require.NoError(t, seal.Make(path))
	lines, _, end := codec(t, path, "--listen", "127.0.0.1:0", "--ui", "http://127.0.0.1:8080")
	said := make([]byte, 200)
	n, err := lines.Read(said)
	require.NoError(t, err)
	words := strings.Fields(string(said[:n]))
	require.Equal(t, "Opening payloads at", strings.Join(words[:3], " "))
	keys, err := seal.Read(path)
	require.NoError(t, err)
	ps, err := seal.NewConverter(keys, nil).ToPayloads(map[string]string{"said": "QZXMARK"})
	require.NoError(t, err)
	raw, err := protojson.Marshal(ps)
	require.NoError(t, err)
	answer, err := http.Post(words[3]+seal.DecodePath, "application/json", strings.NewReader(string(raw)))
	require.NoError(t, err)
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, answer.StatusCode)
	require.NotContains(t, string(body), "binary/encrypted")
	go func() { _, _ = io.Copy(io.Discard, lines) }()
	require.Equal(t, 0, end())
}

func TestTheCodecServesThisMachineAloneAndNothingThatIsOpen(t *testing.T) {
	for want, row := range map[string]struct{ key, listen string }{
		"this machine alone": {filepath.Join(t.TempDir(), "key"), "0.0.0.0:0"},
		"nothing is sealed":  {seal.Open, "127.0.0.1:0"},
	} {
		_, errs, end := codec(t, row.key, "--listen", row.listen)
		require.Equal(t, 2, end())
		require.Contains(t, errs.String(), want)
	}
}
