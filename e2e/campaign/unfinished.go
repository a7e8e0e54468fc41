package main

import (
	"context"
	"fmt"
	"time"

	"go.temporal.io/api/workflow/v1"

	"holdthering/regime/ledger"
)

// explain says why a case or a group is not finished: where it stands, which mails are not settled and when each
// is tried next, and what its workflow waits for.
func (s *environment) explain(ctx context.Context, one subject, b book) {
	state := b.words
	if b.dead {
		state += ", and its workflow has ended"
	}
	if !b.played {
		state += ", and not all acts are done"
	}
	fmt.Fprintf(s.Out, "   %s is not finished: %s\n", one, state)
	if h := b.Hold; h != nil {
		fmt.Fprintf(s.Out, "      the service is taken to refuse all (%s, %q) since %s, next try in %s\n", h.About, h.Why,
			b.now.Sub(h.Since).Round(time.Second), h.Next.Sub(b.now).Round(time.Second))
	}
	var open []string
	for _, n := range b.Notices {
		for _, r := range n.To {
			if line, is := unsettled(n, r, b.now); is && !n.Settled {
				open = append(open, line)
			}
		}
	}
	for _, line := range open[:min(len(open), mostNamed)] {
		fmt.Fprintln(s.Out, "     ", line)
	}
	if more := len(open) - mostNamed; more > 0 {
		fmt.Fprintf(s.Out, "      and %d more mails\n", more)
	}
	is, err := s.cases.Client().DescribeWorkflow(ctx, one.workflow(), "")
	if err != nil {
		fmt.Fprintln(s.Out, "      what its workflow waits for cannot be read:", err)
		return
	}
	for _, p := range is.RawResponse.GetPendingActivities() {
		fmt.Fprintln(s.Out, "     ", pending(p, time.Now()))
	}
	if t := is.RawResponse.GetPendingWorkflowTask(); t != nil {
		fmt.Fprintf(s.Out, "      its workflow task is %v, in attempt %d\n", t.GetState(), t.GetAttempt())
	}
}

// mostNamed is how many mails are named of one case or group.
const mostNamed = 12

// unsettled is a mail that has not come to its end, where it is not one that waits for working hours.
func unsettled(n ledger.Notice, r ledger.Recipient, now time.Time) (string, bool) {
	if r.State != "" && r.RetryAt.IsZero() || r.WaitsForHours(now) {
		return "", false
	}
	state, next := string(r.State), "at once"
	if state == "" {
		state = "not tried"
	}
	if !r.RetryAt.IsZero() {
		next = "in " + r.RetryAt.Sub(now).Round(time.Second).String()
	}
	return fmt.Sprintf("%s %s to %s, %s: %s after %d tries, next %s: %s", n.ID, n.Kind, r.Party, r.Level, state, r.Tries, next, r.Note), true
}

// pending is an activity that has no result yet.
func pending(p *workflow.PendingActivityInfo, now time.Time) string {
	line := fmt.Sprintf("activity %s is %v, in attempt %d", p.GetActivityType().GetName(), p.GetState(), p.GetAttempt())
	if at := p.GetScheduledTime(); at != nil && at.AsTime().After(now) {
		line += fmt.Sprintf(", next in %s", at.AsTime().Sub(now).Round(time.Second))
	}
	if at := p.GetLastHeartbeatTime(); at != nil {
		line += fmt.Sprintf(", last heard of %s ago", now.Sub(at.AsTime()).Round(time.Second))
	}
	if f := p.GetLastFailure(); f != nil {
		line += ": " + f.GetMessage()
	}
	return line
}
