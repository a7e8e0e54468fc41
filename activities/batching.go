package activities

import (
	"context"

	"holdthering/activities/mail"
	"holdthering/regime/ledger"
)

// hand gives a mail to the channel; what one that takes batches accepts lasts once keepLaid was called.
func (s *sending) hand(ctx context.Context, m mail.Message) mail.Result {
	if b, ok := s.Channel.(mail.Batching); ok {
		return b.Lay(ctx, m)
	}
	return s.Channel.Send(ctx, m)
}

// keepLaid makes what the channel has accepted since it was last called last, before anybody is told of it. Mails that
// it cannot keep wait, as if they had been refused so.
func (s *sending) keepLaid(ctx context.Context) {
	b, ok := s.Channel.(mail.Batching)
	from := s.lasting
	s.lasting = len(s.done)
	if !ok || !anyAccepted(s.done[from:]) {
		return
	}
	res := b.Keep()
	if res.Outcome == mail.Accepted {
		return
	}
	for i := from; i < len(s.done); i++ {
		was := s.done[i]
		if was.State != ledger.StateAccepted {
			continue
		}
		s.done[i] = inPlaceOf(was, s.became(ctx, s.recipientOf(was), res))
	}
}

func anyAccepted(ts []ledger.SendResult) bool {
	for _, t := range ts {
		if t.State == ledger.StateAccepted {
			return true
		}
	}
	return false
}

// recipientOf is whom a result is of.
func (s *sending) recipientOf(t ledger.SendResult) ledger.Recipient {
	for _, n := range s.batch.Notices {
		for _, r := range n.To {
			if n.ID == t.Notice && r.Party == t.Party && r.Level == t.Level {
				return r
			}
		}
	}
	return ledger.Recipient{Party: t.Party, Level: t.Level}
}
