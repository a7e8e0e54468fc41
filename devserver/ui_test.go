package main

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// asked is the answer of the UI, with no server behind it.
func asked(t *testing.T, method, path, host string) *httptest.ResponseRecorder {
	t.Helper()
	opts := options{ip: "127.0.0.1", port: 1, uiPort: 2, namespaces: []string{"cases"}}
	h, err := uiHandler(uiConfig(opts), opts)
	if err != nil {
		t.Fatal(err)
	}
	q := httptest.NewRequest(method, path, strings.NewReader("{}"))
	q.Host = host
	q.Header.Set("X-CSRF-TOKEN", "a")
	q.AddCookie(&http.Cookie{Name: "_csrf", Value: "a"})
	w := httptest.NewRecorder()
	h.ServeHTTP(w, q)
	return w
}

func TestTheUIAnswersUnderItsOwnNamesOnly(t *testing.T) {
	for host, want := range map[string]int{"127.0.0.1:8233": 200, "localhost:8233": 200, "[::1]:8233": 200,
		"rebound.example": 403, "rebound.example:8233": 403, "127.0.0.1.rebound.example:8233": 403, "": 403} {
		for _, path := range []string{"/", "/api/v1/settings"} {
			if got := asked(t, http.MethodGet, path, host).Code; got != want {
				t.Errorf("%s for %q: %d, want %d", path, host, got, want)
			}
		}
	}
}

func TestTheUIHasNoWriteActions(t *testing.T) {
	if body := asked(t, http.MethodGet, "/api/v1/settings", "127.0.0.1").Body.String(); !strings.Contains(body,
		`"DisableWriteActions":true`) {
		t.Errorf("its pages offer them: %s", body)
	}
	workflow := "/api/v1/namespaces/cases/workflows/case-1"
	for _, write := range [][2]string{{"POST", workflow + "/terminate"}, {"POST", workflow + "/cancel"},
		{"POST", workflow + "/signal/x"}, {"POST", workflow + "/reset"}, {"POST", workflow + "/update/x"},
		{"POST", workflow}, {"DELETE", workflow}, {"POST", "/api/v1/namespaces/cases/batch-operations/1"},
		{"PUT", workflow}, {"PATCH", workflow}} {
		if got := asked(t, write[0], write[1], "127.0.0.1").Code; got != http.StatusMethodNotAllowed {
			t.Errorf("%s %s: %d", write[0], write[1], got)
		}
	}
}
