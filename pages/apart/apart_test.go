package apart_test

import (
	"bytes"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"holdthering/pages/apart"
)

func keyOf(t *testing.T, text string) apart.Key {
	t.Helper()
	k, err := apart.Parse(strings.Repeat(text, 32))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// wire keeps what goes over the network.
type wire struct {
	mu   sync.Mutex
	sent [][]byte
	back [][]byte
}

func (w *wire) RoundTrip(r *http.Request) (*http.Response, error) {
	body, _ := io.ReadAll(r.Body)
	r.Body = io.NopCloser(bytes.NewReader(body))
	got, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	back, _ := io.ReadAll(got.Body)
	got.Body = io.NopCloser(bytes.NewReader(back))
	w.mu.Lock()
	w.sent, w.back = append(w.sent, body), append(w.back, back)
	w.mu.Unlock()
	return got, nil
}

func pair(t *testing.T, near, far apart.Key, pages http.HandlerFunc) (worker string, site *httptest.Server, w *wire) {
	t.Helper()
	n := httptest.NewServer(&apart.Near{Key: near, Pages: pages, Log: slog.New(slog.NewTextHandler(io.Discard, nil))})
	t.Cleanup(n.Close)
	w = &wire{}
	f := httptest.NewServer(&apart.Far{Key: far, Worker: n.URL, Client: &http.Client{Transport: w},
		Sorry: func(w http.ResponseWriter, _ error) { http.Error(w, "sorry", http.StatusServiceUnavailable) }})
	t.Cleanup(f.Close)
	return n.URL, f, w
}

func echo(w http.ResponseWriter, r *http.Request) {
	text, _ := io.ReadAll(r.Body)
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Set-Cookie", "a=b")
	if r.URL.Path == "/go" {
		w.Header().Set("Location", r.URL.Query().Get("to"))
		w.WriteHeader(http.StatusSeeOther)
		return
	}
	w.WriteHeader(http.StatusTeapot)
	_, _ = io.WriteString(w, r.Method+" "+r.URL.String()+" "+r.Header.Get("Content-Type")+" "+r.Header.Get("Cookie")+" "+string(text))
}

func ask(t *testing.T, method, url, body string) (*http.Response, string) {
	t.Helper()
	q, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	q.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	q.Header.Set("Cookie", "told=nobody")
	c := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	r, err := c.Do(q)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	text, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return r, string(text)
}

func TestAQuestionComesThroughAsItIsAndNothingElseDoes(t *testing.T) {
	k := keyOf(t, "5a")
	_, site, w := pair(t, k, k, echo)
	r, text := ask(t, http.MethodPost, site.URL+"/a/LINKTEXT/x?new", "f=secret+words")
	if r.StatusCode != http.StatusTeapot || text != "POST /a/LINKTEXT/x?new application/x-www-form-urlencoded  f=secret+words" {
		t.Errorf("%d %q", r.StatusCode, text)
	}
	if r.Header.Get("Set-Cookie") != "" {
		t.Error("more than the page came back")
	}
	for _, b := range append(w.sent, w.back...) {
		for _, word := range []string{"LINKTEXT", "secret", "POST"} {
			if bytes.Contains(b, []byte(word)) {
				t.Errorf("%q goes openly", word)
			}
		}
	}
	if r, text := ask(t, http.MethodHead, site.URL+"/a/x", ""); r.StatusCode != http.StatusTeapot || text != "" {
		t.Errorf("%d %q", r.StatusCode, text)
	}
	for to, want := range map[string]string{"/a/x": "/a/x", "//evil.example": "", "https://evil.example": ""} {
		if r, _ := ask(t, http.MethodGet, site.URL+"/go?to="+to, ""); r.Header.Get("Location") != want {
			t.Errorf("%s leads to %q", to, r.Header.Get("Location"))
		}
	}
}

func TestAQuestionOfAnotherKeyOrRepeatedIsNotTaken(t *testing.T) {
	n := 0
	count := func(w http.ResponseWriter, _ *http.Request) { n++ }
	_, site, _ := pair(t, keyOf(t, "5a"), keyOf(t, "6b"), count)
	if r, _ := ask(t, http.MethodGet, site.URL+"/a/x", ""); r.StatusCode != http.StatusServiceUnavailable || n > 0 {
		t.Errorf("%d, %d", r.StatusCode, n)
	}
	k := keyOf(t, "5a")
	worker, site, w := pair(t, k, k, count)
	ask(t, http.MethodPost, site.URL+"/a/x", "f=1")
	for name, body := range map[string][]byte{"repeated": w.sent[0], "changed": append([]byte{1}, w.sent[0][1:]...),
		"cut": w.sent[0][:len(w.sent[0])-1], "empty": nil, "an answer": w.back[0]} {
		r, err := http.Post(worker+"/pages", "application/octet-stream", bytes.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		r.Body.Close()
		if r.StatusCode != http.StatusForbidden || n != 1 {
			t.Errorf("%s: %d, %d", name, r.StatusCode, n)
		}
	}
	for _, path := range []string{"/", "/a/x", "/pages"} {
		r, err := http.Get(worker + path)
		if err != nil {
			t.Fatal(err)
		}
		r.Body.Close()
		if r.StatusCode != http.StatusNotFound || n != 1 {
			t.Errorf("%s: %d", path, r.StatusCode)
		}
	}
}

func TestAnAnswerToAnotherQuestionIsNotShown(t *testing.T) {
	k := keyOf(t, "5a")
	var first []byte
	n := httptest.NewServer(&apart.Near{Key: k, Pages: http.HandlerFunc(echo), Log: slog.New(slog.NewTextHandler(io.Discard, nil))})
	defer n.Close()
	between := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		got, err := http.Post(n.URL+r.URL.Path, "application/octet-stream", r.Body)
		if err != nil {
			t.Error(err)
			return
		}
		defer got.Body.Close()
		body, _ := io.ReadAll(got.Body)
		if first == nil {
			first = body
		}
		_, _ = w.Write(first)
	}))
	defer between.Close()
	f := httptest.NewServer(&apart.Far{Key: k, Worker: between.URL, Client: http.DefaultClient,
		Sorry: func(w http.ResponseWriter, _ error) { http.Error(w, "sorry", http.StatusServiceUnavailable) }})
	defer f.Close()
	if r, _ := ask(t, http.MethodGet, f.URL+"/a/x", ""); r.StatusCode != http.StatusTeapot {
		t.Errorf("%d", r.StatusCode)
	}
	if r, text := ask(t, http.MethodGet, f.URL+"/a/y", ""); r.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("another's page is shown: %d, %s", r.StatusCode, text)
	}
}

func TestAKeyIsReadOrRefused(t *testing.T) {
	for _, text := range []string{"", "xyz", strings.Repeat("5a", 31), strings.Repeat("5a", 32) + " " + strings.Repeat("6b", 32)} {
		if _, err := apart.Parse(text); err == nil {
			t.Errorf("%q is taken", text)
		}
	}
}
