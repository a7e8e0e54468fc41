package cases

import (
	"context"
	"time"

	enumspb "go.temporal.io/api/enums/v1"

	"holdthering/workflows"
)

// stale is how long ago a worker has asked for work when it is taken for gone: a request for
// work is held for a minute.
const stale = 70 * time.Second

// diagnose says what keeps an answer away; empty when server and worker seem well.
func (t *Temporal) diagnose(ctx context.Context) string {
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	answer, err := t.client.DescribeTaskQueue(ctx, workflows.TaskQueue, enumspb.TASK_QUEUE_TYPE_WORKFLOW)
	if err != nil {
		return "the server at " + t.address + " does not answer"
	}
	for _, p := range answer.GetPollers() {
		if time.Since(p.GetLastAccessTime().AsTime()) < stale {
			return ""
		}
	}
	return "no worker is there to do it (namespace " + t.namespace + ", task queue " + workflows.TaskQueue + ")"
}
