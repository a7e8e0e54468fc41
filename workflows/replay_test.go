package workflows

import (
	"compress/gzip"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

// Histories of every released shape are kept: `go test ./e2e -run KingsLynn -keep-histories`
// with HTR_E2E=1 files those of the present one.

func histories(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("testdata/histories/*.json.gz")
	if err != nil || len(files) == 0 {
		t.Fatalf("%d histories, %v", len(files), err)
	}
	return files
}

func replay(t *testing.T, file string, program any) error {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	h, err := client.HistoryFromJSON(z, client.HistoryJSONOptions{})
	if err != nil {
		t.Fatal(err)
	}
	r := worker.NewWorkflowReplayer()
	r.RegisterWorkflowWithOptions(program, workflow.RegisterOptions{Name: CaseWorkflow})
	return r.ReplayWorkflowHistory(quiet{}, h)
}

func TestR82_EveryKeptHistoryReplays(t *testing.T) {
	for _, file := range histories(t) {
		if err := replay(t, file, FailureCase); err != nil {
			t.Errorf("%s: %v", file, err)
		}
	}
}

// A program that does things in another order than the one that made the histories is found
// out: without this, a replay that checks nothing would pass.
func TestAReplayFindsAProgramThatDoesThingsInAnotherOrder(t *testing.T) {
	other := func(ctx workflow.Context, in Input) error {
		if err := workflow.Sleep(ctx, 1); err != nil {
			return err
		}
		return FailureCase(ctx, in)
	}
	for _, file := range histories(t) {
		if err := replay(t, file, other); err == nil || !strings.Contains(err.Error(), "TMPRL1100") {
			t.Errorf("%s: a changed program was not found out: %v", file, err)
		}
	}
}
