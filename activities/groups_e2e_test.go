package activities_test

import (
	"context"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"holdthering/activities"
	"holdthering/launch/server"
	"holdthering/message"
	"holdthering/reference"
	"holdthering/regime"
	"holdthering/regime/failure"
	"holdthering/regime/ledger"
	"holdthering/regime/surveillance"
	"holdthering/workflows"
	"holdthering/workflows/servertest"
)

// country is a real server with groups and cases at work on it.
type country struct {
	*testing.T
	client client.Client
}

func openCountry(t *testing.T) country {
	t.Helper()
	if os.Getenv("HTR_E2E") == "" {
		t.Skip("needs the embedded server: set HTR_E2E=1")
	}
	_, c := servertest.Open(t, server.Options{Namespaces: []string{"groups"}}, "groups")
	return country{t, c}
}

// work starts a worker that replays every run from its beginning at each step, so that a
// workflow that is not deterministic fails.
func (c country) work(tellsGroups bool) (stop func()) {
	worker.SetStickyWorkflowCacheSize(0)
	w := worker.New(c.client, workflows.TaskQueue, worker.Options{WorkflowPanicPolicy: worker.FailWorkflow,
		DeadlockDetectionTimeout: time.Minute}) // a busy machine is no deadlock
	w.RegisterWorkflowWithOptions(workflows.FailureCase, workflow.RegisterOptions{Name: workflows.CaseWorkflow})
	w.RegisterWorkflowWithOptions(workflows.SurveillanceGroup, workflow.RegisterOptions{Name: workflows.GroupWorkflow})
	w.RegisterActivityWithOptions(func(_ context.Context, b message.Batch) (message.Report, error) {
		var r message.Report
		for _, n := range b.Notices {
			for _, to := range n.To {
				r.Results = append(r.Results, ledger.SendResult{Notice: n.ID, Party: to.Party, Level: to.Level,
					State: ledger.StateAccepted})
			}
		}
		return r, nil
	}, activity.RegisterOptions{Name: message.ActivitySendNotices})
	w.RegisterActivityWithOptions(func(context.Context, message.Register) error { return nil },
		activity.RegisterOptions{Name: message.ActivityKeepRecord})
	if tellsGroups {
		w.RegisterActivityWithOptions((&activities.Activities{}).TellGroups,
			activity.RegisterOptions{Name: message.ActivityTellGroups})
	}
	require.NoError(c, w.Start())
	return w.Stop
}

func (c country) openGroup(place string) {
	c.Helper()
	r, err := reference.Load()
	require.NoError(c, err)
	o, err := r.GroupOpening(regime.FirstProfile(), place)
	require.NoError(c, err)
	_, err = c.client.ExecuteWorkflow(c.Context(), client.StartWorkflowOptions{
		ID: workflows.GroupID(place), TaskQueue: workflows.TaskQueue}, workflows.GroupWorkflow,
		workflows.GroupInput{Schema: surveillance.Schema, Opening: &o})
	require.NoError(c, err)
}

func (c country) update(id, name, key string, by regime.Party, act any) {
	c.Helper()
	ctx, cancel := context.WithTimeout(c.Context(), 30*time.Second)
	defer cancel()
	req := ledger.Request{Key: key, By: ledger.Actor{For: by, Person: "an officer", Channel: "test"}}
	h, err := c.client.UpdateWorkflow(ctx, client.UpdateWorkflowOptions{UpdateID: key, WorkflowID: id,
		UpdateName: name, Args: []any{req, act}, WaitForStage: client.WorkflowUpdateStageCompleted})
	require.NoError(c, err)
	require.NoError(c, h.Get(ctx, nil))
}

func (c country) group(place string) *surveillance.Group {
	c.Helper()
	ctx, cancel := context.WithTimeout(c.Context(), 30*time.Second)
	defer cancel()
	v, err := c.client.QueryWorkflow(ctx, workflows.GroupID(place), "", workflows.QueryState)
	require.NoError(c, err)
	var s workflows.GroupSnapshot
	require.NoError(c, v.Get(&s))
	return s.Group
}

func (c country) level(place, provider string) regime.SurveillanceLevel {
	for _, w := range c.group(place).Watched {
		if w.Code == provider {
			return w.Level
		}
	}
	return ""
}

func (c country) openCase(ref string) {
	c.Helper()
	r, _ := reference.Load()
	p, err := r.Provider("RCX")
	require.NoError(c, err)
	_, err = c.client.ExecuteWorkflow(c.Context(), client.StartWorkflowOptions{
		ID: workflows.SignpostID(ref), TaskQueue: workflows.TaskQueue}, workflows.CaseWorkflow,
		workflows.Input{Schema: failure.Schema, Opening: &failure.Opening{Ref: ref, Profile: "ENGLAND_2013",
			Provider: p, Members: r.LocalGroup("Q56")}})
	require.NoError(c, err)
	c.update(workflows.SignpostID(ref), "TriggerRiskSummit", "t", "NHSCB/Q56",
		&failure.TriggerRiskSummit{Concern: "x", Source: "qsg-sharing"})
}

func TestOnARealServerACaseTellsItsGroupsAndALocalGroupItsRegion(t *testing.T) {
	c := openCountry(t)
	stop := c.work(true)
	defer stop()
	c.openGroup("Q56")
	c.openGroup("Y55")
	c.openCase("K7QM-3XRD")
	require.Eventually(t, func() bool {
		return c.level("Q56", "RCX") == regime.RiskSummitLevel && c.level("Y55", "RCX") == regime.RiskSummitLevel
	}, 20*time.Second, 200*time.Millisecond)

	id := workflows.GroupID("Q56")
	c.update(id, "RaiseConcern", "c1", "CQC", &surveillance.RaiseConcern{Provider: "RGP", What: "x"})
	c.update(id, "HoldGroupMeeting", "h1", "NHSCB", &surveillance.HoldGroupMeeting{Present: []regime.Party{"CQC"},
		Considered: "RCX", Record: "x", Early: "x"})
	c.update(id, "ReportToRegion", "r1", "NHSCB", &surveillance.ReportToRegion{Themes: "nights"})
	c.update(id, "RaiseConcern", "c1", "CQC", &surveillance.RaiseConcern{Provider: "RGP", What: "x"})
	require.Eventually(t, func() bool {
		_, unsent := c.group("Q56").UnsentReport()
		return len(c.group("Y55").Reports) == 1 && !unsent
	}, 20*time.Second, 200*time.Millisecond)
	g := c.group("Q56")
	require.Len(t, g.Concerns, 1, "the key was forgotten in the next chapter")
	require.Len(t, g.Meetings, 2)
}

func TestOnARealServerACaseNeedsNoWorkerThatKnowsOfGroups(t *testing.T) {
	c := openCountry(t)
	stop := c.work(false)
	defer stop()
	c.openCase("AAAA-3XRD")
	c.update(workflows.SignpostID("AAAA-3XRD"), "AddNote", "n", "CQC", &failure.AddNote{Text: "it goes on"})
	v, err := c.client.QueryWorkflow(t.Context(), workflows.SignpostID("AAAA-3XRD"), "", workflows.QueryState)
	require.NoError(t, err)
	var s workflows.Snapshot
	require.NoError(t, v.Get(&s))
	require.Equal(t, regime.Convening, s.Case.Stage)
	require.Len(t, s.Case.FreshNotices(), 0, "a mail waits")
}
