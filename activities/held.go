package activities

import (
	"context"
	"sync"
	"time"

	"go.temporal.io/sdk/activity"

	"holdthering/message"
)

// MetricHeld shows how many mails are held because the mail service does not take them.
const MetricHeld = "holdthering_mails_held"

// heldBook is how many mails each case or group holds, as this worker last saw. Its zero value is
// ready.
type heldBook struct {
	mu sync.Mutex
	of map[string]heldCount
}

type heldCount struct {
	mails int
	at    time.Time
}

// heldFor is longer than the longest wait between two tries: what has not been seen for so long is
// another worker's, or over.
const heldFor = 20 * time.Minute

// note counts what the batch says of its sender, and gives the sum over all of its kind.
func (h *heldBook) note(b message.Batch, now time.Time) (sum int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.of == nil {
		h.of = map[string]heldCount{}
	}
	kind := "case "
	if b.Group != "" {
		kind = "group "
	}
	h.of[kind+b.MailRef()] = heldCount{b.Held, now}
	for ref, c := range h.of {
		switch {
		case c.mails == 0 || now.Sub(c.at) > heldFor:
			delete(h.of, ref)
		case ref[:4] == kind[:4]:
			sum += c.mails
		}
	}
	return sum
}

// tellHeld says in the log and in a metric, since no mail can, that mails are held.
func (a *Activities) tellHeld(ctx context.Context, b message.Batch) {
	sum := a.held.note(b, time.Now())
	activity.GetMetricsHandler(ctx).Gauge(MetricHeld).Update(float64(sum))
	if b.Held > 0 {
		activity.GetLogger(ctx).Error("Mails are held: the mail service does not take them; one tries again",
			"of", b.Ref, "mails", b.Held, "reason", b.HeldWhy)
	}
}
