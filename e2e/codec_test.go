package e2e

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	commonpb "go.temporal.io/api/common/v1"
	enumspb "go.temporal.io/api/enums/v1"
	"google.golang.org/protobuf/encoding/protojson"

	"holdthering/loopback"
	"holdthering/seal"
)

func TestTheUIOfTheEmbeddedServerIsToldWhereAndCanReadACaseThere(t *testing.T) {
	endpoint := "http://" + freeAddress(t)
	s := newSite(t, realNamespace, func(s *site) { s.opts.CodecEndpoint = endpoint })
	keys, err := seal.Read(s.path("key"))
	if err != nil {
		t.Fatal(err)
	}
	page := s.server.UIAddress()
	codec, err := loopback.Listen(strings.TrimPrefix(endpoint, "http://"), seal.Handler(keys, page))
	if err != nil {
		t.Fatal(err)
	}
	defer codec.Close()
	var settings struct{ Codec struct{ Endpoint string } }
	if err := json.Unmarshal(fetched(t, http.MethodGet, page+"/api/v1/settings", page, nil), &settings); err != nil ||
		settings.Codec.Endpoint != endpoint {
		t.Fatalf("the UI is told of %q (%v)", settings.Codec.Endpoint, err)
	}
	sealed := s.begun(s.caseID(s.trigger()))
	asked, err := protojson.Marshal(sealed)
	if err != nil {
		t.Fatal(err)
	}
	var got struct{ Payloads []struct{ Data []byte } }
	if err := json.Unmarshal(fetched(t, http.MethodPost, endpoint+seal.DecodePath, page, asked), &got); err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(asked, []byte("RCX")) || !bytes.Contains(got.Payloads[0].Data, []byte(`"code":"RCX"`)) {
		t.Fatalf("%s", got.Payloads[0].Data)
	}
}

// begun is what a case was started with, as the server has it.
func (s *site) begun(id string) *commonpb.Payloads {
	s.Helper()
	iter := s.client().GetWorkflowHistory(context.Background(), id, "", false, enumspb.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT)
	first, err := iter.Next()
	if err != nil {
		s.Fatal(err)
	}
	return first.GetWorkflowExecutionStartedEventAttributes().GetInput()
}

// fetched is what a page of an origin gets.
func fetched(t *testing.T, method, url, origin string, body []byte) []byte {
	t.Helper()
	q, err := http.NewRequest(method, url, bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	q.Header.Set("Origin", origin)
	answer, err := http.DefaultClient.Do(q)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	raw, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s %v %s", url, answer.Status, err, raw)
	}
	return raw
}
