package cases

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/api/serviceerror"
	workflowpb "go.temporal.io/api/workflow/v1"
	"go.temporal.io/sdk/client"

	"holdthering/regime"
	"holdthering/workflows"
)

func theGroup(place string) asked {
	return asked{id: workflows.GroupID(place), what: "the group of " + place,
		none: &regime.Mistake{Reason: "There is no group of " + place + " yet; 'group start' starts it, " +
			"and 'group list' shows those that run."},
		ended: &regime.Mistake{Reason: "The group of " + place + " has ended and takes nothing more; " +
			"'group show " + place + "' shows its record."}}
}

// StartGroup needs no worker: the group begins its work when there is one. One that was
// ended in due form is not brought back by the same command a second time.
func (t *Temporal) StartGroup(ctx context.Context, o regime.GroupOpening) (bool, error) {
	g, err := regime.OpenGroup(o, time.Now())
	if err != nil {
		return false, err
	}
	started := false
	err = t.ask(ctx, question{asked: theGroup(g.Place()), once: func(ctx context.Context) error {
		_, err := t.client.ExecuteWorkflow(ctx, client.StartWorkflowOptions{
			ID:                                       workflows.GroupID(g.Place()),
			TaskQueue:                                workflows.TaskQueue,
			StaticSummary:                            "Surveillance group of " + g.OpenName(),
			WorkflowIDReusePolicy:                    enumspb.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE_FAILED_ONLY,
			WorkflowExecutionErrorWhenAlreadyStarted: true,
		}, workflows.GroupWorkflow, workflows.GroupInput{Schema: regime.GroupSchema, Opening: &o})
		var already *serviceerror.WorkflowExecutionAlreadyStarted
		if errors.As(err, &already) {
			return nil
		}
		started = err == nil
		return err
	}})
	return started, err
}

// ActInGroup sends the act as the Update that is named after it.
func (t *Temporal) ActInGroup(ctx context.Context, place string, req regime.Request,
	act regime.GroupAct) (regime.Receipt, error) {
	q := question{asked: theGroup(place), key: req.Key}
	return t.answered(ctx, q, func(ctx context.Context) (client.WorkflowUpdateHandle, error) {
		return t.client.UpdateWorkflow(ctx, client.UpdateWorkflowOptions{
			UpdateID: req.Key, WorkflowID: q.id, UpdateName: regime.GroupVerbOf(act).Name(),
			Args: []any{req, act}, WaitForStage: client.WorkflowUpdateStageCompleted,
		})
	})
}

// Group asks the group itself, which needs a worker.
func (t *Temporal) Group(ctx context.Context, place string) (workflows.GroupSnapshot, error) {
	var s workflows.GroupSnapshot
	err := t.state(ctx, theGroup(place), &s)
	if err == nil && s.Group == nil {
		err = fmt.Errorf("the group of %s answered without its state", place)
	}
	return s, err
}

// Sources asks the group itself, which needs a worker.
func (t *Temporal) Sources(ctx context.Context, place string, p regime.Party) (
	[]regime.ProtectedSource, error) {
	var a workflows.SourcesAnswer
	if err := t.query(ctx, theGroup(place), &a, workflows.QuerySources, p); err != nil {
		return nil, err
	}
	return a.Get()
}

// ListGroups reads the visibility store, never a group.
func (t *Temporal) ListGroups(ctx context.Context, f GroupFilter) ([]GroupRow, error) {
	terms := ofType(workflows.GroupWorkflow, f.Ended)
	if f.Overdue {
		terms = append(terms, workflows.AttrOverdue.GetName()+" > 0")
	}
	var rows []GroupRow
	err := t.listed(ctx, strings.Join(terms, " AND "), func(found []*workflowpb.WorkflowExecutionInfo) {
		rows = nil
		for _, e := range found {
			rows = append(rows, groupRowOf(e))
		}
	})
	slices.SortFunc(rows, SoonestGroup)
	return rows, err
}

func groupRowOf(e *workflowpb.WorkflowExecutionInfo) GroupRow {
	a := attributes(e.GetSearchAttributes().GetIndexedFields())
	return GroupRow{
		Place:   strings.TrimPrefix(e.GetExecution().GetWorkflowId(), workflows.GroupID("")),
		NextDue: read[time.Time](a, workflows.AttrNextDue.GetName()),
		Overdue: int(read[int64](a, workflows.AttrOverdue.GetName())),
		Held:    int(read[int64](a, workflows.AttrMailsHeld.GetName())),
		Ended:   e.GetCloseTime() != nil,
	}
}

// SoonestGroup orders groups as Soonest does cases.
func SoonestGroup(a, b GroupRow) int {
	return Soonest(Row{Ref: a.Place, NextDue: a.NextDue}, Row{Ref: b.Place, NextDue: b.NextDue})
}
