package rehearsal

import (
	"os"
	"path/filepath"
	"testing"

	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/api/operatorservice/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"holdthering/activities"
	"holdthering/activities/directory"
	"holdthering/data"
	"holdthering/launch/server"
	"holdthering/workflows"
)

const demonstrations = "demonstration"

// serve starts a server that skips time, and a worker with no cache: each of its tasks is
// replayed from the start, so that a case that is not deterministic fails.
func serve(t *testing.T) (client.Client, *postbox) {
	t.Helper()
	if os.Getenv("HTR_E2E") == "" {
		t.Skip("needs the embedded server: set HTR_E2E=1")
	}
	running, err := server.Start(t.Context(), server.Options{
		Namespaces: []string{demonstrations}, TimeSkipping: []string{demonstrations},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(running.Stop)
	c, err := client.Dial(client.Options{HostPort: running.Address(), Namespace: demonstrations,
		Logger: silence{}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	attributes := map[string]enumspb.IndexedValueType{}
	for _, k := range workflows.SearchAttributes() {
		attributes[k.GetName()] = k.GetValueType()
	}
	if _, err := c.OperatorService().AddSearchAttributes(t.Context(),
		&operatorservice.AddSearchAttributesRequest{Namespace: demonstrations, SearchAttributes: attributes}); err != nil {
		t.Fatal(err)
	}
	contacts, err := directory.FromText(data.Directory)
	if err != nil {
		t.Fatal(err)
	}
	post := &postbox{}
	w := worker.New(c, workflows.TaskQueue, worker.Options{WorkflowPanicPolicy: worker.FailWorkflow})
	w.RegisterWorkflowWithOptions(workflows.FailureCase,
		workflow.RegisterOptions{Name: workflows.CaseWorkflow})
	(&activities.Activities{Channel: post, Directory: contacts, Records: t.TempDir()}).Register(w)
	if err := w.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.Stop)
	return c, post
}

func TestTheSameScenarioComesAsWrittenOnARealServer(t *testing.T) {
	worker.SetStickyWorkflowCacheSize(0)
	c, post := serve(t)
	name := os.Getenv("HTR_SCENARIO")
	if name == "" {
		name = "no-failure-found.txt"
	}
	ok, err := Play(t.Context(), c, filepath.Join("..", "scenarios", name),
		Options{Out: t.Output(), Namespace: demonstrations})
	if err != nil {
		t.Fatal(err)
	}
	if !ok {
		t.Error("a line did not come as written")
	}
	if len(post.mails) == 0 {
		t.Error("no mail was sent")
	}
}
