package activities

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/testsuite"

	"holdthering/activities/claim"
	"holdthering/activities/mail"
	"holdthering/message"
	"holdthering/regime"
	"holdthering/regime/ledger"
)

// watched is a service that takes every mail unless it is told how to answer, and says first that one is there.
type watched struct {
	counting
	order   []string
	arrives func(n int) // from 1
	answers map[int]mail.Result
}

func (w *watched) Send(ctx context.Context, m mail.Message) mail.Result {
	w.order = append(w.order, m.ID)
	n := len(w.order)
	if w.arrives != nil {
		w.arrives(n)
	}
	if r, other := w.answers[n]; other {
		return r
	}
	return w.counting.Send(ctx, m)
}

// claimed is a worker that announces its mails, and a server that keeps its notes.
type claimed struct {
	service *watched
	notes   [][]Noted
	refuses error // what the server says to notes
	folder  *claim.Folder
}

func newClaimed(t *testing.T, dir string) *claimed {
	f, err := claim.Open(dir)
	require.NoError(t, err)
	return &claimed{service: &watched{counting: counting{map[string]int{}}}, folder: f}
}

func (c *claimed) worker() *Activities {
	return &Activities{Channel: c.service, Directory: contacts{}, Confirm: Confirmation{Claims: c.folder,
		Note: func(_ context.Context, done []Noted) error {
			if c.refuses != nil {
				return c.refuses
			}
			c.notes = append(c.notes, done)
			return nil
		}}}
}

func (c *claimed) last() []Noted { return c.notes[len(c.notes)-1] }

func states(r message.Report) map[regime.Party]ledger.DeliveryState {
	out := map[regime.Party]ledger.DeliveryState{}
	for _, t := range r.Results {
		out[t.Party] = t.State
	}
	return out
}

func (c *claimed) eachOnce(t *testing.T, mails int) {
	t.Helper()
	require.Len(t, c.service.taken, mails)
	for id, n := range c.service.taken {
		require.Equal(t, 1, n, id)
	}
}

func TestOneNoteDoesForTheMailsOfABatch(t *testing.T) {
	c := newClaimed(t, t.TempDir())
	c.service.arrives = func(int) {
		require.Len(t, c.last(), 6)
		require.Equal(t, ledger.StateUnknown, c.last()[5].State)
	}
	r, err := attempt(t, c.worker(), nil)
	require.NoError(t, err)
	require.Len(t, r.Results, 6)
	require.Len(t, c.notes, 1)
	c.eachOnce(t, 6)
}

func TestALongBatchIsAnnouncedInParts(t *testing.T) {
	b := twelve()
	b.Notices[0].To = nil
	for i := range 60 {
		p := regime.Party(fmt.Sprintf("CCG/%02dX", i))
		b.Notices[0].To = append(b.Notices[0].To, ledger.Recipient{Party: p, Level: regime.LevelDuty})
		b.Names = append(b.Names, regime.UnitName{Party: p, Name: string(p)})
	}
	c := newClaimed(t, t.TempDir())
	r, err := attemptAt(t, c.worker(), b, nil)
	require.NoError(t, err)
	require.Len(t, r.Results, 60)
	c.eachOnce(t, 60)
	for i, known := range []int{24, 48, 60} {
		require.Len(t, c.notes[i], known, "what the mails before came to, and the next")
	}
	require.Len(t, c.notes, 3)
}

// The worker is killed when each of the mails has just been taken by the service, and another has its folder.
func TestWhereverAWorkerIsKilledOneMailAloneIsInDoubt(t *testing.T) {
	parties := twelve().Notices[0].To
	for at := 1; at <= 6; at++ {
		left := filepath.Join(t.TempDir(), "left")
		dir := filepath.Join(t.TempDir(), "claims")
		first := newClaimed(t, dir)
		var notes []Noted
		first.service.arrives = func(n int) {
			if n == at {
				require.NoError(t, os.CopyFS(left, os.DirFS(dir)))
				notes = first.last()
			}
		}
		_, err := attempt(t, first.worker(), nil)
		require.NoError(t, err)
		second := newClaimed(t, left)
		r, err := attempt(t, second.worker(), notes)
		require.NoError(t, err)
		for i, to := range parties {
			want := ledger.StateAccepted
			if i == at-1 {
				want = ledger.StateUnknown
			}
			require.Equal(t, want, states(r)[to.Party], "killed at %d: %s", at, to.Party)
		}
		require.Equal(t, first.service.order, slices.Concat(first.service.order[:at], second.service.order),
			"what had not begun goes, and nothing else")
	}
}

// The folder is lost with the worker: whatever was announced may have gone.
func TestWithoutTheFolderAllThatWasAnnouncedIsInDoubt(t *testing.T) {
	for _, folder := range []bool{true, false} {
		first := newClaimed(t, t.TempDir())
		_, err := attempt(t, first.worker(), nil)
		require.NoError(t, err)
		second := newClaimed(t, t.TempDir())
		if !folder {
			second.folder = nil
		}
		r, err := attempt(t, second.worker(), first.notes[0])
		require.NoError(t, err)
		for p, s := range states(r) {
			require.Equal(t, ledger.StateUnknown, s, p)
		}
		require.Empty(t, second.service.order)
	}
}

// A worker that was taken for dead lives: the attempt after it has sent the rest meanwhile.
func TestAnAttemptThatWasOvertakenSendsNothingMore(t *testing.T) {
	dir := t.TempDir()
	c := newClaimed(t, dir)
	var r message.Report
	c.service.arrives = func(n int) {
		if n != 2 {
			return
		}
		c.service.arrives = nil
		var err error
		r, err = attempt(t, c.worker(), c.last())
		require.NoError(t, err)
		c.refuses = errors.New("another attempt has taken over")
	}
	_, err := attempt(t, c.worker(), nil)
	require.ErrorContains(t, err, "another attempt has taken over")
	c.eachOnce(t, 6)
	require.Equal(t, ledger.StateUnknown, states(r)["MONITOR"], "it was under way")
	require.Equal(t, ledger.StateAccepted, states(r)["CQC"])
}

func TestAMailThatWasNotTakenGoesAgainInTheNextAttempt(t *testing.T) {
	c := newClaimed(t, t.TempDir())
	c.service.answers = map[int]mail.Result{2: {Outcome: mail.RefusedForNow, About: mail.AboutMail}}
	var left []Noted
	c.service.arrives = func(n int) {
		if n == 3 {
			left = c.last()
		}
	}
	_, err := attempt(t, c.worker(), nil)
	require.NoError(t, err)
	require.Len(t, c.service.taken, 5)
	r, err := attempt(t, c.worker(), left)
	require.NoError(t, err)
	c.eachOnce(t, 6)
	require.Equal(t, ledger.StateAccepted, states(r)["MONITOR"])
}

func TestWhereNothingCanBeClaimedEachMailIsNoted(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "claims")
	c := newClaimed(t, dir)
	c.service.arrives = func(n int) {
		if n == 2 {
			require.NoError(t, os.RemoveAll(dir))
		}
		if n > 2 {
			require.Len(t, c.last(), n)
			require.Empty(t, c.last()[n-1].Claims, "it may have gone, whatever a folder says")
		}
	}
	r, err := attempt(t, c.worker(), nil)
	require.NoError(t, err)
	require.Len(t, r.Results, 6)
	c.eachOnce(t, 6)
}

func TestARunThatWasNotBroughtBackIsNotAskedAbout(t *testing.T) {
	c := newClaimed(t, t.TempDir())
	w := c.worker()
	w.Confirm.Lost = func(context.Context, string, string) ([]LostBatch, error) { return nil, errors.New("asked") }
	b := twelve()
	b.Run = "default-" // as the test's environment calls its run
	_, err := attemptAt(t, w, b, nil)
	require.NoError(t, err)
	for _, other := range []string{"", "another"} { // an older program's, and one that was in hand when its run was terminated
		b.Run = other
		_, err = attemptAt(t, w, b, nil)
		require.ErrorContains(t, err, "asked")
	}
}

// A case was terminated in the middle of a batch and brought back: its new run has a batch of its own.
func TestARunThatWasBroughtBackAsksTheFolderToo(t *testing.T) {
	c := newClaimed(t, t.TempDir())
	lost := LostBatch{Batch: twelve(), Run: "before", Activity: "7", Whole: true}
	for i, to := range lost.Notices[0].To {
		result := ledger.SendResult{Notice: "n1", Party: to.Party, Level: to.Level, State: ledger.StateUnknown}
		lost.Noted = append(lost.Noted, Noted{result, c.folder.Name()})
		key := claimKey("before", "7", lost.Notices, result)
		if i < 2 {
			_, err := c.folder.Take(key)
			require.NoError(t, err)
		}
		if i == 0 {
			require.NoError(t, c.folder.Went(key))
		}
	}
	w := c.worker()
	w.Confirm.Lost = func(context.Context, string, string) ([]LostBatch, error) { return []LostBatch{lost}, nil }
	r, err := attempt(t, w, nil)
	require.NoError(t, err)
	require.Equal(t, ledger.StateAccepted, states(r)["CQC"])
	require.Equal(t, ledger.StateUnknown, states(r)["MONITOR"])
	c.eachOnce(t, 4)
	for _, to := range lost.Notices[0].To {
		state, err := c.folder.Take(claimKey("before", "7", lost.Notices, ledger.SendResult{Notice: "n1", Party: to.Party, Level: to.Level}))
		require.NoError(t, err)
		require.NotEqual(t, claim.Mine, state, "whoever still has the lost batch in hand sends nothing of it")
	}
}

func TestAClaimIsOfOneNoticeOfOneBatch(t *testing.T) {
	b := twelve()
	of := ledger.SendResult{Notice: "n1", Party: "CQC", Level: regime.LevelDuty}
	keys := map[string]bool{claimKey("r", "1", b.Notices, of): true}
	keys[claimKey("s", "1", b.Notices, of)] = true
	keys[claimKey("r", "2", b.Notices, of)] = true
	for _, other := range []ledger.SendResult{
		{Notice: "n2", Party: "CQC", Level: regime.LevelDuty}, {Notice: "n1", Party: "TDA", Level: regime.LevelDuty},
		{Notice: "n1", Party: "CQC", Level: regime.LevelExecutive}} {
		keys[claimKey("r", "1", b.Notices, other)] = true
	}
	b.Notices[0].At = b.Notices[0].At.Add(1)
	keys[claimKey("r", "1", b.Notices, of)] = true
	b.Notices[0].Kind = "N13"
	keys[claimKey("r", "1", b.Notices, of)] = true
	require.Len(t, keys, 8)
}

func TestAnOlderProgramTakesWhatIsAnnouncedForMailsThatMayHaveGone(t *testing.T) {
	c := newClaimed(t, t.TempDir())
	_, err := attempt(t, c.worker(), nil)
	require.NoError(t, err)
	var suite testsuite.WorkflowTestSuite
	env := suite.NewTestActivityEnvironment()
	env.SetHeartbeatDetails(c.notes[0])
	env.RegisterActivityWithOptions(func(ctx context.Context) ([]ledger.SendResult, error) {
		var done []ledger.SendResult
		err := activity.GetHeartbeatDetails(ctx, &done)
		return done, err
	}, activity.RegisterOptions{Name: "older"})
	v, err := env.ExecuteActivity("older")
	require.NoError(t, err)
	var done []ledger.SendResult
	require.NoError(t, v.Get(&done))
	require.Len(t, done, 6)
	for _, r := range done {
		require.Equal(t, ledger.StateUnknown, r.State)
		require.NotZero(t, r.RetryAfter)
	}
}
