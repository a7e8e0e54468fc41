package activities

import (
	"context"
	"errors"
	"maps"
	"slices"

	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/converter"

	"holdthering/message"
	"holdthering/regime/ledger"
)

// markMaybeSent treats the mails that a terminated run was sending as possibly sent: the run was reset to
// its last step, and has no result for them.
func (s *sending) markMaybeSent(ctx context.Context) error {
	if s.Confirm.Lost == nil {
		return nil
	}
	run := activity.GetInfo(ctx).WorkflowExecution
	lost, err := s.Confirm.Lost(ctx, run.ID, run.RunID)
	if err != nil {
		return err
	}
	for _, n := range s.batch.Notices {
		for _, r := range n.To {
			if !s.hasResult(n, r) && wasIn(lost, n.ID, r) {
				t := s.Confirm.unknown(r, "the case was ended while the mail was on its way")
				t.Notice, t.Party, t.Level, t.Round, t.Mail = n.ID, r.Party, r.Level, r.Round, r.Mail
				s.done = append(s.done, t)
			}
		}
	}
	return nil
}

// wasIn reports whether a batch was to send the same try of a mail.
func wasIn(lost []message.Batch, notice string, r ledger.Recipient) bool {
	for _, b := range lost {
		for _, n := range b.Notices {
			for _, to := range n.To {
				if n.ID == notice && to.Party == r.Party && to.Level == r.Level && to.Round == r.Round && to.Tries == r.Tries {
					return true
				}
			}
		}
	}
	return false
}

// LostThrough finds the batches in the server's histories: those that the predecessors of a
// reset run scheduled, and for which the run has no result.
func LostThrough(c client.Client, read converter.DataConverter) func(context.Context, string, string) ([]message.Batch, error) {
	return func(ctx context.Context, id, run string) (lost []message.Batch, err error) {
		is, err := c.DescribeWorkflow(ctx, id, run)
		if err != nil || is.RawResponse.GetWorkflowExtendedInfo().GetLastResetTime() == nil {
			return nil, err // the usual case: it was never brought back
		}
		for seen := map[string]bool{}; run != "" && !seen[run]; {
			seen[run] = true
			base, from, err := builtFrom(ctx, c, id, run)
			if err != nil || base == "" {
				return lost, err
			}
			given := map[int64]message.Batch{} // what this run has no result of, by the event that gave it out
			err = each(ctx, c, id, base, func(e *historypb.HistoryEvent) error {
				a := e.GetActivityTaskScheduledEventAttributes()
				if a.GetActivityType().GetName() == message.ActivitySendNotices {
					var b message.Batch
					if err := read.FromPayloads(a.GetInput(), &b); err != nil {
						return err
					}
					given[e.GetEventId()] = b
				}
				if done := e.GetActivityTaskCompletedEventAttributes(); done != nil && e.GetEventId() < from {
					delete(given, done.GetScheduledEventId())
				}
				return nil
			})
			lost = slices.AppendSeq(lost, maps.Values(given))
			if err != nil {
				return nil, err
			}
			run = base
		}
		return lost, nil
	}
}

// builtFrom is the run that a run was built up from again, and the first of its events that is lost;
// empty where it is none.
func builtFrom(ctx context.Context, c client.Client, id, run string) (base string, from int64, err error) {
	err = each(ctx, c, id, run, func(e *historypb.HistoryEvent) error {
		a := e.GetWorkflowTaskFailedEventAttributes()
		if a.GetCause() == enumspb.WORKFLOW_TASK_FAILED_CAUSE_RESET_WORKFLOW {
			base, from = a.GetBaseRunId(), e.GetEventId()
		}
		return nil
	})
	return base, from, err
}

// each goes through the history of a run; one that the server keeps no more has none.
func each(ctx context.Context, c client.Client, id, run string, do func(*historypb.HistoryEvent) error) error {
	events := c.GetWorkflowHistory(ctx, id, run, false, enumspb.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT)
	for events.HasNext() {
		e, err := events.Next()
		var gone *serviceerror.NotFound
		switch {
		case errors.As(err, &gone):
			return nil
		case err != nil:
			return err
		}
		if err := do(e); err != nil {
			return err
		}
	}
	return nil
}
