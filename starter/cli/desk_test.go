package cli_test

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"net/http/cookiejar"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"holdthering/cases"
	"holdthering/cases/casestest"
	"holdthering/seal"
	"holdthering/starter/cli"
)

// desk runs the command until it is done with; the browser gets what is opened in it.
func desk(t *testing.T, keyFile string, browse func(string) error, args ...string) (lines *bufio.Reader, errs *strings.Builder, end func() int) {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	from, out := io.Pipe()
	errs = new(strings.Builder)
	code := make(chan int, 1)
	go func() {
		code <- cli.Run(ctx, cli.IO{Args: append([]string{"desk"}, args...), Stdout: out, Stderr: errs,
			Stdin: strings.NewReader(""), Terminal: browse != nil, Browse: browse,
			Getenv: func(name string) string { return map[string]string{seal.Variable: keyFile}[name] },
			Connect: func(context.Context, cases.Settings) (cases.Cases, error) {
				return casestest.At(began), nil
			}})
		_ = out.Close()
	}()
	return bufio.NewReader(from), errs, func() int {
		stop()
		go func() { _, _ = io.Copy(io.Discard, from) }()
		return <-code
	}
}

var addressIn = regexp.MustCompile(`http://(127\.0\.0\.1:\d+)/sign-in\?key=\S+`)

// open is the status of an address in a browser of its own.
func open(t *testing.T, address string) int {
	t.Helper()
	jar, err := cookiejar.New(nil)
	require.NoError(t, err)
	r, err := (&http.Client{Jar: jar}).Get(address)
	require.NoError(t, err)
	require.NoError(t, r.Body.Close())
	return r.StatusCode
}

func TestTheDeskOpensWithTheAddressThatIsPrintedAndASecondCommandPrintsAnother(t *testing.T) {
	path := filepath.Join(t.TempDir(), "key")
	require.NoError(t, seal.Make(path))
	lines, _, end := desk(t, path, nil, "--listen", "127.0.0.1:0")
	said, err := lines.ReadString('\n')
	require.NoError(t, err)
	first := addressIn.FindStringSubmatch(said)
	require.NotNil(t, first, said)
	require.Equal(t, http.StatusOK, open(t, first[0]))
	require.Equal(t, http.StatusUnauthorized, open(t, first[0]), "it opens once")

	again, _, over := desk(t, path, nil, "--listen", first[1])
	said, err = again.ReadString('\n')
	require.NoError(t, err)
	second := addressIn.FindStringSubmatch(said)
	require.NotNil(t, second, said)
	require.Equal(t, first[1], second[1])
	require.Equal(t, http.StatusOK, open(t, second[0]))
	require.Equal(t, 0, over())

	opened := make(chan string, 1)
	third, _, over := desk(t, path, func(address string) error { opened <- address; return nil }, "--listen", first[1])
	require.Equal(t, http.StatusOK, open(t, <-opened))
	said, err = third.ReadString('\n')
	require.NoError(t, err)
	require.NotContains(t, said, "key=", "what is opened is used up")
	require.Equal(t, 0, over())
	require.Equal(t, 0, end())
}

func TestTheDeskIsOpenToOthersOnlyBehindAProxy(t *testing.T) {
	_, errs, end := desk(t, seal.Open, nil, "--listen", "0.0.0.0:0")
	require.Equal(t, 2, end())
	require.Contains(t, errs.String(), "--user-header")
}
