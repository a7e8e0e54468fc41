package record

import (
	"slices"
	"time"
)

type events []Event

// add leaves out what has not happened.
func (es *events) add(at time.Time, what string) {
	if !at.IsZero() {
		*es = append(*es, Event{At: at, What: what})
	}
}

// sorted keeps the order of adding for what happened at the same moment.
func (es *events) sorted() []Event {
	slices.SortStableFunc(*es, func(a, b Event) int { return a.At.Compare(b.At) })
	return *es
}
