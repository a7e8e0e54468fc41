package health

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"sync"
	"time"
)

// Where is asked.
const (
	LivePath  = "/healthz"
	ReadyPath = "/readyz"
)

const (
	// patience is how long the checks may take; whoever asks waits little longer.
	patience = 3 * time.Second
	// fresh is how long what was found is told again, so that asking often costs the server nothing.
	fresh = 2 * time.Second
)

// Check is one thing that the process needs. Its error says what is wrong.
type Check func(context.Context) error

// Health is how a process stands. Its zero value lives and is not ready: nothing has been checked.
type Health struct {
	mu     sync.Mutex
	checks map[string]Check
	told   Report
	at     time.Time
}

// Report is the body of an answer.
type Report struct {
	Ready bool `json:"ready"`
	// Checks are "ok", or what is wrong.
	Checks map[string]string `json:"checks"`
}

// Await makes the process not ready until the check of the name is set: why says what is waited for.
func (h *Health) Await(name, why string) {
	h.Set(name, func(context.Context) error { return errors.New(why) })
}

// Set has the check asked under the name from now on, in the place of one that had it.
func (h *Health) Set(name string, c Check) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.checks == nil {
		h.checks = map[string]Check{}
	}
	h.checks[name], h.at = c, time.Time{}
}

// Report asks all checks at once.
func (h *Health) Report(ctx context.Context) Report {
	h.mu.Lock()
	defer h.mu.Unlock()
	if time.Since(h.at) < fresh {
		return h.told
	}
	// What is found is told to others too: it does not end when the first who asks has gone.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), patience)
	defer cancel()
	r := Report{Ready: len(h.checks) > 0, Checks: map[string]string{}}
	var all sync.WaitGroup
	var found sync.Mutex
	for name, c := range h.checks {
		all.Go(func() {
			err := c(ctx)
			found.Lock()
			defer found.Unlock()
			r.Checks[name] = "ok"
			if err != nil {
				r.Ready, r.Checks[name] = false, err.Error()
			}
		})
	}
	all.Wait()
	h.told, h.at = r, time.Now()
	return r
}

// Live answers that the process lives.
func Live() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		_, _ = w.Write([]byte("ok\n")) // who has gone away is not told
	})
}

// ServeHTTP answers whether the process is ready, and why not.
func (h *Health) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	report := h.Report(r.Context())
	body, err := json.Marshal(report)
	if err != nil {
		http.Error(w, "no answer could be written", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	if !report.Ready {
		w.WriteHeader(http.StatusServiceUnavailable)
	}
	_, _ = w.Write(append(body, '\n'))
}

// Handlers are both, by their paths.
func (h *Health) Handlers() map[string]http.Handler {
	return map[string]http.Handler{LivePath: Live(), ReadyPath: h}
}
