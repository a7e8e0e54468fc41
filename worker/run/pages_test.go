package run

import (
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
