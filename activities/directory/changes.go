package directory

import (
	"time"

	"holdthering/regime"
)

// Change is what changed about one party in a directory. It names columns and never what
// stands in them.
type Change struct {
	At      time.Time    `json:"at"` // when it was taken over
	Party   regime.Party `json:"party"`
	What    ChangeKind   `json:"what"`
	Columns []string     `json:"columns,omitempty"`
}

// ChangeKind is what happened to a row.
type ChangeKind string

// The kinds of change.
const (
	Added   ChangeKind = "added"
	Removed ChangeKind = "removed"
	Changed ChangeKind = "changed"
)

// differences lists what changed from one book to the next, in the order of the new one and
// then what is gone. Only the row of a party that counts is looked at.
func differences(from, to *book, at time.Time) []Change {
	var out []Change
	for i, r := range to.rows {
		p := r.party()
		if to.first[p] != i {
			continue
		}
		j, known := from.first[p]
		if !known {
			out = append(out, Change{At: at, Party: p, What: Added})
			continue
		}
		var columns []string
		for k, c := range allColumns {
			if c != "party" && r.cells[k] != from.rows[j].cells[k] {
				columns = append(columns, c)
			}
		}
		if len(columns) > 0 {
			out = append(out, Change{At: at, Party: p, What: Changed, Columns: columns})
		}
	}
	for i, r := range from.rows {
		if _, there := to.first[r.party()]; !there && from.first[r.party()] == i {
			out = append(out, Change{At: at, Party: r.party(), What: Removed})
		}
	}
	return out
}
