package activities

import (
	"cmp"
	"context"
	"errors"
	"strings"

	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/converter"

	"holdthering/activities/claim"
	"holdthering/message"
	"holdthering/regime/ledger"
)

// LostBatch is a batch of a terminated run that the reset run has no result of, with what had been noted of its
// mails by then.
type LostBatch struct {
	message.Batch
	Noted []Noted
	// Run and Activity are those that the batch was given to.
	Run, Activity string
	// Whole: the server still has the notes. A mail that is in none of them had not begun, since each is noted
	// before it goes.
	Whole bool
}

// markMaybeSent takes over what a terminated run had noted of the mails that it was sending, and treats those that
// had begun, or of which nothing is known, as possibly sent: the run was reset to its last step, and has no result
// for them.
func (s *sending) markMaybeSent(ctx context.Context) error {
	if s.Confirm.Lost == nil || s.batch.Run != "" && strings.HasPrefix(s.run, s.batch.Run) {
		return nil
	}
	run := activity.GetInfo(ctx).WorkflowExecution
	lost, err := s.Confirm.Lost(ctx, run.ID, run.RunID)
	if err != nil {
		return err
	}
	for _, n := range s.batch.Notices {
		for _, r := range n.To {
			if s.hasResult(n, r) {
				continue
			}
			t, was := s.lostResult(lost, n.ID, r)
			if was {
				t.Notice, t.Party, t.Level, t.Round = n.ID, r.Party, r.Level, r.Round
				t.Mail = cmp.Or(t.Mail, r.Mail)
				s.done = append(s.done, t)
			}
		}
	}
	return nil
}

// lostResult is what became of the same try of a mail in the batches that were lost; was reports whether it may have
// gone with one of them.
func (s *sending) lostResult(lost []LostBatch, notice string, r ledger.Recipient) (t ledger.SendResult, was bool) {
	t = s.Confirm.interrupted(r, "the case was ended while the mail was on its way")
	for _, b := range lost {
		if !b.has(notice, r) {
			continue
		}
		was = was || !b.Whole
		for _, noted := range b.Noted {
			if noted.Notice != notice || noted.Party != r.Party || noted.Level != r.Level || noted.Round != r.Round {
				continue
			}
			if noted.State != ledger.StateUnknown {
				return noted.SendResult, true
			}
			switch s.lostClaim(b, noted) {
			case claim.Mine:
			case claim.Gone:
				return s.went(noted.SendResult), true
			default:
				was = true
			}
		}
	}
	return t, was
}

// lostClaim says how far a mail had come that was only announced in a batch that was lost; Mine where it had not begun,
// and whoever still works on that batch does not begin it any more.
func (s *sending) lostClaim(b LostBatch, t Noted) claim.State {
	if s.ahead.claims == nil || t.Claims != s.ahead.claims.Name() {
		return claim.Begun
	}
	state, err := s.ahead.claims.Take(claimKey(b.Run, b.Activity, b.Notices, t.SendResult))
	if err != nil {
		return claim.Begun
	}
	return state
}

// has reports whether a batch was to send the same try of a mail.
func (b LostBatch) has(notice string, r ledger.Recipient) bool {
	for _, n := range b.Notices {
		for _, to := range n.To {
			if n.ID == notice && to.Party == r.Party && to.Level == r.Level && to.Round == r.Round && to.Tries == r.Tries {
				return true
			}
		}
	}
	return false
}

// LostThrough finds the batches in the server's histories: those that the predecessors of a
// reset run scheduled, and for which the run has no result.
func LostThrough(c client.Client, read converter.DataConverter) func(context.Context, string, string) ([]LostBatch, error) {
	return func(ctx context.Context, id, run string) (lost []LostBatch, err error) {
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
			ofBase, err := lostOf(ctx, c, read, id, base, from)
			if err != nil {
				return nil, err
			}
			lost, run = append(lost, ofBase...), base
		}
		return lost, nil
	}
}

// lostOf are the batches of one run whose results came at the event from or later, or never.
func lostOf(ctx context.Context, c client.Client, read converter.DataConverter, id, run string, from int64) ([]LostBatch, error) {
	given := map[int64]*LostBatch{} // by the event that scheduled it
	named := map[string]*LostBatch{}
	err := each(ctx, c, id, run, func(e *historypb.HistoryEvent) error {
		if a := e.GetActivityTaskScheduledEventAttributes(); a.GetActivityType().GetName() == message.ActivitySendNotices {
			b := LostBatch{Run: run, Activity: a.GetActivityId()}
			if err := read.FromPayloads(a.GetInput(), &b.Batch); err != nil {
				return err
			}
			given[e.GetEventId()], named[a.GetActivityId()] = &b, &b
		}
		done := e.GetActivityTaskCompletedEventAttributes()
		b := given[done.GetScheduledEventId()]
		switch {
		case b == nil:
		case e.GetEventId() < from:
			delete(given, done.GetScheduledEventId())
		default:
			var report message.Report
			if err := read.FromPayloads(done.GetResult(), &report); err != nil {
				return err
			}
			b.Noted, b.Whole = notedAs(report.Results), true
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if err := noteLost(ctx, c, read, id, run, named); err != nil {
		return nil, err
	}
	var lost []LostBatch
	for _, b := range given {
		lost = append(lost, *b)
	}
	return lost, nil
}

// noteLost adds what the server still has of the notes of the batches that were under way when the run ended.
func noteLost(ctx context.Context, c client.Client, read converter.DataConverter, id, run string,
	named map[string]*LostBatch) error {
	is, err := c.DescribeWorkflow(ctx, id, run)
	var gone *serviceerror.NotFound
	switch {
	case errors.As(err, &gone):
		return nil
	case err != nil:
		return err
	}
	for _, p := range is.RawResponse.GetPendingActivities() {
		b := named[p.GetActivityId()]
		if b == nil {
			continue
		}
		b.Whole = true
		if p.GetHeartbeatDetails() != nil {
			if err := read.FromPayloads(p.GetHeartbeatDetails(), &b.Noted); err != nil {
				return err
			}
		}
	}
	return nil
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
