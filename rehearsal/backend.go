package rehearsal

import (
	"context"
	"time"

	"holdthering/regime/failure"
	"holdthering/regime/ledger"
	"holdthering/regime/surveillance"
	"holdthering/workflows"
)

// backend is where a scenario is played: the test environment without a server, or a real one.
// The case and its groups are workflows of their own; the backend keeps their time in step.
type backend interface {
	// open starts the case, whose own time is at.
	open(ctx context.Context, o failure.Opening, at time.Time) error
	// openGroup starts a surveillance group, whose own time is at.
	openGroup(ctx context.Context, o surveillance.Opening, at time.Time) error
	// reach lets the time of all come to at, waits until they have done what fell due by
	// then, and tells how they stand. Time never goes back: a moment that is past is now.
	reach(ctx context.Context, at time.Time) (view, error)
	// act asks the case for an act. A *regime.Refusal or a *regime.Mistake is the case's
	// answer; any other error is the backend's and ends the play.
	act(ctx context.Context, req ledger.Request, act failure.Act) (ledger.Receipt, error)
	// actInGroup asks a group, named by its place, in the same way.
	actInGroup(ctx context.Context, place string, req ledger.Request, act surveillance.Act) (
		ledger.Receipt, error)
	// whole gives what the view shows back what has left it for the register since it last did, or more; once all
	// is closed, all.
	whole(ctx context.Context, v *view) error
	// close lets the case and the groups finish what is on its way and tells how they stand
	// at last.
	close(ctx context.Context) (view, error)
}

// view is how all that is played stands at a moment.
type view struct {
	stands *workflows.Snapshot       // nil before the case is opened
	groups []workflows.GroupSnapshot // in the order in which they were started
}

// left counts the parts of all registers.
func (v view) left() int {
	n := 0
	if v.stands != nil {
		n = v.stands.Case.Past.Parts
	}
	for _, g := range v.groups {
		n += g.Group.Past.Parts
	}
	return n
}
