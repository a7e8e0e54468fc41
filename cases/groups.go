package cases

import (
	"context"
	"time"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/surveillance"
	"holdthering/workflows"
)

// Groups is what the command line asks of the standing Quality Surveillance Groups. A group
// is named by the code of its area or region: Q56.
type Groups interface {
	// StartGroup begins the group of a place. It is false, and nothing is changed, where the
	// group runs already or has run and ended.
	StartGroup(ctx context.Context, o surveillance.Opening) (started bool, err error)
	// ActInGroup does an act in a group. The same request again is answered from the record.
	ActInGroup(ctx context.Context, place string, req ledger.Request, act surveillance.Act) (
		ledger.Receipt, error)
	// Group is a group as it stands, and how it is at the server; WholeGroup is as Whole.
	Group(ctx context.Context, place string) (GroupSnapshot, error)
	WholeGroup(ctx context.Context, place string, s GroupSnapshot) (GroupSnapshot, error)
	// ReviveGroup brings a group back that died, as it stood when it did.
	ReviveGroup(ctx context.Context, place, reason string) error
	// Sources tells a party, if it may know, who told the group something in confidence.
	Sources(ctx context.Context, place string, p regime.Party) ([]surveillance.ProtectedSource, error)
	// ListGroups is one row for each group, what is due soonest first. It may lag behind an
	// act by a moment.
	ListGroups(ctx context.Context, f GroupFilter) ([]GroupRow, error)
}

// GroupSnapshot is a group's own answer, with how it is at the server.
type GroupSnapshot struct {
	workflows.GroupSnapshot
	Standing Standing
	Lacks    string // as in Snapshot
}

// GroupRow is a group in the list of groups.
type GroupRow struct {
	Place   string    `json:"place"` // code of the area or region
	NextDue time.Time `json:"nextDue,omitzero"`
	Overdue int       `json:"overdue"`
	Held    int       `json:"mailsHeld,omitempty"` // as in Row
	Ended   bool      `json:"ended,omitempty"`
	// Standing is set where somebody has to do something about it.
	Standing *Standing `json:"standing,omitempty"`
	// Trouble is as in Row.
	Trouble string `json:"trouble,omitempty"`
}

// GroupFilter narrows the list; its zero value lists every group that has not come to its own end.
type GroupFilter struct {
	Overdue bool // only where something is overdue
	Ended   bool // also those that have come to their own end
}
