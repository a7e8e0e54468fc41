package run_test

import (
	"context"
	"flag"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/api/sdk/v1"
	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/testsuite"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"holdthering/activities"
	"holdthering/regime"
	"holdthering/regime/failure"
	"holdthering/regime/surveillance"
	"holdthering/worker/run"
	"holdthering/workflows"
)

var update = flag.Bool("update", false, "write the list of wire names anew")

const wireFile = "testdata/wire.txt"

// changedWireName says what a difference means to whoever made it.
const changedWireName = "A name on the wire is not the one that " + wireFile + " lists. " +
	"Running cases, recorded histories and older programs ask for it by the old name: a case whose " +
	"history holds it cannot be replayed, and a command typed with the older program is not understood. " +
	"To rename a Go type, leave the name in its row as it is. A name may be added: run this test with -update."

// registered gathers what the worker makes known.
type registered struct {
	worker.WorkflowRegistry
	worker.ActivityRegistry
	flows, acts []string
}

func (r *registered) RegisterWorkflowWithOptions(_ any, o workflow.RegisterOptions) {
	r.flows = append(r.flows, o.Name)
}

func (r *registered) RegisterActivityWithOptions(_ any, o activity.RegisterOptions) {
	r.acts = append(r.acts, o.Name)
}

func TestAWireNameChangesOnlyByDecision(t *testing.T) {
	r := &registered{}
	run.Register(r)
	(&activities.Activities{}).Register(r)
	openings := map[string]any{
		workflows.CaseWorkflow: workflows.Input{Opening: &failure.Opening{Ref: "K7QM-3XRD", Profile: "ENGLAND_2013",
			Provider: regime.Provider{Code: "RCX", Name: "A trust", Type: regime.FoundationTrust}}},
		workflows.GroupWorkflow: workflows.GroupInput{Opening: &surveillance.Opening{Profile: "ENGLAND_2013",
			Tier: regime.LocalTier, Area: "Q56", Region: "Y55", PlaceName: "East Anglia",
			Members: []regime.Party{"NHSCB/Q56", "CQC"}}},
	}
	lines := []string{"task queue " + workflows.TaskQueue}
	for _, name := range r.flows {
		lines = append(lines, "workflow "+name)
		if name != workflows.ReaderWorkflow { // it reads and ends, and listens to nothing
			lines = append(lines, r.handlers(t, name, openings[name])...)
		}
	}
	for _, name := range r.acts {
		lines = append(lines, "activity "+name)
	}
	for _, a := range workflows.SearchAttributes() {
		lines = append(lines, "search attribute "+a.GetName())
	}
	slices.Sort(lines)
	got := strings.Join(lines, "\n") + "\n"
	if *update {
		require.NoError(t, os.WriteFile(wireFile, []byte(got), 0o644))
	}
	want, err := os.ReadFile(wireFile)
	require.NoError(t, err)
	require.Equal(t, string(want), got, changedWireName)
}

// handlers asks a workflow that runs what it listens to.
func (r *registered) handlers(t *testing.T, name string, in any) []string {
	t.Helper()
	env := (&testsuite.WorkflowTestSuite{}).NewTestWorkflowEnvironment()
	run.Register(env)
	for _, act := range r.acts {
		env.RegisterActivityWithOptions(func(context.Context, any) error { return nil },
			activity.RegisterOptions{Name: act})
	}
	var lines []string
	env.RegisterDelayedCallback(func() {
		lines = asked(t, env, name)
		env.SetContinueAsNewSuggested(true) // the one way to stop what does not end by itself
		env.SignalWorkflow("wake up", nil)
	}, time.Second)
	env.ExecuteWorkflow(name, in)
	require.NotEmpty(t, lines, "%s answers nothing", name)
	return lines
}

func asked(t *testing.T, env *testsuite.TestWorkflowEnvironment, name string) []string {
	t.Helper()
	answer, err := env.QueryWorkflow("__temporal_workflow_metadata") // the SDK's own
	require.NoError(t, err)
	return listed(t, name, answer)
}

func listed(t *testing.T, name string, answer converter.EncodedValue) []string {
	t.Helper()
	var m sdk.WorkflowMetadata
	require.NoError(t, answer.Get(&m))
	var lines []string
	for kind, defs := range map[string][]*sdk.WorkflowInteractionDefinition{
		"query": m.Definition.QueryDefinitions, "signal": m.Definition.SignalDefinitions,
		"update": m.Definition.UpdateDefinitions,
	} {
		for _, d := range defs {
			if !strings.HasPrefix(d.Name, "__") { // the SDK's own
				lines = append(lines, kind+" "+name+"."+d.Name)
			}
		}
	}
	return lines
}
