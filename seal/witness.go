package seal

import (
	"context"
	"errors"
	"fmt"

	commonpb "go.temporal.io/api/common/v1"
	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"

	"holdthering/regime/words"
)

// WitnessID is the id of the workflow whose memo is sealed with the key of its namespace, so that every
// program can try its own before it does anything. It waits for a worker that never comes, since a
// run that has ended is forgotten after a time.
const WitnessID = "holdthering-key"

const witnessField = "check"

// witness is what is sealed. Its words do not matter: AES-GCM opens nothing with another key.
type witness struct {
	Says string `json:"says"`
}

// Misfit says that the keys do not open what is in a namespace.
type Misfit struct {
	Namespace string
	Why       error
}

func (m *Misfit) Error() string {
	return fmt.Sprintf("the key does not fit what is in namespace %q; nothing was done. %s", m.Namespace, words.Capital(m.Why.Error()))
}

// Check tries the keys on what is sealed in the namespace: on its witness, or, where that is missing,
// on the latest that was begun there. The error is a *Misfit where they do not open it. Empty
// reports that nothing is there that could be tried.
func (k Keys) Check(ctx context.Context, c client.Client, namespace string) (empty bool, err error) {
	answer, err := c.DescribeWorkflow(ctx, WitnessID, "")
	var none *serviceerror.NotFound
	switch {
	case errors.As(err, &none):
		return k.tryLatest(ctx, c, namespace)
	case err != nil:
		return false, err
	}
	return false, k.try(answer.RawResponse.GetWorkflowExecutionInfo().GetMemo().GetFields()[witnessField], namespace)
}

// tryLatest goes by what the server lists, the latest first.
func (k Keys) tryLatest(ctx context.Context, c client.Client, namespace string) (empty bool, err error) {
	found, err := c.ListWorkflow(ctx, &workflowservice.ListWorkflowExecutionsRequest{Namespace: namespace, PageSize: 1})
	if err != nil || len(found.GetExecutions()) == 0 {
		return err == nil, err
	}
	run := found.GetExecutions()[0].GetExecution()
	events := c.GetWorkflowHistory(ctx, run.GetWorkflowId(), run.GetRunId(), false, enumspb.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT)
	if !events.HasNext() {
		return false, nil
	}
	first, err := events.Next()
	if err != nil {
		return false, err
	}
	for _, p := range first.GetWorkflowExecutionStartedEventAttributes().GetInput().GetPayloads() {
		if err := k.try(p, namespace); err != nil {
			return false, err
		}
	}
	return false, nil
}

// try opens a payload. One that was never sealed fits every key.
func (k Keys) try(p *commonpb.Payload, namespace string) error {
	if string(p.GetMetadata()[encodingKey]) == encoding && len(k) == 0 {
		return &Misfit{namespace, errors.New("it is sealed, and " + Variable + "=" + Open + " leaves this program without a key")}
	}
	if _, err := (&Converter{keys: k}).unseal(p); err != nil {
		return &Misfit{namespace, err}
	}
	return nil
}

// Witness leaves what others can try their keys on, sealed by the client's own. The first to come
// decides; the error is a *Misfit where that was another key.
func (k Keys) Witness(ctx context.Context, c client.Client, namespace string) error {
	_, err := c.ExecuteWorkflow(ctx, client.StartWorkflowOptions{
		ID: WitnessID, TaskQueue: WitnessID, StaticSummary: "Says whether a program has the right key: leave it alone",
		Memo:                                     map[string]any{witnessField: witness{"the key fits"}},
		WorkflowIDReusePolicy:                    enumspb.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE,
		WorkflowExecutionErrorWhenAlreadyStarted: true,
	}, "KeyWitness")
	var there *serviceerror.WorkflowExecutionAlreadyStarted
	if err != nil && !errors.As(err, &there) {
		return fmt.Errorf("leave what keys are tried on: %w", err)
	}
	_, err = k.Check(ctx, c, namespace)
	return err
}
