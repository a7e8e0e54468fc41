package cases

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"go.temporal.io/api/enums/v1"
	"go.temporal.io/api/operatorservice/v1"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/api/taskqueue/v1"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"

	"holdthering/environ/hosts"
	"holdthering/seal"
	"holdthering/workflows"
)

// Finding is one thing that was looked at.
type Finding struct {
	What string `json:"what"`
	OK   bool   `json:"ok"`
	Says string `json:"says"`
	Do   string `json:"do,omitempty"` // what to do where it is wrong
}

// Examine looks at the server as the environment names it: that it answers, that it has the namespace with its
// attributes, that the key opens what is there, that a worker asks for work, that the clocks agree. What cannot be
// looked at since an earlier thing is wrong is left out.
func Examine(ctx context.Context) []Finding { return ExamineBy(ctx, time.Now) }

// ExamineBy is Examine on a computer with that clock.
func ExamineBy(ctx context.Context, now func() time.Time) []Finding {
	o, keys, err := clientOptions()
	var missing *seal.Missing
	if errors.As(err, &missing) {
		return []Finding{{"key", false, err.Error(), "name the key that the worker has by " + seal.Variable}}
	}
	if err != nil {
		return []Finding{{"settings", false, err.Error(), "mend what it names"}}
	}
	c, err := hosts.Dial(ctx, o)
	if err != nil {
		return []Finding{{"server", false, unconnected(ctx, o.HostPort, 0, err).Error(), "start it, or name another by TEMPORAL_ADDRESS"}}
	}
	defer c.Close()
	e := examination{client: c, namespace: o.Namespace, keys: keys, now: now}
	if silent := hosts.SaySilent(ctx, o.HostPort); silent != "" {
		e.wrong("server", "answers at "+o.HostPort+silent,
			"start that host, or leave it out of TEMPORAL_ADDRESS")
	} else {
		e.found("server", "answers at "+o.HostPort)
	}
	for _, look := range []func(context.Context) bool{e.inNamespace, e.attributes, e.key, e.clock, e.worker} {
		if !look(ctx) {
			break
		}
	}
	return e.findings
}

type examination struct {
	client    client.Client
	namespace string
	keys      seal.Keys
	now       func() time.Time // of this computer
	findings  []Finding
}

func (e *examination) found(what, says string) {
	e.findings = append(e.findings, Finding{what, true, says, ""})
}

func (e *examination) wrong(what, says, do string) {
	e.findings = append(e.findings, Finding{what, false, says, do})
}

func (e *examination) inNamespace(ctx context.Context) bool {
	answer, err := e.client.WorkflowService().DescribeNamespace(ctx, &workflowservice.DescribeNamespaceRequest{Namespace: e.namespace})
	var none *serviceerror.NamespaceNotFound
	switch {
	case errors.As(err, &none):
		e.wrong("namespace", "the server has no namespace "+e.namespace,
			"name another by TEMPORAL_NAMESPACE, or make it: temporal operator namespace create --namespace "+e.namespace)
		return false
	case err != nil:
		e.wrong("namespace", fmt.Sprintf("%s: %v", e.namespace, err), "ask who runs the server whether you may use it")
		return false
	}
	kept := answer.GetConfig().GetWorkflowExecutionRetentionTtl().AsDuration()
	e.found("namespace", fmt.Sprintf("%s; what is closed is kept for %.0f days", e.namespace, kept.Hours()/24))
	return true
}

// attributes may be read by nobody but an operator; then the list says whether they are there.
func (e *examination) attributes(ctx context.Context) bool {
	have, err := e.client.OperatorService().ListSearchAttributes(ctx, &operatorservice.ListSearchAttributesRequest{Namespace: e.namespace})
	if err != nil {
		e.found("search attributes", "could not be looked at ("+err.Error()+")")
		return true
	}
	var lacking []string
	for _, a := range workflows.SearchAttributes() {
		if kind, ok := have.GetCustomAttributes()[a.GetName()]; !ok || kind != a.GetValueType() {
			lacking = append(lacking, a.GetName())
		}
	}
	if len(lacking) > 0 {
		e.wrong("search attributes", "the namespace lacks "+strings.Join(lacking, ", ")+", or has them under another type",
			"start a worker that may add them, or add them as its doc comment says")
		return true
	}
	e.found("search attributes", fmt.Sprintf("all %d are there", len(workflows.SearchAttributes())))
	return true
}

func (e *examination) key(ctx context.Context) bool {
	empty, err := e.keys.Check(ctx, e.client, e.namespace)
	switch {
	case err != nil:
		e.wrong("key", err.Error(), "name the key that the worker has by "+seal.Variable)
	case empty:
		e.found("key", "is there; nothing is sealed in the namespace yet")
	case len(e.keys) == 0:
		e.found("key", "nothing is sealed in this namespace")
	default:
		e.found("key", "opens what is in the namespace")
	}
	return true
}

// apart is how far the clocks may be from each other.
const apart = 5 * time.Second

// clockQueue has no work: asking on it has the server note the time at which that was.
const clockQueue = "holdthering-clock"

// serverTime is the server's clock, by the moment at which it notes that somebody asks for work.
func (e *examination) serverTime(ctx context.Context) (time.Time, error) {
	asking, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() { // there is none; it is cancelled as soon as the server has noted it
		_, _ = e.client.WorkflowService().PollWorkflowTaskQueue(asking, &workflowservice.PollWorkflowTaskQueueRequest{
			Namespace: e.namespace, Identity: workflows.WorkerIdentity, TaskQueue: &taskqueue.TaskQueue{Name: clockQueue}})
	}()
	before := e.now()
	for {
		answer, err := e.client.DescribeTaskQueue(ctx, clockQueue, enums.TASK_QUEUE_TYPE_WORKFLOW)
		if err != nil {
			return time.Time{}, err
		}
		if noted := lastAsked(answer); !noted.IsZero() && e.now().Sub(before) >= noting {
			return noted.Add(e.now().Sub(before)), nil
		}
		select {
		case <-ctx.Done():
			return time.Time{}, ctx.Err()
		case <-time.After(noting / 4):
		}
	}
}

// noting is how long the server may take to note who asks; what it noted of an earlier look is older.
const noting = time.Second

func lastAsked(answer *workflowservice.DescribeTaskQueueResponse) time.Time {
	var latest time.Time
	for _, p := range answer.GetPollers() {
		if at := p.GetLastAccessTime().AsTime(); at.After(latest) {
			latest = at
		}
	}
	return latest
}

func (e *examination) clock(ctx context.Context) bool {
	there, err := e.serverTime(ctx)
	if err != nil {
		e.found("clock", "could not be compared with the server's ("+err.Error()+")")
		return true
	}
	here := e.now()
	ahead := here.Sub(there).Round(time.Second)
	started := time.Now()
	e.now = func() time.Time { return there.Add(time.Since(started)) } // what the server noted is judged by its own clock
	switch {
	case ahead > apart:
		e.wrong("clock", fmt.Sprintf("this computer is %s ahead of the server", ahead), "set its clock by the network's time")
	case ahead < -apart:
		e.wrong("clock", fmt.Sprintf("this computer is %s behind the server", -ahead), "set its clock by the network's time")
	default:
		e.found("clock", "agrees with the server's")
	}
	return true
}

func (e *examination) worker(ctx context.Context) bool {
	answer, err := e.client.DescribeTaskQueue(ctx, workflows.TaskQueue, enums.TASK_QUEUE_TYPE_WORKFLOW)
	if err != nil {
		e.wrong("worker", err.Error(), "see that the server is well")
		return true
	}
	latest := lastAsked(answer)
	since := e.now().Sub(latest).Round(time.Second)
	if latest.IsZero() || since > stale {
		e.wrong("worker", "none asks for work on "+workflows.TaskQueue+": acts wait, and no mail goes", "start one: 'make dev' here, or the service of your team")
		return true
	}
	e.found("worker", fmt.Sprintf("one asked for work %s ago", max(since, 0)))
	return true
}
