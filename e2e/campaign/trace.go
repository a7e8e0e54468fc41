package main

import (
	"context"
	"fmt"
	"slices"
	"time"

	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/api/workflow/v1"
	"go.temporal.io/api/workflowservice/v1"

	"holdthering/message"
	"holdthering/regime/ledger"
	"holdthering/workflows"
)

// trace prints what the histories of a case or a group hold of one mail: by which batches it went, in which runs, and
// what each reported.
func (s *environment) trace(ctx context.Context, one subject, n ledger.Notice, r ledger.Recipient) {
	found, err := s.cases.Client().ListWorkflow(ctx, &workflowservice.ListWorkflowExecutionsRequest{
		Namespace: s.Namespace, Query: fmt.Sprintf("WorkflowId = %q", one.workflow())})
	if err != nil {
		fmt.Fprintln(s.Out, "      its histories cannot be listed:", err)
		return
	}
	slices.SortFunc(found.Executions, func(a, b *workflow.WorkflowExecutionInfo) int {
		return a.GetStartTime().AsTime().Compare(b.GetStartTime().AsTime())
	})
	for _, run := range found.Executions {
		id := run.GetExecution().GetRunId()
		mine := map[int64]bool{} // the events that scheduled a batch with the mail
		events := s.cases.Client().GetWorkflowHistory(ctx, one.workflow(), id, false, enumspb.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT)
		for events.HasNext() {
			e, err := events.Next()
			if err != nil {
				fmt.Fprintln(s.Out, "      a history cannot be read:", err)
				break
			}
			if line := s.traced(e, n.ID, r, mine); line != "" {
				fmt.Fprintf(s.Out, "      run %s, event %d at %s: %s\n", id[len(id)-6:], e.GetEventId(), e.GetEventTime().AsTime().Format("15:04:05.0"), line)
			}
		}
	}
}

// traced is what an event says of a mail; empty where it says nothing.
func (s *environment) traced(e *historypb.HistoryEvent, notice string, r ledger.Recipient, mine map[int64]bool) string {
	if a := e.GetActivityTaskScheduledEventAttributes(); a.GetActivityType().GetName() == message.ActivitySendNotices {
		var b message.Batch
		if err := s.read.FromPayloads(a.GetInput(), &b); err != nil {
			return err.Error()
		}
		for _, n := range b.Notices {
			for _, to := range n.To {
				if n.ID == notice && to.Party == r.Party && to.Level == r.Level {
					mine[e.GetEventId()] = true
					return fmt.Sprintf("given to a worker, %q after %d tries, round %d, mail %s", to.State, to.Tries, to.Round, to.Mail)
				}
			}
		}
		return ""
	}
	if a := e.GetActivityTaskStartedEventAttributes(); mine[a.GetScheduledEventId()] {
		return fmt.Sprintf("the worker's attempt %d, after %q", a.GetAttempt(), a.GetLastFailure().GetMessage())
	}
	if a := e.GetActivityTaskCompletedEventAttributes(); mine[a.GetScheduledEventId()] {
		var report message.Report
		if err := s.read.FromPayloads(a.GetResult(), &report); err != nil {
			return err.Error()
		}
		for _, t := range report.Results {
			if t.Notice == notice && t.Party == r.Party && t.Level == r.Level {
				return fmt.Sprintf("reported: %q, again after %s, mail %s: %s", t.State, t.RetryAfter.Round(time.Second), t.Mail, t.Note)
			}
		}
	}
	switch a := e.GetWorkflowExecutionUpdateAcceptedEventAttributes(); {
	case a.GetAcceptedRequest().GetInput().GetName() == workflows.UpdateNoteDeliveries:
		var in workflows.Deliveries
		if s.read.FromPayloads(a.GetAcceptedRequest().GetInput().GetArgs(), &in) == nil {
			for _, told := range in.Events {
				if told.Mail == r.Mail {
					return fmt.Sprintf("told: %q, by a worker itself: %v", told.State, told.Ours)
				}
			}
		}
	case e.GetEventType() == enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_TERMINATED:
		return "ended by hand"
	case e.GetWorkflowTaskFailedEventAttributes().GetCause() == enumspb.WORKFLOW_TASK_FAILED_CAUSE_RESET_WORKFLOW:
		return "brought back"
	}
	return ""
}
