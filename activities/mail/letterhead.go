package mail

import "context"

// Letterhead is a channel that fills in who writes, where a message leaves it empty.
type Letterhead struct {
	Channel
	From, ReplyTo Address
}

// Send completes the message and passes it on.
func (l Letterhead) Send(ctx context.Context, m Message) Result {
	if m.From == (Address{}) {
		m.From = l.From
	}
	if m.ReplyTo == (Address{}) {
		m.ReplyTo = l.ReplyTo
	}
	return l.Channel.Send(ctx, m)
}
