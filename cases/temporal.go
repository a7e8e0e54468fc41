package cases

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/google/uuid"
	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/client"

	"holdthering/regime/failure"
	"holdthering/regime/ledger"
	"holdthering/workflows"
)

// Temporal asks a Temporal server.
type Temporal struct {
	client             client.Client
	address, namespace string
	settings           Settings
	ids                sync.Map // of cases, by their references; an id never changes
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
// first act is refused, and would leave an empty one behind. Then the provider's own workflow
// opens the case: there is one of it, so that of many who trigger in one second one does.
func (t *Temporal) Open(ctx context.Context, o failure.Opening, req ledger.Request, act failure.Act) (
	ledger.Receipt, error) {
	now := time.Now()
	c, err := failure.Open(o, now)
	if err != nil {
		return ledger.Receipt{}, err
	}
	if err := c.Check(req, act, now); err != nil {
		return ledger.Receipt{}, err
	}
	in, err := workflows.OpeningOf(o, req, act)
	if err != nil {
		return ledger.Receipt{}, err
	}
	q, id := question{asked: theCase(o.Ref), key: req.Key}, workflows.ProviderID(o.Provider.Code)
	// The case itself answers who repeats the key: what the provider's workflow once answered says
	// nothing of how the case is now.
	u := client.UpdateWorkflowOptions{UpdateID: uuid.NewString(), WorkflowID: id, UpdateName: workflows.UpdateOpenCase,
		Args: []any{in}, WaitForStage: client.WorkflowUpdateStageCompleted}
	var opened workflows.CaseOpened
	err = t.answered(ctx, q, &opened, func(ctx context.Context) (client.WorkflowUpdateHandle, error) {
		start := t.client.NewWithStartWorkflowOperation(client.StartWorkflowOptions{
			ID: id, TaskQueue: workflows.TaskQueue, StaticSummary: "Opens the cases about " + o.Provider.Code,
			WorkflowIDConflictPolicy: enumspb.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING,
			WorkflowIDReusePolicy:    enumspb.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE,
		}, workflows.ProviderWorkflow, workflows.ProviderInput{})
		return t.client.UpdateWithStartWorkflow(ctx, client.UpdateWithStartWorkflowOptions{
			StartWorkflowOperation: start, UpdateOptions: u,
		})
	})
	if err == nil && opened.Taken != "" {
		err = &Taken{Provider: o.Provider.Code, Ref: opened.Taken}
	}
	return opened.Receipt, err
}

// Act sends the act as the Update that is named after it.
func (t *Temporal) Act(ctx context.Context, ref string, req ledger.Request, act failure.Act) (
	ledger.Receipt, error) {
	return t.act(ctx, question{asked: theCase(ref), key: req.Key}, failure.VerbOf(act).Name(), req, act)
}

// act sends an Update with an id that is the same for the same words of the same people. The server
// keeps it openly, so it tells nothing of them, and answers who repeats it from its store, also when
// the case has ended; anybody else is answered by the case, which knows the key.
func (t *Temporal) act(ctx context.Context, q question, name string, req ledger.Request, act any) (ledger.Receipt, error) {
	req.Command = uuid.NewString()
	var receipt ledger.Receipt
	err := t.answered(ctx, q, &receipt, func(ctx context.Context) (client.WorkflowUpdateHandle, error) {
		a, err := t.placed(ctx, q.asked)
		if err != nil {
			return nil, err
		}
		return t.client.UpdateWorkflow(ctx, client.UpdateWorkflowOptions{
			UpdateID:   t.settings.Keys.Mark(a.id, name, req.Key, req.Fingerprint, string(req.By.For), req.By.Person),
			WorkflowID: a.id, UpdateName: name, Args: []any{req, act},
			WaitForStage: client.WorkflowUpdateStageCompleted,
		})
	})
	if err == nil && receipt.Command != "" && receipt.Command != req.Command {
		receipt.Repeated = true
	}
	receipt.Command = ""
	return receipt, err
}

// answered sends an Update until it has its answer.
func (t *Temporal) answered(ctx context.Context, q question, into any,
	send func(context.Context) (client.WorkflowUpdateHandle, error)) error {
	q.once = func(ctx context.Context) error {
		handle, err := send(ctx)
		if err != nil {
			return err
		}
		return handle.Get(ctx, into)
	}
	return t.ask(ctx, q)
}

// Snapshot asks the case itself, which needs a worker, also where it has ended.
func (t *Temporal) Snapshot(ctx context.Context, ref string) (Snapshot, error) {
	var s Snapshot
	var err error
	s.Standing, err = t.state(ctx, theCase(ref), &s.Snapshot)
	if err == nil && s.Case == nil {
		err = fmt.Errorf("case %s answered without its state", ref)
	}
	return s, err
}

// state asks a workflow for the whole of its state, and the server how it is. Of one that cannot
// answer it is said when it is dead: that no worker is there would lead astray.
func (t *Temporal) state(ctx context.Context, a asked, into any) (Standing, error) {
	err := t.query(ctx, a, into, workflows.QueryState)
	s := t.wrong(ctx, a, somebody)
	var gone *Unreachable
	if errors.As(err, &gone) && s.Dead() {
		err = &Unreachable{Reason: s.String() + " " + gone.Reason}
	}
	return s, err
}

func (t *Temporal) query(ctx context.Context, a asked, into any, name string, args ...any) error {
	return t.ask(ctx, question{asked: a, once: func(ctx context.Context) error {
		a, err := t.placed(ctx, a)
		if err != nil {
			return err
		}
		answer, err := t.client.QueryWorkflow(ctx, a.id, "", name, args...)
		if err != nil {
			return err
		}
		return answer.Get(into)
	}})
}
