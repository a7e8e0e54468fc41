package cases

import (
	"context"
	"time"

	"holdthering/regime"
	"holdthering/workflows"
)

// Groups is what the command line asks of the standing Quality Surveillance Groups. A group
// is named by the code of its area or region: Q56.
type Groups interface {
	// StartGroup begins the group of a place. It is false, and nothing is changed, where the
	// group runs already or has run and ended.
	StartGroup(ctx context.Context, o regime.GroupOpening) (started bool, err error)
	// ActInGroup does an act in a group. The same request again is answered from the record.
	ActInGroup(ctx context.Context, place string, req regime.Request, act regime.GroupAct) (
		regime.Receipt, error)
	// Group is a whole group as it stands.
	Group(ctx context.Context, place string) (workflows.GroupSnapshot, error)
	// Sources tells a party, if it may know, who told the group something in confidence.
	Sources(ctx context.Context, place string, p regime.Party) ([]regime.ProtectedSource, error)
	// ListGroups is one row for each group, what is due soonest first. It may lag behind an
	// act by a moment.
	ListGroups(ctx context.Context, f GroupFilter) ([]GroupRow, error)
}

// GroupRow is a group in the list of groups.
type GroupRow struct {
	Place   string    `json:"place"` // code of the area or region
	NextDue time.Time `json:"nextDue,omitzero"`
	Overdue int       `json:"overdue"`
	Held    int       `json:"mailsHeld,omitempty"` // as in Row
	Ended   bool      `json:"ended,omitempty"`
}

// GroupFilter narrows the list; its zero value lists every group that has not ended.
type GroupFilter struct {
	Overdue bool // only where something is overdue
	Ended   bool // also those that have ended
}
