package rehearsal

import (
	"context"
	"time"

	"holdthering/regime"
	"holdthering/workflows"
)

// world is where a scenario is played: the test environment without a server, or a real one.
type world interface {
	// open starts the case, whose own time is at.
	open(ctx context.Context, o regime.Opening, at time.Time) error
	// reach lets the case's own time come to at, waits until the case has done what fell due
	// by then, and tells how it stands. Time never goes back: a moment that is past is now.
	reach(ctx context.Context, at time.Time) (workflows.Snapshot, error)
	// act asks the case for an act. A *regime.Refusal or a *regime.Mistake is the case's
	// answer; any other error is the world's and ends the play.
	act(ctx context.Context, req regime.Request, act regime.Act) (regime.Receipt, error)
	// close lets the case finish what is on its way and tells how it stands at last.
	close(ctx context.Context) (workflows.Snapshot, error)
}
