package census_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"holdthering/cases"
	"holdthering/message"
	"holdthering/worker/census"
	"holdthering/worker/metrics"
)

type listed struct {
	cases  []cases.Row
	groups []cases.GroupRow
	held   []cases.Held
	err    error
}

func (l *listed) List(context.Context, cases.Filter) ([]cases.Row, error) { return l.cases, l.err }
func (l *listed) ListGroups(context.Context, cases.GroupFilter) ([]cases.GroupRow, error) {
	return l.groups, l.err
}
func (l *listed) Programs(context.Context) ([]cases.Held, error) { return l.held, l.err }

var now = time.Date(2013, 9, 10, 10, 0, 0, 0, time.UTC)

func shown(t *testing.T, h *metrics.Handler) string {
	t.Helper()
	s, err := metrics.Listen(":0", h, nil)
	require.NoError(t, err)
	defer s.Close()
	answer, err := http.Get("http://" + s.Address() + metrics.Path)
	require.NoError(t, err)
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	require.NoError(t, err)
	return string(body)
}

func TestWhatIsOverdueHeldStuckAndBehindIsCounted(t *testing.T) {
	l := &listed{
		cases: []cases.Row{
			{Ref: "K7QM-3XRD", Overdue: 2, NextDue: now.Add(-3 * time.Hour), Held: 4},
			{Ref: "9CWP-KVVP", NextDue: now.Add(time.Hour), Trouble: message.TroubleRecord},
			{Ref: "AAAA-AAAA", Overdue: 5, Standing: &cases.Standing{State: cases.Terminated}},
			{Ref: "BBBB-BBBB", Standing: &cases.Standing{State: cases.Stuck}},
		},
		groups: []cases.GroupRow{{Place: "Q56", Overdue: 1, NextDue: now.Add(-time.Minute)}},
		held:   []cases.Held{{Version: "holdthering:1.0", Pinned: true}, {Version: "holdthering:1.0"}, {}},
	}
	h := metrics.New()
	c := &census.Census{Source: l, Metrics: h, Now: func() time.Time { return now }, Log: slog.New(slog.DiscardHandler)}
	require.NoError(t, c.Count(t.Context()))
	for _, want := range []string{
		`holdthering_census_open{workflow_type="FailureCase"} 3`,
		`holdthering_census_duties_overdue{workflow_type="FailureCase"} 2`,
		`holdthering_census_overdue_seconds{workflow_type="FailureCase"} 10800`,
		`holdthering_census_mails_held{workflow_type="FailureCase"} 4`,
		`holdthering_census_stuck{workflow_type="FailureCase"} 2`,
		`holdthering_census_register_behind{workflow_type="FailureCase"} 1`,
		`holdthering_census_open{workflow_type="SurveillanceGroup"} 1`,
		`holdthering_census_duties_overdue{workflow_type="SurveillanceGroup"} 1`,
		`holdthering_census_version{version="holdthering:1.0"} 2`,
		`holdthering_census_version{version="none"} 1`,
		"holdthering_census_time_seconds 1.3788072e+09",
		"# HELP holdthering_census_stuck Cases or groups that stand still",
	} {
		require.Contains(t, shown(t, h), want)
	}
	require.NotContains(t, shown(t, h), "K7QM")

	l.held, l.err = nil, errors.New("away")
	require.Error(t, c.Count(t.Context()))
	require.Contains(t, shown(t, h), `holdthering_census_version{version="none"} 1`, "what cannot be asked changes nothing")
	l.err = nil
	require.NoError(t, c.Count(t.Context()))
	require.Contains(t, shown(t, h), `holdthering_census_version{version="holdthering:1.0"} 0`, "its worker may go")
}

func TestCountingGoesOnWhereItCouldNotBeDoneAndEndsWhenItIsTold(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	c := &census.Census{Source: &listed{err: errors.New("away")}, Metrics: metrics.New(), Now: time.Now,
		Log: slog.New(slog.DiscardHandler)}
	done := make(chan struct{})
	go func() { c.Run(ctx); close(done) }()
	select {
	case <-done:
		t.Fatal("it ended by itself")
	case <-time.After(100 * time.Millisecond):
	}
	stop()
	<-done
}
