package mail

import "context"

// Letterhead is a channel that fills in who writes, where a message leaves it empty.
type Letterhead struct {
	Channel
	From, ReplyTo Address
}

// Send completes the message and passes it on.
func (l Letterhead) Send(ctx context.Context, m Message) Result {
	return l.Channel.Send(ctx, l.completed(m))
}

// Lay is Send where the channel takes no batches.
func (l Letterhead) Lay(ctx context.Context, m Message) Result {
	if b, ok := l.Channel.(Batching); ok {
		return b.Lay(ctx, l.completed(m))
	}
	return l.Send(ctx, m)
}

// Keep has nothing to do where the channel takes no batches.
func (l Letterhead) Keep() Result {
	if b, ok := l.Channel.(Batching); ok {
		return b.Keep()
	}
	return Result{Outcome: Accepted}
}

func (l Letterhead) completed(m Message) Message {
	if m.From == (Address{}) {
		m.From = l.From
	}
	if m.ReplyTo == (Address{}) {
		m.ReplyTo = l.ReplyTo
	}
	return m
}
