package main

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"

	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	"google.golang.org/protobuf/proto"

	"holdthering/rehearsal"
	"holdthering/workflows"
)

// What the history of a real episode of two years may come to.
const (
	mostBytes  = 800_000
	mostRuns   = 4
	mostEvents = 3600
	mostState  = 25_000
)

// history plays the King's Lynn case on a server that skips time, sealed as it is at work.
func history(ctx context.Context, b *bench) ([]row, error) {
	s, err := b.newSite(ctx, "history", demonstration)
	if err != nil {
		return nil, err
	}
	defer s.close()
	out, err := s.starter(ctx, "play", "scenarios/kings-lynn.txt", "--json")
	if err != nil {
		return nil, err
	}
	var report rehearsal.Report
	if err := json.Unmarshal([]byte(out), &report); err != nil {
		return nil, err
	}
	at, skips, actions := report.Server, 0, 0
	for _, run := range at.Runs {
		n, billed, err := s.contents(ctx, at.Workflow, run.ID, b.detail)
		if err != nil {
			return nil, err
		}
		skips, actions = skips+n, actions+billed
	}
	sealed, raw, err := s.carried(ctx, at.Workflow)
	if err != nil {
		return nil, err
	}
	return []row{
		limit("History of the King's Lynn case, all runs: kB", float64(at.Bytes)/1000, mostBytes/1000, "%.0f"),
		limit("- its runs", float64(len(at.Runs)), mostRuns, "%.0f"),
		limit("- its events", float64(at.Events), mostEvents, "%.0f"),
		{what: "- of these, events of skipping time", now: fmt.Sprint(skips)},
		{what: "- of these, what Temporal Cloud would bill as actions; heartbeats and queries come on top", now: fmt.Sprint(actions)},
		limit("State of a case after two years, as carried (made smaller and sealed): kB", float64(sealed)/1000, mostState/1000, "%.1f"),
		{what: "- unfolded: kB", now: fmt.Sprintf("%.1f", float64(raw)/1000)},
	}, nil
}

// carried is the length of a case's state as it would be handed to the next run: sealed, and as JSON. No query gives
// out the keys of requests, so that chance stands for them, which cannot be made smaller either.
func (s *site) carried(ctx context.Context, id string) (sealed, raw int, err error) {
	value, err := s.client.QueryWorkflow(ctx, id, "", workflows.QueryState)
	if err != nil {
		return 0, 0, err
	}
	var snapshot workflows.Snapshot
	if err := value.Get(&snapshot); err != nil {
		return 0, 0, err
	}
	c := snapshot.Case
	for i := range c.Entries {
		c.Entries[i].Key, c.Entries[i].Fingerprint = rand.Text(), rand.Text()+rand.Text()
	}
	c.Past.Acts = make([]byte, 13*c.Past.Entries)
	if _, err := rand.Read(c.Past.Acts); err != nil {
		return 0, 0, err
	}
	return s.handedOn(workflows.Input{Schema: c.Schema, Case: c, Chapter: 1})
}

// handedOn is how long an input is, sealed and as JSON.
func (s *site) handedOn(in any) (sealed, raw int, err error) {
	text, err := json.Marshal(in)
	if err != nil {
		return 0, 0, err
	}
	payload, err := s.sealed.ToPayload(in)
	return proto.Size(payload), len(text), err
}

// size is how many events of a kind there are, and their bytes.
type size struct{ events, bytes int }

// billed reports whether the event is of what Temporal Cloud calls an action.
func billed(e *historypb.HistoryEvent) bool {
	return slices.Contains([]enumspb.EventType{enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED, enumspb.EVENT_TYPE_TIMER_STARTED,
		enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED, enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED,
		enumspb.EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES, enumspb.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED,
		enumspb.EVENT_TYPE_MARKER_RECORDED}, e.GetEventType())
}

// contents counts the events that stand for skipped time, and those that are billed, and prints on demand what the
// bytes are.
func (s *site) contents(ctx context.Context, id, run string, detail bool) (skips, actions int, err error) {
	sizes := map[string]size{}
	activities := map[int64]string{}
	iter := s.client.GetWorkflowHistory(ctx, id, run, false, enumspb.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT)
	for iter.HasNext() {
		e, err := iter.Next()
		if err != nil {
			return 0, 0, err
		}
		if billed(e) {
			actions++
		}
		kind := kindOf(e, activities)
		sizes[kind] = size{sizes[kind].events + 1, sizes[kind].bytes + proto.Size(e)}
	}
	for _, kind := range []enumspb.EventType{enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_TIME_SKIPPING_TRANSITIONED,
		enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_OPTIONS_UPDATED} {
		skips += sizes[kind.String()].events
	}
	if !detail {
		return skips, actions, nil
	}
	kinds := slices.SortedFunc(maps.Keys(sizes), func(a, b string) int { return sizes[b].bytes - sizes[a].bytes })
	for _, kind := range kinds {
		n := sizes[kind]
		fmt.Fprintf(os.Stderr, "%9d bytes %5d events %7d each  %s\n", n.bytes, n.events, n.bytes/n.events, kind)
	}
	return skips, actions, nil
}

// kindOf names an event, and the activity that it is of.
func kindOf(e *historypb.HistoryEvent, activities map[int64]string) string {
	kind := e.GetEventType().String()
	if a := e.GetActivityTaskScheduledEventAttributes(); a != nil {
		activities[e.GetEventId()] = a.GetActivityType().GetName()
		return kind + " " + activities[e.GetEventId()]
	}
	if a := e.GetActivityTaskStartedEventAttributes(); a != nil {
		return kind + " " + activities[a.GetScheduledEventId()]
	}
	if a := e.GetActivityTaskCompletedEventAttributes(); a != nil {
		return kind + " " + activities[a.GetScheduledEventId()]
	}
	return kind
}

// afterTheTimer prints the events of a case since the last timer that rang.
func (s *site) afterTheTimer(ctx context.Context, id string) error {
	var since []*historypb.HistoryEvent
	iter := s.client.GetWorkflowHistory(ctx, id, "", false, enumspb.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT)
	for iter.HasNext() {
		e, err := iter.Next()
		if err != nil {
			return err
		}
		if e.GetEventType() == enumspb.EVENT_TYPE_TIMER_FIRED {
			since = nil
		}
		since = append(since, e)
	}
	activities := map[int64]string{}
	for _, e := range since {
		fmt.Fprintf(os.Stderr, "%s %6d bytes  %s\n", e.GetEventTime().AsTime().Format("15:04:05.000"), proto.Size(e), kindOf(e, activities))
	}
	return nil
}
