package activities_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"holdthering/activities/mail"
	"holdthering/regime"
	"holdthering/regime/ledger"
)

// batching is a channel whose Keep answers as it is told.
type batching struct {
	mail.Batching
	answers []mail.Result
	laid    int
	kept    []int // how many mails were laid at each call
}

func (b *batching) Lay(ctx context.Context, m mail.Message) mail.Result {
	b.laid++
	return b.Batching.Lay(ctx, m)
}

func (b *batching) Keep() mail.Result {
	b.kept = append(b.kept, b.laid)
	if len(b.answers) > 0 {
		res := b.answers[0]
		b.answers = b.answers[1:]
		return res
	}
	return b.Batching.Keep()
}

func newBatching(d *fixture, answers ...mail.Result) *batching {
	b := &batching{Batching: d.channel.(mail.Batching), answers: answers}
	d.channel = b
	return b
}

func states(ts []ledger.SendResult) []ledger.DeliveryState {
	var out []ledger.DeliveryState
	for _, t := range ts {
		out = append(out, t.State)
	}
	return out
}

func TestTheMailsOfABatchAreMadeToLastTogetherBeforeTheCaseIsTold(t *testing.T) {
	d := newFixture(t)
	b := newBatching(d)
	a := d.attempt(nil)
	r, err := a.send(batch("CQC", "TDA", "MONITOR"))
	require.NoError(t, err)
	require.Equal(t, []int{3}, b.kept)
	require.Len(t, d.entries(), 3)
	require.Len(t, r.Results, 3)
	require.Empty(t, a.noted(), "the server was called for what the report says")
}

func TestMailsThatCannotBeMadeToLastWaitAndGoOnceLater(t *testing.T) {
	d := newFixture(t)
	b := newBatching(d, mail.Result{Outcome: mail.RefusedForNow, Detail: "the disk does not answer"})
	to := batch("CQC", "UNLISTED", "TDA")
	r := d.send(to)
	require.Equal(t, []ledger.DeliveryState{ledger.StateWaiting, ledger.StateNoContact, ledger.StateWaiting}, states(r.Results))
	for i, party := range []regime.Party{"CQC", "UNLISTED", "TDA"} {
		told := r.Results[i]
		require.Equal(t, party, told.Party)
		require.Equal(t, "n1", told.Notice)
		if told.State == ledger.StateWaiting {
			require.Equal(t, "the disk does not answer", told.Note)
			require.Positive(t, told.RetryAfter)
		}
	}
	for i := range to.Notices[0].To {
		to.Notices[0].To[i].Tries++
	}
	r = d.send(to)
	require.Equal(t, []ledger.DeliveryState{ledger.StateAccepted, ledger.StateNoContact, ledger.StateAccepted}, states(r.Results))
	require.Len(t, d.entries(), 2)
	require.Len(t, b.kept, 2)
}

func TestAWorkerThatStopsMakesLastWhatItNotes(t *testing.T) {
	d := newFixture(t)
	b := newBatching(d)
	d.channel = &stopping{batching: b, after: 2}
	a := d.attempt(nil)
	stop := make(chan struct{})
	d.channel.(*stopping).stop = stop
	a.env.SetWorkerStopChannel(stop)
	_, err := a.send(batch("CQC", "TDA", "MONITOR"))
	require.ErrorContains(t, err, "the worker is stopping")
	require.Equal(t, []int{2}, b.kept)
	require.Len(t, a.noted(), 2)
}

// stopping has the worker stopped after some mails.
type stopping struct {
	*batching
	after int
	stop  chan struct{}
}

func (s *stopping) Lay(ctx context.Context, m mail.Message) mail.Result {
	res := s.batching.Lay(ctx, m)
	if s.laid == s.after {
		close(s.stop)
	}
	return res
}
