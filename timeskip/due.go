package timeskip

import (
	"context"
	"time"

	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
)

// near is how soon a timer may fall due for a skip to wait for it. It must be longer than the
// server takes from our look at its timers to the beginning of the skip.
const near = 2 * time.Second

// letDueTimersFire waits until no timer is due, or as good as due, that has not fired. The server
// does not see such a timer when a skip begins, and goes past all that the workflow would have
// done next, to the end of the skip.
func (c Clock) letDueTimersFire(ctx context.Context, workflowID string) error {
	for {
		now, err := c.Now(ctx, workflowID)
		if err != nil {
			return err
		}
		first, err := c.firstTimer(ctx, workflowID)
		if err != nil || first.IsZero() || first.After(now.Add(near)) {
			return err
		}
		select {
		case <-time.After(50 * time.Millisecond):
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
}

// firstTimer is when the first of the timers falls due that the current run waits for. A run that
// has closed waits for none, whatever it had begun.
func (c Clock) firstTimer(ctx context.Context, workflowID string) (time.Time, error) {
	due := map[int64]time.Time{} // by the event that started the timer
	var last *historypb.HistoryEvent
	history := c.Client.GetWorkflowHistory(ctx, workflowID, "", false,
		enumspb.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT)
	for history.HasNext() {
		event, err := history.Next()
		if err != nil {
			return time.Time{}, err
		}
		last = event
		if started := event.GetTimerStartedEventAttributes(); started != nil {
			due[event.GetEventId()] = event.GetEventTime().AsTime().Add(
				started.GetStartToFireTimeout().AsDuration())
		}
		delete(due, event.GetTimerFiredEventAttributes().GetStartedEventId())
		delete(due, event.GetTimerCanceledEventAttributes().GetStartedEventId())
	}
	var first time.Time
	if closes(last) {
		return first, nil
	}
	for _, at := range due {
		if first.IsZero() || at.Before(first) {
			first = at
		}
	}
	return first, nil
}

func closes(e *historypb.HistoryEvent) bool {
	switch e.GetEventType() {
	case enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED, enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_FAILED,
		enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_TIMED_OUT, enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED,
		enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_TERMINATED,
		enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW:
		return true
	}
	return false
}
