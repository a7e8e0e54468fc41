package activities_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"holdthering/activities/mail/outbox"
	"holdthering/regime/ledger"
	"holdthering/whole"
)

func TestAMailThatADiskHasNoRoomForWaitsSaysSoAndGoesOnceWhenThereIsRoom(t *testing.T) {
	d := newFixture(t)
	undo := whole.WithRoom(3000)
	defer undo()
	r := d.send(batch("CQC", "TDA"))
	for _, told := range r.Results {
		require.Equal(t, ledger.StateWaiting, told.State)
		require.Contains(t, told.Note, "no space left on device")
		require.Positive(t, told.RetryAfter)
	}
	require.Contains(t, d.log.String(), "no space left on device")
	files, err := os.ReadDir(d.outbox)
	require.NoError(t, err)
	require.Empty(t, files, "no half of a mail")
	undo()
	for range 2 {
		for _, told := range d.send(batch("CQC", "TDA")).Results {
			require.Equal(t, ledger.StateAccepted, told.State)
		}
	}
	require.Len(t, d.entries(), 2)
}

func TestARecordThatADiskHasNoRoomForLeavesTheOldOneWholeAndIsWrittenWhenThereIsRoom(t *testing.T) {
	d := newFixture(t)
	require.NoError(t, d.keep(register(t, "K7QM-3XRD")))
	before := d.files()
	later := register(t, "K7QM-3XRD")
	later.Now = later.Now.AddDate(0, 1, 0)
	for room := int64(0); room < 4000; room += 400 {
		undo := whole.WithRoom(room)
		require.ErrorContains(t, d.keep(later), "no space left on device")
		undo()
		after := d.files()
		require.Len(t, after, 3)
		for name, text := range before { // of the three, those that there was room for are new, and whole
			require.Equal(t, text[len(text)-1], after[name][len(after[name])-1])
		}
	}
	require.NoError(t, d.keep(later))
	require.NotEqual(t, before, d.files())
}

func TestADiskThatIsReallyFullIsSaidAndTheMailGoesWhenThereIsRoom(t *testing.T) {
	dir := smallDisk(t)
	o, err := outbox.New(filepath.Join(dir, "outbox"))
	require.NoError(t, err)
	d := newFixture(t)
	d.outbox, d.channel = filepath.Join(dir, "outbox"), withLetterhead(o)
	ballast := filepath.Join(dir, "ballast")
	_ = os.WriteFile(ballast, make([]byte, 1<<20), 0o600) // as much as there is room for
	require.Equal(t, ledger.StateWaiting, d.send(batch("CQC")).Results[0].State)
	require.NoError(t, os.Remove(ballast))
	require.Equal(t, ledger.StateAccepted, d.send(batch("CQC")).Results[0].State)
	require.Len(t, d.entries(), 1)
}
