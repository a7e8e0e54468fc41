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
	"holdthering/regime/ledger"
	"holdthering/regime/surveillance"
	"holdthering/workflows"
)

func theGroup(place string) asked {
	return asked{id: workflows.GroupID(place), what: "the group of " + place,
		none: &regime.Mistake{Reason: "There is no group of " + place + " yet; 'group start' starts it, " +
			"and 'group list' shows those that run."},
		ended: &regime.Mistake{Reason: "The group of " + place + " has ended and takes nothing more; " +
			"'group show " + place + "' shows its record."},
		revive: "starter group revive " + place + " --reason TEXT"}
}

// StartGroup needs no worker: the group begins its work when there is one. One that has ended is
// not begun a second time by the same command; of one that died, what it knew would be lost.
func (t *Temporal) StartGroup(ctx context.Context, o surveillance.Opening) (bool, error) {
	g, err := surveillance.Open(o, time.Now())
	if err != nil {
		return false, err
	}
	started := false
	err = t.ask(ctx, question{asked: theGroup(g.Place()), once: func(ctx context.Context) error {
		_, err := t.client.ExecuteWorkflow(ctx, client.StartWorkflowOptions{
			ID:                                       workflows.GroupID(g.Place()),
			TaskQueue:                                workflows.TaskQueue,
			StaticSummary:                            "Surveillance group of " + g.OpenName(),
			WorkflowIDReusePolicy:                    enumspb.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE,
			WorkflowExecutionErrorWhenAlreadyStarted: true,
		}, workflows.GroupWorkflow, workflows.GroupInput{Schema: surveillance.Schema, Opening: &o})
		var already *serviceerror.WorkflowExecutionAlreadyStarted
		if errors.As(err, &already) {
			return t.deadGroup(ctx, theGroup(g.Place()))
		}
		started = err == nil
		return err
	}})
	return started, err
}

// deadGroup is the error of starting a group that died.
func (t *Temporal) deadGroup(ctx context.Context, a asked) error {
	s, err := t.look(ctx, a, somebody)
	if err != nil || !s.Dead() {
		return err
	}
	return &Unreachable{Reason: s.String() + " It was not started again: what it knew would be lost.", Dead: true}
}

// ActInGroup sends the act as the Update that is named after it.
func (t *Temporal) ActInGroup(ctx context.Context, place string, req ledger.Request,
	act surveillance.Act) (ledger.Receipt, error) {
	return t.act(ctx, question{asked: theGroup(place), key: req.Key}, surveillance.VerbOf(act).Name(), req, act)
}

// Group asks the group itself, which needs a worker, also where it has ended.
func (t *Temporal) Group(ctx context.Context, place string) (GroupSnapshot, error) {
	var s GroupSnapshot
	var err error
	s.Standing, err = t.state(ctx, theGroup(place), &s.GroupSnapshot)
	if err == nil && s.Group == nil {
		err = fmt.Errorf("the group of %s answered without its state", place)
	}
	return s, err
}

// Sources asks the group itself, which needs a worker.
func (t *Temporal) Sources(ctx context.Context, place string, p regime.Party) (
	[]surveillance.ProtectedSource, error) {
	var a workflows.SourcesAnswer
	if err := t.query(ctx, theGroup(place), &a, workflows.QuerySources, p); err != nil {
		return nil, err
	}
	return a.Get()
}

// ListGroups reads the visibility store, never a group.
func (t *Temporal) ListGroups(ctx context.Context, f GroupFilter) ([]GroupRow, error) {
	found, err := t.found(ctx, strings.Join(ofType(workflows.GroupWorkflow, f.Ended, f.Overdue), " AND "))
	if err != nil {
		return nil, err
	}
	var rows []GroupRow
	standings := t.standings(ctx, found, func(id string) asked {
		return theGroup(strings.TrimPrefix(id, workflows.GroupID("")))
	})
	for i, e := range found {
		if standings[i].State == superseded {
			continue
		}
		r := groupRowOf(e)
		if s := standings[i]; s.Wrong() {
			r.Standing = &s
		}
		rows = append(rows, r)
	}
	slices.SortFunc(rows, SoonestGroup)
	return rows, nil
}

func groupRowOf(e *workflowpb.WorkflowExecutionInfo) GroupRow {
	a := attributes(e.GetSearchAttributes().GetIndexedFields())
	return GroupRow{
		Place:   strings.TrimPrefix(e.GetExecution().GetWorkflowId(), workflows.GroupID("")),
		NextDue: read[time.Time](a, workflows.AttrNextDue.GetName()),
		Overdue: int(read[int64](a, workflows.AttrOverdue.GetName())),
		Held:    int(read[int64](a, workflows.AttrMailsHeld.GetName())),
		Ended:   e.GetCloseTime() != nil,
		Trouble: read[string](a, workflows.AttrTrouble.GetName()),
	}
}

// SoonestGroup orders groups as Soonest does cases.
func SoonestGroup(a, b GroupRow) int {
	return Soonest(Row{Ref: a.Place, NextDue: a.NextDue}, Row{Ref: b.Place, NextDue: b.NextDue})
}
