package main

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// view is a list of workflows with the query and the columns that belong to it, at /views/NAMESPACE/NAME.
type view struct {
	Name    string   `json:"name"`
	Says    string   `json:"says"`
	Query   string   `json:"query"`
	Columns []string `json:"columns"`
}

func (o *options) view(text string) error {
	var v view
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		return err
	}
	if v.Name == "" || v.Query == "" || len(v.Columns) == 0 {
		return errors.New(`want {"name": ..., "says": ..., "query": ..., "columns": [...]}`)
	}
	o.views = append(o.views, v)
	return nil
}

// setColumns is what a view's page runs: the UI takes the query from its address, and which columns it shows from
// the browser's store alone.
const setColumns = `const view = JSON.parse(document.getElementById("view").textContent)
const key = "namespace-workflow-table-columns"
let all = {}
try { all = JSON.parse(localStorage.getItem(key)) || {} } catch {}
all[view.namespace] = view.columns.map(label => ({label}))
localStorage.setItem(key, JSON.stringify(all))
location.replace(view.at)`

// The page is never seen for long. Without script it has a link to the same list, with the usual columns.
var viewPage = template.Must(template.New("view").Parse(`<!doctype html>
<html lang="en">
<title>{{.Says}}</title>
<p><a href="{{.At}}">{{.Says}}</a></p>
<script type="application/json" id="view">{{.}}</script>
<script>` + setColumns + `</script>
</html>
`))

// opening is what the page of a view is made from.
type opening struct {
	Says      string   `json:"says"`
	Namespace string   `json:"namespace"`
	Columns   []string `json:"columns"`
	At        string   `json:"at"`
}

// withViews serves the views before the UI's own pages.
func withViews(ui http.Handler, opts options) http.Handler {
	digest := sha256.Sum256([]byte(setColumns))
	policy := "default-src 'none'; script-src 'sha256-" + base64.StdEncoding.EncodeToString(digest[:]) + "'; frame-ancestors 'none'"
	mux := http.NewServeMux()
	mux.HandleFunc("GET /views/{namespace}/{name}", func(w http.ResponseWriter, r *http.Request) {
		namespace := r.PathValue("namespace")
		i := slices.IndexFunc(opts.views, func(v view) bool { return v.Name == r.PathValue("name") })
		if i < 0 || !slices.Contains(opts.namespaces, namespace) {
			http.NotFound(w, r)
			return
		}
		v := opts.views[i]
		w.Header().Set("Content-Security-Policy", policy)
		w.Header().Set("Cache-Control", "no-store")
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		page := opening{Says: v.Says, Namespace: namespace, Columns: v.Columns,
			At: fmt.Sprintf("/namespaces/%s/workflows?query=%s", url.PathEscape(namespace), url.QueryEscape(v.Query))}
		_ = viewPage.Execute(w, page) // only the writing can fail, and then nobody reads it
	})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/views/") {
			mux.ServeHTTP(w, r)
			return
		}
		ui.ServeHTTP(w, r) // its own router, which leaves paths as they are
	})
}
