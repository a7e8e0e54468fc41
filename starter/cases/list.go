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

// mostListed bounds a list; there were some 250 trusts in all.
const mostListed = 5000

// List reads the visibility store page by page, never a case.
func (t *Temporal) List(ctx context.Context, f Filter) ([]Row, error) {
	query, err := f.query()
	if err != nil {
		return nil, err
	}
	var rows []Row
	err = t.listed(ctx, query, func(found []*workflowpb.WorkflowExecutionInfo) {
		rows = nil
		for _, e := range found {
			rows = append(rows, rowOf(e))
		}
	})
	slices.SortFunc(rows, Soonest)
	return rows, err
}

// listed gives all that a query of the visibility store finds.
func (t *Temporal) listed(ctx context.Context, query string,
	take func([]*workflowpb.WorkflowExecutionInfo)) error {
	return t.ask(ctx, question{once: func(ctx context.Context) error {
		var found []*workflowpb.WorkflowExecutionInfo
		request := &workflowservice.ListWorkflowExecutionsRequest{Namespace: t.namespace, Query: query}
		for {
			page, err := t.client.ListWorkflow(ctx, request)
			if err != nil {
				return err
			}
			found = append(found, page.GetExecutions()...)
			request.NextPageToken = page.GetNextPageToken()
			if len(request.NextPageToken) == 0 || len(found) >= mostListed {
				take(found)
				return nil
			}
		}
	}})
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
	terms := ofType(workflows.CaseWorkflow, f.Ended)
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
	if f.Overdue {
		terms = append(terms, workflows.AttrOverdue.GetName()+" > 0")
	}
	return strings.Join(terms, " AND "), nil
}

// ofType are the terms for the workflows of a type.
func ofType(name string, ended bool) []string {
	open := "CloseTime IS NULL" // running, or paused
	if ended {
		open = term("ExecutionStatus", "!=", "ContinuedAsNew")
	}
	return []string{term("WorkflowType", "=", name), open}
}

func term(attribute, is, value string) string { return attribute + " " + is + ` "` + value + `"` }

func rowOf(e *workflowpb.WorkflowExecutionInfo) Row {
	a := attributes(e.GetSearchAttributes().GetIndexedFields())
	return Row{
		Ref:          strings.TrimPrefix(e.GetExecution().GetWorkflowId(), workflows.CaseID("")),
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
