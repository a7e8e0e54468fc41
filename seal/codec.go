package seal

import (
	"errors"
	"net/http"
	"slices"

	commonpb "go.temporal.io/api/common/v1"
	"go.temporal.io/sdk/converter"

	"holdthering/loopback"
)

// codec opens payloads for a person to read.
type codec struct{ c Converter }

// Encode seals nothing: acts come through the starter, which asks who acts.
func (codec) Encode([]*commonpb.Payload) ([]*commonpb.Payload, error) {
	return nil, errors.New("this only opens payloads")
}

// Decode opens what its keys fit and leaves everything else as it is, so that one payload of
// another key hides no other.
func (o codec) Decode(payloads []*commonpb.Payload) ([]*commonpb.Payload, error) {
	out := make([]*commonpb.Payload, len(payloads))
	for i, p := range payloads {
		out[i] = p
		if inner, err := o.c.unseal(p); err == nil {
			out[i] = inner
		}
	}
	return out, nil
}

// DecodePath is where the Temporal UI and its command line have payloads opened.
const DecodePath = "/decode"

// maxDecoded is in bytes; the UI asks for one page of a history at a time.
const maxDecoded = 32 << 20

// Handler opens payloads over HTTP, as the Temporal UI asks for it ("remote codec"), for pages of
// the origins, such as "http://127.0.0.1:8233", and for programs, which name none. All who reach it
// can read everything: it belongs on a loopback address. A page that has itself taken for this
// machine by its name is refused by the host that it asks for.
func Handler(keys Keys, origins ...string) http.Handler {
	open := converter.NewPayloadCodecHTTPHandler(codec{Converter{keys: keys}})
	return loopback.Own(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		origin := r.Header.Get("Origin")
		switch {
		case origin != "" && !slices.Contains(origins, origin):
			http.Error(w, "not from here", http.StatusForbidden)
			return
		case r.URL.Path != DecodePath:
			http.NotFound(w, r)
			return
		}
		if origin != "" {
			w.Header().Set("Access-Control-Allow-Origin", origin)
			w.Header().Set("Vary", "Origin")
		}
		w.Header().Set("Cache-Control", "no-store")
		if r.Method == http.MethodOptions {
			w.Header().Set("Access-Control-Allow-Methods", http.MethodPost)
			w.Header().Set("Access-Control-Allow-Headers", "Content-Type, X-Namespace, Authorization")
			w.WriteHeader(http.StatusNoContent)
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, maxDecoded)
		open.ServeHTTP(w, r)
	}))
}
