package server

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	namespacepb "go.temporal.io/api/namespace/v1"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/contrib/envconfig"
	"go.temporal.io/sdk/log"
	"google.golang.org/protobuf/types/known/durationpb"

	"holdthering/environ/hosts"
)

// retention is how long closed runs are kept. An installed Temporal CLI keeps them for a day, and a
// case closes a run each time that it continues as new.
const retention = 1095 * 24 * time.Hour

// Answers is nil when a server at the address serves the namespace.
func Answers(ctx context.Context, address, namespace string) error {
	return answers(ctx, client.Options{HostPort: address, Namespace: namespace})
}

// Reachable is nil when the server of the Temporal environment (TEMPORAL_ADDRESS, TEMPORAL_API_KEY,
// TEMPORAL_TLS and so on) serves the namespace.
func Reachable(ctx context.Context, namespace string) error {
	opts, err := envconfig.LoadDefaultClientOptions()
	if err != nil {
		return err
	}
	opts.Namespace = namespace
	return answers(ctx, opts)
}

func answers(ctx context.Context, opts client.Options) error {
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	c, err := dial(ctx, opts)
	if err != nil {
		return err
	}
	defer c.Close()
	_, err = c.CountWorkflow(ctx, &workflowservice.CountWorkflowExecutionsRequest{})
	return err
}

// OpenWith is how many open workflows are pinned to the version of a deployment, written
// "deployment:version".
func OpenWith(ctx context.Context, address, namespace, version string) (int, error) {
	c, err := dial(ctx, client.Options{HostPort: address, Namespace: namespace})
	if err != nil {
		return 0, err
	}
	defer c.Close()
	answer, err := c.CountWorkflow(ctx, &workflowservice.CountWorkflowExecutionsRequest{
		Query: fmt.Sprintf("ExecutionStatus = 'Running' AND TemporalWorkflowVersioningBehavior = 'Pinned' "+
			"AND TemporalWorkerDeploymentVersion = '%s'", version)})
	if err != nil {
		return 0, fmt.Errorf("count what is open with version %s: %w", version, err)
	}
	return int(answer.GetCount()), nil
}

func keepHistory(ctx context.Context, address, namespace string) error {
	c, err := dial(ctx, client.Options{HostPort: address, Namespace: namespace})
	if err != nil {
		return err
	}
	defer c.Close()
	_, err = c.WorkflowService().UpdateNamespace(ctx, &workflowservice.UpdateNamespaceRequest{
		Namespace: namespace,
		Config: &namespacepb.NamespaceConfig{
			WorkflowExecutionRetentionTtl: durationpb.New(retention),
		},
	})
	if err != nil {
		return fmt.Errorf("retention of namespace %s: %w", namespace, err)
	}
	return nil
}

func dial(ctx context.Context, opts client.Options) (client.Client, error) {
	opts.Identity = "holdthering-launch"
	opts.Logger = log.NewStructuredLogger(slog.New(slog.DiscardHandler))
	return hosts.Dial(ctx, opts)
}
