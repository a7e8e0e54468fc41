package cases

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	commonpb "go.temporal.io/api/common/v1"
	workflowpb "go.temporal.io/api/workflow/v1"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/converter"

	"holdthering/regime"
	"holdthering/workflows"
)

// maxListed bounds a list; there were some 250 trusts in all.
const maxListed = 5000

// List reads the visibility store page by page, never a case.
func (t *Temporal) List(ctx context.Context, f Filter) ([]Row, error) {
	query, err := f.query()
	if err != nil {
		return nil, err
	}
	found, err := t.found(ctx, query)
	if err != nil {
		return nil, err
	}
	var rows []Row
	standings := t.standings(ctx, found, func(id string) asked {
		a := theCase(workflows.RefOf(id))
		a.id = id
		return a
	})
	for i, e := range found {
		if standings[i].State == superseded {
			continue
		}
		r := rowOf(e)
		if s := standings[i]; s.Wrong() {
			r.Standing = &s
		}
		rows = append(rows, r)
	}
	slices.SortFunc(rows, Soonest)
	return rows, nil
}

// superseded is an old run of a case that was brought back since: the case is another row.
const superseded State = "superseded"

// standings says how each of what was found is. Who has died is asked for once more by itself: the
// list holds every run, also one from which the case was brought back.
func (t *Temporal) standings(ctx context.Context, found []*workflowpb.WorkflowExecutionInfo,
	of func(id string) asked) []Standing {
	there := somebody
	if slices.ContainsFunc(found, func(e *workflowpb.WorkflowExecutionInfo) bool { return e.GetCloseTime() == nil }) {
		there = t.diagnose(ctx).crew
	}
	out := make([]Standing, len(found))
	for i, e := range found {
		a := of(e.GetExecution().GetWorkflowId())
		out[i] = a.standing(e, stateOf(e, there), "")
		if !out[i].Dead() {
			continue
		}
		answer, err := t.client.DescribeWorkflow(ctx, a.id, "")
		if err != nil { // the list's own word has to do
			continue
		}
		switch latest := answer.RawResponse.GetWorkflowExecutionInfo(); {
		case latest.GetExecution().GetRunId() != e.GetExecution().GetRunId():
			out[i] = Standing{State: superseded}
		default:
			out[i] = a.standing(e, out[i].State, t.reason(ctx, a.id, e.GetExecution().GetRunId()))
		}
	}
	return out
}

// found is all that a query of the visibility store finds.
func (t *Temporal) found(ctx context.Context, query string) ([]*workflowpb.WorkflowExecutionInfo, error) {
	var all []*workflowpb.WorkflowExecutionInfo
	err := t.ask(ctx, question{once: func(ctx context.Context) error {
		all = nil
		request := &workflowservice.ListWorkflowExecutionsRequest{Namespace: t.namespace, Query: query}
		for {
			page, err := t.client.ListWorkflow(ctx, request)
			if err != nil {
				return err
			}
			all = append(all, page.GetExecutions()...)
			request.NextPageToken = page.GetNextPageToken()
			if len(request.NextPageToken) == 0 || len(all) >= maxListed {
				return nil
			}
		}
	}})
	return all, err
}

// Soonest orders rows by what is due next; those where nothing is due come last.
func Soonest(a, b Row) int {
	switch {
	case a.NextDue.IsZero() && !b.NextDue.IsZero():
		return 1
	case b.NextDue.IsZero() && !a.NextDue.IsZero():
		return -1
	}
	return cmp.Or(a.NextDue.Compare(b.NextDue), cmp.Compare(a.Ref, b.Ref))
}

// query is the filter in the language of the visibility store. A run that goes on in a next
// one is not the case.
func (f Filter) query() (string, error) {
	terms := ofType(workflows.CaseWorkflow, f.Ended, f.Overdue)
	for _, is := range []struct{ attribute, value string }{
		{workflows.AttrStage.GetName(), string(f.Stage)},
		{workflows.AttrProvider.GetName(), f.Provider},
		{workflows.AttrAreaTeam.GetName(), f.Area},
	} {
		if strings.ContainsAny(is.value, `"'\`) {
			return "", fmt.Errorf("%q is no code", is.value)
		}
		if is.value != "" {
			terms = append(terms, term(is.attribute, "=", is.value))
		}
	}
	return strings.Join(terms, " AND "), nil
}

// deaths are the ends that nothing comes to by itself.
const deaths = `ExecutionStatus IN ("Terminated", "Failed", "TimedOut", "Canceled")`

// ofType are the terms for the workflows of a type. What has died is always among them: it is
// somebody's to mend, however little was overdue when it did.
func ofType(name string, ended, overdue bool) []string {
	late := ""
	if overdue {
		late = " AND " + workflows.AttrOverdue.GetName() + " > 0"
	}
	which := "CloseTime IS NULL" // running, or paused
	if ended {
		which = term("ExecutionStatus", "!=", "ContinuedAsNew")
	}
	return []string{term("WorkflowType", "=", name), "(" + which + late + " OR " + deaths + ")"}
}

func term(attribute, is, value string) string { return attribute + " " + is + ` "` + value + `"` }

func rowOf(e *workflowpb.WorkflowExecutionInfo) Row {
	a := attributes(e.GetSearchAttributes().GetIndexedFields())
	return Row{
		Ref:          workflows.RefOf(e.GetExecution().GetWorkflowId()),
		Stage:        regime.Stage(read[string](a, workflows.AttrStage.GetName())),
		RingHolder:   regime.Party(read[string](a, workflows.AttrRingHolder.GetName())),
		Provider:     read[string](a, workflows.AttrProvider.GetName()),
		ProviderType: regime.ProviderType(read[string](a, workflows.AttrProviderType.GetName())),
		Area:         read[string](a, workflows.AttrAreaTeam.GetName()),
		Measures:     regime.MeasuresState(read[string](a, workflows.AttrMeasures.GetName())),
		NextDue:      read[time.Time](a, workflows.AttrNextDue.GetName()),
		Overdue:      int(read[int64](a, workflows.AttrOverdue.GetName())),
		Held:         int(read[int64](a, workflows.AttrMailsHeld.GetName())),
		Ended:        e.GetCloseTime() != nil,
		Trouble:      read[string](a, workflows.AttrTrouble.GetName()),
	}
}

type attributes map[string]*commonpb.Payload

// read gives the attribute's value; the zero value where a case has not set it yet.
func read[T any](a attributes, name string) T {
	var v T
	if p := a[name]; p != nil {
		// Search attributes are never encrypted, and the server has checked their types.
		_ = converter.GetDefaultDataConverter().FromPayload(p, &v)
	}
	return v
}
