package activities

import (
	"context"
	"errors"
	"testing"

	"github.com/stretchr/testify/require"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/testsuite"

	"holdthering/message"
	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/surveillance"
	"holdthering/workflows"
)

// groups answers for the groups that run, by the workflow's id.
type groups struct {
	answer map[string]error
	asked  []client.UpdateWorkflowOptions
}

func (g *groups) UpdateWorkflow(_ context.Context, o client.UpdateWorkflowOptions) (client.WorkflowUpdateHandle, error) {
	g.asked = append(g.asked, o)
	if err := g.answer[o.WorkflowID]; err != nil {
		return nil, err
	}
	return taken{}, nil
}

type taken struct{ client.WorkflowUpdateHandle }

func (taken) Get(context.Context, any) error { return nil }

var triggered = message.News{Groups: []string{"Q56", "Q57", "Y55"},
	Request: ledger.Request{Key: "case/K7QM/1", By: ledger.Actor{For: "NHSCB/Q56", Person: "case K7QM"}},
	Case:    &surveillance.NoteCase{Case: "K7QM", Provider: "RCX", Stage: regime.Convening}}

// tell runs within an activity's context, which the logger needs.
func tell(t *testing.T, g *groups, n message.News) error {
	t.Helper()
	var suite testsuite.WorkflowTestSuite
	env := suite.NewTestActivityEnvironment()
	run := func(ctx context.Context) error { return tellGroups(ctx, g, n) }
	env.RegisterActivity(run)
	_, err := env.ExecuteActivity(run)
	return err
}

func TestEachGroupConcernedTakesTheNewsUnderItsKey(t *testing.T) {
	g := &groups{}
	require.NoError(t, tell(t, g, triggered))
	require.Len(t, g.asked, 3)
	require.Equal(t, "group-Q56", g.asked[0].WorkflowID)
	require.Equal(t, "NoteCase", g.asked[0].UpdateName)
	require.Equal(t, "case/K7QM/1", g.asked[0].UpdateID)
	require.Equal(t, []any{triggered.Request, triggered.Case}, g.asked[0].Args)
}

func TestAGroupThatDoesNotRunOrDoesNotTakeTheNewsStopsNobody(t *testing.T) {
	g := &groups{answer: map[string]error{
		"group-Q56": serviceerror.NewNotFound("no such workflow"),
		"group-Q57": temporal.NewNonRetryableApplicationError("a demonstration", workflows.ErrorTypeMistake, nil),
	}}
	require.NoError(t, tell(t, g, triggered))
	require.Len(t, g.asked, 3)
}

func TestAGroupThatCannotBeReachedIsAnErrorAfterAllHaveBeenTried(t *testing.T) {
	g := &groups{answer: map[string]error{"group-Q56": errors.New("no connection")}}
	err := tell(t, g, triggered)
	require.ErrorContains(t, err, "group Q56")
	require.Len(t, g.asked, 3)
}

func TestALocalReportGoesToTheRegionAsAnActOfItsOwn(t *testing.T) {
	g := &groups{}
	require.NoError(t, tell(t, g, message.News{Groups: []string{"Y55"},
		Report: &surveillance.NoteReport{From: "Q56"}}))
	require.Equal(t, "NoteReport", g.asked[0].UpdateName)
}
