package activities_test

import (
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"holdthering/activities"
	"holdthering/backup"
	"holdthering/message"
	"holdthering/regime/failure"
	"holdthering/regime/ledger"
)

// restoredAt marks the records as put back from a backup, what was lost having lasted until then.
func (d *fixture) restoredAt(lost time.Time, decided backup.Decision) {
	require.NoError(d.t, os.MkdirAll(d.records, 0o700))
	m := backup.Mark{Taken: arose.Add(-time.Hour), Lost: lost, All: decided}
	require.NoError(d.t, m.Write(d.records))
}

func TestAfterARestoreAMailThatMayHaveGoneWaitsForAPersonsDecision(t *testing.T) {
	lost := arose.Add(time.Hour)
	for _, x := range []struct {
		what string
		n    func(*ledger.Notice)
		held bool
	}{
		{"arose before the loss", func(*ledger.Notice) {}, true},
		{"arose with it", func(n *ledger.Notice) { n.At = lost }, true},
		{"arose after it", func(n *ledger.Notice) { n.At = lost.Add(1) }, false},
		{"was to wait until after it", func(n *ledger.Notice) { n.To[0].NotBefore = lost.Add(1) }, false},
		{"waited until before it", func(n *ledger.Notice) { n.To[0].NotBefore = lost }, true},
		{"was raised late, of before it", func(n *ledger.Notice) { n.At, n.Fell = lost.Add(time.Hour), lost }, true},
		{"was raised late, of after it", func(n *ledger.Notice) { n.At, n.Fell = lost.Add(time.Hour), lost.Add(1) }, false},
		{"was held before", func(n *ledger.Notice) {
			n.To[0].State, n.To[0].RetryAt, n.To[0].Note = ledger.StateWaiting, lost.Add(time.Hour), activities.NoteRestored
		}, true},
		{"may have gone before the backup", func(n *ledger.Notice) { n.To[0].State = ledger.StateUnknown }, true},
	} {
		d := newFixture(t)
		d.restoredAt(lost, backup.Undecided)
		b := batch("CQC")
		x.n(&b.Notices[0])
		r := d.send(b)
		require.Len(t, r.Results, 1)
		if !x.held {
			require.Equal(t, ledger.StateAccepted, r.Results[0].State, x.what)
			require.Len(t, d.entries(), 1, x.what)
			continue
		}
		require.Empty(t, d.entries(), x.what)
		require.Equal(t, ledger.StateWaiting, r.Results[0].State, x.what)
		require.Equal(t, activities.NoteRestored, r.Results[0].Note, x.what)
		require.Positive(t, r.Results[0].RetryAfter, x.what)
		require.Contains(t, d.log.String(), "may have gone before", x.what)

		d.restoredAt(lost, backup.Went)
		r = d.send(b)
		require.Equal(t, ledger.StateUnknown, r.Results[0].State, x.what)
		require.Zero(t, r.Results[0].RetryAfter, x.what)
		require.Equal(t, activities.NoteTakenAsSent, r.Results[0].Note, x.what)
		require.Empty(t, d.entries(), x.what)

		d.restoredAt(lost, backup.Send)
		require.Equal(t, ledger.StateAccepted, d.send(b).Results[0].State, x.what)
		require.Len(t, d.entries(), 1, x.what)
	}
}

func TestAfterARestoreWhatWentBeforeTheBackupIsNotSentForWantOfWord(t *testing.T) {
	d := newFixture(t)
	d.restoredAt(arose.Add(time.Hour), backup.Undecided)
	b := batch("CQC")
	b.Notices[0].To[0].State, b.Notices[0].To[0].RetryAt = ledger.StateAccepted, arose.Add(10*time.Minute)
	r := d.send(b)
	require.Equal(t, ledger.StateAccepted, r.Results[0].State)
	require.Zero(t, r.Results[0].RetryAfter)
	require.Empty(t, d.entries())
}

func TestAfterARestoreAHeldMailGoesIntoNoOther(t *testing.T) {
	d := newFixture(t)
	lost := arose.Add(time.Hour)
	d.restoredAt(lost, backup.Undecided)
	b := batch("CQC")
	later := b.Notices[0]
	later.ID, later.Kind, later.At = "n2", "N16", lost.Add(time.Minute)
	later.To = append([]ledger.Recipient(nil), later.To...)
	b.Notices[0].Kind = "N16"
	b.Notices = append(b.Notices, later)
	r := d.send(b)
	require.Len(t, r.Results, 2)
	require.Equal(t, ledger.StateWaiting, r.Results[0].State)
	require.Equal(t, "n2", r.Results[1].Notice)
	require.Equal(t, ledger.StateAccepted, r.Results[1].State)
	require.Len(t, d.entries(), 1)
}

func TestAPlayIsNeverHeld(t *testing.T) {
	d := newFixture(t)
	d.restoredAt(arose.Add(time.Hour), backup.Undecided)
	b := batch("CQC")
	b.Demonstration = true
	d.send(b)
	require.Len(t, d.entries(), 1)
}

// The whole way: a case as it stood in the backup, whose clock goes on after what it was of is lost.
func TestAfterARestoreTheRemindersOfTheLostTimeAreHeldAndWhatIsDoneNowIsTold(t *testing.T) {
	d := newFixture(t)
	c := register(t, "K7QM-3XRD").Case
	perform := func(now time.Time, act failure.Act) {
		t.Helper()
		_, err := c.Perform(ledger.Request{Key: now.String(), By: ledger.Actor{For: "CQC", Person: "x", Channel: "test"}}, act, now)
		require.NoError(t, err)
	}
	send := func(now time.Time) (held, went int) {
		t.Helper()
		b := message.Batch{Ref: c.Ref, Profile: c.Profile, Now: now, Notices: c.ToSend(now)}
		r := d.send(b)
		c.RecordSent(r.Results, now)
		for _, told := range r.Results {
			if told.Note == activities.NoteRestored {
				held++
			} else if told.State == ledger.StateAccepted {
				went++
			}
		}
		return held, went
	}
	perform(arose, &failure.TriggerRiskSummit{Concern: "x", Source: "media"})
	_, went := send(arose)
	require.Positive(t, went)

	lost := arose.Add(30 * time.Hour) // the reminder of half the time went then, and is not known
	d.restoredAt(lost, backup.Undecided)
	now := lost.Add(time.Hour)
	c.Tick(now)
	held, went := send(now)
	require.Positive(t, held)
	require.Zero(t, went)
	perform(now.Add(time.Minute), &failure.ConveneSummit{At: now.Add(48 * time.Hour)})
	held, went = send(now.Add(time.Minute))
	require.Zero(t, held)
	require.Positive(t, went)
	_, went = send(now.Add(10 * time.Minute)) // what is held is looked at again, and held
	require.Zero(t, went)
}
