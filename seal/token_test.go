package seal_test

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/encoding/protojson"

	"holdthering/seal"
)

func TestOnlyWhoKnowsTheTokenHasPayloadsOpened(t *testing.T) {
	keys, token := newKeys(t), seal.NewToken()
	require.NotEqual(t, token, seal.NewToken())
	require.GreaterOrEqual(t, len(token), 26)
	server := httptest.NewServer(seal.Behind(token, seal.Handler(keys, ui)))
	defer server.Close()
	raw, err := protojson.Marshal(sealedBy(t, keys))
	require.NoError(t, err)
	for path, want := range map[string]int{"/" + token: 200, "": 404, "/" + token[1:]: 404, "/" + token + "x": 404,
		"/" + seal.NewToken(): 404, "/" + token + "/..": 404} {
		answer, err := http.Post(server.URL+path+seal.DecodePath, "application/json", bytes.NewReader(raw))
		require.NoError(t, err)
		_ = answer.Body.Close()
		require.Equal(t, want, answer.StatusCode, path)
	}
	none := httptest.NewServer(seal.Behind("", seal.Handler(keys, ui)))
	defer none.Close()
	answer, err := http.Post(none.URL+"/"+seal.DecodePath, "application/json", bytes.NewReader(raw))
	require.NoError(t, err)
	_ = answer.Body.Close()
	require.Equal(t, 404, answer.StatusCode)
}
