package events

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"go.temporal.io/sdk/client"

	"holdthering/activities"
	"holdthering/regime/ledger"
)

// Cases take what is told of their mails.
type Cases interface {
	// Take returns once the case or group of the reference has the events, and ErrNoCase
	// where there is none, or none any more.
	Take(ctx context.Context, ref string, events []ledger.MailEvent) error
}

// ErrNoCase: no case waits for the events, and none will.
var ErrNoCase = errors.New("no such case")

// Receiver is the handler. All fields but Metrics must be set.
type Receiver struct {
	Keys    Keys
	Cases   Cases
	Now     func() time.Time
	Log     *slog.Logger
	Metrics client.MetricsHandler // nil counts nothing
}

// MetricEvents counts what the mail service tells of mails, repeats included, by
// activities.LabelOutcome.
const MetricEvents = "holdthering_mail_events"

const (
	// maxBody is well above the service's own 768 KB.
	maxBody = 2 << 20
	// patience is how long the cases of a batch may take; the service waits no longer.
	patience = 20 * time.Second
)

// ServeHTTP takes one batch.
func (r *Receiver) ServeHTTP(w http.ResponseWriter, q *http.Request) {
	status := r.take(w, q)
	if status != http.StatusOK {
		r.Log.Warn("Events of mails were not taken", "status", status)
	}
	w.WriteHeader(status)
}

func (r *Receiver) take(w http.ResponseWriter, q *http.Request) int {
	if q.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		return http.StatusMethodNotAllowed
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, q.Body, maxBody))
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return http.StatusRequestEntityTooLarge
	case err != nil:
		return http.StatusBadRequest
	case !r.Keys.verify(q.Header, body, r.Now()):
		return http.StatusForbidden
	}
	parts, err := portions(body)
	if err != nil {
		return http.StatusBadRequest
	}
	r.count(parts)
	return r.deliver(q.Context(), parts)
}

func (r *Receiver) count(parts []portion) {
	if r.Metrics == nil {
		return
	}
	for _, p := range parts {
		for _, e := range p.events {
			r.Metrics.WithTags(map[string]string{activities.LabelOutcome: string(e.State)}).
				Counter(MetricEvents).Inc(1)
		}
	}
}

// atOnce is how many cases are told at a time: one whose worker is away takes all the patience.
const atOnce = 100

// deliver brings each case its events, many at a time. One that cannot be reached, or does not
// answer, keeps no other from having them; the whole batch then comes again.
func (r *Receiver) deliver(ctx context.Context, parts []portion) int {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	var all sync.WaitGroup
	var failed atomic.Bool
	turns := make(chan struct{}, atOnce)
	for _, p := range parts {
		turns <- struct{}{}
		all.Go(func() {
			defer func() { <-turns }()
			if !r.taken(ctx, p) {
				failed.Store(true)
			}
		})
	}
	all.Wait()
	if failed.Load() {
		return http.StatusServiceUnavailable
	}
	return http.StatusOK
}

// taken reports whether a case has its events, or none waits for them.
func (r *Receiver) taken(ctx context.Context, p portion) bool {
	err := r.Cases.Take(ctx, p.ref, p.events)
	switch {
	case err == nil:
		return true
	case errors.Is(err, ErrNoCase):
		r.Log.Info("Events of mails whose case has ended, or never was here", "case", p.ref)
		return true
	}
	r.Log.Warn("A case could not take the events of its mails", "case", p.ref, "reason", err)
	return false
}
