package rehearsal

import (
	"context"
	"fmt"
	"strings"

	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/client"

	"holdthering/environ"
)

// Server is where a case was left, and what it cost there.
type Server struct {
	Workflow string `json:"workflow"`
	// Groups are the ids of the workflows of the surveillance groups that were played.
	Groups  []string `json:"groups,omitempty"`
	UI      string   `json:"ui"`
	Outbox  string   `json:"outbox,omitempty"`  // folder of the mails, if this program knows it
	Records string   `json:"records,omitempty"` // folder of the case records
	Runs    []Run    `json:"runs"`              // the latest first
	Events  int64    `json:"events"`
	Bytes   int64    `json:"bytes"`
}

// Run is one run of the case's workflow.
type Run struct {
	ID     string `json:"id"`
	Events int64  `json:"events"`
	Bytes  int64  `json:"bytes"`
}

// whereToLook gathers all runs of a case, walking back from the latest.
func whereToLook(ctx context.Context, c client.Client, namespace, workflowID string) (*Server, error) {
	ui := environ.Get("TEMPORAL_UI_ADDRESS")
	if ui == "" {
		ui = "http://127.0.0.1:8233"
	}
	s := &Server{Workflow: workflowID, Outbox: environ.Get("HTR_OUTBOX"), Records: environ.Get("HTR_RECORDS"),
		UI: strings.TrimRight(ui, "/") + "/namespaces/" + namespace + "/workflows/" + workflowID}
	run := ""
	for {
		answer, err := c.DescribeWorkflow(ctx, workflowID, run)
		if err != nil {
			return nil, fmt.Errorf("the history of %s: %w", workflowID, err)
		}
		info := answer.RawResponse.GetWorkflowExecutionInfo()
		r := Run{info.GetExecution().GetRunId(), info.GetHistoryLength(), info.GetHistorySizeBytes()}
		s.Runs = append(s.Runs, r)
		s.Events += r.Events
		s.Bytes += r.Bytes
		if run, err = runBefore(ctx, c, workflowID, r.ID); err != nil || run == "" {
			return s, err
		}
	}
}

// runBefore is the run that this one continues; empty for the first.
func runBefore(ctx context.Context, c client.Client, workflowID, run string) (string, error) {
	events := c.GetWorkflowHistory(ctx, workflowID, run, false, enumspb.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT)
	if !events.HasNext() {
		return "", nil
	}
	first, err := events.Next()
	if err != nil {
		return "", fmt.Errorf("the history of %s: %w", workflowID, err)
	}
	return first.GetWorkflowExecutionStartedEventAttributes().GetContinuedExecutionRunId(), nil
}
