package apart

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"time"
)

const (
	// askPath is where the far process asks.
	askPath = "/pages"
	// largest is more than a form and its sealing; the answer is a page.
	largest       = 2 << 20
	largestAnswer = 8 << 20
	// soon is how far the two clocks may be apart, and how long a question is remembered.
	soon = time.Minute
	// mostRemembered bounds the memory; who is beyond it waits.
	mostRemembered = 100_000
)

// question is a request as it goes to the worker. No address and no header of a browser goes along, but what
// kind of body it has.
type question struct {
	At     time.Time `json:"at"`
	ID     string    `json:"id"` // of this very question
	Method string    `json:"method"`
	URI    string    `json:"uri"`
	Type   string    `json:"type,omitempty"` // of the body
	Body   []byte    `json:"body,omitempty"`
}

// answer is a page, or where to go.
type answer struct {
	Status   int    `json:"status"`
	Type     string `json:"type,omitempty"`
	Location string `json:"location,omitempty"`
	Body     []byte `json:"body,omitempty"`
}

// Near answers the far process in the worker.
type Near struct {
	Key   Key
	Pages http.Handler
	Log   *slog.Logger

	mu   sync.Mutex
	seen map[string]time.Time
}

// ServeHTTP opens a question, has the pages answer it, and seals that. What is not a question of the far
// process is not told why.
func (n *Near) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPost || r.URL.Path != askPath {
		http.NotFound(w, r)
		return
	}
	sealed, err := io.ReadAll(http.MaxBytesReader(w, r.Body, largest))
	if err != nil {
		http.Error(w, "that could not be read", http.StatusBadRequest)
		return
	}
	plain, err := n.Key.questions.Open(nil, nil, sealed, []byte(askPath))
	var q question
	if err != nil || json.Unmarshal(plain, &q) != nil || !n.taken(q) {
		n.Log.Warn("A question to the pages was not taken: its key is another, or it is old, or came before")
		http.Error(w, "that is no question of the pages", http.StatusForbidden)
		return
	}
	out, err := json.Marshal(n.answer(r.Context(), q))
	if err != nil {
		http.Error(w, "no answer could be written", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/octet-stream")
	w.Header().Set("Cache-Control", "no-store")
	_, _ = w.Write(n.Key.answers.Seal(nil, nil, out, []byte(q.ID))) // who has gone away is not told
}

// taken reports whether a question is of now and new.
func (n *Near) taken(q question) bool {
	now := time.Now()
	if q.ID == "" || q.At.Before(now.Add(-soon)) || q.At.After(now.Add(soon)) {
		return false
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.seen == nil {
		n.seen = map[string]time.Time{}
	}
	if len(n.seen) >= mostRemembered {
		for id, at := range n.seen {
			if now.Sub(at) > 2*soon {
				delete(n.seen, id)
			}
		}
	}
	if _, before := n.seen[q.ID]; before || len(n.seen) >= mostRemembered {
		return false
	}
	n.seen[q.ID] = now
	return true
}

func (n *Near) answer(ctx context.Context, q question) answer {
	u, err := url.ParseRequestURI(q.URI)
	if err != nil || !strings.HasPrefix(q.URI, "/") {
		return answer{Status: http.StatusBadRequest}
	}
	r, err := http.NewRequestWithContext(ctx, q.Method, u.String(), bytes.NewReader(q.Body))
	if err != nil {
		return answer{Status: http.StatusBadRequest}
	}
	if q.Type != "" {
		r.Header.Set("Content-Type", q.Type)
	}
	w := httptest.NewRecorder()
	n.Pages.ServeHTTP(w, r)
	return answer{Status: w.Code, Type: w.Header().Get("Content-Type"), Location: w.Header().Get("Location"),
		Body: w.Body.Bytes()}
}
