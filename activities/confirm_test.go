package activities_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"holdthering/activities"
	"holdthering/activities/mail"
	"holdthering/regime"
	"holdthering/regime/ledger"
)

// notebook keeps what is noted before and after each mail.
type notebook struct {
	pages [][]activities.Noted
	full  int // after so many pages nothing more is taken; 0: never
}

var errFull = errors.New("another attempt has taken over")

func (b *notebook) note(_ context.Context, done []activities.Noted) error {
	if b.full > 0 && len(b.pages) >= b.full {
		return errFull
	}
	b.pages = append(b.pages, done)
	return nil
}

func TestAMailIsNotedAsOneThatMayHaveGoneBeforeItGoes(t *testing.T) {
	d, book := newFixture(t), &notebook{}
	channel := &script{}
	channel.each = func(n int) {
		last := book.pages[len(book.pages)-1]
		require.Len(t, last, n)
		require.Equal(t, ledger.StateUnknown, last[n-1].State)
		require.Equal(t, 10*time.Minute, last[n-1].RetryAfter)
	}
	d.channel, d.confirm = channel, activities.Confirmation{Note: book.note, Awaited: true}
	r := d.send(batch("CQC", "TDA"))
	require.Len(t, book.pages, 3, "one for each mail, and what became of the last")
	require.Equal(t, ledger.StateAccepted, book.pages[1][0].State)
	for _, told := range r.Results {
		require.Equal(t, ledger.StateAccepted, told.State)
		require.True(t, told.AwaitsEvents)
		require.Equal(t, 10*time.Minute, told.RetryAfter, "accepted is not yet sent where word of it is to come")
	}
}

func TestAMailThatWaitsForAnotherToTryTheServiceIsNotInDoubt(t *testing.T) {
	d, book := newFixture(t), &notebook{}
	held := mail.Result{Outcome: mail.RefusedForNow, About: mail.AboutSystem, Untried: true, RetryAfter: 20 * time.Millisecond}
	d.channel, d.confirm = &script{answers: []mail.Result{held}}, activities.Confirmation{Note: book.note, Awaited: true}
	d.send(batch("CQC"))
	require.Len(t, book.pages, 4, "begun, not begun after all, begun, and what became of it")
	require.Empty(t, book.pages[1])
	require.Equal(t, ledger.StateUnknown, book.pages[2][0].State)
}

func TestMailsThatAreHeldTogetherAreNotedTogether(t *testing.T) {
	d, book := newFixture(t), &notebook{}
	down := mail.Result{Outcome: mail.Misconfigured, About: mail.AboutAccount}
	d.channel, d.confirm = &script{answers: []mail.Result{down}}, activities.Confirmation{Note: book.note}
	r := d.send(batch("CQC", "TDA", "MONITOR"))
	require.Len(t, r.Results, 3)
	require.Len(t, book.pages, 2, "one mail begun, and what became of all")
	require.Len(t, book.pages[1], 3)
}

func TestNoMailGoesOfWhichTheNoteIsNotSafe(t *testing.T) {
	d, channel := newFixture(t), &script{}
	d.channel, d.confirm = channel, activities.Confirmation{Note: (&notebook{full: 1}).note}
	_, err := d.attempt(nil).send(batch("CQC", "TDA"))
	require.ErrorContains(t, err, errFull.Error())
	require.Len(t, channel.sent, 1)
}

func TestAnAttemptThatFindsAMailBegunDoesNotSendIt(t *testing.T) {
	d, channel, book := newFixture(t), &script{}, &notebook{full: 2} // killed after the second mail went
	d.channel, d.confirm = channel, activities.Confirmation{Note: book.note, Awaited: true}
	_, err := d.attempt(nil).send(batch("CQC", "TDA"))
	require.Error(t, err)
	require.Len(t, channel.sent, 2)
	d.confirm.Note = (&notebook{}).note
	r, err := d.attempt(book.pages[1]).send(batch("CQC", "TDA"))
	require.NoError(t, err)
	require.Len(t, channel.sent, 2, "it may have gone")
	require.Equal(t, ledger.StateUnknown, r.Results[1].State)
	require.Equal(t, "the sender was interrupted", r.Results[1].Note)
	require.True(t, r.Results[1].Interrupted)
}

func TestWordIsWaitedForLongerTheOftenerAMailWentAmidSilence(t *testing.T) {
	for again, want := range []time.Duration{time.Minute, 2 * time.Minute, 4 * time.Minute} {
		d := newFixture(t)
		d.channel = &script{answers: []mail.Result{{Outcome: mail.Unknown}}}
		d.confirm = activities.Confirmation{Wait: time.Minute}
		b := batch("CQC")
		b.Notices[0].To[0].Times.Again, b.Notices[0].To[0].Times.Silent = 5, again
		require.Equal(t, want, d.send(b).Results[0].RetryAfter)
	}
}

func TestOneToldInAnothersPlaceHasAMailboxOfItsOwn(t *testing.T) {
	d := newFixture(t)
	b := batch("MONITOR", "TDA", "CQC")
	for i := range b.Notices[0].To {
		b.Notices[0].To[i].Level, b.Notices[0].To[i].After = regime.LevelExecutive, regime.LevelDuty
	}
	r := d.send(b)
	for i, want := range []ledger.DeliveryState{ledger.StateNoContact, ledger.StateNoContact, ledger.StateAccepted} {
		require.Equal(t, want, r.Results[i].State, "%+v", r.Results[i])
	}
	require.Len(t, d.entries(), 1)
}

func TestAMailThatStoodForTwoContactsKeepsItsIDWhenItGoesAgainToOne(t *testing.T) {
	d, channel := newFixture(t), &script{}
	d.channel = channel
	b := batch("MONITOR")
	b.Notices[0].To = append(b.Notices[0].To, ledger.Recipient{Party: "MONITOR", Level: regime.LevelExecutive})
	r := d.send(b)
	require.Equal(t, channel.sent[0].ID, r.Results[1].Mail)
	b.Notices[0].To = []ledger.Recipient{{Party: "MONITOR", Level: regime.LevelExecutive, Mail: r.Results[1].Mail}}
	again := d.send(b)
	require.Equal(t, channel.sent[0].ID, channel.sent[1].ID)
	require.Equal(t, r.Results[1].Mail, again.Results[0].Mail)
}

func TestWhereTheNotesCannotBeReadNothingGoes(t *testing.T) {
	d, channel := newFixture(t), &script{}
	d.channel = channel
	a := d.attempt(nil)
	a.env.SetHeartbeatDetails("no list of results")
	_, err := a.send(batch("CQC"))
	require.ErrorContains(t, err, "cannot be read")
	require.Empty(t, channel.sent)
}
