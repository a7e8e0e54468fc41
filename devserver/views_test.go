package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestAViewOpensItsListWithItsColumns(t *testing.T) {
	opts, err := parse([]string{"server", "start-dev", "--namespace", "cases", "--ui-view",
		`{"name":"late","says":"Late <cases>","query":"DutiesOverdue > 0 AND A = \"b\"","columns":["Workflow ID","DutiesOverdue"]}`}, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	h := withViews(http.NotFoundHandler(), opts)
	get := func(path string) *httptest.ResponseRecorder {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
		return w
	}
	page := get("/views/cases/late")
	for _, want := range []string{"/namespaces/cases/workflows?query=DutiesOverdue", "A&#43;%3D&#43;%22b%22", `"columns":["Workflow ID","DutiesOverdue"]`,
		"Late &lt;cases&gt;", "namespace-workflow-table-columns"} {
		if !strings.Contains(page.Body.String(), want) {
			t.Errorf("the page lacks %q: %s", want, page.Body)
		}
	}
	if p := page.Header().Get("Content-Security-Policy"); !strings.Contains(p, "script-src 'sha256-") || strings.Contains(p, "unsafe") {
		t.Error(p)
	}
	for _, path := range []string{"/views/cases/early", "/views/others/late"} {
		if got := get(path).Code; got != http.StatusNotFound {
			t.Errorf("%s: %d", path, got)
		}
	}
	for _, bad := range []string{"late", `{"name":"late"}`, `{"query":"x","columns":["a"]}`} {
		if _, err := parse([]string{"server", "start-dev", "--ui-view", bad}, io.Discard); err == nil {
			t.Errorf("%s is taken", bad)
		}
	}
}
