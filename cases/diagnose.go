package cases

import (
	"context"
	"fmt"
	"time"

	enumspb "go.temporal.io/api/enums/v1"

	"holdthering/workflows"
)

// stale is how long ago a worker has asked for work when it is taken for gone: a request for
// work is held for a minute.
const stale = 70 * time.Second

// diagnosis is what keeps an answer away. A worker that stopped less than a minute ago looks
// like one that is busy.
type diagnosis struct {
	fault string // empty when server and worker seem well
	asked time.Duration
	crew  crew
}

func (t *Temporal) diagnose(ctx context.Context) diagnosis {
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	answer, err := t.client.DescribeTaskQueue(ctx, workflows.TaskQueue, enumspb.TASK_QUEUE_TYPE_WORKFLOW)
	if err != nil {
		return diagnosis{fault: "the server at " + t.address + " does not answer", crew: crew{unknown: true}}
	}
	d := diagnosis{asked: stale}
	for _, p := range answer.GetPollers() {
		if time.Since(p.GetLastAccessTime().AsTime()) < stale {
			d.crew.any = true
			if o := p.GetDeploymentOptions(); o.GetBuildId() != "" {
				d.crew.versions = append(d.crew.versions, o.GetDeploymentName()+":"+o.GetBuildId())
			}
		}
		d.asked = min(d.asked, time.Since(p.GetLastAccessTime().AsTime()).Round(time.Second))
	}
	if d.asked >= stale {
		d.fault = "no worker is there to do it (namespace " + t.namespace + ", task queue " +
			workflows.TaskQueue + ")"
	}
	return d
}

// why says it in half a sentence.
func (d diagnosis) why() string {
	if d.fault != "" {
		return d.fault
	}
	return fmt.Sprintf("no worker has done it; one asked for work %s ago", max(d.asked, 0))
}
