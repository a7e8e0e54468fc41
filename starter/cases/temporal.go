package cases

import (
	"context"
	"fmt"
	"time"

	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/client"

	"holdthering/regime"
	"holdthering/workflows"
)

// Temporal asks a Temporal server.
type Temporal struct {
	client             client.Client
	address, namespace string
	settings           Settings
}

var _ Cases = (*Temporal)(nil)

// New asks through a client that is connected already; the address is for what is said to
// people.
func New(c client.Client, address, namespace string, s Settings) *Temporal {
	return &Temporal{client: c, address: address, namespace: namespace, settings: s}
}

// Client is the connection, for what goes beyond single cases.
func (t *Temporal) Client() client.Client { return t.client }

// Namespace is where the cases are.
func (t *Temporal) Namespace() string { return t.namespace }

// Close lets go of the connection.
func (t *Temporal) Close() { t.client.Close() }

// Open looks first whether the act would be allowed: a server begins the case even where the
// first act is refused, and would leave an empty one behind.
func (t *Temporal) Open(ctx context.Context, o regime.Opening, req regime.Request, act regime.Act) (
	regime.Receipt, error) {
	now := time.Now()
	c, err := regime.Open(o, now)
	if err != nil {
		return regime.Receipt{}, err
	}
	if err := c.Check(req, act, now); err != nil {
		return regime.Receipt{}, err
	}
	q, u := question{asked: theCase(o.Ref), key: req.Key}, t.update(o.Ref, req, act)
	return t.answered(ctx, q, func(ctx context.Context) (client.WorkflowUpdateHandle, error) {
		start := t.client.NewWithStartWorkflowOperation(client.StartWorkflowOptions{
			ID:                       workflows.CaseID(o.Ref),
			TaskQueue:                workflows.TaskQueue,
			StaticSummary:            "Case " + o.Ref,
			WorkflowIDConflictPolicy: enumspb.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING,
			WorkflowIDReusePolicy:    enumspb.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE,
		}, workflows.CaseWorkflow, workflows.Input{Schema: regime.Schema, Opening: &o})
		return t.client.UpdateWithStartWorkflow(ctx, client.UpdateWithStartWorkflowOptions{
			StartWorkflowOperation: start, UpdateOptions: u,
		})
	})
}

// Act sends the act as the Update that is named after it.
func (t *Temporal) Act(ctx context.Context, ref string, req regime.Request, act regime.Act) (
	regime.Receipt, error) {
	q, u := question{asked: theCase(ref), key: req.Key}, t.update(ref, req, act)
	return t.answered(ctx, q, func(ctx context.Context) (client.WorkflowUpdateHandle, error) {
		return t.client.UpdateWorkflow(ctx, u)
	})
}

func (t *Temporal) update(ref string, req regime.Request, act regime.Act) client.UpdateWorkflowOptions {
	return t.updating(workflows.CaseID(ref), regime.VerbOf(act).Name(), req, act)
}

// updating has an id that is the same for the same words of the same people. The server keeps it
// openly, so it tells nothing of them, and answers who repeats it from its store, also when the case
// has ended; anybody else is answered by the case, which knows the key for ever.
func (t *Temporal) updating(id, name string, req regime.Request, act any) client.UpdateWorkflowOptions {
	return client.UpdateWorkflowOptions{
		UpdateID:   t.settings.Keys.Mark(id, name, req.Key, req.Print, string(req.By.For), req.By.Person),
		WorkflowID: id, UpdateName: name, Args: []any{req, act},
		WaitForStage: client.WorkflowUpdateStageCompleted,
	}
}

// answered sends an Update until it has its answer.
func (t *Temporal) answered(ctx context.Context, q question,
	send func(context.Context) (client.WorkflowUpdateHandle, error)) (regime.Receipt, error) {
	var receipt regime.Receipt
	q.once = func(ctx context.Context) error {
		handle, err := send(ctx)
		if err != nil {
			return err
		}
		return handle.Get(ctx, &receipt)
	}
	err := t.ask(ctx, q)
	return receipt, err
}

// Snapshot asks the case itself, which needs a worker.
func (t *Temporal) Snapshot(ctx context.Context, ref string) (workflows.Snapshot, error) {
	var s workflows.Snapshot
	err := t.state(ctx, theCase(ref), &s)
	if err == nil && s.Case == nil {
		err = fmt.Errorf("case %s answered without its state", ref)
	}
	return s, err
}

// state asks a workflow for the whole of its state.
func (t *Temporal) state(ctx context.Context, a asked, into any) error {
	return t.query(ctx, a, into, workflows.QueryState)
}

func (t *Temporal) query(ctx context.Context, a asked, into any, name string, args ...any) error {
	return t.ask(ctx, question{asked: a, once: func(ctx context.Context) error {
		answer, err := t.client.QueryWorkflow(ctx, a.id, "", name, args...)
		if err != nil {
			return err
		}
		return answer.Get(into)
	}})
}
