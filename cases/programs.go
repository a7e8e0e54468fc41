package cases

import (
	"cmp"
	"context"
	"slices"

	"go.temporal.io/api/workflowservice/v1"

	"holdthering/workflows"
)

// Held is one workflow that has not ended, and the version of the program that it goes on with.
type Held struct {
	ID   string `json:"id"`
	Run  string `json:"run"`
	Type string `json:"type"`
	// Version is of the program that its last step was taken by; empty where versions are not told apart.
	Version string `json:"version,omitempty"`
	// Pinned: no other version goes on with it before its next chapter.
	Pinned bool `json:"pinned,omitempty"`
}

// Programs lists every case, group and other workflow that has not ended, by version, type and id. It reads the
// visibility store, and no case.
func (t *Temporal) Programs(ctx context.Context) ([]Held, error) {
	var all []Held
	err := t.ask(ctx, question{once: func(ctx context.Context) error {
		all = nil
		request := &workflowservice.ListWorkflowExecutionsRequest{Namespace: t.namespace, Query: "CloseTime IS NULL AND " +
			term("TaskQueue", "=", workflows.TaskQueue)}
		for {
			page, err := t.client.ListWorkflow(ctx, request)
			if err != nil {
				return err
			}
			for _, e := range page.GetExecutions() {
				a := fields(e)
				all = append(all, Held{ID: e.GetExecution().GetWorkflowId(), Run: e.GetExecution().GetRunId(),
					Type: e.GetType().GetName(), Version: read[string](a, versionAttr), Pinned: pinnedTo(a) != ""})
			}
			request.NextPageToken = page.GetNextPageToken()
			if len(request.NextPageToken) == 0 {
				return nil
			}
		}
	}})
	slices.SortFunc(all, func(a, b Held) int {
		return cmp.Or(cmp.Compare(a.Version, b.Version), cmp.Compare(a.Type, b.Type), cmp.Compare(a.ID, b.ID))
	})
	return all, err
}
