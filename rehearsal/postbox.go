package rehearsal

import (
	"context"
	"sync"

	"holdthering/activities/mail"
)

// postbox takes every mail and sends none; a nil one keeps none either.
type postbox struct {
	mu    sync.Mutex
	mails []mail.Message
}

// Name says where the mails are.
func (p *postbox) Name() string { return "postbox" }

// Send keeps the mail. It always accepts.
func (p *postbox) Send(_ context.Context, m mail.Message) mail.Result {
	if p != nil {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.mails = append(p.mails, m)
	}
	return mail.Result{Outcome: mail.Accepted}
}
