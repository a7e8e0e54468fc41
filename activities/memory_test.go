package activities

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/testsuite"

	"holdthering/activities/directory"
	"holdthering/activities/mail"
	"holdthering/message"
	"holdthering/regime"
	"holdthering/regime/ledger"
)

// counting is a service that takes every mail, and says how often each.
type counting struct{ taken map[string]int }

func (c *counting) Name() string { return "counting" }

func (c *counting) Send(_ context.Context, m mail.Message) mail.Result {
	c.taken[m.ID]++
	return mail.Result{Outcome: mail.Accepted}
}

// away is a Temporal server that is not there: it takes no note that a mail went, so often, of
// another mail each time.
type away struct {
	fails int
	mu    sync.Mutex
	told  []ledger.MailEvent
	last  []Noted
	lost  []string // mails of which the note was not taken
}

var errAway = errors.New("the server is away")

func (a *away) note(_ context.Context, done []Noted) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	for i, of := range done {
		id := ledger.MailID("K7QM-3XRD", of.Notice, ledger.Recipient{Party: of.Party, Level: of.Level})
		noted := i < len(a.last) && a.last[i].State == ledger.StateAccepted
		if of.State == ledger.StateAccepted && !noted && !slices.Contains(a.lost, id) && a.fails > 0 {
			a.fails--
			a.lost = append(a.lost, id)
			return errAway
		}
	}
	a.last = done
	return nil
}

func (a *away) later(_ context.Context, _ string, es []ledger.MailEvent) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.fails > 0 {
		return errAway
	}
	a.told = append(a.told, es...)
	return nil
}

func twelve() message.Batch {
	n := ledger.Notice{ID: "n1", Kind: "N12", At: time.Date(2013, 9, 10, 15, 0, 0, 0, time.UTC), Text: "x"}
	b := message.Batch{Ref: "K7QM-3XRD", Profile: "ENGLAND_2013", Now: n.At}
	for _, p := range []regime.Party{"CQC", "MONITOR", "TDA", "GMC", "NMC", "PHE/Q56"} {
		n.To = append(n.To, ledger.Recipient{Party: p, Level: regime.LevelDuty})
		b.Names = append(b.Names, regime.UnitName{Party: p, Name: string(p)})
	}
	b.Notices = []ledger.Notice{n}
	return b
}

// contacts has one mailbox for each party.
type contacts struct{}

func (contacts) Lookup(p regime.Party, _ time.Time, l directory.Level) (directory.Contact, error) {
	return directory.Contact{Party: p, Level: l, Asked: l, Address: string(p.Body()) + "@body.example"}, nil
}

func attempt(t *testing.T, a *Activities, noted []Noted) (message.Report, error) {
	return attemptAt(t, a, twelve(), noted)
}

func attemptAt(t *testing.T, a *Activities, b message.Batch, noted []Noted) (message.Report, error) {
	var suite testsuite.WorkflowTestSuite
	env := suite.NewTestActivityEnvironment()
	env.RegisterActivityWithOptions(a.SendNotices, activity.RegisterOptions{Name: message.ActivitySendNotices})
	if noted != nil {
		env.SetHeartbeatDetails(noted)
	}
	v, err := env.ExecuteActivity(message.ActivitySendNotices, b)
	var r message.Report
	if err == nil {
		require.NoError(t, v.Get(&r))
	}
	return r, err
}

// The server goes away after a mail went and before that is noted, again and again; the activity
// is tried anew each time, by the same worker.
func TestAnOutageOfTheServerDoublesNoMailAsLongAsTheWorkerLives(t *testing.T) {
	for fails := range 6 {
		service, server := &counting{map[string]int{}}, &away{fails: fails}
		a := &Activities{Channel: service, Directory: contacts{},
			Confirm: Confirmation{Note: server.note, Later: server.later, pause: time.Millisecond}}
		r, err := attempt(t, a, nil)
		for n := 0; err != nil && n < 10; n++ {
			r, err = attempt(t, a, server.last)
		}
		require.NoError(t, err)
		require.Len(t, service.taken, 6)
		for id, n := range service.taken {
			require.Equal(t, 1, n, id)
		}
		for _, told := range r.Results {
			require.Equal(t, ledger.StateAccepted, told.State, "the case would send it again: %+v", told)
		}
		require.Eventually(t, func() bool {
			server.mu.Lock()
			defer server.mu.Unlock()
			mails := map[string]bool{} // a note that only took long may have been told besides
			for _, e := range server.told {
				mails[e.Mail] = true
			}
			return len(server.lost) == fails && !slices.ContainsFunc(server.lost, func(id string) bool { return !mails[id] })
		}, 5*time.Second, time.Millisecond, "each mail whose note was lost is told of when the server is back")
	}
}

// The server does not answer for long: what the worker knows leaves it before the note is given up.
func TestWhatAWorkerKnowsIsToldWhileItsNoteIsStillTried(t *testing.T) {
	server, told := &away{}, make(chan struct{})
	tell := func(ctx context.Context, ref string, es []ledger.MailEvent) error {
		if server.later(ctx, ref, es) == nil {
			close(told)
		}
		return nil
	}
	slow := func(ctx context.Context, done []Noted) error {
		if len(done) > 0 && done[0].State == ledger.StateAccepted {
			select {
			case <-told:
			case <-time.After(5 * time.Second):
				t.Error("nothing is told until the note fails")
			}
			return errors.New("given up")
		}
		return nil
	}
	a := &Activities{Channel: &counting{map[string]int{}}, Directory: contacts{},
		Confirm: Confirmation{Note: slow, Later: tell, pause: time.Millisecond}}
	_, err := attempt(t, a, nil)
	require.Error(t, err)
	require.Len(t, server.told, 1)
}

// Another worker has the next attempt, and reports that a mail may have gone; the first one's
// word settles it.
func TestWhatALivingWorkerKnowsSettlesWhatAnotherReportedAsUnknown(t *testing.T) {
	service, server := &counting{map[string]int{}}, &away{fails: 1}
	confirm := Confirmation{Note: server.note, Later: server.later, pause: time.Millisecond}
	first := &Activities{Channel: service, Directory: contacts{}, Confirm: confirm}
	_, err := attempt(t, first, nil)
	require.Error(t, err)
	second := &Activities{Channel: service, Directory: contacts{}, Confirm: confirm}
	r, err := attempt(t, second, server.last)
	require.NoError(t, err)
	require.Equal(t, ledger.StateUnknown, r.Results[0].State)
	require.Eventually(t, func() bool {
		server.mu.Lock()
		defer server.mu.Unlock()
		return len(server.told) == 1 && server.told[0].Mail ==
			ledger.MailID("K7QM-3XRD", "n1", ledger.Recipient{Party: "CQC", Level: regime.LevelDuty})
	}, 5*time.Second, time.Millisecond)
	require.NoError(t, ledger.CheckEvents(server.told))
}

func TestAMailThatGoesAnewIsNotTakenForTheOneThatWent(t *testing.T) {
	var m memory
	r := ledger.Recipient{Tries: 1, State: ledger.StateAccepted}
	m.put("id", ledger.Recipient{}, ledger.SendResult{State: ledger.StateAccepted})
	_, ok := m.of("id", r)
	require.False(t, ok, "the case knows that it was taken, and has it go again for want of word")
	r.State = ledger.StateUnknown
	_, ok = m.of("id", r)
	require.True(t, ok, "the case does not know that it was taken")
}

func TestTheMemoryIsBounded(t *testing.T) {
	var m memory
	for i := range maxRemembered + 500 {
		m.put(time.Duration(i).String(), ledger.Recipient{}, ledger.SendResult{State: ledger.StateAccepted})
	}
	require.Len(t, m.known, maxRemembered)
	require.Len(t, m.order, maxRemembered)
}

func TestEachMatterOfAMailIsOneThatACaseKnows(t *testing.T) {
	var ours []ledger.Matter
	for _, a := range mail.Abouts {
		ours = append(ours, ledger.Matter(a))
	}
	require.ElementsMatch(t, ledger.Matters, ours)
}

func TestHeldMailsAreSummedUpAndForgottenWhenTheyGo(t *testing.T) {
	var h heldBook
	now := time.Date(2013, 9, 10, 9, 0, 0, 0, time.UTC)
	require.Equal(t, 5, h.note(message.Batch{Ref: "A", Held: 5}, now))
	require.Equal(t, 12, h.note(message.Batch{Ref: "B", Held: 7}, now))
	require.Equal(t, 3, h.note(message.Batch{Ref: "group-Q56", Group: "Q56", Held: 3}, now))
	require.Equal(t, 7, h.note(message.Batch{Ref: "A"}, now))
	require.Equal(t, 0, h.note(message.Batch{Ref: "A"}, now.Add(heldFor+1)))
}
