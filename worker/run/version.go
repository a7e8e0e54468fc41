package run

import (
	"context"
	"fmt"
	"time"

	"go.temporal.io/sdk/client"
)

// Deployment is the part of a Temporal worker deployment that makes a version current.
type Deployment interface {
	SetCurrentVersion(context.Context, client.WorkerDeploymentSetCurrentVersionOptions) (
		client.WorkerDeploymentSetCurrentVersionResponse, error)
}

// How long the server may take to learn of a version: it does so from the worker's first
// polls.
const (
	versionPatience = 2 * time.Minute
	versionPause    = time.Second
)

// makeCurrent gives new cases to the version. Until a version of a deployment is current, its
// workers get no work at all.
func makeCurrent(ctx context.Context, d Deployment, buildID string) error {
	ctx, cancel := context.WithTimeout(ctx, versionPatience)
	defer cancel()
	for {
		_, err := d.SetCurrentVersion(ctx, client.WorkerDeploymentSetCurrentVersionOptions{BuildID: buildID})
		if err == nil {
			return nil
		}
		if hopeless(err) {
			return fmt.Errorf("make version %s current: %w", buildID, err)
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("make version %s current: %w", buildID, err)
		case <-time.After(versionPause):
		}
	}
}
