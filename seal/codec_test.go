package seal_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	commonpb "go.temporal.io/api/common/v1"
	"go.temporal.io/sdk/converter"
	"google.golang.org/protobuf/encoding/protojson"

	"holdthering/seal"
)

const ui = "http://127.0.0.1:8233"

// asked is a real request to a running codec, as a page of the UI makes it.
func asked(t *testing.T, keys seal.Keys, change func(*http.Request), ps *commonpb.Payloads) (*http.Response, string) {
	t.Helper()
	server := httptest.NewServer(seal.Handler(keys, ui))
	defer server.Close()
	raw, err := protojson.Marshal(ps)
	require.NoError(t, err)
	q, err := http.NewRequest(http.MethodPost, server.URL+seal.DecodePath, bytes.NewReader(raw))
	require.NoError(t, err)
	q.Header.Set("Origin", ui)
	q.Header.Set("X-Namespace", "holdthering")
	if change != nil {
		change(q)
	}
	answer, err := http.DefaultClient.Do(q)
	require.NoError(t, err)
	body, err := io.ReadAll(answer.Body)
	require.NoError(t, err)
	require.NoError(t, answer.Body.Close())
	return answer, string(body)
}

func sealedBy(t *testing.T, keys seal.Keys) *commonpb.Payloads {
	t.Helper()
	ps, err := seal.NewConverter(keys, nil).ToPayloads(secret{"QZXMARK"}, "a summary")
	require.NoError(t, err)
	return ps
}

// decoded are the payloads of an answer, as the UI reads them.
func decoded(t *testing.T, body string) *commonpb.Payloads {
	t.Helper()
	var raw struct {
		Payloads []struct {
			Metadata map[string][]byte `json:"metadata"`
			Data     []byte            `json:"data"`
		} `json:"payloads"`
	}
	require.NoError(t, json.Unmarshal([]byte(body), &raw))
	out := &commonpb.Payloads{}
	for _, p := range raw.Payloads {
		out.Payloads = append(out.Payloads, &commonpb.Payload{Metadata: p.Metadata, Data: p.Data})
	}
	return out
}

func TestTheUIReadsWhatIsSealedThroughTheCodec(t *testing.T) {
	keys := newKeys(t)
	answer, body := asked(t, keys, nil, sealedBy(t, keys))
	require.Equal(t, http.StatusOK, answer.StatusCode)
	require.Equal(t, ui, answer.Header.Get("Access-Control-Allow-Origin"))
	require.Equal(t, "no-store", answer.Header.Get("Cache-Control"))
	var name secret
	var summary string
	require.NoError(t, converter.GetDefaultDataConverter().FromPayloads(decoded(t, body), &name, &summary))
	require.Equal(t, secret{"QZXMARK"}, name)
	require.Equal(t, "a summary", summary)
}

func TestWithoutItsKeyAPayloadStaysSealedAndHidesNoOther(t *testing.T) {
	keys := newKeys(t)
	mixed := sealedBy(t, newKeys(t))
	mixed.Payloads = append(mixed.Payloads, sealedBy(t, keys).Payloads...)
	answer, body := asked(t, keys, nil, mixed)
	require.Equal(t, http.StatusOK, answer.StatusCode)
	got := decoded(t, body).Payloads
	require.Equal(t, "binary/encrypted", string(got[0].Metadata["encoding"]))
	require.Contains(t, string(got[2].Data), "QZXMARK")
}

func TestABrowserIsToldWhichPageMayAsk(t *testing.T) {
	answer, _ := asked(t, newKeys(t), func(q *http.Request) {
		q.Method = http.MethodOptions
		q.Header.Set("Access-Control-Request-Method", "POST")
	}, &commonpb.Payloads{})
	require.Equal(t, http.StatusNoContent, answer.StatusCode)
	require.Equal(t, ui, answer.Header.Get("Access-Control-Allow-Origin"))
	require.Equal(t, "POST", answer.Header.Get("Access-Control-Allow-Methods"))
	require.Contains(t, answer.Header.Get("Access-Control-Allow-Headers"), "X-Namespace")
}

func TestNoOtherPageAndNothingButReadingIsServed(t *testing.T) {
	keys := newKeys(t)
	for name, row := range map[string]struct {
		change func(*http.Request)
		want   int
	}{
		"another page":           {func(q *http.Request) { q.Header.Set("Origin", "http://evil.example") }, 403},
		"a page at another port": {func(q *http.Request) { q.Header.Set("Origin", "http://127.0.0.1:9999") }, 403},
		"a name led to us":       {func(q *http.Request) { q.Host = "evil.example" }, 403},
		"another's preflight":    {func(q *http.Request) { q.Method = "OPTIONS"; q.Header.Set("Origin", "null") }, 403},
		"sealing":                {func(q *http.Request) { q.URL.Path = "/encode" }, 404},
		"a link that is clicked": {func(q *http.Request) { q.Method = http.MethodGet }, 404},
		"what is no list": {func(q *http.Request) {
			q.Body, q.ContentLength = io.NopCloser(strings.NewReader("x")), 1
		}, 400},
		"a program, without pages": {func(q *http.Request) { q.Header.Del("Origin") }, 200},
	} {
		answer, body := asked(t, keys, row.change, sealedBy(t, keys))
		require.Equal(t, row.want, answer.StatusCode, name)
		require.Equal(t, row.want == 200, strings.Contains(body, "payloads"), name)
		if row.want == 403 {
			require.Empty(t, answer.Header.Get("Access-Control-Allow-Origin"), name)
		}
	}
}
