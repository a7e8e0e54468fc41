package run

import (
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"holdthering/pages/link"
	"holdthering/seal"
)

func linkKey(t *testing.T) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "key")
	require.NoError(t, os.WriteFile(file, []byte(strings.Repeat("5a", 32)+"\n"), 0o600))
	return file
}

func TestPagesAreSaidWholeOrNotAtAll(t *testing.T) {
	file := linkKey(t)
	const at, base = "127.0.0.1:0", "https://ring.example"
	for name, row := range map[string]struct {
		env  map[string]string
		says string
	}{
		"no key":            {map[string]string{pagesAddress: at, pagesURL: base}, pagesKeyFile},
		"no such key":       {map[string]string{pagesAddress: at, pagesURL: base, pagesKeyFile: file + "x"}, pagesKeyFile},
		"the sealing key":   {map[string]string{pagesAddress: at, pagesURL: base, pagesKeyFile: file, seal.Variable: file}, "of their own"},
		"no base":           {map[string]string{pagesAddress: at, pagesKeyFile: file}, pagesURL},
		"no address":        {map[string]string{pagesURL: base, pagesKeyFile: file}, pagesAddress},
		"openly":            {map[string]string{pagesAddress: at, pagesURL: "http://ring.example", pagesKeyFile: file}, "https"},
		"no address at all": {map[string]string{pagesAddress: at, pagesURL: "ring", pagesKeyFile: file}, pagesURL},
		"with a path":       {map[string]string{pagesAddress: at, pagesURL: base + "/x", pagesKeyFile: file}, "a host alone"},
		"with a password":   {map[string]string{pagesAddress: at, pagesURL: "https://a:b@ring.example", pagesKeyFile: file}, "a host alone"},
	} {
		require.ErrorContains(t, given(row.env).checkPages(), row.says, name)
	}
	links, err := given(nil).links()
	require.NoError(t, err)
	require.Nil(t, links, "pages are off where nothing is said")
	for _, env := range []map[string]string{
		{pagesAddress: at, pagesURL: base + "/", pagesKeyFile: file},
		{pagesAddress: nowhere, pagesURL: base, pagesKeyFile: file},
		{pagesAddress: at, pagesURL: "http://127.0.0.1:8027", pagesKeyFile: file},
	} {
		s := given(env)
		require.NoError(t, s.checkPages())
		links, err = s.links()
		require.NoError(t, err)
		require.True(t, strings.HasSuffix(links.Base, "/a/"), links.Base)
		require.NotContains(t, links.Base, "//a/")
		require.IsType(t, link.Keys{}, links.Keys)
	}
}

func TestTheProcessOfThePagesHoldsNoKeyThatOpensACaseOrMakesALink(t *testing.T) {
	links, apartKey := linkKey(t), linkKey(t)
	whole := map[string]string{pagesAddress: "127.0.0.1:0", pagesURL: "https://ring.example",
		apartWorker: "http://127.0.0.1:8028", apartKeyFile: apartKey}
	s := given(whole)
	s.Only = OnlyPages
	require.NoError(t, s.Check(), "it needs no Temporal, no directory and no channel of mails")
	for name, value := range map[string]string{seal.Variable: links, pagesKeyFile: links, "SENDGRID_API_KEY": "x",
		"TEMPORAL_API_KEY": "x", pagesAddress: nowhere, pagesURL: "http://ring.example", apartWorker: "worker:8028",
		apartKeyFile: links + "x"} {
		env := maps.Clone(whole)
		env[name] = value
		s := given(env)
		s.Only = OnlyPages
		require.ErrorContains(t, s.Check(), name, "%s", value)
	}
}

func TestAWorkerAnswersTheProcessOfThePagesOnlyWhereAllOfItIsSaid(t *testing.T) {
	links, apartKey := linkKey(t), linkKey(t)
	whole := map[string]string{pagesAddress: nowhere, pagesURL: "https://ring.example", pagesKeyFile: links,
		apartAddress: "127.0.0.1:0", apartKeyFile: apartKey}
	require.NoError(t, given(whole).checkPages())
	for name, value := range map[string]string{apartAddress: "", apartKeyFile: "", pagesURL: "", pagesKeyFile: ""} {
		env := maps.Clone(whole)
		env[name] = value
		require.ErrorContains(t, given(env).checkPages(), name)
	}
	env := maps.Clone(whole)
	env[apartKeyFile] = links
	require.ErrorContains(t, given(env).checkPages(), pagesKeyFile)
}
